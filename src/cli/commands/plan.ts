import { EXIT } from '../../errors.ts';
import { makePlan } from '../../operations/plan.ts';
import { planView } from '../../operations/views.ts';
import { approver } from '../approval.ts';
import type { Action } from '../context.ts';
import { deliver, type ReportFlags } from '../deliver.ts';
import { readRules, withJournal } from '../session.ts';

interface Flags extends ReportFlags {
  readonly dryRun: boolean;
  readonly field: readonly string[];
  readonly record: readonly string[];
  readonly expectNoChanges: boolean;
}

export const plan: Action<Flags> = (context, flags, inventoryId?: string) => {
  const { text, fileName } = readRules(context);
  return withJournal(context, 'write', 'plan', async (journal) => {
    const made = makePlan(
      { journal, now: context.now },
      {
        inventoryId,
        rulesText: text,
        rulesFileName: fileName,
        by: approver(undefined),
        fields: flags.field,
        records: flags.record,
      },
    );
    const isWhole = flags.dryRun || (flags.format !== undefined && flags.format !== 'text');
    await deliver(context, flags, (reporter) => reporter.plan(planView(journal, made), isWhole));
    if (context.stderr.isTTY)
      context.output.note(nextStep(made.planId, made.counts.changed, flags.dryRun));
    return flags.expectNoChanges && made.counts.changed > 0 ? EXIT.leftOver : EXIT.done;
  });
};

function nextStep(planId: string, changed: number, isDryRun: boolean): string {
  if (changed === 0) return 'Nothing is to be changed.';
  return isDryRun
    ? `Nothing was written. \`clio-fields apply ${planId}\` asks for approval and writes.`
    : `Nothing was written. \`clio-fields show ${planId}\` shows every change.`;
}
