import { EXIT } from '../../errors.ts';
import { makePlan } from '../../operations/plan/plan.ts';
import { planView } from '../../operations/record/views.ts';
import { decidedParts } from '../../operations/review/decided-parts.ts';
import { clusterFlags } from '../../operations/rules/flag-clusters.ts';
import type { PlanView } from '../../report/types.ts';
import { personNamed } from '../approval.ts';
import type { Action, Context } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { readRules } from '../rules-file.ts';
import { withJournal } from '../session.ts';
import { keepMemoryTight } from '../tight-memory.ts';
import { explain } from './explain.ts';

interface Flags extends ReportFlags {
  readonly dryRun: boolean;
  readonly group: boolean;
  readonly field: readonly string[];
  readonly record: readonly string[];
  readonly expectNoChanges: boolean;
  readonly twoPerson: boolean;
  readonly by?: string;
  /** A field's name or id. */
  readonly explain?: string;
}

export const plan: Action<Flags> = (context, flags, inventoryId?: string) => {
  if (flags.explain !== undefined) return explain(context, flags.explain, inventoryId);
  const { text, fileName } = readRules(context);
  keepMemoryTight();
  return withJournal(context, 'write', 'plan', async (journal) => {
    const made = makePlan(
      { journal, now: context.now },
      {
        inventoryId,
        rulesText: text,
        rulesFileName: fileName,
        fields: flags.field,
        records: flags.record,
        by: personNamed(flags.by),
        isTwoPerson: flags.twoPerson,
      },
    );
    const view = {
      ...planView(journal, made),
      ...decidedParts(journal, made),
      isGrouped: flags.group,
    };
    await report(context, flags, view);
    if (context.stderr.isTTY)
      context.output.note(nextStep(made.planId, made.counts.changed, flags.dryRun));
    return flags.expectNoChanges && made.counts.changed > view.decided.changes.skip
      ? EXIT.leftOver
      : EXIT.done;
  });
};

/** A file holds the plan as `show` has it, and its counts are printed all the same. */
async function report(context: Context, flags: Flags, view: PlanView): Promise<void> {
  const { dryRun, group, format = 'text', out } = flags;
  if (out === undefined) {
    const isWhole = dryRun || group || format !== 'text';
    await deliver(context, flags, (reporter) => reporter.plan(view, isWhole));
    return;
  }
  const shown = { ...view, flagClusters: () => clusterFlags(view.flags()) };
  await deliver(context, flags, (reporter) => reporter.plan(shown, true));
  if (!context.output.isJson) await deliver(context, {}, (reporter) => reporter.plan(view, false));
}

function nextStep(planId: string, changed: number, isDryRun: boolean): string {
  if (changed === 0) return 'Nothing is to be changed.';
  return isDryRun
    ? `Nothing was written. \`clio-fields apply ${planId}\` asks for approval and writes.`
    : `Nothing was written. \`clio-fields show ${planId}\` shows every change, \`clio-fields review ${planId}\` asks about them.`;
}
