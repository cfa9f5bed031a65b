import type { ParentType } from '../model/field.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { idOf, keyOf } from './ids.ts';
import type { InventoryHeader } from './inventory-row.ts';
import type { OutcomeBody } from './outcome-body.ts';
import type { Store } from './store.ts';

/** A run from before an inventory, with the runs from before it that rolled it back, in whole or in part. */
export interface PastRun {
  readonly runId: string;
  /** How many changes may have left something: those that were made, and those of which a part may stand. */
  readonly written: number;
  /** How many of its changes stand since, made by it or there already. */
  readonly standing: number;
  readonly rollbacks: readonly PastRun[];
}

/** Runs of plans that changed values before an inventory was taken, oldest first. Purged ones are left out. */
export function runsBefore(
  store: Store,
  { inventoryId, origin }: Pick<InventoryHeader, 'inventoryId' | 'origin'>,
): PastRun[] {
  const inventoryKey = keyOf('inventory', inventoryId) ?? null;
  const plain: PastRun[] = [];
  const rollbacksOf = new Map<number, PastRun[]>();
  for (const row of store.all<PastRow>(PAST_RUNS, inventoryKey, origin)) {
    const rollbacks: PastRun[] = [];
    rollbacksOf.set(row.key, rollbacks);
    const { applied, alreadyThere, inPart } = row;
    const run = {
      runId: idOf('run', row.key),
      written: applied + inPart,
      standing: applied + alreadyThere,
      rollbacks,
    };
    if (row.rollsBack === null) plain.push(run);
    else rollbacksOf.get(row.rollsBack)?.push(run);
  }
  return plain;
}

/** Ids of the runs that changed options of picklists, rollbacks too, oldest first; before an inventory where one is given. Purged ones are left out. */
export function runsWithOptions(store: Store, origin: string, before: string | null): string[] {
  const rows =
    before === null
      ? store.all<PastRow>(ALL_RUNS, origin)
      : store.all<PastRow>(PAST_RUNS, keyOf('inventory', before) ?? null, origin);
  return rows.filter(({ options }) => options > 0).map(({ key }) => idOf('run', key));
}

interface PastRow {
  readonly key: number;
  readonly rollsBack: number | null;
  readonly applied: number;
  readonly alreadyThere: number;
  /** How many may have been made in part. */
  readonly inPart: number;
  /** How many changes of options are settled. */
  readonly options: number;
}

/** Ids of the records of a kind that runs wrote to after an inventory was begun. */
export function recordsWrittenAfter(
  { store, codec }: { readonly store: Store; readonly codec: Codec },
  { inventoryId, origin }: Pick<InventoryHeader, 'inventoryId' | 'origin'>,
  parentType: ParentType,
): string[] {
  const rows = store.all<{ recordId: string | number; body: Cell }>(
    WRITTEN_AFTER,
    keyOf('inventory', inventoryId) ?? null,
    origin,
    parentType,
  );
  const written = rows.filter(
    ({ body }) => body === null || hasWritten(JSON.parse(codec.decode(body))),
  );
  return [...new Set(written.map(({ recordId }) => String(recordId)))];
}

function hasWritten({ written }: OutcomeBody): boolean {
  return written.length > 0;
}

const SELECT_PAST = `
  SELECT runs.run_key AS key, runs.rolls_back AS rollsBack, runs.applied AS applied,
    runs.already_there AS alreadyThere, runs.rejected + runs.conflict + runs.no_access AS inPart, runs.options_settled AS options
  FROM runs JOIN plans USING (plan_key)`;

const ALL_RUNS = `${SELECT_PAST}
  WHERE runs.purged_at IS NULL AND plans.origin = ? ORDER BY runs.run_key`;

/** Where an inventory is of before it was kept which run was the last, times decide. */
const PAST_RUNS = `${SELECT_PAST} JOIN inventories AS taken ON taken.inventory_key = ?
  WHERE runs.purged_at IS NULL AND plans.origin = ?
    AND CASE WHEN taken.after_run IS NULL THEN runs.started_at < taken.taken_at
      ELSE runs.run_key <= taken.after_run END
  ORDER BY runs.run_key`;

/**
 * What was applied was written; of the rest the outcome says whether a part was. Of a run that had begun before the inventory, and went
 * on after it, times decide; and of every run where the inventory does not say which was the last.
 */
const WRITTEN_AFTER = `
  SELECT DISTINCT changes.record_id AS recordId,
    CASE outcomes.status WHEN 'applied' THEN NULL ELSE outcomes.body END AS body
  FROM runs JOIN plans USING (plan_key) JOIN outcomes USING (run_key) JOIN changes USING (change_key)
    JOIN inventories AS taken ON taken.inventory_key = ?
  WHERE plans.origin = ?
    AND (runs.run_key > taken.after_run
      OR (runs.ended_at IS NULL OR runs.ended_at > taken.taken_at)
        AND outcomes.settled_at > taken.taken_at)
    AND (outcomes.status = 'applied'
      OR outcomes.status IN ('rejected', 'conflict', 'noAccess') AND outcomes.body IS NOT NULL)
    AND changes.parent_type = ?
  ORDER BY changes.record_id`;
