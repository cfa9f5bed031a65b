import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { planView, runView } from '../../operations/record/views.ts';
import { decidedParts } from '../../operations/review/decided-parts.ts';
import { clusterFlags } from '../../operations/rules/flag-clusters.ts';
import type { Action } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { withJournal } from '../session.ts';

interface Flags extends ReportFlags {
  readonly group: boolean;
}

export const show: Action<Flags> = (context, flags, id = '') => {
  const noun = /^(inventory|plan|run)-\d+$/u.exec(id)?.[1];
  if (noun === undefined) {
    throw new UserError(
      'unknown_id',
      `"${id}" is no id of an inventory, a plan or a run.${meant(id)}`,
      'Give one such as inventory-1, plan-3 or run-2; `clio-fields` alone says where you stand, and `clio-fields runs` lists the runs.',
    );
  }
  if (noun === 'inventory' && flags.group) {
    throw new UserError(
      'usage',
      `--group is for changes, and ${id} has none.`,
      'Leave it out, or name a plan or a run.',
    );
  }
  return withJournal(context, 'read', 'show', async (journal) => {
    const isGrouped = flags.group;
    if (noun === 'inventory') {
      // Only what is in an inventory is judged by the rules; loading them takes longer than showing a small plan.
      const { inventoryView } = await import('../../operations/inventory/inventory-view.ts');
      await deliver(context, flags, (reporter) =>
        reporter.inventory(inventoryView(journal, journal.inventories.find(id)), true),
      );
    } else
      await deliver(context, flags, (reporter) =>
        noun === 'plan'
          ? reporter.plan({ ...wholePlan(journal, id), isGrouped }, true)
          : reporter.run({ ...runView(journal, journal.runs.find(id)), isGrouped }),
      );
    return EXIT.done;
  });
};

/** `plan7`, `Plan 7` and `PLAN-7` are what people type. */
function meant(id: string): string {
  const [, noun, number] = /^(inventory|plan|run)[-_ ]?0*([1-9]\d*)$/iu.exec(id) ?? [];
  return noun === undefined ? '' : ` Did you mean "${noun.toLowerCase()}-${number}"?`;
}

function wholePlan(journal: Journal, planId: string) {
  const plan = journal.plans.find(planId);
  const view = { ...planView(journal, plan), ...decidedParts(journal, plan) };
  return { ...view, flagClusters: () => clusterFlags(view.flags()) };
}
