import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import { apply as carryOut } from '../../operations/run/apply.ts';
import { approveAsTyped } from '../approval.ts';
import { prepareConnection } from '../connect.ts';
import type { Action, Context } from '../context.ts';
import { reportExecution } from '../execution.ts';
import { noteFirm } from '../firm-line.ts';
import { type LimitFlags, readLimits } from '../limits.ts';
import { showProgress } from '../progress.ts';
import { withJournal } from '../session.ts';

interface Flags extends LimitFlags {
  readonly resume: boolean;
  readonly approve?: string;
  readonly by?: string;
  readonly twoPerson: boolean;
  readonly maxChanges?: number;
  readonly maxPercent?: number;
}

export const apply: Action<Flags> = (context, flags, planId?: string) => {
  const connectAt = prepareConnection(context);
  return withJournal(context, 'write', 'apply', async (journal) => {
    const unfinished = journal.runs.unfinished();
    const inHand = journal.plans.find(unfinished?.planId ?? planId);
    // Whoever is yet to approve is told with the question.
    if (journal.plans.approval(inHand.planId) !== null) noteFirm(context, journal, inHand);
    const progress = showProgress(context);
    const limits = readLimits(context, flags, flags.resume ? unfinished : null, progress);
    const platform = connectAt(limits);
    const execution = await carryOut(
      { platform, journal, progress, now: context.now, stop: context.stop },
      {
        planId,
        isResumed: flags.resume,
        digest: flags.approve,
        isTwoPerson: flags.twoPerson,
        maxChanges: flags.maxChanges,
        maxPercent: flags.maxPercent,
        limits,
        approve: (plan) => approveNow(context, journal, plan, flags),
      },
    ).finally(() => progress.end());
    return reportExecution(context, journal, execution);
  });
};

function approveNow(
  context: Context,
  journal: Journal,
  plan: Plan,
  { approve: digest, by, twoPerson }: Flags,
): Promise<void> {
  return approveAsTyped(
    context,
    journal,
    plan,
    { digest, by, isTwoPerson: twoPerson, how: 'apply --approve' },
    new UserError(
      'not_approved',
      `${plan.planId} is not approved. Nothing was written.`,
      `Look at it with \`clio-fields show ${plan.planId}\`, then run \`clio-fields apply ${plan.planId} --approve DIGEST\` with the digest that it shows.`,
    ),
  );
}
