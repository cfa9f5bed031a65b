import { failpoint } from '../../failpoints.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import type { Definition } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import { PlatformError, type RequestCounts } from '../../platforms/types.ts';
import { settleBatch } from './batch.ts';
import { Checkpoint } from './checkpoint.ts';
import type { Executor } from './executor.ts';
import { FailingRecords } from './failing-records.ts';
import { FailureStreak } from './failure-streak.ts';
import type { Limits } from './limits.ts';
import { NewGround } from './new-ground.ts';
import { OptionWriter } from './option-writer.ts';
import { ProofOfLife } from './proof-of-life.ts';
import { Reach } from './reach.ts';
import { RequestTally } from './request-tally.ts';
import { Sight } from './sight.ts';
import type { StopReason } from './stop-reason.ts';

export interface ExecuteOptions {
  /** The account's, read for this run. */
  readonly definitions: readonly Definition[];
  /** What the platform had been asked when the command began: what follows is the run's. */
  readonly before: RequestCounts;
  readonly limits: Limits;
  /** Writes over what was put there since. */
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
  const tally = new RequestTally(platform, options.before);
  const tellRequests = (): void =>
    tally.tell((requests) => journal.runs.addRequests(run.runId, requests));
  let stopped: StopReason | null = null;
  try {
    if (hasWork(journal, run, plan)) {
      const picklists = new OptionWriter(executor, run, plan, options.definitions, tally);
      const checkpoint = new Checkpoint(
        executor,
        { run, requestsLeft: requestsLeft(run, plan), limits: options.limits },
        picklists,
      );
      const unwatch = checkpoint.watch();
      try {
        stopped = await writeRecords(executor, run, picklists, checkpoint, {
          ...options,
          tally,
          afterBatch: tellRequests,
        });
        if (stopped === null) {
          const atEnd = { leavesFailing: options.limits.leavesFailing === true };
          await picklists.openRest(atEnd);
          await picklists.retire(atEnd);
        }
      } finally {
        unwatch();
      }
    }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    stopped = error.kind === 'aborted' ? { kind: 'asked' } : { kind: 'platform', error };
  } finally {
    tellRequests();
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

/** A run that was killed at its very end has nothing left. */
function hasWork(journal: Journal, run: Run, plan: Plan): boolean {
  const [optionChange] = journal.plans.optionChanges(plan.planId);
  return run.counts.pending > 0 || optionChange !== undefined;
}

async function writeRecords(
  executor: Executor,
  run: Run,
  picklists: OptionWriter,
  checkpoint: Checkpoint,
  {
    limits,
    isForced,
    tally,
    afterBatch,
  }: ExecuteOptions & { readonly tally: RequestTally; readonly afterBatch: () => void },
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
  const reach = new Reach(platform, limits.ratePerMinute);
  const sight = new Sight(executor, run.runId, picklists);
  const failing = new FailingRecords(journal, run.runId);
  const failures = new FailureStreak();
  const ground = new NewGround();
  const proof = new ProofOfLife();
  for (;;) {
    const { batch, isRetry, isTail } = failing.next(checkpoint.room(reach.ofReading));
    const isLast = batch.length === 0;
    const stopped = await checkpoint.pass(isLast);
    if (stopped !== null || isLast) return stopped;
    checkpoint.begin(batch);
    await settleBatch(executor, run.runId, batch, {
      picklists,
      isForced,
      checkpoint,
      tally,
      failures,
      ground,
      proof,
      failing,
      isRetry,
      isTail,
      leavesFailing: limits.leavesFailing === true,
      beforeWriting: async (fresh) => {
        await sight.check(batch, fresh);
        await picklists.openFor(batch, fresh, isForced);
      },
      reach,
      onSettled: (changes) => {
        done += changes;
        tell();
      },
    });
    afterBatch();
    failpoint('between batches');
  }
}
