import { failpoint } from '../../failpoints.ts';
import type { Journal, PendingRecord } from '../../journal/index.ts';
import { type Definition, PARENT_TYPES, type RecordSnapshot } from '../../model/field.ts';
import type { Outcome, Run } from '../../model/run.ts';
import type { Executor } from './executor.ts';
import { judge, judgeRefusal, OUT_OF_SIGHT, unseen } from './judge.ts';
import { OptionWriter } from './option-writer.ts';
import { RequestTally } from './request-tally.ts';

/**
 * Ends an unfinished run without sending anything more: a write whose answer was lost is decided by a fresh reading,
 * so that a rollback knows all that was done. What never left stays undone.
 * A write that a reading does not show may still arrive, after a kill most of all: where one left a moment ago, it is read once more
 * when its time is over.
 *
 * Throws PlatformError; `aborted` where the signal ends the wait. What was decided until then stays decided.
 */
export async function closeRun(
  executor: Executor,
  run: Run,
  definitions: readonly Definition[],
): Promise<void> {
  const { journal, platform, now } = executor;
  const plan = journal.plans.find(run.planId);
  const picklists = new OptionWriter(executor, run, plan, definitions, new RequestTally(platform));
  const mayArrive = onTheWayMs(executor, run) > 0;
  await settleBegun(executor, run, picklists, !mayArrive);
  if (mayArrive && journal.runs.lastBegunAt(run.runId) !== null) {
    await waitUntilOver(executor, run);
    if (journal.runs.begunOptions(run.runId).length > 0) await picklists.refresh();
    await settleBegun(executor, run, picklists, true);
  }
  failpoint('while closing');
  const status = isDone(journal, run.runId) ? 'completed' : 'incomplete';
  journal.runs.finish(run.runId, { status, endedAt: now().toISOString() });
}

/** For how long, in milliseconds, what was begun and is not settled may still be on its way. */
function onTheWayMs({ journal, platform, now }: Executor, { runId }: Run): number {
  const begunAt = journal.runs.lastBegunAt(runId);
  if (begunAt === null) return 0;
  const { overAfterMs } = platform.capabilities;
  const leftMs = Date.parse(begunAt) + overAfterMs - now().getTime();
  // Nobody waits for longer than that because a clock was set back.
  return Math.min(Math.max(leftMs, 0), overAfterMs);
}

async function waitUntilOver(executor: Executor, run: Run): Promise<void> {
  const { platform, progress } = executor;
  let leftMs = onTheWayMs(executor, run);
  progress.say(
    `${run.runId} ended with a write on its way that the platform does not show yet and may still do: it is read again when that is over. Ctrl-C stops the wait, nothing is lost.`,
  );
  for (; leftMs > 0; leftMs -= TICK_MS) {
    progress.wait('Reading what may still arrive', leftMs);
    await platform.sleep(Math.min(leftMs, TICK_MS));
  }
}

const TICK_MS = 1_000;

/** A run that was killed at its very end had nothing left. */
function isDone(journal: Journal, runId: string): boolean {
  const { planId, counts } = journal.runs.find(runId);
  const options = journal.plans.optionChanges(planId).length;
  return counts.pending === 0 && journal.runs.optionOutcomes(runId).length === options;
}

/** Settles what was begun by a reading; until it `isOver`, only what that shows to be done. */
async function settleBegun(
  executor: Executor,
  { runId }: Run,
  picklists: OptionWriter,
  isOver: boolean,
): Promise<void> {
  const { journal, platform } = executor;
  picklists.settleBegun();
  const begun = journal.runs.begunRecords(runId);
  for (const parentType of PARENT_TYPES) {
    const records = begun.filter((record) => record.parentType === parentType);
    if (records.length === 0) continue;
    const query = { parentType, recordIds: records.map(({ recordId }) => recordId) };
    const fresh = new Map<string, RecordSnapshot>();
    for await (const page of platform.readRecords(query, picklists.definitions)) {
      for (const record of page.records) fresh.set(record.recordId, record);
    }
    const outcomes = records.flatMap(({ recordId, changes }) =>
      changes.flatMap((pending) => outcomeOf(pending, fresh.get(recordId), picklists, isOver)),
    );
    if (outcomes.length > 0) journal.runs.settle(runId, outcomes);
  }
}

function outcomeOf(
  { change, begun }: PendingRecord['changes'][number],
  record: RecordSnapshot | undefined,
  picklists: OptionWriter,
  isOver: boolean,
): Outcome[] {
  if (begun === null) return [];
  const { edits } = picklists.resolve(change);
  if (record === undefined) return isOver ? [unseen(change, edits, begun, OUT_OF_SIGHT)] : [];
  const judgement = judge(change, edits, record, { begun, isForced: false });
  if (judgement.kind === 'settle')
    return isOver || judgement.outcome.status === 'applied' ? [judgement.outcome] : [];
  if (!isOver) return [];
  // It is not sent again. Half of it may have been done all the same, and that is to be undone.
  const outcome = judgeRefusal(edits, begun, record, 'the run ended before it was done');
  return outcome.written.length > 0 ? [outcome] : [];
}
