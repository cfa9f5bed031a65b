import type { Journal } from '../../journal/index.ts';
import { contentOf, isSameContent, valueOf } from '../../model/field.ts';

/** Compares two inventories of one account, value by value, read states included; what neither could read is left out. */
export function compareInventories(
  journal: Journal,
  earlierId: string,
  laterId: string,
): { values: number; differences: number } {
  const definitions = journal.inventories.definitions(earlierId);
  const later = journal.inventories.records(laterId);
  let values = 0;
  let differences = 0;
  for (const before of journal.inventories.records(earlierId)) {
    const after = later.next();
    if (after.done === true || after.value.recordId !== before.recordId) {
      throw new Error(`${laterId} has not the records of ${earlierId}`);
    }
    for (const { id, parentType } of definitions) {
      if (parentType !== before.parentType) continue;
      const left = valueOf(before, id);
      const right = valueOf(after.value, id);
      if (left.state === 'unread' && right.state === 'unread') continue;
      values += 1;
      if (
        left.state === 'unread' ||
        right.state === 'unread' ||
        !isSameContent(contentOf(left), contentOf(right))
      ) {
        differences += 1;
      }
    }
  }
  return { values, differences };
}
