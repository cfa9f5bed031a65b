import type { InventoryHeader, Journal } from '../../journal/index.ts';
import { accountAt } from '../../model/account.ts';

/** That two inventories of a journal are of different accounts, in words; null where nothing speaks for it. */
export function sayOtherAccount(
  journal: Journal,
  earlier: InventoryHeader,
  later: InventoryHeader,
): string | null {
  if (!areDifferent(journal, earlier, later)) return null;
  return `${later.inventoryId} is of another account than ${earlier.inventoryId} in the same journal: ${accountAt(later.account, later.origin)}; before, ${accountAt(earlier.account, earlier.origin)}. Plans are made from the newest one. Work in one folder a firm, or name another journal with --journal.`;
}

function areDifferent(journal: Journal, earlier: InventoryHeader, later: InventoryHeader): boolean {
  if (earlier.origin !== later.origin) return true;
  if (earlier.account !== null && later.account !== null)
    return earlier.account.id !== later.account.id;
  // Ids of fields are Clio's own, and no two firms share one.
  const known = new Set(journal.inventories.definitions(earlier.inventoryId).map(({ id }) => id));
  const own = journal.inventories.definitions(later.inventoryId);
  return known.size > 0 && own.length > 0 && !own.some(({ id }) => known.has(id));
}
