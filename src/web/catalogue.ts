import { UserError } from '../errors.ts';
import type { Decision, ReviewItem } from '../model/decision.ts';
import type { ReviewDesk } from './desk.ts';
import { type Entry, type Group, makeGroup, stateOf, type Verdict } from './entry.ts';
import { type Matches, Matcher } from './matcher.ts';
import type { Decided, Listing, Page, Row, Tally, Target } from './protocol.ts';
import { reasonKind } from './reason-kind.ts';

/** Rows of one page: what a person looks through without losing the place. */
const PAGE_ROWS = 50;
/** Records that a group names. */
const RECORDS_NAMED = 3;
/** Decisions that can be decided otherwise in place; older ones by looking their items up. */
const BATCHES_KEPT = 200;

/**
 * The items of a review as lists of them are asked for: narrowed, grouped, a page at a time. Held in memory, so that a page of
 * a hundred thousand items is there at once; the decisions themselves are the desk's.
 */
export class Catalogue {
  readonly #desk: ReviewDesk;
  readonly #entries: Entry[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #groups: readonly Group[];
  readonly #matcher: Matcher;
  readonly #batches = new Map<number, readonly number[]>();
  readonly #tally = { undecided: 0, accept: 0, skip: 0, edit: 0, clear: 0, later: 0 };
  #lastBatch = 0;

  constructor(desk: ReviewDesk) {
    this.#desk = desk;
    const groups = new Map<string, Group>();
    const reasons = new Map<string, string>();
    for (const item of desk.items()) this.#add(item, groups, reasons);
    // Biggest first: one decision there does the most. Equal ones stay in the plan's order.
    this.#groups = [...groups.values()].toSorted(
      (left, right) => right.members.length - left.members.length,
    );
    this.#matcher = new Matcher(this.#entries);
  }

  get tally(): Tally {
    return { ...this.#tally };
  }

  /** One page of rows, and what the list could be narrowed to. */
  page(listing: Listing): Page {
    const matches = this.#matcher.match(listing.filter);
    const { places, rowOf } =
      listing.view === 'items' ? this.#itemRows(matches) : this.#groupRows(matches);
    const window = windowOf(places, listing);
    return {
      rows: places.slice(window.start, window.end).map(rowOf),
      hasEarlier: window.start > 0,
      hasLater: window.end < places.length,
      total: { rows: places.length, items: matches.indexes.length },
      ...matches.facets,
    };
  }

  /** The ids of what targets are about, each once. Throws `UserError` where it is not what the person saw. */
  resolve(targets: readonly Target[]): readonly string[] {
    const indexes = new Set(targets.flatMap((target) => this.#indexesOf(target)));
    return [...indexes].map((index) => this.#entry(index).itemId);
  }

  /** Remembers what the desk decided; answers with a name for it. */
  settle(itemIds: readonly string[], decision: Decision): { batch: number; decided: Decided } {
    const decided = this.#verdictOf(decision);
    const indexes = itemIds.map((itemId) => this.#indexOf(itemId));
    for (const index of indexes) this.#put(index, decided);
    this.#lastBatch += 1;
    this.#batches.set(this.#lastBatch, indexes);
    this.#batches.delete(this.#lastBatch - BATCHES_KEPT);
    return { batch: this.#lastBatch, decided: this.#decidedOf(itemIds[0] ?? '', decided) };
  }

  /** Remembers where items stand after the desk took a decision back. */
  restore(items: ReturnType<ReviewDesk['undo']>): void {
    for (const { itemId, decision } of items)
      this.#put(this.#indexOf(itemId), decision === null ? null : this.#verdictOf(decision));
  }

  #add(item: ReviewItem, groups: Map<string, Group>, reasons: Map<string, string>): void {
    const { itemId, groupId, decision } = item;
    const group = groups.get(groupId) ?? makeGroup(item);
    groups.set(groupId, group);
    const about = item.kind === 'change' ? item.change : item.flag;
    const reasonId = reasons.get(about.reason) ?? reasonKind(about.reason);
    reasons.set(about.reason, reasonId);
    const entry: Entry = {
      itemId,
      recordId: about.recordId,
      label: about.recordLabel,
      group,
      reason: about.reason,
      reasonId,
      held: item.kind === 'flag' ? (item.flag.into?.beforeText ?? null) : null,
      decided: decision === null ? null : this.#verdictOf(decision),
    };
    const index = this.#entries.push(entry) - 1;
    this.#indexes.set(itemId, index);
    group.members.push(index);
    this.#tally[stateOf(entry)] += 1;
  }

  #itemRows({ indexes }: Matches) {
    return {
      places: indexes,
      rowOf: (index: number): Row => this.#row(index, this.#entry(index).group, [index]),
    };
  }

  #groupRows({ has }: Matches) {
    const places: number[] = [];
    for (const [place, { members }] of this.#groups.entries())
      if (members.some(has)) places.push(place);
    return {
      places,
      rowOf: (place: number): Row => {
        const group = this.#groups[place];
        if (group === undefined) throw new Error(`no group at ${place}`);
        return this.#row(place, group, group.members.filter(has));
      },
    };
  }

  #row(place: number, group: Group, members: readonly number[]): Row {
    const entries = members.map((index) => this.#entry(index));
    const [first] = entries;
    if (first === undefined) throw new Error('a row of nothing');
    const tally = { undecided: 0, accept: 0, skip: 0, edit: 0, clear: 0, later: 0 };
    for (const entry of entries) tally[stateOf(entry)] += 1;
    return {
      place,
      groupId: group.groupId,
      itemId: entries.length === 1 ? first.itemId : null,
      kind: group.kind,
      count: entries.length,
      parentType: group.parentType,
      fieldId: group.fieldId,
      records: entries.slice(0, RECORDS_NAMED).map(({ recordId, label }) => ({ recordId, label })),
      halves: group.halves,
      from: group.from,
      into:
        group.into === null
          ? null
          : {
              fieldName: group.into,
              holds: entries.every(({ held }) => held === first.held) ? first.held : null,
            },
      reason: first.reason,
      suggestions: group.suggestions,
      target: this.#desk.target(first.itemId),
      tally,
      decided:
        first.decided !== null && entries.every(({ decided }) => isAlike(decided, first.decided))
          ? this.#decidedOf(first.itemId, first.decided)
          : null,
    };
  }

  #indexesOf(target: Target): readonly number[] {
    switch (target.kind) {
      case 'items':
        return target.itemIds.map((itemId) => this.#indexOf(itemId));
      case 'groups': {
        const { has } = this.#matcher.match(target.filter);
        const wanted = new Set(target.groupIds);
        return this.#groups
          .filter(({ groupId }) => wanted.has(groupId))
          .flatMap(({ members }) => members.filter(has));
      }
      case 'filter': {
        const { indexes } = this.#matcher.match(target.filter);
        if (indexes.length !== target.expected) throw listChanged(target.expected, indexes.length);
        return indexes;
      }
      case 'batch': {
        const indexes = this.#batches.get(target.batch);
        if (indexes === undefined) throw unknownItem('decision');
        const wanted = new Set(target.groupIds);
        return indexes.filter((index) => wanted.has(this.#entry(index).group.groupId));
      }
    }
  }

  #put(index: number, decided: Verdict | null): void {
    const entry = this.#entry(index);
    this.#tally[stateOf(entry)] -= 1;
    entry.decided = decided;
    this.#tally[stateOf(entry)] += 1;
  }

  #decidedOf(itemId: string, verdict: Verdict): Decided {
    const { value } = verdict;
    return { ...verdict, writes: value === null ? null : this.#desk.writes(itemId, value) };
  }

  #verdictOf({ ruling, by, at, planId }: Decision): Verdict {
    return {
      ruling: ruling.kind,
      value: ruling.kind === 'edit' ? ruling.value : null,
      by,
      at,
      isCarriedOver: planId !== this.#desk.plan.planId,
    };
  }

  #indexOf(itemId: string): number {
    const index = this.#indexes.get(itemId);
    if (index === undefined) throw unknownItem('item');
    return index;
  }

  #entry(index: number): Entry {
    const entry = this.#entries[index];
    if (entry === undefined) throw new Error(`no entry at ${index}`);
    return entry;
  }
}

function isAlike(left: Verdict | null, right: Verdict | null): boolean {
  return left?.ruling === right?.ruling && left?.value === right?.value;
}

function windowOf(
  places: readonly number[],
  { after, before }: Pick<Listing, 'after' | 'before'>,
): { start: number; end: number } {
  if (before !== null) {
    const end = firstFrom(places, before);
    return { start: Math.max(0, end - PAGE_ROWS), end };
  }
  const start = after === null ? 0 : firstFrom(places, after + 1);
  return { start, end: Math.min(places.length, start + PAGE_ROWS) };
}

/** The index of the first place that is not below `place`. */
function firstFrom(places: readonly number[], place: number): number {
  const index = places.findIndex((each) => each >= place);
  return index === -1 ? places.length : index;
}

function listChanged(expected: number, found: number): UserError {
  return new UserError(
    'list_changed',
    `Nothing was decided: the list held ${expected} items when you looked, and holds ${found} now.`,
    'Look at the list again, then decide.',
  );
}

function unknownItem(what: string): UserError {
  return new UserError(
    'unknown_item',
    `Nothing was decided: this ${what} is not known to the review that is running.`,
    'Load the page again.',
  );
}
