import {
  type Change,
  type Edit,
  type Planned,
  ROLLBACK_RULE,
  type Written,
} from '../../model/change.ts';
import {
  contentOf,
  type Content,
  isSameContent,
  type RecordSnapshot,
  type Value,
  valueOf,
} from '../../model/field.ts';
import type { Intent, Outcome } from '../../model/run.ts';

/** An edit whose after is known to the last bit: an option that the plan added has its id. */
export type ResolvedEdit = Edit & { readonly after: Exclude<Planned, { state: 'newOption' }> };

/** What a fresh reading says of a change that is not settled yet. */
export type Judgement =
  /** Everything is as it was planned against. */
  | { readonly kind: 'send'; readonly intent: Intent }
  | { readonly kind: 'settle'; readonly outcome: Outcome };

export interface JudgeOptions {
  /** What was journaled before an earlier sending whose answer is not known; null where nothing was sent. */
  readonly begun: Intent | null;
  /** Write over what was put there since. */
  readonly isForced: boolean;
}

/**
 * Compares a change with a fresh reading of its record.
 * Already the planned value: `applied` where our own write may have done it, else `alreadyThere`.
 * Neither before nor after: `conflict`, with what an earlier sending of ours did all the same, so that undo takes that back.
 */
export function judge(
  change: Change,
  edits: readonly ResolvedEdit[],
  record: RecordSnapshot,
  { begun, isForced }: JudgeOptions,
): Judgement {
  const { changeId, guards } = change;
  const settle = (
    status: Outcome['status'],
    reason: string | null,
    written: readonly Written[] = [],
  ): Judgement => ({
    kind: 'settle',
    outcome: { changeId, status, reason, written },
  });
  const held = (definitionId: string): Value => valueOf(record, definitionId);

  const hidden = edits.find(({ definitionId }) => held(definitionId).state === 'unread');
  if (hidden !== undefined)
    return {
      kind: 'settle',
      outcome: unseen(change, edits, begun, `"${hidden.fieldName}" is hidden from this sign-in`),
    };

  const holds = begun === null ? holdsAfter : leftBy;
  if (edits.every((edit) => holds(edit, held(edit.definitionId)))) {
    const note = rollbackNote(change, edits, record);
    return begun === null
      ? settle('alreadyThere', note)
      : settle('applied', note, writtenAs(edits, begun, record));
  }

  const moved =
    edits.find((edit) => isMoved(edit, held(edit.definitionId), begun)) ??
    guards.find(({ definitionId, expected }) => !isStill(expected, held(definitionId)));
  if (moved !== undefined && !isForced) {
    const written = begun === null ? [] : writtenInPart(edits, begun, record);
    const reason = `"${moved.fieldName}" was changed since`;
    const rest = written.length === 0 ? '' : '; the rest of the change was written before';
    return settle('conflict', `${reason}${rest}`, written);
  }

  return { kind: 'send', intent: { changeId, before: beforeOf(edits, record, begun) } };
}

/** Why nothing is known of a record that a reading does not show. */
export const OUT_OF_SIGHT = 'the record is gone, or not visible to this user';

/** The outcome of a change that cannot be seen, or not be made, any more: where it was sent before and no answer came, with what that leaves open. */
export function unseen(
  { changeId }: Change,
  edits: readonly ResolvedEdit[],
  begun: Intent | null,
  reason: string,
): Outcome {
  if (begun === null) return { changeId, status: 'noAccess', reason, written: [] };
  return {
    changeId,
    status: 'noAccess',
    reason: `${reason}; whether it was written before is not known`,
    written: perhapsWritten(edits, begun),
  };
}

/** What a sending of which no answer came may have done: a rollback takes it in, and decides by its own reading. */
export function perhapsWritten(
  edits: readonly ResolvedEdit[],
  { before }: Intent,
): readonly Written[] {
  return edits.map(({ definitionId, before: planned, after }) => ({
    definitionId,
    before: before[definitionId] ?? planned,
    after,
    valueId: null,
  }));
}

/** What a reading says of a change that was refused by itself: of its values those before the refused one may have been written all the same. */
export function judgeRefusal(
  edits: readonly ResolvedEdit[],
  intent: Intent,
  record: RecordSnapshot,
  reason: string,
): Outcome {
  const { changeId } = intent;
  const written = writtenInPart(edits, intent, record);
  const part = written.length === 0 ? '' : '; a part of it was written all the same';
  return { changeId, status: 'rejected', reason: `${reason}${part}`, written };
}

/** Of what was sent, and is not all there, the part that is; empty where nothing is. */
function writtenInPart(
  edits: readonly ResolvedEdit[],
  intent: Intent,
  record: RecordSnapshot,
): readonly Written[] {
  const written = writtenAs(edits, intent, record).map((each, index) =>
    isDone(edits[index], record) ? each : { ...each, before: each.after },
  );
  return written.some((each) => !isSameContent(each.before, each.after)) ? written : [];
}

/** Whether nothing of a change stands in the record. */
export function isUnwritten(edits: readonly ResolvedEdit[], record: RecordSnapshot): boolean {
  return !edits.some((edit) => isDone(edit, record));
}

/** Whether an edit that was sent stands in the record. */
function isDone(edit: ResolvedEdit | undefined, record: RecordSnapshot): boolean {
  return edit !== undefined && leftBy(edit, valueOf(record, edit.definitionId));
}

/** What the answer of a write, `shown`, says of a change that went with it; null where it does not show its values. */
export function judgeAnswer(
  change: Change,
  edits: readonly ResolvedEdit[],
  intent: Intent,
  shown: RecordSnapshot,
): Outcome | null {
  const { changeId } = intent;
  const values = edits.map(({ definitionId }) => valueOf(shown, definitionId));
  if (values.some(({ state }) => state === 'unread')) return null;
  const written = writtenAs(edits, intent, shown);
  if (edits.every((edit) => leftBy(edit, valueOf(shown, edit.definitionId))))
    return { changeId, status: 'applied', reason: rollbackNote(change, edits, shown), written };
  const isOther = written.some(({ before, after }) => !isSameContent(before, after));
  return {
    changeId,
    status: 'rejected',
    reason: isOther
      ? 'the platform accepted the write, but shows another value than the planned one'
      : 'the platform accepted the write, but still shows the old value',
    written: isOther ? written : [],
  };
}

/** What a rollback put back, and yet not to the bit: nobody's value is lost, but it is told. Null for all else. */
function rollbackNote(
  { rule, edits: planned }: Change,
  edits: readonly ResolvedEdit[],
  record: RecordSnapshot,
): string | null {
  if (rule !== ROLLBACK_RULE) return null;
  const notes = edits.flatMap(({ definitionId, fieldName, after }) => {
    if (after.state === 'blank' && valueOf(record, definitionId).state === 'absent')
      return `"${fieldName}" is empty as before, but the platform did not keep its empty row`;
    if (after.state === 'absent' && valueOf(record, definitionId).state === 'blank')
      return `"${fieldName}" is empty as before, but the platform put an empty row there`;
    const before = planned.find((each) => each.definitionId === definitionId)?.after;
    return after.state === 'value' && before?.state === 'value' && after.content !== before.content
      ? `"${fieldName}" holds a new option of the same text: id ${after.content} in place of ${before.content}`
      : [];
  });
  return notes.length === 0 ? null : notes.join('; ');
}

/** What a write did, as the reading after it shows. */
function writtenAs(
  edits: readonly ResolvedEdit[],
  { before }: Intent,
  after: RecordSnapshot,
): Written[] {
  return edits.map((edit) => {
    const value = valueOf(after, edit.definitionId);
    return {
      definitionId: edit.definitionId,
      before: before[edit.definitionId] ?? edit.before,
      after: contentOf(value),
      valueId: value.state === 'value' || value.state === 'blank' ? value.valueId : null,
    };
  });
}

/**
 * Whether somebody else's hand shows in a change that is not done yet. What they put there as planned does no harm; what they emptied
 * themselves is not to come back in another field, unless it was our own write that emptied it.
 */
function isMoved(edit: ResolvedEdit, value: Value, begun: Intent | null): boolean {
  if (isStill(edit.before, value)) return false;
  return begun === null
    ? !holdsAfter(edit, value) || edit.after.state !== 'value'
    : !leftBy(edit, value);
}

/** Whether `value` is what the edit planned. A row that is gone cannot be emptier. */
function holdsAfter({ after }: ResolvedEdit, value: Value): boolean {
  if (value.state === 'unread') return false;
  return isSameContent(after, value) || (after.state === 'blank' && value.state === 'absent');
}

/** Whether `value` is what our own write leaves of the edit. Where a row is taken away, the platform may put an empty one there at once. */
function leftBy(edit: ResolvedEdit, value: Value): boolean {
  return holdsAfter(edit, value) || (edit.after.state === 'absent' && value.state === 'blank');
}

/** Whether `value` is still `expected`. The two kinds of empty count as one: nobody's value is lost. */
function isStill(expected: Content, value: Value): boolean {
  if (value.state === 'unread') return false;
  return isSameContent(expected, value) || (expected.state !== 'value' && value.state !== 'value');
}

/** What the values hold now; where an earlier sending of ours may have written one already, what that found. */
function beforeOf(
  edits: readonly ResolvedEdit[],
  record: RecordSnapshot,
  begun: Intent | null,
): Intent['before'] {
  return Object.fromEntries(
    edits.map((edit) => {
      const { definitionId } = edit;
      const earlier = isDone(edit, record) ? begun?.before[definitionId] : undefined;
      return [definitionId, earlier ?? contentOf(valueOf(record, definitionId))];
    }),
  );
}
