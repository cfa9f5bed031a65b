import { createHash } from 'node:crypto';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import {
  fieldOf,
  type ItemState,
  type Reviewable,
  RULING_KINDS,
  subjectOf,
} from '../../model/decision.ts';
import { numbered, reviewables } from './read-items.ts';

export const ITEM_STATES = ['undecided', ...RULING_KINDS] as const satisfies readonly ItemState[];

/**
 * What a review knows of all items at once: a few bytes for each. Items are numbered from 0, the plan's changes first, then its
 * flags; what they say stays in the journal.
 */
export class ItemIndex {
  readonly size: number;
  readonly #changes: number;
  readonly #states: Uint8Array;
  readonly #groups: Uint32Array;
  readonly #groupSizes: number[] = [];
  readonly #firsts: number[] = [];
  readonly #fields: string[] = [];

  /** Reads the whole plan once. */
  static build(journal: Journal, plan: Plan): ItemIndex {
    const { changes, flags } = journal.plans.size(plan.planId);
    const index = new ItemIndex(changes, flags);
    const groupBy = new Map<string, number>();
    const names = new Map<string, string>();
    const wasAnythingDecided = journal.decisions.areThereAny();
    let at = 0;
    for (const page of pagesOf(reviewables(journal, plan.planId))) {
      const subjects = wasAnythingDecided ? page.map((item) => subjectOf(plan.origin, item)) : [];
      const decided = journal.decisions.latest(subjects);
      for (const [position, item] of page.entries()) {
        const { definitionId } = fieldOf(item);
        const name = names.get(definitionId) ?? definitionId;
        names.set(definitionId, name);
        index.#add(at, groupKeyOf(item), name, groupBy);
        const decision = decided.get(subjects[position] ?? '');
        index.setState(at, decision?.ruling.kind ?? 'undecided');
        at += 1;
      }
    }
    return index;
  }

  private constructor(changes: number, flags: number) {
    this.size = changes + flags;
    this.#changes = changes;
    this.#states = new Uint8Array(this.size);
    this.#groups = new Uint32Array(this.size);
  }

  get groupCount(): number {
    return this.#firsts.length;
  }

  state(at: number): ItemState {
    return ITEM_STATES[this.#states[at] ?? 0] ?? 'undecided';
  }

  setState(at: number, state: ItemState): void {
    this.#states[at] = ITEM_STATES.indexOf(state);
  }

  isChange(at: number): boolean {
    return at < this.#changes;
  }

  /** `change-17`, `flag-3`. */
  itemId(at: number): string {
    return this.isChange(at) ? `change-${at + 1}` : `flag-${at - this.#changes + 1}`;
  }

  /** Where an item stands; undefined for an id that the plan has no item of. */
  find(itemId: string): number | undefined {
    const item = numbered(itemId);
    if (item === undefined) return undefined;
    const at = item.kind === 'change' ? item.number - 1 : this.#changes + item.number - 1;
    const isThere = item.kind === 'change' ? item.number <= this.#changes : at < this.size;
    return isThere ? at : undefined;
  }

  group(at: number): number {
    return this.#groups[at] ?? 0;
  }

  groupId(group: number): string {
    return `group-${group + 1}`;
  }

  groupSize(group: number): number {
    return this.#groupSizes[group] ?? 0;
  }

  /** The first item of a group. */
  first(group: number): number {
    return this.#firsts[group] ?? 0;
  }

  /** The field that a group's items are listed under. */
  definitionId(group: number): string {
    return this.#fields[group] ?? '';
  }

  #add(at: number, key: string, definitionId: string, groupBy: Map<string, number>): void {
    let group = groupBy.get(key);
    if (group === undefined) {
      group = this.#firsts.length;
      groupBy.set(key, group);
      this.#firsts.push(at);
      this.#groupSizes.push(0);
      this.#fields.push(definitionId);
    }
    this.#groups[at] = group;
    this.#groupSizes[group] = this.groupSize(group) + 1;
  }
}

/** Items read and looked up at once. */
const PAGE_ITEMS = 200;

/** Any list in pages, so that what is asked about each item can be asked about many. */
export function* pagesOf<Item>(items: Iterable<Item>): IterableIterator<Item[]> {
  let page: Item[] = [];
  for (const item of items) {
    page.push(item);
    if (page.length < PAGE_ITEMS) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

/** What items have in common that one decision can be made for; a hash, for a value can be long. */
function groupKeyOf(item: Reviewable): string {
  const common =
    item.kind === 'change'
      ? [
          item.change.edits.map(({ definitionId, before, after }) => [definitionId, before, after]),
          item.change.guards.map(({ definitionId, expected }) => [definitionId, expected]),
        ]
      : [
          item.flag.definitionId,
          item.flag.value,
          item.flag.reason,
          item.flag.suggestions,
          item.flag.into?.definitionId,
        ];
  return createHash('sha256')
    .update(JSON.stringify([item.kind, common]))
    .digest('base64url')
    .slice(0, 24);
}
