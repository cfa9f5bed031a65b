import type { Problem, Run, RunCounts } from '../model/run.ts';
import { changeAsJson, flagAsJson } from './change-json.ts';
import { statusReason } from './status-reason.ts';
import type {
  ApprovalView,
  InventoryView,
  OptionOutcomeView,
  PlanView,
  Reporter,
  RunSummaryView,
  RunView,
  VerificationView,
} from './types.ts';

/** JSON for scripts: one document, property names in camelCase, the platform's ids as strings. */
export const jsonReporter: Reporter = {
  *inventory(view: InventoryView) {
    yield* documentOf(inventoryAsJson(view), {});
  },
  *plan(view: PlanView) {
    const {
      plan,
      approval,
      decided,
      reviewers,
      reviewedAs,
      coverage,
      changes,
      flags,
      optionChanges,
    } = view;
    const { planId, digest, inventoryId, createdAt, rollsBack, isForced, counts, fields, needs } =
      plan;
    const { madeBy, isTwoPerson, reviewOf, review } = plan;
    yield* documentOf(
      {
        planId,
        digest,
        inventoryId,
        createdAt,
        madeBy,
        isTwoPerson,
        rollsBack,
        isForced,
        reviewOf,
        review,
        approval,
        ...(decided !== undefined && { decided }),
        ...(reviewers !== undefined && { reviewers }),
        ...(reviewedAs !== undefined && { reviewedAs }),
        counts,
        fields,
        needs,
        coverage,
      },
      {
        optionChanges: optionChanges(),
        changes: map(changes(), (change) =>
          changeAsJson(change, { decision: view.decisionOf?.(change) }),
        ),
        flags: map(flags(), (flag) => flagAsJson(flag, view.decisionOf?.(flag))),
      },
    );
  },
  *run({ run, plan, approval, coverage, only, changes, optionChanges }: RunView) {
    yield* documentOf(
      {
        ...runHeader(run),
        digest: plan.digest,
        approval,
        coverage,
        ...(only !== undefined && { only }),
      },
      {
        optionChanges: map(optionChanges(), optionOutcomeAsJson),
        changes: map(changes(), (line) =>
          changeAsJson(line.change, {
            status: line.outcome?.status ?? 'pending',
            statusReason: statusReason(line, run),
            sentAt: line.sentAt,
            written: line.outcome?.written ?? [],
          }),
        ),
      },
    );
  },
  *verification(view: VerificationView) {
    const { run, checkedAt, rolledBackBy, isRolledBackWhole, standing, options, requests } = view;
    const { rowsNotKept, unanswered } = view;
    const { runId, planId, rollsBack } = run;
    const { stands, moved, unseen, fields, notStanding } = standing;
    yield* documentOf(
      {
        runId,
        planId,
        ...(rollsBack !== null && { rollsBack }),
        checkedAt,
        rolledBackBy,
        isRolledBackWhole,
        counts: { stands, moved, unseen },
        fields,
        ...(rollsBack !== null && { rowsNotKept }),
        unanswered,
        requests,
      },
      {
        options: map(options, ({ change, replacedBy, stands: isSo }) => ({
          ...change,
          replacedBy,
          stands: isSo,
        })),
        notStanding,
      },
    );
  },
};

function inventoryAsJson({
  inventoryId,
  takenAt,
  origin,
  records,
  coverage,
  fields,
  requests,
  since,
}: InventoryView): object {
  return {
    inventoryId,
    takenAt,
    origin,
    records,
    coverage,
    fields: fields.map(({ definition, states, distinct, isCapped, ...field }) => ({
      definitionId: definition.id,
      name: definition.name,
      parentType: definition.parentType,
      fieldType: definition.fieldType,
      required: definition.required,
      deleted: definition.deleted,
      filled: states.value,
      blank: states.blank,
      absent: states.absent,
      unread: states.unread,
      distinct,
      distinctIsCapped: isCapped,
      ...field,
    })),
    requests,
    since,
  };
}

/** What apply and rollback answer with. */
export function runAsJson(
  { run, coverage, options, rowsNotKept, problems }: RunSummaryView,
  stopped: { readonly reason: string; readonly message: string } | null,
): object {
  return {
    ...runHeader(run),
    coverage,
    stopped,
    ...(run.rollsBack !== null && { rowsNotKept }),
    optionChanges: options.map(optionOutcomeAsJson),
    problems: [...map(problems, problemAsJson)],
  };
}

export function runsAsJson(runs: readonly Pick<RunSummaryView, 'run' | 'coverage'>[]): object {
  return { runs: runs.map(({ run, coverage }) => ({ ...runHeader(run), coverage })) };
}

export function approvalAsJson(planId: string, approval: ApprovalView): object {
  return { planId, approval };
}

export function runHeader({
  runId,
  planId,
  rollsBack,
  startedAt,
  endedAt,
  status,
  counts,
  canary,
  requests,
}: Run) {
  return {
    runId,
    planId,
    ...(rollsBack !== null && { rollsBack }),
    status: status === 'completed' ? status : 'incomplete',
    startedAt,
    endedAt,
    counts: countsAsJson(counts),
    ...(canary !== null && { canary }),
    requests,
  };
}

function countsAsJson({
  applied,
  alreadyThere,
  conflict,
  rejected,
  noAccess,
  pending,
}: RunCounts): RunCounts {
  return { applied, alreadyThere, conflict, rejected, noAccess, pending };
}

function optionOutcomeAsJson({ change, status, reason }: OptionOutcomeView) {
  return { ...change, status, statusReason: reason };
}

/** The contract's fields and what explains them, and no more of the change. */
function problemAsJson({
  changeId,
  recordId,
  recordLabel,
  fieldName,
  status,
  reason,
  shows,
}: Problem): Problem {
  return { changeId, recordId, recordLabel, fieldName, status, reason, shows };
}

/** A document whose long lists are written item by item. */
export function* documentOf(
  head: object,
  lists: Readonly<Record<string, Iterable<unknown>>>,
): Iterable<string> {
  yield JSON.stringify({ formatVersion: 1, ...head }).slice(0, -1);
  for (const [name, items] of Object.entries(lists)) {
    yield `,${JSON.stringify(name)}:[`;
    let separator = '';
    for (const item of items) {
      yield `${separator}${JSON.stringify(item)}`;
      separator = ',';
    }
    yield ']';
  }
  yield '}\n';
}

function* map<In, Out>(items: Iterable<In>, change: (item: In) => Out): Iterable<Out> {
  for (const item of items) yield change(item);
}
