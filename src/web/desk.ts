import { UserError } from '../errors.ts';
import type { ReviewCounts } from '../model/change.ts';
import type { Decision, EditTarget, ReviewItem, Ruling } from '../model/decision.ts';
import type { RulingProblem } from '../operations/review/item-ruling.ts';
import type { Review } from '../operations/review/review.ts';
import type { Finished } from './protocol.ts';

/** How decisions of the page are called in the journal. */
const HOW = 'web';
/** More items than that are read again in one pass over the plan. */
const READ_SINGLY = 200;

/** What a decision did. */
export interface DeskDecision {
  readonly itemIds: readonly string[];
  readonly decision: Decision;
  /** What could not be decided so, and why. */
  readonly refused: readonly RulingProblem[];
}

/** The review that the page is a view of, as one person's: what a method has stored is on the disk when it returns. */
export class ReviewDesk {
  /** Who decides here. */
  readonly by: string;
  readonly #review: Review;

  constructor(review: Review, by: string) {
    this.#review = review;
    this.by = by;
  }

  /** The plan that is reviewed. */
  get plan() {
    return this.#review.plan;
  }

  /** Everything that there is to decide, in the plan's order. */
  items(): Iterable<ReviewItem> {
    return this.#review.items();
  }

  /** Where a value that is put in by hand for an item goes, and what can be chosen there. */
  target(itemId: string): EditTarget {
    return this.#review.target(this.#item(itemId));
  }

  /** What a value that is put in by hand for an item becomes in the field's own form. */
  writes(itemId: string, value: string): string | null {
    return this.#review.writes(this.#item(itemId), { kind: 'edit', value });
  }

  /**
   * Decides all of them alike, but for those that cannot be: one record of a group may hold the value already. Throws `UserError`
   * where none can be, in the field's words.
   */
  decide(itemIds: readonly string[], ruling: Ruling): DeskDecision {
    const refused = canBeRefused(itemIds, ruling)
      ? this.#review.problems(itemIds.map((itemId) => ({ itemId, ruling })))
      : [];
    const left = new Set(refused.map(({ itemId }) => itemId));
    const decided = itemIds.filter((itemId) => !left.has(itemId));
    const [first] = decided;
    if (first === undefined) throw noneDecided(refused);
    this.#review.decide(decided, ruling, this.by, HOW);
    const { decision } = this.#item(first);
    if (decision === null) throw new Error(`no decision of ${first} after deciding it`);
    return { itemIds: decided, decision, refused };
  }

  /** Takes the latest decision on this plan back; answers with where its items stand now, empty where there is none. */
  undo(): readonly Pick<ReviewItem, 'itemId' | 'decision'>[] {
    const itemIds = this.#review.undo(this.by, HOW) ?? [];
    if (itemIds.length <= READ_SINGLY) return itemIds.map((itemId) => this.#item(itemId));
    const wanted = new Set(itemIds);
    return [...this.#review.items()].filter(({ itemId }) => wanted.has(itemId));
  }

  /** How all items are decided. */
  counts(): ReviewCounts {
    return this.#review.counts();
  }

  /** Makes the reviewed plan. */
  finish(): Finished {
    const { planId, digest, counts, review } = this.#review.finish();
    if (review === null) throw new Error(`${planId} says nothing of its review`);
    return {
      planId,
      digest,
      changes: counts.changed,
      counts: review.counts,
      commands: [`clio-fields show ${planId}`, `clio-fields apply ${planId}`],
    };
  }

  #item(itemId: string): ReviewItem {
    const item = this.#review.item(itemId);
    if (item === undefined) throw new Error(`no item ${itemId}`);
    return item;
  }
}

/** A change is accepted as it was proposed, and anything can be left: only what comes from a person may not fit. */
function canBeRefused(itemIds: readonly string[], { kind }: Ruling): boolean {
  if (kind === 'edit' || kind === 'clear') return true;
  return kind === 'accept' && itemIds.some((itemId) => itemId.startsWith('flag-'));
}

function noneDecided([first]: readonly RulingProblem[]): UserError {
  return new UserError(
    'ruling_refused',
    first === undefined ? 'There was nothing to decide.' : `${first.reason}.`,
    'Give a value that the field takes, or skip it.',
  );
}
