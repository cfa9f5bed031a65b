import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import { requireFresh } from '../run/require-fresh.ts';
import { coverDecisions } from './coverage.ts';

export interface ApprovalRequest {
  /** The digest of what was looked at. */
  readonly digest: string;
  /** Who approves: a claim, not a proof. */
  readonly by: string;
  /** The way it is given: on a terminal, by digest. */
  readonly how: string;
  /** ISO 8601. */
  readonly at: string;
  /** Ask for a second person even where the plan does not. */
  readonly isTwoPerson?: boolean;
}

/** Records who approved a plan. Throws `UserError` where the plan is not what people decided, or the approver may not. */
export function approvePlan(journal: Journal, plan: Plan, request: ApprovalRequest): void {
  const { digest, by, how, at, isTwoPerson = false } = request;
  requireApprovable(journal, plan);
  requireSecondPerson(plan, by, isTwoPerson);
  journal.plans.approve(plan.planId, { digest, by, how, at });
}

/** Refuses a plan whose approval would be of no use: it was carried out, or people decided otherwise. */
export function requireApprovable(journal: Journal, plan: Plan): void {
  requireFresh(journal, plan, 'It was not approved again.');
  requireLatestReview(journal, plan);
}

/**
 * Refuses a plan that people have decided otherwise about: where its review led to a newer plan, or where it would write what was
 * skipped, edited, cleared or left for later.
 */
export function requireLatestReview(journal: Journal, plan: Plan): void {
  const { planId, reviewOf, rollsBack } = plan;
  if (rollsBack !== null) return;
  const asked = reviewOf ?? planId;
  const reviewed = journal.plans.reviewed(asked);
  if (reviewed !== null && reviewed.planId !== planId) {
    const { counts, review } = reviewed;
    const isUndecided = counts.changed === 0 && (review?.counts.undecided ?? 0) > 0;
    throw new UserError(
      'plan_reviewed',
      `${planId} is not what people decided last: the review of ${asked} led to ${reviewed.planId} (${counted(counts.changed, 'change')}). Nothing was written.`,
      isUndecided
        ? `Decide what is open with \`clio-fields review ${asked}\`, or take all that is proposed: \`clio-fields review finish ${asked} --rest accept\`.`
        : `Look at it with \`clio-fields show ${reviewed.planId}\`, and approve that one.`,
    );
  }
  if (reviewed !== null) return;
  const { changes, flags } = coverDecisions(journal, plan);
  const settled = flags.accept + flags.edit + flags.clear;
  const otherwise = changes.skip + changes.edit + changes.clear + changes.later + settled;
  if (otherwise === 0) return;
  throw new UserError(
    'review_unfinished',
    `${otherwise} of the items of ${planId} were decided otherwise at a review (${told({
      skipped: changes.skip,
      edited: changes.edit,
      cleared: changes.clear,
      'left for later': changes.later,
      'flags settled': settled,
    })}). Nothing was written.`,
    `Make a plan of what was decided with \`clio-fields review finish ${planId}\`, or undo the decisions.`,
  );
}

/**
 * Refuses an approver who planned, or who decided otherwise at the review what it would write. Names are claims: this keeps honest people apart.
 * `isApproved`: they have approved it already, before a second person was asked for.
 */
export function requireSecondPerson(
  plan: Plan,
  by: string,
  isAsked: boolean,
  isApproved = false,
): void {
  if (!plan.isTwoPerson && !isAsked) return;
  const { planId, madeBy, review } = plan;
  if (madeBy === null) {
    throw new UserError(
      'second_person_needed',
      `${planId} does not say who planned it, so that nobody can be told from whoever did.`,
      'Plan again with `clio-fields plan --two-person`.',
    );
  }
  const editor = review?.editors.find((each) => isSameName(each, by));
  if (editor === undefined && !isSameName(madeBy, by)) return;
  const part =
    editor === undefined ? 'planned it' : 'typed in or cleared values of it at the review';
  if (isApproved) {
    throw new UserError(
      'second_person_needed',
      `${planId} needs a second person: it was approved by ${by}, who ${part}. Nothing was written.`,
      `Let somebody else look at it with \`clio-fields show ${planId}\` and approve it too: \`clio-fields approve ${planId} --digest DIGEST --by NAME\`. Then apply it again.`,
    );
  }
  throw new UserError(
    'second_person_needed',
    `${planId} needs a second person: ${by} ${part}. It was not approved.`,
    'Let somebody else look at it and approve it, under their own name: --by NAME.',
  );
}

function isSameName(left: string, right: string): boolean {
  return simple(left) === simple(right);
}

function simple(name: string): string {
  return name.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

function told(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}
