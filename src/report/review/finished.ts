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
    ...(changed > 0 && counts.undecided > 0
      ? [
          `What is undecided is left out, flags above all: clio-fields review ${reviewOf ?? planId}\n`,
        ]
      : []),
    `digest ${digest}\n`,
    nextLine(plan, counts),
  ];
}

function nextLine(
  { planId, reviewOf, digest, counts: { changed } }: Plan,
  { undecided }: ReviewCounts,
): string {
  if (changed > 0) {
    return `Next, with what it shows looked at (clio-fields show ${planId}):\n  clio-fields approve ${planId} --digest ${digest} --by NAME\n  clio-fields apply ${planId}\n`;
  }
  return undecided === 0 || reviewOf === null
    ? 'There is nothing to write.\n'
    : `There is nothing to write yet: ${number(undecided)} of ${reviewOf} ${undecided === 1 ? 'is' : 'are'} undecided. Next: clio-fields review ${reviewOf}\n`;
}
