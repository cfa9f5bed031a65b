import type { Coverage, Journal, RunChange } from '../../journal/index.ts';
import type { Change, Flag, OptionChange, Plan } from '../../model/change.ts';
import { findOption, type ParentType } from '../../model/field.ts';
import type { Problem, Run } from '../../model/run.ts';

/** A plan with its parts as they stand in the journal, read anew at each call. */
export function planView(journal: Journal, plan: Plan) {
  const { planId } = plan;
  return {
    plan,
    approval: journal.plans.approval(planId),
    account: journal.inventories.find(plan.inventoryId).account,
    coverage: coverageOf(journal, plan),
    changes: (): Iterable<Change> => journal.plans.changes(planId),
    flags: (): Iterable<Flag> => journal.plans.flags(planId),
    optionChanges: (): Iterable<OptionChange> => journal.plans.optionChanges(planId),
  };
}

/** What a run did to one record, counted for it alone; options are the account's and no record's. */
export function recordRunView(
  journal: Journal,
  run: Run,
  { parentType, recordId }: { readonly parentType: ParentType; readonly recordId: string },
) {
  const only = { parentType, recordId };
  const changes = function* (): Iterable<RunChange> {
    for (const each of journal.runs.changes(run.runId, { recordIds: [recordId] }))
      if (each.change.parentType === parentType) yield each;
  };
  const counts = { applied: 0, alreadyThere: 0, conflict: 0, rejected: 0, noAccess: 0, pending: 0 };
  for (const { outcome } of changes()) counts[outcome?.status ?? 'pending'] += 1;
  const view = runView(journal, { ...run, counts });
  // What a column showed may quote other records.
  const fields = view.plan.fields.map((field) => ({ ...field, evidence: [] }));
  const plan = { ...view.plan, fields };
  return { ...view, plan, only, changes, optionChanges: () => [] };
}

/** A run with what became of each change of its plan. */
export function runView(journal: Journal, run: Run) {
  const plan = journal.plans.find(run.planId);
  return {
    run,
    plan,
    approval: journal.plans.approval(plan.planId),
    account: journal.inventories.find(plan.inventoryId).account,
    coverage: coverageOf(journal, plan),
    changes: (): Iterable<RunChange> => journal.runs.changes(run.runId),
    optionChanges: () => journal.runs.optionOutcomes(run.runId),
  };
}

/** What a run could not make, as people see it: an option by its text. Read anew at each iteration. */
export function problemsView(journal: Journal, run: Run): Iterable<Problem> {
  const { inventoryId } = journal.plans.find(run.planId);
  const known = journal.inventories.definitions(inventoryId);
  const added = journal.runs.optionOutcomes(run.runId);
  const textOf = (definitionId: string, content: string): string => {
    const field = known.find(({ id }) => id === definitionId);
    const made = added.find(
      ({ change, optionId }) => change.definitionId === definitionId && optionId === content,
    );
    const option = field === undefined ? undefined : findOption(field, content);
    return option?.label ?? made?.change.label ?? content;
  };
  return {
    *[Symbol.iterator]() {
      for (const problem of journal.runs.problems(run.runId)) {
        const { shows, shownIn } = problem;
        const hasText = shows !== null && shownIn !== null;
        yield hasText ? { ...problem, shows: textOf(shownIn, shows) } : problem;
      }
    },
  };
}

/** How much of the account the plan's inventory could read: what it could not see, no plan and no run of it touches. */
export function coverageOf(journal: Journal, { inventoryId }: Plan): readonly Coverage[] {
  return journal.inventories.find(inventoryId).coverage;
}
