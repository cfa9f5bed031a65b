import type { Change, Edit } from '../model/change.ts';
import type { ChangeStatus, Outcome } from '../model/run.ts';

/** A change of a plan or a run; `outcome` is null for one that is still to be made. */
export interface ChangeLine {
  readonly change: Change;
  readonly outcome: Outcome | null;
  /** ISO 8601; when it was sent, where nobody knows the answer. Null for all else. */
  readonly sentAt: string | null;
}

export function* withoutOutcome(changes: Iterable<Change>): Iterable<ChangeLine> {
  for (const change of changes) yield { change, outcome: null, sentAt: null };
}

/** The same before and after in the same field, however many records hold it. */
export interface ChangeGroup {
  /** Of the first record's change what people read, and no more: tens of thousands are kept. */
  readonly first: Pick<Change, 'recordLabel' | 'reason'> & {
    readonly edits: readonly [ShownEdit, ...ShownEdit[]];
  };
  readonly status: ChangeStatus;
  readonly records: number;
}

type ShownEdit = Pick<Edit, 'fieldName' | 'beforeText' | 'afterText'>;

/** One field's groups, those of the most records first. */
export interface FieldGroups {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly parentType: Change['parentType'];
  /** Other fields that the changes take their values from, or hold against. */
  readonly besideIds: ReadonlySet<string>;
  readonly changes: number;
  readonly groups: readonly ChangeGroup[];
  /** Changes that stand in no group: there were more different ones than are kept. */
  readonly others: number;
}

/** Different changes kept in all, so that memory is bounded; those that come after are counted. */
const MOST_KEPT = 25_000;

/** Gathers like changes by field, in the order in which the fields come: a thousand records are often a few decisions. */
export function groupChanges(lines: Iterable<ChangeLine>): readonly FieldGroups[] {
  const fields = new Map<string, Gathered>();
  let kept = 0;
  for (const { change, outcome } of lines) {
    const [{ definitionId }] = change.edits;
    const field = fields.get(definitionId) ?? new Gathered(change);
    fields.set(definitionId, field);
    const isNew = field.add(change, outcome?.status ?? 'pending', kept < MOST_KEPT);
    if (isNew) kept += 1;
  }
  return [...fields.values()].map((field) => field.all());
}

class Gathered {
  readonly #first: Change;
  readonly #groups = new Map<string, ChangeGroup & { records: number }>();
  readonly #besideIds = new Set<string>();
  #changes = 0;
  #others = 0;

  constructor(first: Change) {
    this.#first = first;
  }

  /** Whether the change began a group. */
  add(change: Change, status: ChangeStatus, mayBegin: boolean): boolean {
    this.#changes += 1;
    const [, ...others] = change.edits;
    for (const { definitionId } of [...others, ...change.guards]) this.#besideIds.add(definitionId);
    const key = keyOf(change, status);
    const known = this.#groups.get(key);
    if (known !== undefined) known.records += 1;
    else if (mayBegin) this.#groups.set(key, { first: shownOf(change), status, records: 1 });
    else this.#others += 1;
    return known === undefined && mayBegin;
  }

  all(): FieldGroups {
    const { edits, parentType } = this.#first;
    return {
      definitionId: edits[0].definitionId,
      fieldName: edits[0].fieldName,
      parentType,
      besideIds: this.#besideIds,
      changes: this.#changes,
      groups: [...this.#groups.values()].toSorted((left, right) => right.records - left.records),
      others: this.#others,
    };
  }
}

/** The same for the same edits, read from the same, that ended the same way. Lengths keep apart what is joined: a fourth of the time of JSON. */
function keyOf({ edits, guards }: Change, status: ChangeStatus): string {
  let key: string = status;
  for (const { definitionId, beforeText, afterText } of edits)
    key += ` ${definitionId}${partOf(beforeText)}${partOf(afterText)}`;
  for (const { definitionId, expected } of guards)
    key += ` ${definitionId}${partOf(expected.state === 'value' ? expected.content : null)}`;
  return key;
}

function partOf(text: string | null): string {
  return text === null ? ' -' : ` ${text.length} ${text}`;
}

function shownOf({ recordLabel, reason, edits }: Change): ChangeGroup['first'] {
  const [first, ...others] = edits;
  return { recordLabel, reason, edits: [shownEdit(first), ...others.map(shownEdit)] };
}

function shownEdit({ fieldName, beforeText, afterText }: Edit): ShownEdit {
  return { fieldName, beforeText, afterText };
}
