import { EXIT, UserError } from '../../errors.ts';
import { minuteOf } from '../../minute-of.ts';
import { approvalAsJson } from '../../report/json.ts';
import { visible } from '../../report/visible.ts';
import { approveAsTyped } from '../approval.ts';
import type { Action } from '../context.ts';
import { withJournal } from '../session.ts';

interface Flags {
  readonly digest?: string;
  readonly by?: string;
  readonly twoPerson: boolean;
}

export const approve: Action<Flags> = (context, { digest, by, twoPerson }, planId = '') =>
  withJournal(context, 'write', 'approve', async (journal) => {
    const plan = journal.plans.find(planId);
    await approveAsTyped(
      context,
      journal,
      plan,
      { digest, by, isTwoPerson: twoPerson, how: 'approve --digest' },
      new UserError(
        'digest_missing',
        `${planId} was not approved: without a terminal the digest must be given.`,
        `Look at it with \`clio-fields show ${planId}\`, then give the digest that it shows: --digest DIGEST.`,
      ),
    );
    const approval = journal.plans.approval(planId);
    if (approval === null) throw new Error(`no approval of ${planId} after approving it`);
    if (context.output.isJson) await context.output.json(approvalAsJson(planId, approval));
    else
      await context.output.result([
        `${planId} approved by ${visible(approval.by)}, ${minuteOf(approval.at)}\n`,
      ]);
    return EXIT.done;
  });
