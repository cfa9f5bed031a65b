import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type {
  Change,
  FieldCounts,
  OptionChange,
  Plan,
  PlanCounts,
  ReviewCounts,
} from '../../model/change.ts';
import type { ReviewItem } from '../../model/decision.ts';
import { PlanDigest } from '../plan/digest.ts';
import { estimateNeeds } from '../plan/needs.ts';
import { OptionChanges } from '../plan/option-changes.ts';
import { pagesOf } from './item-index.ts';
import { partOf, type Rulings } from './rulings.ts';

/** What a review hands over when it ends. */
export interface ReviewEnd {
  readonly rulings: Rulings;
  readonly counts: ReviewCounts;
  /** All items, in the order of the inventory's records. */
  readonly items: Iterable<ReviewItem>;
  /** ISO 8601. */
  readonly at: string;
}

/** Makes the plan of what was accepted, edited and cleared. Throws `UserError` where decisions contradict each other or no longer fit. */
export function finishReview(journal: Journal, plan: Plan, end: ReviewEnd): Plan {
  const { rulings, counts, items, at } = end;
  return journal.plans.create(
    {
      inventoryId: plan.inventoryId,
      origin: plan.origin,
      rollsBack: null,
      reviewOf: plan.planId,
      ...(plan.madeBy !== null && { by: plan.madeBy }),
      isTwoPerson: plan.isTwoPerson,
      rulesText: journal.plans.rulesText(plan.planId),
      createdAt: at,
    },
    (sink) => {
      const digest = new PlanDigest(plan.origin);
      const options = new OptionChanges(rulings.definitions);
      const kept = new KeptOptions(rulings);
      const tally = new Tally();
      const collisions = new Collisions();
      const problems: string[] = [];
      for (const page of pagesOf(items)) {
        const outcomes = rulings.carryOut(
          page.map((item) => [item, item.decision?.ruling ?? { kind: 'later' }]),
        );
        for (const [position, item] of page.entries()) {
          const outcome = outcomes[position] ?? { kind: 'leave' };
          if (outcome.kind === 'refused') problems.push(`${nameOf(item)}: ${outcome.reason}`);
          if (outcome.kind !== 'write') {
            kept.leave(item);
            continue;
          }
          const { change } = outcome;
          problems.push(...collisions.of(item, change));
          // All problems are told at once; nothing of a plan that cannot be is kept.
          if (problems.length > 0) continue;
          kept.write(change);
          sink.change(change);
          digest.change(change);
          options.need(change);
          tally.add(change, rulings.assignmentOf(item).source.id, item);
        }
      }
      if (problems.length > 0) throw contradiction(plan, problems);
      const optionChanges = [
        ...options.openings(),
        ...journal.plans.optionChanges(plan.planId).filter((change) => kept.isFree(change)),
      ];
      for (const change of optionChanges) {
        sink.optionChange(change);
        digest.optionChange(change);
      }
      return {
        digest: digest.hex(),
        counts: leftAlone(plan.counts, tally.changed),
        fields: tally.fields(plan.fields),
        needs: estimateNeeds(tally.recordsByParent(), optionChanges),
        review: { counts, editors: tally.editors() },
      };
    },
  );
}

/** An option is retired only once no value is left that holds it, or is given it. */
class KeptOptions {
  readonly #rulings: Rulings;
  readonly #held = new Set<string>();

  constructor(rulings: Rulings) {
    this.#rulings = rulings;
  }

  leave(item: ReviewItem): void {
    if (item.kind === 'flag') {
      const { source } = this.#rulings.assignmentOf(item);
      const option = source.options.find(({ label }) => label === item.flag.value);
      if (option !== undefined) this.#hold(source.id, option.id);
      return;
    }
    for (const { definitionId, before } of item.change.edits)
      if (before.state === 'value') this.#hold(definitionId, before.content);
  }

  write({ edits }: Change): void {
    for (const { definitionId, after } of edits)
      if (after.state === 'value') this.#hold(definitionId, after.content);
  }

  /** Of the first plan's changes of options, the retirements that a reviewed plan takes over; what it adds and restores are its own values' needs. */
  isFree(change: OptionChange): boolean {
    if (change.action !== 'retire') return false;
    return !this.#held.has(JSON.stringify([change.definitionId, change.optionId]));
  }

  #hold(definitionId: string, optionId: string): void {
    // What other fields hold needs no memory.
    if (this.#rulings.retiring.has(definitionId))
      this.#held.add(JSON.stringify([definitionId, optionId]));
  }
}

/** Two decisions about one value of a record, which both write it, or of which one writes what the other relies on: only a person can say which. */
class Collisions {
  #record = '';
  readonly #writers = new Map<string, ReviewItem>();
  readonly #readers = new Map<string, ReviewItem>();

  of(item: ReviewItem, { parentType, recordId, edits, guards }: Change): string[] {
    const record = `${parentType} ${recordId}`;
    if (record !== this.#record) {
      this.#writers.clear();
      this.#readers.clear();
    }
    this.#record = record;
    const meets = (other: ReviewItem | undefined, words: (itemId: string) => string): string[] =>
      other === undefined ? [] : [`${nameOf(item)}: ${words(other.itemId)}; skip one of the two`];
    const problems = [
      ...edits.flatMap(({ definitionId, fieldName }) => [
        ...meets(
          this.#writers.get(definitionId),
          (itemId) => `it would write into "${fieldName}", and so would ${itemId}`,
        ),
        ...meets(
          this.#readers.get(definitionId),
          (itemId) => `it would write into "${fieldName}", which ${itemId} needs as it is`,
        ),
      ]),
      ...guards.flatMap(({ definitionId, fieldName }) =>
        meets(
          this.#writers.get(definitionId),
          (itemId) => `it needs "${fieldName}" as it is, and ${itemId} would write into it`,
        ),
      ),
    ];
    for (const { definitionId } of edits) this.#writers.set(definitionId, item);
    for (const { definitionId } of guards) this.#readers.set(definitionId, item);
    return problems;
  }
}

/** Counts the reviewed plan while it is made; a record's changes come one after another. */
class Tally {
  readonly #changedByField = new Map<string, number>();
  readonly #records = new Map<string, number>();
  readonly #editors = new Set<string>();
  #last = '';
  changed = 0;

  add({ parentType, recordId }: Change, sourceId: string, { decision }: ReviewItem): void {
    this.changed += 1;
    this.#changedByField.set(sourceId, (this.#changedByField.get(sourceId) ?? 0) + 1);
    const record = `${parentType} ${recordId}`;
    if (record !== this.#last)
      this.#records.set(parentType, (this.#records.get(parentType) ?? 0) + 1);
    this.#last = record;
    const kind = decision?.ruling.kind;
    if (decision !== null && (kind === 'edit' || kind === 'clear')) this.#editors.add(decision.by);
  }

  fields(original: readonly FieldCounts[]): FieldCounts[] {
    return original.map((field) => ({
      ...field,
      ...leftAlone(field, this.#changedByField.get(field.definitionId) ?? 0),
    }));
  }

  recordsByParent(): number[] {
    return [...this.#records.values()];
  }

  /** Whoever typed in what the plan would write, or had it take a value away. */
  editors(): string[] {
    return [...this.#editors].toSorted();
  }
}

/** The same values as before the review: what it leaves out stays unchanged. */
function leftAlone(
  { unchanged, changed, flagged, unread }: PlanCounts,
  written: number,
): PlanCounts {
  return {
    unchanged: unchanged + changed + flagged - written,
    changed: written,
    flagged: 0,
    unread,
  };
}

const PROBLEMS_TOLD = 20;

function contradiction(plan: Plan, problems: readonly string[]): UserError {
  const told = problems.slice(0, PROBLEMS_TOLD).join('\n');
  const more =
    problems.length > PROBLEMS_TOLD ? `\nand ${problems.length - PROBLEMS_TOLD} more` : '';
  return new UserError(
    'review_contradiction',
    `The review of ${plan.planId} cannot be finished:\n${told}${more}`,
    'Decide these anew, then finish the review again.',
  );
}

function nameOf(item: ReviewItem): string {
  const field = item.kind === 'change' ? item.change.edits[0].fieldName : item.flag.fieldName;
  return `${item.itemId} (${partOf(item).recordLabel}, ${field})`;
}
