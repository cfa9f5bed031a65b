import type { Journal } from '../journal/index.ts';
import type { Plan } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { type Platform, PlatformError, type RequestCounts } from '../platforms/types.ts';
import { settleBatch } from './batch.ts';
import { OptionWriter } from './options.ts';
import type { Progress } from './progress.ts';

export interface Executor {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly progress: Progress;
  /** Ends the pauses between requests; what is under way is finished and journaled. */
  readonly stop: AbortSignal;
}

export interface ExecuteOptions {
  /** Stops cleanly after so many records. */
  readonly stopAfter?: number | undefined;
  /** Writes over what somebody else put there since. */
  readonly isForced: boolean;
}

/** Why a run ended before its work did. */
export type StopReason =
  | { readonly kind: 'asked' }
  | { readonly kind: 'stopAfter' }
  | { readonly kind: 'platform'; readonly error: PlatformError };

export interface Execution {
  readonly run: Run;
  /** Null where nothing is left to do. */
  readonly stopped: StopReason | null;
}

/**
 * Carries a run on from wherever its journal stands, to its end or to a clean stop. Starting, resuming after a crash and
 * rolling back are the same: the next unsettled records are read, compared, written once each and settled.
 *
 * Order: options that values need come first, retirements last. Throws only what is no part of the job (a full disk, a bug).
 */
export async function execute(
  executor: Executor,
  run: Run,
  plan: Plan,
  options: ExecuteOptions,
): Promise<Execution> {
  const { platform, journal, now } = executor;
  const before = platform.requests;
  let stopped: StopReason | null = null;
  try {
    const definitions = await platform.readDefinitions();
    const picklists = new OptionWriter(executor, run, plan, definitions);
    await picklists.open();
    stopped = await writeRecords(executor, run, picklists, options);
    if (stopped === null) await picklists.retire();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    stopped = error.kind === 'aborted' ? { kind: 'asked' } : { kind: 'platform', error };
  } finally {
    journal.runs.addRequests(run.runId, difference(platform.requests, before));
  }
  if (stopped === null) {
    journal.runs.finish(run.runId, { status: 'completed', endedAt: now().toISOString() });
  }
  return { run: journal.runs.find(run.runId), stopped };
}

async function writeRecords(
  executor: Executor,
  run: Run,
  picklists: OptionWriter,
  { stopAfter = Number.POSITIVE_INFINITY, isForced }: ExecuteOptions,
): Promise<StopReason | null> {
  const { platform, journal, progress, stop } = executor;
  const { counts } = run;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let done = total - counts.pending;
  let records = 0;
  for (;;) {
    const left = Math.min(platform.capabilities.recordsPerRead, stopAfter - records);
    const batch = journal.runs.nextRecords(run.runId, Math.max(left, 1));
    if (batch.length === 0) return null;
    if (left === 0) return { kind: 'stopAfter' };
    if (stop.aborted) return { kind: 'asked' };
    records += batch.length;
    await settleBatch(executor, run.runId, batch, {
      picklists,
      isForced,
      onSettled: (changes) => {
        done += changes;
        progress.report({ step: 'Writing', done, total, allowance: platform.allowance });
      },
    });
  }
}

function difference(after: RequestCounts, before: RequestCounts): RequestCounts {
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    retries: after.retries - before.retries,
    throttled: after.throttled - before.throttled,
  };
}
