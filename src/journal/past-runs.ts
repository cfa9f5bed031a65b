import type { ParentType } from '../model/field.ts';
import { idOf, keyOf } from './ids.ts';
import type { InventoryHeader } from './inventory-row.ts';
import type { Store } from './store.ts';

/** Runs of plans that changed values before an inventory was taken. Runs that were rolled back are left out, and so are purged ones. */
export function runsBefore(
  store: Store,
  { inventoryId, origin }: Pick<InventoryHeader, 'inventoryId' | 'origin'>,
): string[] {
  const inventoryKey = keyOf('inventory', inventoryId) ?? null;
  return store
    .all<{ key: number }>(FORMER_RUNS, inventoryKey, origin)
    .map(({ key }) => idOf('run', key));
}

/** Ids of the records of a kind that runs wrote to after a time (ISO 8601), on an account's host. */
export function recordsWrittenAfter(
  store: Store,
  origin: string,
  time: string,
  parentType: ParentType,
): string[] {
  return store
    .all<{ recordId: string | number }>(WRITTEN_AFTER, origin, time, time, parentType)
    .map(({ recordId }) => String(recordId));
}

/** Where an inventory is of before it was kept which run was the last, times decide. */
const FORMER_RUNS = `
  SELECT runs.run_key AS key
  FROM runs JOIN plans USING (plan_key) JOIN inventories AS taken ON taken.inventory_key = ?
  WHERE runs.rolls_back IS NULL AND runs.purged_at IS NULL AND plans.origin = ?
    AND CASE WHEN taken.after_run IS NULL THEN runs.started_at < taken.taken_at
      ELSE runs.run_key <= taken.after_run END
    AND NOT EXISTS (
      SELECT 1 FROM runs AS later WHERE later.rolls_back = runs.run_key AND later.status = 'completed')
  ORDER BY runs.run_key`;

const WRITTEN_AFTER = `
  SELECT DISTINCT changes.record_id AS recordId
  FROM runs JOIN plans USING (plan_key) JOIN outcomes USING (run_key) JOIN changes USING (change_key)
  WHERE plans.origin = ? AND (runs.ended_at IS NULL OR runs.ended_at > ?)
    AND outcomes.status = 'applied' AND outcomes.settled_at > ? AND changes.parent_type = ?
  ORDER BY changes.record_id`;
