import type { Change } from '../model/change.ts';
import type { ChangeStatus, Outcome } from '../model/run.ts';

/** A change of a plan or a run; `outcome` is null for one that is still to be made. */
export interface ChangeLine {
  readonly change: Change;
  readonly outcome: Outcome | null;
}

export function* withoutOutcome(changes: Iterable<Change>): Iterable<ChangeLine> {
  for (const change of changes) yield { change, outcome: null };
}

/** The same before and after in the same field, however many records hold it. */
export interface ChangeGroup {
  /** The change of the first record. */
  readonly first: Change;
  readonly status: ChangeStatus;
  readonly records: number;
}

/** One field's groups, those of the most records first. */
export interface FieldGroups {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly parentType: Change['parentType'];
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
  readonly #groups = new Map<string, { first: Change; status: ChangeStatus; records: number }>();
  #changes = 0;
  #others = 0;

  constructor(first: Change) {
    this.#first = first;
  }

  /** Whether the change began a group. */
  add(change: Change, status: ChangeStatus, mayBegin: boolean): boolean {
    this.#changes += 1;
    const key = JSON.stringify([
      status,
      change.edits.map(({ definitionId, beforeText, afterText }) => [
        definitionId,
        beforeText,
        afterText,
      ]),
    ]);
    const known = this.#groups.get(key);
    if (known !== undefined) known.records += 1;
    else if (mayBegin) this.#groups.set(key, { first: change, status, records: 1 });
    else this.#others += 1;
    return known === undefined && mayBegin;
  }

  all(): FieldGroups {
    const { edits, parentType } = this.#first;
    return {
      definitionId: edits[0].definitionId,
      fieldName: edits[0].fieldName,
      parentType,
      changes: this.#changes,
      groups: [...this.#groups.values()].toSorted((left, right) => right.records - left.records),
      others: this.#others,
    };
  }
}
