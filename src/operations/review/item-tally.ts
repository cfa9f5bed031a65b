import type { ReviewCounts } from '../../model/change.ts';
import type { ItemState } from '../../model/decision.ts';
import { type ItemIndex, ITEM_STATES } from './item-index.ts';

/** How all items are decided. */
export function countItems(index: ItemIndex): ReviewCounts {
  const tally = new Map<ItemState, number>();
  for (let at = 0; at < index.size; at += 1) {
    const state = index.state(at);
    tally.set(state, (tally.get(state) ?? 0) + 1);
  }
  const of = (state: ItemState): number => tally.get(state) ?? 0;
  return {
    accepted: of('accept'),
    edited: of('edit'),
    cleared: of('clear'),
    skipped: of('skip'),
    later: of('later'),
    undecided: of('undecided'),
  };
}

/** How each group's items are decided, counted once for all of them. */
export function statesByGroup(
  index: ItemIndex,
): (group: number) => Readonly<Record<ItemState, number>> {
  const kinds = ITEM_STATES.length;
  const tally = new Uint32Array(index.groupCount * kinds);
  for (let at = 0; at < index.size; at += 1) {
    const place = index.group(at) * kinds + ITEM_STATES.indexOf(index.state(at));
    tally[place] = (tally[place] ?? 0) + 1;
  }
  return (group) => recordOf((state) => tally[group * kinds + ITEM_STATES.indexOf(state)] ?? 0);
}

function recordOf(count: (state: ItemState) => number): Readonly<Record<ItemState, number>> {
  return {
    undecided: count('undecided'),
    accept: count('accept'),
    skip: count('skip'),
    edit: count('edit'),
    clear: count('clear'),
    later: count('later'),
  };
}
