import { EXIT } from '../../errors.ts';
import { openReview } from '../../operations/review/review.ts';
import { reviewCountsAsText } from '../../report/people.ts';
import { personNamed } from '../approval.ts';
import type { Action } from '../context.ts';
import { withJournal } from '../session.ts';

interface Flags {
  readonly by?: string;
}

export const undoReview: Action<Flags> = (context, { by }, planId?: string) =>
  withJournal(context, 'write', 'review undo', async (journal) => {
    const { output, now } = context;
    const review = openReview({ journal, now }, planId);
    const undone = review.undo(personNamed(by), 'terminal');
    const counts = review.counts();
    if (output.isJson) {
      await output.json({ planId: review.plan.planId, undone: undone ?? [], counts });
      return EXIT.done;
    }
    await output.result([
      undone === null
        ? `Nothing is left to undo: no decision was made on ${review.plan.planId} itself.\n`
        : `Took back ${undone.length} ${undone.length === 1 ? 'decision' : 'decisions'} of ${review.plan.planId}.\n`,
      `${reviewCountsAsText(counts)}\n`,
    ]);
    return EXIT.done;
  });
