import { failpoint } from '../failpoints.ts';
import type { Journal } from '../journal/index.ts';
import type { Plan } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { type Platform, PlatformError, type RequestCounts } from '../platforms/types.ts';
import { settleBatch } from './batch.ts';
import { Checkpoint } from './checkpoint.ts';
import { FailingRecords } from './failing-records.ts';
import { FailureStreak } from './failure-streak.ts';
import type { Limits } from './limits.ts';
import { OptionWriter } from './options.ts';
import type { Progress } from './progress.ts';
import { ProofOfLife } from './proof-of-life.ts';
import { Sight } from './sight.ts';
import type { StopReason } from './stop-reason.ts';

export interface Executor {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly progress: Progress;
  /** Ends the pauses between requests; what is under way is finished and journaled. */
  readonly stop: AbortSignal;
}

export interface ExecuteOptions {
  readonly limits: Limits;
  /** Writes over what somebody else put there since. */
  readonly isForced: boolean;
}

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
  journal.requireWhole();
  const before = platform.requests;
  let stopped: StopReason | null = null;
  try {
    if (hasWork(journal, run, plan)) {
      const definitions = await platform.readDefinitions();
      const picklists = new OptionWriter(executor, run, plan, definitions);
      const checkpoint = new Checkpoint(
        executor,
        { run, requestsLeft: requestsLeft(run, plan), limits: options.limits },
        picklists,
      );
      const unwatch = checkpoint.watch();
      try {
        stopped = await writeRecords(executor, run, picklists, checkpoint, options);
        if (stopped === null) {
          await picklists.open();
          await picklists.retire();
        }
      } finally {
        unwatch();
      }
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

/** An estimate: the plan's own, for the part that is pending. */
function requestsLeft({ counts }: Run, { needs }: Plan): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const share = all === 0 ? 1 : counts.pending / all;
  return Math.ceil((needs.reads + needs.writes) * share);
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
  checkpoint: Checkpoint,
  { limits, isForced }: ExecuteOptions,
): Promise<StopReason | null> {
  const { platform, journal, progress } = executor;
  const { counts } = run;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let done = total - counts.pending;
  const { minutes } = journal.plans.find(run.planId).needs;
  const tell = (): void =>
    progress.report({
      step: 'Writing',
      done,
      total,
      allowance: platform.allowance,
      expectedLeftMs: total === 0 ? null : minutes * 60_000 * ((total - done) / total),
    });
  tell();
  const reach = new Reach(platform);
  const sight = new Sight(executor, run.runId, picklists);
  const failing = new FailingRecords(journal, run.runId);
  const failures = new FailureStreak();
  const proof = new ProofOfLife();
  for (;;) {
    const { batch, isRetry } = failing.next(checkpoint.room(reach.next()));
    const isLast = batch.length === 0;
    const stopped = await checkpoint.pass(isLast);
    if (stopped !== null || isLast) return stopped;
    checkpoint.begin(batch);
    await settleBatch(executor, run.runId, batch, {
      picklists,
      isForced,
      checkpoint,
      failures,
      proof,
      failing,
      isRetry,
      leavesFailing: limits.leavesFailing === true,
      beforeWriting: async (fresh) => {
        await sight.check(batch, fresh);
        await picklists.open();
      },
      onWritten: (didEtagMove) => {
        reach.learn(didEtagMove);
      },
      onSettled: (changes) => {
        done += changes;
        tell();
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
