import type { Reviewable } from '../../model/decision.ts';
import { PARENT_TYPES } from '../../model/field.ts';
import { partOf } from './rulings.ts';

/** Two lists in the inventory's order of records as one, a record's items of the first list before those of the second. */
export function* mergeByRecord<Item extends Reviewable>(
  first: Iterable<Item>,
  second: Iterable<Item>,
): IterableIterator<Item> {
  const others = second[Symbol.iterator]();
  let other = others.next();
  for (const item of first) {
    while (other.done !== true && compareRecords(other.value, item) < 0) {
      yield other.value;
      other = others.next();
    }
    yield item;
  }
  while (other.done !== true) {
    yield other.value;
    other = others.next();
  }
}

/** Matters before contacts, ids that are numbers as numbers and before all others. */
function compareRecords(left: Reviewable, right: Reviewable): number {
  const [one, two] = [partOf(left), partOf(right)];
  const byParent = PARENT_TYPES.indexOf(one.parentType) - PARENT_TYPES.indexOf(two.parentType);
  if (byParent !== 0) return byParent;
  const [leftNumber, rightNumber] = [wholeNumber(one.recordId), wholeNumber(two.recordId)];
  if (leftNumber !== null && rightNumber !== null) return leftNumber - rightNumber;
  if (leftNumber !== null) return -1;
  if (rightNumber !== null) return 1;
  if (one.recordId === two.recordId) return 0;
  return Buffer.compare(Buffer.from(one.recordId), Buffer.from(two.recordId));
}

function wholeNumber(recordId: string): number | null {
  const number = Number(recordId);
  return Number.isSafeInteger(number) && String(number) === recordId ? number : null;
}
