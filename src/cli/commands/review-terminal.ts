import { EXIT, type ExitCode, UserError } from '../../errors.ts';
import { openReview, type Review } from '../../operations/review/review.ts';
import { reviewCountsAsText } from '../../report/people.ts';
import { finishedAsText } from '../../report/review/finished.ts';
import { personNamed } from '../approval.ts';
import type { Context } from '../context.ts';
import { decideOnTerminal } from '../review/decide.ts';
import { terminalPrompt } from '../review/prompt.ts';
import { withJournal } from '../session.ts';

/** Asks on the terminal, card by card. Throws `UserError` where there is none. */
export function reviewOnTerminal(
  context: Context,
  { by }: { readonly by?: string },
  planId: string | undefined,
): Promise<ExitCode> {
  if (!context.isInteractive) {
    throw new UserError(
      'no_terminal',
      'Deciding one by one needs a terminal.',
      'Decide in a spreadsheet: `clio-fields review export FILE.xlsx`, then `clio-fields review import FILE.xlsx`. Or in the browser: `clio-fields review --web`.',
    );
  }
  return withJournal(context, 'write', 'review', async (journal) => {
    const { now, stderrLook: look, output } = context;
    const opened = openReview({ journal, now }, planId);
    const prompt = terminalPrompt(context);
    const before = opened.counts();
    prompt.say(`The review of ${opened.plan.planId}: ${reviewCountsAsText(before)}\n`);
    const ended = await decideOnTerminal({ review: opened, prompt, look, by: personNamed(by) });
    if (ended === 'decided') {
      const { later } = opened.counts();
      const state = later > 0 ? `Nothing is left but ${later} for later` : 'All is decided';
      const question = `\n${state}. Make the plan of what was decided now? y n > `;
      const isToFinish = await prompt.key(question, ['y', 'n']);
      if (isToFinish === 'y') {
        await output.result(finishedAsText(opened.finish(), opened.counts()));
        return EXIT.done;
      }
    }
    return tellRest(context, opened);
  });
}

/** Where the review stands, and how it goes on. */
async function tellRest({ output, stop }: Context, opened: Review): Promise<ExitCode> {
  const { planId } = opened.plan;
  const counts = opened.counts();
  const isOpen = counts.undecided + counts.later > 0;
  await output.result([
    `\n${planId}: ${reviewCountsAsText(counts)}\n`,
    ...(isOpen ? [`Go on: clio-fields review ${planId}\n`] : []),
    `Make the plan of what was decided: clio-fields review finish ${planId}\n`,
  ]);
  return stop.aborted ? EXIT.stopped : EXIT.done;
}
