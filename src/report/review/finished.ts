import type { Plan, ReviewCounts } from '../../model/change.ts';
import { reviewCountsAsText } from '../people.ts';
import { number } from '../text/page.ts';

/** What a review led to, and the next command. */
export function finishedAsText(plan: Plan, counts: ReviewCounts): string[] {
  const { planId, reviewOf, digest } = plan;
  const { changed } = plan.counts;
  return [
    `${planId} is what came of the review of ${reviewOf ?? planId}: ${number(changed)} ${changed === 1 ? 'change' : 'changes'}\n`,
    `${reviewCountsAsText(counts)}\n`,
    `digest ${digest}\n`,
    nextLine(plan, counts),
  ];
}

function nextLine(
  { planId, reviewOf, counts: { changed } }: Plan,
  { undecided }: ReviewCounts,
): string {
  if (changed > 0) return `Next: clio-fields show ${planId}, then clio-fields apply ${planId}\n`;
  return undecided === 0 || reviewOf === null
    ? 'There is nothing to write.\n'
    : `There is nothing to write yet: ${number(undecided)} of ${reviewOf} ${undecided === 1 ? 'is' : 'are'} undecided. Next: clio-fields review ${reviewOf}\n`;
}
