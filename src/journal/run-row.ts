import type { KeptLimits, Run, RunStatus, SettledStatus } from '../model/run.ts';
import { idOf } from './ids.ts';
import type { Store } from './store.ts';

/** A run's row, with how much its plan asks for. */
export interface RunRow {
  readonly run_key: number;
  readonly plan_key: number;
  readonly rolls_back: number | null;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly status: RunStatus;
  readonly applied: number;
  readonly already_there: number;
  readonly conflict: number;
  readonly rejected: number;
  readonly no_access: number;
  readonly options_settled: number;
  readonly position_parent: string | null;
  readonly position_record: string | number | null;
  readonly reads: number;
  readonly writes: number;
  readonly retries: number;
  readonly throttled: number;
  readonly purged_at: string | null;
  readonly canary: number | null;
  readonly canary_passed: number;
  readonly limits: string | null;
  readonly changes: number;
  readonly last_change: number;
  readonly option_changes: number;
}

export const SELECT_RUNS = `
  SELECT runs.*, plans.changes, plans.last_change, plans.option_changes
  FROM runs JOIN plans USING (plan_key)`;

/** Where a run counts a status: kept with each outcome, so that a list of runs is as fast after a million. */
export const COUNT_COLUMNS = {
  applied: 'applied',
  alreadyThere: 'already_there',
  conflict: 'conflict',
  rejected: 'rejected',
  noAccess: 'no_access',
} as const satisfies Record<SettledStatus, keyof RunRow>;

export const SETTLED_STATUSES = [
  'applied',
  'alreadyThere',
  'conflict',
  'rejected',
  'noAccess',
] as const satisfies readonly SettledStatus[];

/** Changes that are not settled; options are counted apart. */
function pendingOf(row: RunRow): number {
  return SETTLED_STATUSES.reduce((left, status) => left - row[COUNT_COLUMNS[status]], row.changes);
}

/** Newest first: running, or stopped with work left. One that is being rolled back is over. */
export function unfinishedRuns(store: Store): RunRow[] {
  return store
    .all<RunRow>(
      `${SELECT_RUNS}
       WHERE runs.status <> 'completed' AND runs.purged_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM runs AS later WHERE later.rolls_back = runs.run_key)
       ORDER BY run_key DESC`,
    )
    .filter(
      (row) =>
        row.status === 'running' || pendingOf(row) > 0 || row.options_settled < row.option_changes,
    );
}

function limitsIn(text: string): KeptLimits {
  return JSON.parse(text);
}

export function runOf(row: RunRow): Run {
  const { reads, writes, retries, throttled } = row;
  return {
    runId: idOf('run', row.run_key),
    planId: idOf('plan', row.plan_key),
    rollsBack: row.rolls_back === null ? null : idOf('run', row.rolls_back),
    startedAt: row.started_at,
    endedAt: row.ended_at,
    status: row.status,
    counts: {
      applied: row.applied,
      alreadyThere: row.already_there,
      conflict: row.conflict,
      rejected: row.rejected,
      noAccess: row.no_access,
      pending: pendingOf(row),
    },
    canary: row.canary === null ? null : { records: row.canary, isPassed: row.canary_passed === 1 },
    limits: row.limits === null ? null : limitsIn(row.limits),
    requests: { reads, writes, retries, throttled },
  };
}
