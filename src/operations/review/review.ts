import { UserError } from '../../errors.ts';
import type { Journal, NewDecision } from '../../journal/index.ts';
import type { Plan, ReviewCounts } from '../../model/change.ts';
import {
  type DecisionWay,
  type EditTarget,
  fieldOf,
  type ItemState,
  type Reviewable,
  type ReviewGroup,
  type ReviewItem,
  type Ruling,
  subjectOf,
} from '../../model/decision.ts';
import { finishReview } from './finish.ts';
import { fitsWords, type ItemFilter, matchingPlaces } from './item-filter.ts';
import { ItemIndex, pagesOf } from './item-index.ts';
import { type ItemRuling, PROBLEMS_TOLD, refused, type RulingProblem } from './item-ruling.ts';
import { countItems, statesByGroup } from './item-tally.ts';
import { mergeByRecord } from './merge-by-record.ts';
import { readItems } from './read-items.ts';
import { partOf, Rulings } from './rulings.ts';

/**
 * Opens the review of a plan of rules, the newest where no id is given; of a reviewed plan, that of the plan behind it. Reads all
 * of the plan once: about a second for 100,000 items. Throws `UserError` for a plan that undoes a run.
 */
export function openReview(
  { journal, now }: { journal: Journal; now: () => Date },
  planId?: string,
): Review {
  const named = journal.plans.find(planId);
  const plan = named.reviewOf === null ? named : journal.plans.find(named.reviewOf);
  if (plan.rollsBack !== null) {
    throw new UserError(
      'rollback_plan',
      `${plan.planId} is the inverse of ${plan.rollsBack}: there is nothing in it to decide.`,
      `\`clio-fields rollback ${plan.rollsBack} --record ID\` restores a part of it.`,
    );
  }
  return new Review(journal, plan, now);
}

/**
 * What people decide of one plan's changes and flags. Each decision is durable when the method returns; whichever way decisions
 * come in, the same ones lead to the same reviewed plan.
 */
export class Review {
  readonly plan: Plan;
  readonly #journal: Journal;
  readonly #now: () => Date;
  readonly #index: ItemIndex;
  readonly #rulings: Rulings;

  constructor(journal: Journal, plan: Plan, now: () => Date) {
    this.plan = plan;
    this.#journal = journal;
    this.#now = now;
    this.#index = ItemIndex.build(journal, plan);
    this.#rulings = new Rulings(journal, plan);
  }

  /** How many items there are. */
  get size(): number {
    return this.#index.size;
  }

  /** Changes first, then flags, each in the plan's order; in flat memory. */
  *items(filter: ItemFilter = {}): IterableIterator<ReviewItem> {
    const { limit = Number.POSITIVE_INFINITY } = filter;
    let given = 0;
    if (given >= limit) return;
    for (const page of pagesOf(matchingPlaces(this.#index, filter))) {
      for (const item of this.#read(page)) {
        if (!fitsWords(item, filter)) continue;
        yield item;
        given += 1;
        if (given >= limit) return;
      }
    }
  }

  /** The item with that id; undefined where the plan has none. */
  item(itemId: string): ReviewItem | undefined {
    const at = this.#index.find(itemId);
    return at === undefined ? undefined : this.#read([at])[0];
  }

  /** The items with these ids, those that the plan has, by id: a bounded list. */
  named(itemIds: readonly string[]): ReadonlyMap<string, ReviewItem> {
    const items = readItems(this.#journal, this.plan.planId, itemIds);
    return new Map(this.#decided(items).map((item) => [item.itemId, item]));
  }

  /** Items that can be decided at once, the biggest group first; in little memory. */
  *groups(
    filter: Pick<ItemFilter, 'kind' | 'states' | 'definitionIds' | 'groupIds'> = {},
  ): IterableIterator<ReviewGroup> {
    const index = this.#index;
    const states = statesByGroup(index);
    const wanted = new Set<number>();
    for (const at of matchingPlaces(this.#index, filter)) wanted.add(index.group(at));
    const sorted = [...wanted].toSorted(
      (left, right) => index.groupSize(right) - index.groupSize(left) || left - right,
    );
    for (const page of pagesOf(sorted)) {
      const samples = new Map(
        this.#read(page.map((group) => index.first(group))).map((item) => [item.groupId, item]),
      );
      for (const group of page) {
        const sample = samples.get(index.groupId(group));
        if (sample === undefined) continue;
        yield {
          groupId: index.groupId(group),
          count: index.groupSize(group),
          states: states(group),
          sample,
        };
      }
    }
  }

  /** The groups with an item in one of these states. */
  groupIds(states: readonly ItemState[]): ReadonlySet<string> {
    const groups = new Set<number>();
    for (const at of matchingPlaces(this.#index, { states })) groups.add(this.#index.group(at));
    return new Set([...groups].map((group) => this.#index.groupId(group)));
  }

  /** How all items are decided. */
  counts(): ReviewCounts {
    return countItems(this.#index);
  }

  /** Where an item's edit goes, and what can be chosen there. */
  target(item: Reviewable): EditTarget {
    return this.#rulings.target(item);
  }

  /** The field whose rule an item comes from, as the plan counts it. */
  sourceField(item: Reviewable): string {
    return this.#rulings.assignmentOf(item).source.id;
  }

  /** What a ruling would write, as people see it: what is typed in may be written in another form. Null where it writes nothing. */
  writes(item: Reviewable, ruling: Ruling): string | null {
    const [ruled] = this.#rulings.carryOut([[item, ruling]]);
    return ruled?.kind === 'write' ? ruled.change.edits[0].afterText : null;
  }

  /** The same ruling for all of these items, undone at once. Throws `UserError` where it cannot be; then nothing is stored. */
  decide(itemIds: readonly string[], ruling: Ruling, by: string, how: DecisionWay): void {
    this.decideEach(
      itemIds.map((itemId) => ({ itemId, ruling })),
      by,
      how,
    );
  }

  /** As `decide`, a ruling an item. */
  decideEach(rulings: readonly ItemRuling[], by: string, how: DecisionWay): void {
    const unique = new Map(rulings.map((each) => [each.itemId, each]));
    const problems: RulingProblem[] = [];
    const decisions: NewDecision[] = [];
    for (const page of pagesOf(unique.values())) {
      const items = this.#itemsNamed(page);
      problems.push(...this.#problemsOf(page, items));
      if (problems.length > PROBLEMS_TOLD) break;
      for (const { itemId, ruling } of page) {
        const item = items.get(itemId);
        if (item !== undefined)
          decisions.push({ itemId, ruling, subject: subjectOf(this.plan.origin, item) });
      }
    }
    if (problems.length > 0) throw refused(problems);
    const at = this.#now().toISOString();
    this.#journal.decisions.add(this.plan.planId, decisions, { by, how, at });
    for (const { itemId, ruling } of decisions) this.#setState(itemId, ruling.kind);
  }

  /** What is wrong with each of these rulings, no more than `limit`; empty where all can be. */
  problems(
    rulings: readonly ItemRuling[],
    limit: number = Number.POSITIVE_INFINITY,
  ): readonly RulingProblem[] {
    const problems: RulingProblem[] = [];
    for (const page of pagesOf(rulings)) {
      problems.push(...this.#problemsOf(page, this.#itemsNamed(page)));
      if (problems.length >= limit) break;
    }
    return problems.slice(0, limit);
  }

  /** Takes back what was last decided on this plan, even in an earlier session. The items; null where nothing is left to undo. */
  undo(by: string, how: DecisionWay): readonly string[] | null {
    const at = this.#now().toISOString();
    const itemIds = this.#journal.decisions.undo(this.plan.planId, { by, how, at });
    for (const page of pagesOf(itemIds ?? [])) {
      const states = new Map(
        this.#decided(readItems(this.#journal, this.plan.planId, page)).map(
          ({ itemId, decision }) => [itemId, decision?.ruling.kind ?? ('undecided' as const)],
        ),
      );
      for (const [itemId, state] of states) this.#setState(itemId, state);
    }
    return itemIds;
  }

  /**
   * The plan that the decisions make of this one: what was accepted, edited or cleared, and nothing else. The same decisions give the same
   * plan again. Throws `UserError` where two of them would write into the same value, or one no longer fits.
   */
  finish(): Plan {
    return finishReview(this.#journal, this.plan, {
      rulings: this.#rulings,
      counts: this.counts(),
      items: mergeByRecord(this.items({ kind: 'change' }), this.items({ kind: 'flag' })),
      at: this.#now().toISOString(),
    });
  }

  #itemsNamed(page: readonly ItemRuling[]): ReadonlyMap<string, Reviewable & { itemId: string }> {
    const itemIds = page.map(({ itemId }) => itemId);
    const items = readItems(this.#journal, this.plan.planId, itemIds);
    return new Map(items.map((item) => [item.itemId, item]));
  }

  #problemsOf(
    page: readonly ItemRuling[],
    items: ReadonlyMap<string, Reviewable & { readonly itemId: string }>,
  ): RulingProblem[] {
    const unknown = page.flatMap(({ itemId }) =>
      items.has(itemId) ? [] : [{ itemId, reason: `${this.plan.planId} has no such item` }],
    );
    const known = page.flatMap(({ itemId, ruling }) => {
      const item = items.get(itemId);
      return item === undefined ? [] : [{ item, ruling }];
    });
    const ruled = this.#rulings.carryOut(known.map(({ item, ruling }) => [item, ruling]));
    const wrong = known.flatMap(({ item }, at) => {
      const outcome = ruled[at];
      if (outcome?.kind !== 'refused') return [];
      return [{ itemId: item.itemId, reason: `${nameOf(item)}: ${outcome.reason}` }];
    });
    return [...unknown, ...wrong];
  }

  #setState(itemId: string, state: ItemState): void {
    const at = this.#index.find(itemId);
    if (at !== undefined) this.#index.setState(at, state);
  }

  #read(page: readonly number[]): readonly ReviewItem[] {
    const itemIds = page.map((at) => this.#index.itemId(at));
    return this.#decided(readItems(this.#journal, this.plan.planId, itemIds));
  }

  #decided(items: readonly (Reviewable & { readonly itemId: string })[]): readonly ReviewItem[] {
    const subjects = items.map((item) => subjectOf(this.plan.origin, item));
    const decisions = this.#journal.decisions.latest(subjects);
    return items.map((item, position) => ({
      ...item,
      groupId: this.#index.groupId(this.#index.group(this.#index.find(item.itemId) ?? 0)),
      from: this.#rulings.source(item),
      decision: decisions.get(subjects[position] ?? '') ?? null,
    }));
  }
}

/** The record and field, as people know them. */
function nameOf(item: Reviewable): string {
  return `${partOf(item).recordLabel}, ${fieldOf(item).fieldName}`;
}
