import type { ItemState } from '../../model/decision.ts';
import type { Review } from '../../operations/review/review.ts';

/** What one card asks about: a whole group, or one item of it. */
export type Step =
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'item'; readonly groupId: string; readonly itemId: string };

/** What is asked about: nobody has decided it, or somebody said later. */
export const OPEN: readonly ItemState[] = ['undecided', 'later'];

/** The cards of a review and where a person stands among them. Groups come field by field, big ones first, flags last. */
export class Steps {
  readonly #review: Review;
  readonly #steps: Step[];
  readonly #answered = new Set<Step>();
  #at = 0;

  constructor(review: Review) {
    this.#review = review;
    this.#steps = orderedGroups(review).map((groupId) => ({ kind: 'group', groupId }));
  }

  get current(): Step | undefined {
    return this.#steps[this.#at];
  }

  get position(): string {
    return `${this.#at + 1} of ${this.#steps.length}`;
  }

  /** The items that the current card asks about: those still open, or all where none is. */
  itemIds(step: Step): string[] {
    if (step.kind === 'item') return [step.itemId];
    const groupIds = [step.groupId];
    const open = idsOf(this.#review.items({ groupIds, states: OPEN }));
    return open.length > 0 ? open : idsOf(this.#review.items({ groupIds }));
  }

  /** On to the next card with something open that was not answered in this session; past the last where there is none. */
  advance(): void {
    const { current } = this;
    if (current !== undefined && !this.#isUndecided(current)) this.#answered.add(current);
    const open = this.#review.groupIds(OPEN);
    const isLeft = (step: Step): boolean =>
      open.has(step.groupId) && !this.#answered.has(step) && this.#isOpen(step);
    const next = this.#steps.findIndex((step, at) => at >= this.#at && isLeft(step));
    const skipped = next >= 0 ? next : this.#steps.findIndex(isLeft);
    this.#at = skipped >= 0 ? skipped : this.#steps.length;
  }

  /** To the next card, decided or not; stays at the last. */
  next(): boolean {
    if (this.#at + 1 >= this.#steps.length) return false;
    this.#at += 1;
    return true;
  }

  back(): boolean {
    if (this.#at === 0) return false;
    this.#at -= 1;
    return true;
  }

  /** Asks about each item of the current group by itself. */
  split(): void {
    const step = this.current;
    if (step?.kind !== 'group') return;
    const { groupId } = step;
    const items = this.itemIds(step).map((itemId): Step => ({ kind: 'item', groupId, itemId }));
    this.#steps.splice(this.#at, 1, ...items);
  }

  /** To the card about an item; one is made where there is none. */
  goTo(itemId: string): void {
    const groupId = this.#review.item(itemId)?.groupId;
    if (groupId === undefined) return;
    const found = this.#steps.findIndex((step) =>
      step.kind === 'item' ? step.itemId === itemId : step.groupId === groupId,
    );
    const step = this.#steps[found];
    if (step !== undefined) {
      this.#answered.delete(step);
      this.#at = found;
    } else this.#steps.splice(this.#at, 0, { kind: 'group', groupId });
  }

  #isUndecided(step: Step): boolean {
    if (step.kind === 'group') return this.#review.groupIds(['undecided']).has(step.groupId);
    return this.#stateOf(step.itemId) === 'undecided';
  }

  /** Of a group with something open. */
  #isOpen(step: Step): boolean {
    return step.kind === 'group' || OPEN.includes(this.#stateOf(step.itemId));
  }

  #stateOf(itemId: string): ItemState {
    return this.#review.item(itemId)?.decision?.ruling.kind ?? 'undecided';
  }
}

/** The groups with something open: changes field by field in the plan's order, then flags; big groups first. */
function orderedGroups(review: Review): readonly string[] {
  const places = new Map(
    review.plan.fields.map(({ definitionId }, place) => [definitionId, place]),
  );
  const groups: { groupId: string; kind: string; place: number; count: number }[] = [];
  for (const { groupId, count, sample } of review.groups({ states: OPEN })) {
    const sourceId = review.sourceField(sample);
    groups.push({ groupId, kind: sample.kind, place: places.get(sourceId) ?? places.size, count });
  }
  return groups
    .toSorted(
      (left, right) =>
        left.kind.localeCompare(right.kind) || left.place - right.place || right.count - left.count,
    )
    .map(({ groupId }) => groupId);
}

function idsOf(items: Iterable<{ readonly itemId: string }>): string[] {
  const ids: string[] = [];
  for (const { itemId } of items) ids.push(itemId);
  return ids;
}
