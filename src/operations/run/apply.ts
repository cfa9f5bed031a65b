import { counted } from '../../counted.ts';
import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { requireLatestReview, requireSecondPerson } from '../review/approve.ts';
import { execute, type Execution } from './execute.ts';
import type { Executor } from './executor.ts';
import { keptOf, type Limits } from './limits.ts';
import { requireFresh } from './require-fresh.ts';
import { requireMeant } from './require-meant.ts';
import { resumeCommand } from './resume-command.ts';
import { readPlannedDefinitions, requireSameAccount } from './same-account.ts';

export interface ApplyRequest {
  /** The newest plan where undefined. */
  readonly planId?: string | undefined;
  /** Go on with the unfinished run, if there is one. */
  readonly isResumed: boolean;
  /** Of the plan that is meant, approved already or not: another one is refused. */
  readonly digest?: string | undefined;
  /** Whoever approved must not have planned. */
  readonly isTwoPerson?: boolean;
  /** Refuse a plan with more changes. */
  readonly maxChanges?: number | undefined;
  /** Refuse a plan that changes more than so many per cent of the values that its fields hold. */
  readonly maxPercent?: number | undefined;
  readonly limits: Limits;
  /** Approves a plan that nobody has approved yet, or throws: an unapproved plan writes nothing. */
  readonly approve: (plan: Plan) => Promise<void>;
}

/** Runs an approved plan, or goes on with the unfinished run. */
export async function apply(executor: Executor, request: ApplyRequest): Promise<Execution> {
  const { journal, now, platform } = executor;
  const before = platform.requests;
  const unfinished = journal.runs.unfinished();
  if (unfinished !== null) {
    if (!request.isResumed) throw unfinishedRun(journal, unfinished);
    const plan = journal.plans.find(unfinished.planId);
    if (request.planId !== undefined && request.planId !== plan.planId)
      throw unfinishedRun(journal, unfinished);
    requireMeant(plan, request.digest);
    // A rollback was never allowed for by these: it restores what it restores.
    if (plan.rollsBack === null) {
      requireFew(plan, request);
      requireApprover(journal, plan, request);
    }
    const definitions = await readPlannedDefinitions(executor, plan);
    const run = withLimits(journal, unfinished, request.limits);
    const { limits } = request;
    return execute(executor, run, plan, { definitions, before, limits, isForced: plan.isForced });
  }
  const plan = journal.plans.find(request.planId);
  if (plan.rollsBack !== null) {
    throw new UserError(
      'rollback_plan',
      `${plan.planId} is the inverse of ${plan.rollsBack}, not a plan of rules.`,
      `Run \`clio-fields rollback ${plan.rollsBack}\`.`,
    );
  }
  requireMeant(plan, request.digest);
  requireSameAccount(executor, plan, platform.account);
  requireFresh(journal, plan, 'Nothing was written.');
  requireFew(plan, request);
  requireLatestReview(journal, plan);
  if (journal.plans.approval(plan.planId) === null) await request.approve(plan);
  else requireApprover(journal, plan, request);
  const definitions = hasWork(journal, plan) ? await readPlannedDefinitions(executor, plan) : [];
  const run = journal.runs.begin({
    planId: plan.planId,
    rollsBack: null,
    startedAt: now().toISOString(),
    canary: request.limits.canary,
    limits: keptOf(request.limits),
  });
  return execute(executor, run, plan, {
    definitions,
    before,
    limits: request.limits,
    isForced: false,
  });
}

function requireApprover(journal: Journal, plan: Plan, { isTwoPerson }: ApplyRequest): void {
  const approval = journal.plans.approval(plan.planId);
  if (approval !== null) requireSecondPerson(plan, approval.by, isTwoPerson === true, true);
}

/** A plan without changes needs no request. */
function hasWork(journal: Journal, { planId, counts }: Plan): boolean {
  return counts.changed > 0 || journal.plans.optionChanges(planId).length > 0;
}

/** An unfinished run with the limits that it goes on under. Throws `UserError` where it cannot get a canary any more. */
export function withLimits(journal: Journal, run: Run, limits: Limits): Run {
  giveCanary(journal, run, limits.canary);
  journal.runs.keepLimits(run.runId, keptOf(limits));
  return journal.runs.find(run.runId);
}

/** A canary is of a run's first records: one that has begun without cannot get one. */
function giveCanary(journal: Journal, run: Run, canary: number | undefined): void {
  if (canary === undefined || run.canary !== null) return;
  if (run.counts.applied + run.counts.rejected > 0) {
    throw new UserError(
      'canary_too_late',
      `${run.runId} has begun without a canary and has written already. Nothing more was written.`,
      `Leave --canary out, or stop it after some more records with --stop-after; \`clio-fields verify ${run.runId}\` reads what it wrote.`,
    );
  }
  journal.runs.setCanary(run.runId, canary);
}

/** Refuses a plan that does more than was allowed for. */
function requireFew(plan: Plan, { maxChanges, maxPercent }: ApplyRequest): void {
  const { changed, unchanged, flagged, unread } = plan.counts;
  const lookAtIt = `Look at it with \`clio-fields show ${plan.planId}\`, then narrow the plan`;
  if (maxChanges !== undefined && changed > maxChanges) {
    throw new UserError(
      'too_many_changes',
      `${plan.planId} has ${counted(changed, 'change')}, more than the ${maxChanges} that --max-changes allows. Nothing was written now.`,
      `${lookAtIt} or raise --max-changes.`,
    );
  }
  const held = changed + unchanged + flagged + unread;
  const percent = held === 0 ? 0 : (changed / held) * 100;
  if (maxPercent !== undefined && percent > maxPercent) {
    throw new UserError(
      'too_many_changes',
      `${plan.planId} changes ${changed} of the ${held} values that its fields hold: ${roundedUp(percent)} %, more than the ${maxPercent} % that --max-percent allows. Nothing was written now.`,
      `${lookAtIt} or raise --max-percent. Most of its changes are in ${mostChanged(plan)}.`,
    );
  }
}

/** To a tenth, and never down to what would be allowed. */
function roundedUp(percent: number): number {
  return Math.ceil(percent * 10) / 10;
}

function mostChanged({ fields }: Plan): string {
  return fields
    .toSorted((left, right) => right.changed - left.changed)
    .slice(0, 3)
    .filter(({ changed }) => changed > 0)
    .map(({ fieldName, changed }) => `"${fieldName}" (${changed})`)
    .join(', ');
}

/** An unfinished run is in the way of a new one. */
export function unfinishedRun(journal: Journal, run: Run): UserError {
  return new UserError(
    'unfinished_run',
    `${run.runId} (of ${run.planId}) is unfinished, with ${counted(run.counts.pending, 'change')} left.`,
    `Continue it with \`clio-fields ${resumeCommand(journal, run)}\`, or undo it with \`clio-fields rollback ${run.runId}\`.`,
    EXIT.stopped,
  );
}
