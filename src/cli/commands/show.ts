import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { clusterFlags } from '../../operations/flag-clusters.ts';
import { planView, runView } from '../../operations/views.ts';
import type { Action } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { withJournal } from '../session.ts';

export const show: Action<ReportFlags> = (context, flags, id = '') => {
  if (!/^(?:plan|run)-\d+$/u.test(id)) {
    throw new UserError(
      'unknown_id',
      `"${id}" is neither a plan's id nor a run's.`,
      'Give one such as plan-3 or run-2; `clio-fields runs` lists the runs.',
    );
  }
  return withJournal(context, 'read', 'show', async (journal) => {
    await deliver(context, flags, (reporter) =>
      id.startsWith('plan-')
        ? reporter.plan(wholePlan(journal, id), true)
        : reporter.run(runView(journal, journal.runs.find(id))),
    );
    return EXIT.done;
  });
};

function wholePlan(journal: Journal, planId: string) {
  const view = planView(journal, journal.plans.find(planId));
  return { ...view, flagClusters: () => clusterFlags(view.flags()) };
}
