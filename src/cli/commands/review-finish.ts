import { EXIT } from '../../errors.ts';
import { decideRest } from '../../operations/review/decide-rest.ts';
import { openReview } from '../../operations/review/review.ts';
import { finishedAsText } from '../../report/review/finished.ts';
import { personNamed } from '../approval.ts';
import type { Action } from '../context.ts';
import { fold } from '../fold.ts';
import { withJournal } from '../session.ts';

interface Flags {
  readonly rest?: 'accept' | 'skip';
  readonly by?: string;
}

export const finishReview: Action<Flags> = (context, { rest, by }, planId?: string) =>
  withJournal(context, 'write', 'review finish', async (journal) => {
    const { output, now } = context;
    const review = openReview({ journal, now }, planId);
    if (rest !== undefined) decideRest(review, rest, personNamed(by), 'terminal');
    const plan = review.finish();
    const counts = review.counts();
    if (output.isJson) {
      const { planId: reviewedId, reviewOf, digest, counts: planned, needs } = plan;
      await output.json({
        planId: reviewedId,
        reviewOf,
        digest,
        counts: planned,
        decided: counts,
        editors: plan.review?.editors ?? [],
        needs,
      });
    } else
      await output.result(finishedAsText(plan, counts).map((line) => fold(line, context.stdout)));
    return EXIT.done;
  });
