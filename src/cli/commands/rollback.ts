import { EXIT } from '../../errors.ts';
import { countUnanswered } from '../../operations/record/unanswered.ts';
import { planView } from '../../operations/record/views.ts';
import { planRollback, rollback as undo } from '../../operations/run/rollback.ts';
import { unansweredInWords } from '../../report/unanswered.ts';
import { confirmForce, personNamed } from '../approval.ts';
import { prepareConnection } from '../connect.ts';
import type { Action } from '../context.ts';
import { deliver } from '../deliver.ts';
import { reportExecution } from '../execution.ts';
import { noteFirm } from '../firm-line.ts';
import { type LimitFlags, readLimits } from '../limits.ts';
import { showProgress } from '../progress.ts';
import { withJournal } from '../session.ts';

interface Flags extends LimitFlags {
  readonly record: readonly string[];
  readonly field: readonly string[];
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly yes: boolean;
  readonly approve?: string;
  readonly resume: boolean;
}

export const rollback: Action<Flags> = (context, flags, runId = '') => {
  const request = {
    runId,
    records: flags.record,
    fields: flags.field,
    isForced: flags.force,
    by: personNamed(undefined),
  };
  if (flags.dryRun) {
    return withJournal(context, 'write', 'rollback --dry-run', async (journal) => {
      const plan = planRollback({ journal, now: context.now }, request);
      const unanswered = countUnanswered(journal, runId);
      if (unanswered > 0)
        context.output.warn(
          `${unansweredInWords(unanswered, runId)}. What was made is undone as well, and the digest is another one then.`,
        );
      await deliver(context, {}, (reporter) => reporter.plan(planView(journal, plan), true));
      return EXIT.done;
    });
  }
  const connectAt = prepareConnection(context);
  return withJournal(context, 'write', 'rollback', async (journal) => {
    const undone = journal.plans.find(journal.runs.find(runId).planId);
    const unfinished = journal.runs.unfinished();
    const resumed = flags.resume && unfinished?.rollsBack === runId ? unfinished : null;
    const isAsked =
      flags.force && resumed === null && context.isInteractive && !flags.yes && !flags.approve;
    // Whoever is asked is told with the question.
    if (!isAsked) noteFirm(context, journal, undone);
    const progress = showProgress(context);
    const limits = readLimits(context, flags, resumed, progress);
    const platform = connectAt(limits);
    const execution = await undo(
      { platform, journal, progress, now: context.now, stop: context.stop },
      {
        ...request,
        isResumed: flags.resume,
        limits,
        digest: flags.approve,
        ...(isAsked && { confirmForce: (plan) => confirmForce(context, journal, plan) }),
      },
    ).finally(() => progress.end());
    return reportExecution(context, journal, execution);
  });
};
