import { EXIT, UserError } from '../errors.ts';
import type { Plan } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { execute, type Execution, type Executor } from './execute.ts';

export interface ApplyRequest {
  /** The newest plan where undefined. */
  readonly planId?: string | undefined;
  /** Go on with the unfinished run, if there is one. */
  readonly isResumed: boolean;
  /** Refuse a plan with more changes. */
  readonly maxChanges?: number | undefined;
  readonly stopAfter?: number | undefined;
  /** Approves a plan that nobody has approved yet, or throws: an unapproved plan writes nothing. */
  readonly approve: (plan: Plan) => Promise<void>;
}

/** Runs an approved plan, or goes on with the unfinished run. */
export async function apply(executor: Executor, request: ApplyRequest): Promise<Execution> {
  const { journal, platform, now } = executor;
  const unfinished = journal.runs.unfinished();
  if (unfinished !== null) {
    if (!request.isResumed) throw unfinishedRun(unfinished);
    const plan = journal.plans.find(unfinished.planId);
    if (request.planId !== undefined && request.planId !== plan.planId)
      throw unfinishedRun(unfinished);
    requireSameAccount(plan, platform.origin);
    return execute(executor, unfinished, plan, {
      stopAfter: request.stopAfter,
      isForced: plan.isForced,
    });
  }
  const plan = journal.plans.find(request.planId);
  if (plan.rollsBack !== null) {
    throw new UserError(
      'rollback_plan',
      `${plan.planId} is the inverse of ${plan.rollsBack}, not a plan of rules.`,
      `Run \`clio-fields rollback ${plan.rollsBack}\`.`,
    );
  }
  requireSameAccount(plan, platform.origin);
  requireFresh(plan, journal.runs.list());
  if (request.maxChanges !== undefined && plan.counts.changed > request.maxChanges) {
    throw new UserError(
      'too_many_changes',
      `${plan.planId} has ${plan.counts.changed} changes, more than the ${request.maxChanges} that --max-changes allows. Nothing was written.`,
      `Look at it with \`clio-fields show ${plan.planId}\`, then narrow the plan or raise --max-changes.`,
    );
  }
  if (journal.plans.approval(plan.planId) === null) await request.approve(plan);
  const run = journal.runs.begin({
    planId: plan.planId,
    rollsBack: null,
    startedAt: now().toISOString(),
  });
  return execute(executor, run, plan, { stopAfter: request.stopAfter, isForced: false });
}

/** An unfinished run is in the way of a new one. */
export function unfinishedRun(run: Run): UserError {
  return new UserError(
    'unfinished_run',
    `${run.runId} (of ${run.planId}) is unfinished: ${run.counts.pending} changes are left.`,
    `Continue it with \`clio-fields apply --resume\`, or undo it with \`clio-fields rollback ${run.runId}\`.`,
    EXIT.stopped,
  );
}

/** Refuses to run a plan against another account than the one it was made from. */
export function requireSameAccount(plan: Plan, origin: string): void {
  if (plan.origin === origin) return;
  throw new UserError(
    'other_account',
    `${plan.planId} was made from ${plan.origin}, but this sign-in is for ${origin}. Nothing was written.`,
    'Use the region or base URL that the inventory was taken with, or take a new inventory.',
  );
}

function requireFresh(plan: Plan, runs: readonly Run[]): void {
  const earlier = runs.find(({ planId }) => planId === plan.planId);
  if (earlier === undefined) return;
  throw new UserError(
    'plan_stale',
    `${plan.planId} was carried out already, by ${earlier.runId}. Nothing was written.`,
    'Values have moved since: run `clio-fields inventory` and `clio-fields plan` again.',
  );
}
