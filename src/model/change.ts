import { isSameContent, type Content, type FieldType, type ParentType } from './field.ts';

/** An option that the plan itself adds: its id is known only once it is written. */
export interface NewOption {
  readonly state: 'newOption';
  readonly label: string;
}

export type Planned = Content | NewOption;

/**
 * `update` writes into a row that has an id (blank ones too), `create` makes the row, `clear` takes the value away:
 * to `blank` (the row stays) or to `absent` (the row goes), as `after` says.
 */
export type Action = 'update' | 'create' | 'clear';

/** One value's before and after. */
export interface Edit {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly fieldType: FieldType;
  /** As the inventory saw it; a write takes the fresh reading's. Null where there was no row. */
  readonly valueId: string | null;
  readonly action: Action;
  readonly before: Content;
  readonly after: Planned;
  /** What people see: an option's label, a text; null for empty. */
  readonly beforeText: string | null;
  readonly afterText: string | null;
}

/** A value that must still be what it was for the change to make sense, without being written itself. */
export interface Guard {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly expected: Content;
}

/**
 * What is decided, approved, sent and undone as one. A move (`into` with `source: clear`) has two edits,
 * the target's first: they travel in one write, and where one cannot be made neither is.
 */
export interface Change {
  /** `matter:<record>:<definition>`: the same in every plan, so that decisions carry over. */
  readonly changeId: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly recordLabel: string;
  readonly edits: readonly [Edit, ...Edit[]];
  readonly guards: readonly Guard[];
  readonly rule: string;
  readonly reason: string;
}

/** A value that the tool will not decide; a person must. */
export interface Flag {
  /** As a change's id. */
  readonly flagId: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly recordLabel: string;
  readonly definitionId: string;
  readonly fieldName: string;
  readonly fieldType: FieldType;
  readonly valueId: string | null;
  /** What people see of the value. */
  readonly value: string;
  readonly rule: string;
  readonly reason: string;
  readonly suggestions: readonly string[];
  /** Of a move: the field that the result was to go into, and what that holds. */
  readonly into?: Pick<Edit, 'definitionId' | 'fieldName' | 'fieldType' | 'before' | 'beforeText'>;
}

/** A change of a picklist's options, planned, approved and undone like any other. Adds and restores go before the values, retirements after. */
export type OptionChange = {
  /** `option:<definition>:<action>:<label>` */
  readonly changeId: string;
  readonly definitionId: string;
  readonly fieldName: string;
  readonly label: string;
  readonly reason: string;
} & (
  | { readonly action: 'add' }
  | { readonly action: 'retire' | 'restore'; readonly optionId: string }
);

export interface PlanCounts {
  readonly unchanged: number;
  readonly changed: number;
  readonly flagged: number;
  readonly unread: number;
}

/** How the items of a plan were decided by people; a decision that carried over counts like a new one. */
export interface ReviewCounts {
  readonly accepted: number;
  readonly edited: number;
  readonly cleared: number;
  readonly skipped: number;
  readonly later: number;
  readonly undecided: number;
}

/** What a plan will ask of the platform, as an estimate. */
export interface Needs {
  readonly reads: number;
  readonly writes: number;
  readonly minutes: number;
}

export interface FieldCounts extends PlanCounts {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly parentType: ParentType;
  readonly fieldType: FieldType;
  readonly rule: string;
  /** What the column showed, one sentence each. */
  readonly evidence: readonly string[];
}

/** The changes and flags that one rules file proposes for one inventory, or the inverse of a run; its parts are streamed from the journal. */
export interface Plan {
  readonly planId: string;
  /** SHA-256, hex, over the platform's origin and everything that the plan would do or ask (not its id or time). */
  readonly digest: string;
  readonly createdAt: string;
  readonly origin: string;
  readonly inventoryId: string;
  /** The run that this plan undoes; null for a plan of rules. */
  readonly rollsBack: string | null;
  /** The plan whose review this one is the outcome of; null for any other. */
  readonly reviewOf: string | null;
  /** Only of a rollback: it restores even what was changed since. */
  readonly isForced: boolean;
  /** Whoever planned; null where a plan of an older version does not say. A claim, not a proof. */
  readonly madeBy: string | null;
  /** Somebody else than whoever planned must approve it. */
  readonly isTwoPerson: boolean;
  readonly counts: PlanCounts;
  readonly fields: readonly FieldCounts[];
  readonly needs: Needs;
  /** Only of a reviewed plan: how the items of the plan that was reviewed were decided, and who typed in what it writes. */
  readonly review: { readonly counts: ReviewCounts; readonly editors: readonly string[] } | null;
}

/** What stands for a rule in the changes of a rollback. */
export const ROLLBACK_RULE = 'rollback';

/** The inverse of what was done: `edits` with before and after as they really were. Moves stay one change. */
export function invertChange(change: Change, written: readonly Written[], runId: string): Change {
  const [first, ...rest] = change.edits
    .map((edit) => invertEdit(edit, written))
    .filter(({ before, after }) => after.state === 'newOption' || !isSameContent(before, after));
  if (first === undefined)
    throw new Error(`change ${change.changeId} did nothing that can be undone`);
  return {
    ...change,
    edits: [first, ...rest],
    guards: [],
    rule: ROLLBACK_RULE,
    reason: `undoes ${runId}`,
  };
}

/** What a write really did to one value, for the journal and for undo. */
export interface Written {
  readonly definitionId: string;
  readonly before: Content;
  readonly after: Content;
  /** The row's id after the write; null where no row is left. */
  readonly valueId: string | null;
}

/** Whether what was written took the row of a field that was to have an empty one. */
export function losesRow({ edits }: Change, written: readonly Written[]): boolean {
  return edits.some(
    ({ definitionId, after }) =>
      after.state === 'blank' &&
      written.some(
        (each) =>
          each.definitionId === definitionId &&
          each.before.state !== 'absent' &&
          each.after.state === 'absent',
      ),
  );
}

function invertEdit(edit: Edit, written: readonly Written[]): Edit {
  const done = written.find((each) => each.definitionId === edit.definitionId);
  if (done === undefined) throw new Error(`no record of what was written for ${edit.definitionId}`);
  return {
    ...edit,
    valueId: done.valueId,
    action: actionFor(done.after, done.before),
    before: done.after,
    after: done.before,
    beforeText: edit.afterText,
    afterText: edit.beforeText,
  };
}

/** Which of the three actions leads from one content to another. */
export function actionFor(before: Content, after: Planned): Action {
  if (after.state === 'blank' || after.state === 'absent') return 'clear';
  return before.state === 'absent' ? 'create' : 'update';
}
