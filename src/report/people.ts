import { minuteOf } from '../minute-of.ts';
import type { Reviewer } from '../model/certificate.ts';
import type { ReviewCounts } from '../model/change.ts';
import type { Decision } from '../model/decision.ts';
import { number } from './text/page.ts';
import type { DecidedView, PlanView } from './types.ts';
import { visible } from './visible.ts';

/** Who planned, decided and approved, a sentence each; names are claims. */
export function peopleOf({
  plan,
  approval,
  decided,
  reviewers,
  reviewedAs,
}: PlanView): readonly string[] {
  const { madeBy, isTwoPerson, review } = plan;
  const makers = [
    ...(madeBy === null ? [] : [`planned by ${visible(madeBy)}`]),
    ...(isTwoPerson ? ['somebody else must approve it'] : []),
  ];
  const earlier = decided === undefined ? [] : earlierDecisions(decided);
  const reviewed = namesOf(reviewers ?? []);
  return [
    ...(makers.length === 0 ? [] : [makers.join('; ')]),
    ...(review === null
      ? []
      : [
          `decided at the review${reviewed === '' ? '' : ` by ${reviewed}`}: ${reviewCountsAsText(review.counts)}`,
        ]),
    ...(earlier.length === 0 ? [] : [`decided already: ${earlier.join('; ')}`]),
    ...(reviewedAs === undefined || reviewedAs === null
      ? []
      : [`its review led to ${reviewedAs}: that is the plan to approve and apply`]),
    ...(approval === null ? [] : [`approved by ${visible(approval.by)}, ${minuteOf(approval.at)}`]),
  ];
}

/** `210 accepted, 3 edited, 5 skipped`: what was cleared, left for later or is undecided only where there is some. */
export function reviewCountsAsText(counts: ReviewCounts): string {
  const { accepted, edited, cleared, skipped, later, undecided } = counts;
  return [
    `${number(accepted)} accepted`,
    `${number(edited)} edited`,
    ...(cleared > 0 ? [`${number(cleared)} cleared`] : []),
    `${number(skipped)} skipped`,
    ...(later > 0 ? [`${number(later)} left for later`] : []),
    ...(undecided > 0 ? [`${number(undecided)} undecided`] : []),
  ].join(', ');
}

/** `decided on 2026-11-20 by Ann Example: skip` */
export function decisionAsText({ ruling, by, at }: Decision): string {
  const what = ruling.kind === 'edit' ? `edit to ${visible(ruling.value)}` : ruling.kind;
  return `decided on ${at.slice(0, 10)} by ${visible(by)}: ${what}`;
}

/** `Ann Example (9 decisions), Bo Example (1 decision)`, however many ways each took; empty where nobody decided. */
export function namesOf(reviewers: readonly Reviewer[]): string {
  const decisionsBy = new Map<string, number>();
  for (const { by, decisions } of reviewers)
    decisionsBy.set(by, (decisionsBy.get(by) ?? 0) + decisions);
  return [...decisionsBy]
    .map(
      ([by, count]) =>
        `${visible(by)} (${number(count)} ${count === 1 ? 'decision' : 'decisions'})`,
    )
    .join(', ');
}

/** `5 changes (4 accepted, 1 skipped)`, then the same of flags; nothing of what nobody decided. */
export function earlierDecisions({ changes, flags }: DecidedView): readonly string[] {
  return [...ruled('change', changes), ...ruled('flag', flags)];
}

function ruled(
  what: string,
  { accept, edit, clear, skip, later }: DecidedView['changes'],
): string[] {
  const total = accept + edit + clear + skip + later;
  if (total === 0) return [];
  const parts = [
    ...(accept > 0 ? [`${number(accept)} accepted`] : []),
    ...(edit > 0 ? [`${number(edit)} edited`] : []),
    ...(clear > 0 ? [`${number(clear)} cleared`] : []),
    ...(skip > 0 ? [`${number(skip)} skipped`] : []),
    ...(later > 0 ? [`${number(later)} left for later`] : []),
  ];
  return [`${number(total)} ${what}${total === 1 ? '' : 's'} (${parts.join(', ')})`];
}
