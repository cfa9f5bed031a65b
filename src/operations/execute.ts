import { failpoint } from '../failpoints.ts';
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
    if (hasWork(journal, run, plan)) {
      const definitions = await platform.readDefinitions();
      const picklists = new OptionWriter(executor, run, plan, definitions);
      await picklists.open();
      stopped = await writeRecords(executor, run, picklists, options);
      if (stopped === null) await picklists.retire();
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    stopped = error.kind === 'aborted' ? { kind: 'asked' } : { kind: 'platform', error };
  } finally {
    journal.runs.addRequests(run.runId, difference(platform.requests, before));
  }
  if (stopped === null) {
    failpoint('before finish');
    journal.runs.finish(run.runId, { status: 'completed', endedAt: now().toISOString() });
  }
  return { run: journal.runs.find(run.runId), stopped };
}

/** A plan without changes needs no request. */
function hasWork(journal: Journal, run: Run, plan: Plan): boolean {
  const [optionChange] = journal.plans.optionChanges(plan.planId);
  return run.counts.pending > 0 || optionChange !== undefined;
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
  const reach = new Reach(platform);
  for (;;) {
    const left = Math.min(reach.next(), stopAfter - records);
    const batch = journal.runs.nextRecords(run.runId, Math.max(left, 1));
    if (batch.length === 0) return null;
    if (left === 0) return { kind: 'stopAfter' };
    if (stop.aborted) return { kind: 'asked' };
    records += batch.length;
    await settleBatch(executor, run.runId, batch, {
      picklists,
      isForced,
      onWritten: (didEtagMove) => {
        reach.learn(didEtagMove);
      },
      onSettled: (changes) => {
        done += changes;
        progress.report({ step: 'Writing', done, total, allowance: platform.allowance });
      },
    });
    failpoint('between batches');
  }
}

/**
 * How many records one reading may cover. Where a write moves the record's version tag, the tag protects what others do
 * between the reading and the write, and a reading covers all that one request reads. Where it does not move, only a short time
 * does: a reading then covers no more than can be sent at once within the platform's allowance, instead of minutes of writing.
 * Whether it moves is learned from the first writes, in batches of a few records: two more requests a run at most.
 */
class Reach {
  readonly #platform: Platform;
  #isProtected: boolean | null;
  #probes = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#isProtected = platform.capabilities.conditionalWrites ? null : false;
  }

  /** One write without a move of the tag is proof that it does not protect; a move proves nothing against that. */
  learn(didEtagMove: boolean): void {
    this.#isProtected = didEtagMove && this.#isProtected !== false;
  }

  next(): number {
    const { capabilities, allowance } = this.#platform;
    if (this.#isProtected === false) {
      const { perWindow, remaining } = allowance;
      const sendable = remaining !== null && remaining > 1 ? remaining : (perWindow ?? UNPROTECTED);
      return Math.min(Math.max(sendable - 1, 1), UNPROTECTED, capabilities.recordsPerRead);
    }
    if (this.#isProtected === null && this.#probes < PROBES) {
      this.#probes += 1;
      return PROBE_RECORDS;
    }
    return capabilities.recordsPerRead;
  }
}

const PROBES = 2;
const PROBE_RECORDS = 5;
/** Records that a reading covers at most where nothing but time protects them. */
const UNPROTECTED = 50;

function difference(after: RequestCounts, before: RequestCounts): RequestCounts {
  return {
    reads: after.reads - before.reads,
    writes: after.writes - before.writes,
    retries: after.retries - before.retries,
    throttled: after.throttled - before.throttled,
  };
}
