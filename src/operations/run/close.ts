import { failpoint } from '../../failpoints.ts';
import type { Journal, PendingRecord } from '../../journal/index.ts';
import { type Definition, PARENT_TYPES, type RecordSnapshot } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import type { Executor } from './executor.ts';
import { judge, judgeRefusal } from './judge.ts';
import { OptionWriter } from './option-writer.ts';
import { RequestTally } from './request-tally.ts';

/**
 * Ends an unfinished run without sending anything more: a write whose answer was lost is decided by a fresh reading,
 * so that a rollback knows all that was done. What never left stays undone.
 */
export async function closeRun(
  executor: Executor,
  run: Run,
  definitions: readonly Definition[],
): Promise<void> {
  const { journal, platform, now } = executor;
  const begun = journal.runs.begunRecords(run.runId);
  const plan = journal.plans.find(run.planId);
  const picklists = new OptionWriter(executor, run, plan, definitions, new RequestTally(platform));
  picklists.settleBegun();
  for (const parentType of PARENT_TYPES) {
    const records = begun.filter((record) => record.parentType === parentType);
    if (records.length === 0) continue;
    const query = { parentType, recordIds: records.map(({ recordId }) => recordId) };
    const byId = new Map(records.map((record) => [record.recordId, record]));
    for await (const page of platform.readRecords(query, definitions)) {
      for (const record of page.records) {
        const pending = byId.get(record.recordId);
        if (pending !== undefined) settleBegun(executor, run.runId, pending, record, picklists);
      }
    }
  }
  failpoint('while closing');
  const status = isDone(journal, run.runId) ? 'completed' : 'incomplete';
  journal.runs.finish(run.runId, { status, endedAt: now().toISOString() });
}

/** A run that was killed at its very end had nothing left. */
function isDone(journal: Journal, runId: string): boolean {
  const { planId, counts } = journal.runs.find(runId);
  const options = journal.plans.optionChanges(planId).length;
  return counts.pending === 0 && journal.runs.optionOutcomes(runId).length === options;
}

function settleBegun(
  { journal }: Executor,
  runId: string,
  pending: PendingRecord,
  record: RecordSnapshot,
  picklists: OptionWriter,
): void {
  const outcomes = pending.changes.flatMap(({ change, begun }) => {
    if (begun === null) return [];
    const { edits } = picklists.resolve(change);
    const judgement = judge(change, edits, record, { begun, isForced: false });
    if (judgement.kind === 'settle') return [judgement.outcome];
    // It is not sent again. Half of it may have been done all the same, and that is to be undone.
    const outcome = judgeRefusal(edits, begun, record, 'the run ended before it was done');
    return outcome.written.length > 0 ? [outcome] : [];
  });
  if (outcomes.length > 0) journal.runs.settle(runId, outcomes);
}
