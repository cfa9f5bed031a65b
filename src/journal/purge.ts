import { EXIT, UserError } from '../errors.ts';
import type { Definition } from '../model/field.ts';
import type { Run } from '../model/run.ts';
import type { Chain } from './chain.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { idOf } from './ids.ts';
import type { PlanRow, PlanSummary } from './plan-row.ts';
import { type RunRow, runOf, SELECT_RUNS, unfinishedRuns } from './run-row.ts';
import type { Store } from './store.ts';

/** What holds clients' values that are older than a date, before anything is done about it. */
export interface Purgeable {
  readonly inventories: readonly { readonly inventoryId: string; readonly takenAt: string }[];
  readonly planIds: readonly string[];
  /** Oldest first. */
  readonly runs: readonly Run[];
}

/** What a purge took the clients' values of. */
export interface Purged {
  readonly inventoryIds: readonly string[];
  readonly planIds: readonly string[];
  /** These can no longer be rolled back. */
  readonly runIds: readonly string[];
}

interface Aged {
  readonly inventories: readonly { readonly key: number; readonly takenAt: string }[];
  readonly plans: readonly PlanRow[];
  readonly runs: readonly RunRow[];
}

/** Throws `UserError` where one of the runs is unfinished. */
export function findPurgeable(store: Store, before: Date): Purgeable {
  const { inventories, plans, runs } = findAged(store, before);
  return {
    inventories: inventories.map(({ key, takenAt }) => ({
      inventoryId: idOf('inventory', key),
      takenAt,
    })),
    planIds: plans.map((plan) => idOf('plan', plan.plan_key)),
    runs: runs.map(runOf),
  };
}

/**
 * Takes clients' values that are older than `before` out of the file, for good: records, changes, flags, what was written, and
 * the texts of options.
 * Ids, counts, approvals and the chain stay, so that what was done can still be proved.
 * A plan goes with the last of its runs. Throws `UserError` where one of the runs is unfinished.
 */
export function purgeValues(
  { store, codec, chain }: { store: Store; codec: Codec; chain: Chain },
  before: Date,
  now: Date,
): Purged {
  const at = now.toISOString();
  const aged = findAged(store, before);
  const purged: Purged = {
    inventoryIds: aged.inventories.map(({ key }) => idOf('inventory', key)),
    planIds: aged.plans.map((plan) => idOf('plan', plan.plan_key)),
    runIds: aged.runs.map((run) => idOf('run', run.run_key)),
  };
  store.transaction(() => {
    store.run('DELETE FROM inventories WHERE is_finished = 0');
    purgeInventories(
      store,
      aged.inventories.map(({ key }) => key),
      at,
    );
    for (const plan of aged.plans) purgePlan(store, codec, plan, at);
    for (const run of aged.runs) purgeRun(store, run.run_key, at);
    purgeOptionTexts(store, codec);
    const isAnything = Object.values(purged).some((ids: readonly string[]) => ids.length > 0);
    if (isAnything) chain.append('purge', {}, { at, before: before.toISOString(), ...purged });
  });
  sweep(store);
  return purged;
}

function findAged(store: Store, before: Date): Aged {
  const isOld = (time: string): boolean => Date.parse(time) < before.getTime();
  const runs = store.all<RunRow>(`${SELECT_RUNS} WHERE runs.purged_at IS NULL ORDER BY run_key`);
  const agedPlans = store
    .all<PlanRow>('SELECT * FROM plans WHERE purged_at IS NULL')
    .filter(
      (plan) =>
        isOld(plan.created_at) &&
        runs.every(
          (run) => run.plan_key !== plan.plan_key || isOld(run.ended_at ?? run.started_at),
        ),
    );
  const planKeys = new Set(agedPlans.map((plan) => plan.plan_key));
  const agedRuns = runs.filter((run) => planKeys.has(run.plan_key));
  const unfinished = unfinishedRuns(store).find((run) => planKeys.has(run.plan_key));
  if (unfinished !== undefined) {
    const runId = idOf('run', unfinished.run_key);
    throw new UserError(
      'unfinished_run',
      `${runId} is unfinished: without its values it could neither go on nor be undone. Nothing was purged.`,
      'Bring it to its end with `clio-fields apply --resume`, or roll it back, or purge with an earlier date.',
      EXIT.stopped,
    );
  }
  return {
    inventories: store
      .all<{ key: number; takenAt: string }>(
        'SELECT inventory_key AS key, taken_at AS takenAt FROM inventories WHERE is_finished = 1 AND purged_at IS NULL',
      )
      .filter(({ takenAt }) => isOld(takenAt)),
    plans: agedPlans,
    runs: agedRuns,
  };
}

/** What a younger inventory took over is its own as much: it stays, out of reach of the purged one, until that is purged too. */
function purgeInventories(store: Store, keys: readonly number[], at: string): void {
  for (const key of keys)
    store.run('UPDATE inventories SET purged_at = ? WHERE inventory_key = ?', at, key);
  store.run(
    `UPDATE records SET body = NULL
     WHERE body IS NOT NULL
       AND inventory_key IN (SELECT inventory_key FROM inventories WHERE purged_at IS NOT NULL)
       AND NOT EXISTS (
         SELECT 1 FROM records AS later JOIN inventories USING (inventory_key)
         WHERE later.body_of = records.record_key AND inventories.purged_at IS NULL)`,
  );
}

/**
 * A run may have made options of clients' values, and the next inventory lists them. Whether an option was retired is still told by its
 * id; where a plan that keeps its values builds on the inventory, it keeps its texts until that is purged too.
 */
function purgeOptionTexts(store: Store, codec: Codec): void {
  const rows = store.all<{ key: number; body: Cell }>(
    `SELECT definition_key AS key, body FROM definitions JOIN inventories USING (inventory_key)
     WHERE purged_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM plans
       WHERE plans.inventory_key = inventories.inventory_key AND plans.purged_at IS NULL)`,
  );
  for (const { key, body } of rows) {
    const definition: Definition = JSON.parse(codec.decode(body));
    if (definition.options.every(({ label }) => label === '')) continue;
    const options = definition.options.map((option) => ({ ...option, label: '' }));
    store.run(
      'UPDATE definitions SET body = ? WHERE definition_key = ?',
      codec.encode(JSON.stringify({ ...definition, options })),
      key,
    );
  }
}

function purgePlan(store: Store, codec: Codec, plan: PlanRow, at: string): void {
  const { fields, ...summary }: PlanSummary = JSON.parse(codec.decode(plan.summary));
  // A column's evidence may quote it.
  const mute = { ...summary, fields: fields.map((field) => ({ ...field, evidence: [] })) };
  store.run(
    'UPDATE changes SET body = NULL WHERE change_key > ? AND change_key <= ?',
    plan.last_change - plan.changes,
    plan.last_change,
  );
  store.run(
    'UPDATE flags SET body = NULL WHERE flag_key > ? AND flag_key <= ?',
    plan.last_flag - plan.flags,
    plan.last_flag,
  );
  store.run('UPDATE option_changes SET body = NULL WHERE plan_key = ?', plan.plan_key);
  // A fingerprint, too, lets a short value be guessed: what was decided of a purged plan carries over no longer.
  store.run(
    `UPDATE decisions SET body = NULL, fingerprint = NULL
     WHERE batch_key IN (SELECT batch_key FROM decision_batches WHERE plan_key = ?)`,
    plan.plan_key,
  );
  store.run(
    'UPDATE plans SET summary = ?, rules_text = ?, purged_at = ? WHERE plan_key = ?',
    codec.encode(JSON.stringify(mute)),
    // A map's keys are values as clients' files held them.
    codec.encode(''),
    at,
    plan.plan_key,
  );
}

function purgeRun(store: Store, key: number, at: string): void {
  store.run('UPDATE outcomes SET body = NULL, intent = NULL WHERE run_key = ?', key);
  store.run('UPDATE option_outcomes SET body = NULL WHERE run_key = ?', key);
  store.run('UPDATE runs SET purged_at = ? WHERE run_key = ?', at, key);
}

/** Overwritten cells can still stand in the write-ahead log and in free pages: both are written anew. */
function sweep(store: Store): void {
  store.exec('VACUUM');
  if (Number(store.pragma('wal_checkpoint(TRUNCATE)')) === 0) return;
  throw new UserError(
    'journal_busy',
    `Another process is reading the journal ${store.path}: purged values may still stand in its log.`,
    'Close other programs that have it open, then purge again.',
    EXIT.stopped,
  );
}
