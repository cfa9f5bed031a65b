import type { DecisionWay } from '../../model/decision.ts';
import type { Review } from './review.ts';

/** Decides all changes that nobody has decided yet, at once; flags are left to people. How many there were. */
export function decideRest(
  review: Review,
  kind: 'accept' | 'skip',
  by: string,
  how: DecisionWay,
): number {
  const itemIds: string[] = [];
  for (const { itemId } of review.items({ kind: 'change', states: ['undecided'] }))
    itemIds.push(itemId);
  review.decide(itemIds, { kind }, by, how);
  return itemIds.length;
}
