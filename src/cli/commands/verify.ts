import { EXIT } from '../../errors.ts';
import { verifyRun } from '../../operations/record/verify.ts';
import { connect } from '../connect.ts';
import type { Action } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { showProgress } from '../progress.ts';
import { withJournal } from '../session.ts';

export const verify: Action<ReportFlags> = (context, flags, runId = '') => {
  const platform = connect(context);
  return withJournal(context, 'read', 'verify', async (journal) => {
    const progress = showProgress(context);
    const verification = await verifyRun(
      { platform, journal, progress, now: context.now },
      runId,
    ).finally(() => progress.end());
    await deliver(context, flags, (reporter) => reporter.verification(verification));
    const { standing, options, unanswered } = verification;
    const allStands =
      standing.moved + standing.unseen + unanswered === 0 && options.every(({ stands }) => stands);
    return allStands ? EXIT.done : EXIT.leftOver;
  });
};
