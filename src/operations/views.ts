import type { InventoryHeader, Journal } from '../journal/index.ts';
import type { Change, Flag, OptionChange, Plan } from '../model/change.ts';
import type { Outcome, Run } from '../model/run.ts';
import { summarizeInventory } from './summarize.ts';

/** An inventory with a summary of each field, counted anew from its values. */
export function inventoryView(journal: Journal, header: InventoryHeader) {
  return { ...header, fields: summarizeInventory(journal, header.inventoryId) };
}

/** A plan with its parts as they stand in the journal, read anew at each call. */
export function planView(journal: Journal, plan: Plan) {
  const { planId } = plan;
  return {
    plan,
    approval: journal.plans.approval(planId),
    changes: (): Iterable<Change> => journal.plans.changes(planId),
    flags: (): Iterable<Flag> => journal.plans.flags(planId),
    optionChanges: (): Iterable<OptionChange> => journal.plans.optionChanges(planId),
  };
}

/** A run with what became of each change of its plan. */
export function runView(journal: Journal, run: Run) {
  const plan = journal.plans.find(run.planId);
  return {
    run,
    plan,
    approval: journal.plans.approval(plan.planId),
    changes: (): Iterable<{ change: Change; outcome: Outcome | null }> =>
      journal.runs.changes(run.runId),
    optionChanges: () => journal.runs.optionOutcomes(run.runId),
  };
}
