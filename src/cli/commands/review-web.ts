import { EXIT, type ExitCode } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import { openReview } from '../../operations/review/review.ts';
import { finishedAsText } from '../../report/review/finished.ts';
import { openBrowser } from '../../sign-in/browser.ts';
import { ReviewDesk } from '../../web/desk.ts';
import { type Ending, type ReviewServer, startReviewServer } from '../../web/server.ts';
import { personNamed } from '../approval.ts';
import { readLines } from '../ask.ts';
import type { Context } from '../context.ts';
import { withJournal } from '../session.ts';

export interface WebFlags {
  /** Any free one where none is given. */
  readonly port?: number;
  /** Whether the browser is opened; the address is printed either way. */
  readonly browser: boolean;
  /** Minutes without a request after which the review ends. */
  readonly idle?: number;
  readonly by?: string;
}

const IDLE_MINUTES = 120;

/** Serves the review page until it is finished, stopped or left alone. */
export function reviewInBrowser(
  context: Context,
  { port = 0, browser, idle = IDLE_MINUTES, by }: WebFlags,
  planId: string | undefined,
): Promise<ExitCode> {
  return withJournal(context, 'write', 'review --web', async (journal) => {
    const { now, stop } = context;
    const desk = new ReviewDesk(openReview({ journal, now }, planId), personNamed(by));
    const server = await startReviewServer(desk, {
      port,
      idleMs: idle * 60_000,
      stop,
      onMistake: (error) => tellMistake(context, error),
    });
    await invite(context, desk, server, browser);
    const entering = context.isInteractive ? readLines(context) : null;
    void makeAddresses(context, server, entering?.lines ?? []);
    try {
      return await tellEnding(context, journal, desk, await server.ended);
    } finally {
      entering?.close();
    }
  });
}

async function invite(
  { output, environment, isInteractive }: Context,
  { plan, by }: ReviewDesk,
  { makeAddress }: ReviewServer,
  isToOpen: boolean,
): Promise<void> {
  const address = makeAddress();
  const isOpened = isToOpen && (await openBrowser(address, environment));
  output.warn(
    isOpened
      ? `The review of ${plan.planId} opens in your browser. If it does not, go to:`
      : `Open this address in a browser on this machine to review ${plan.planId}:`,
  );
  output.warn(`\n${address}\n`);
  output.note(
    `You decide as ${by}. The address works once${isInteractive ? '; Enter makes a new one' : ''}.\n` +
      'What is decided is kept at once. Nobody else can write to the journal meanwhile:\n' +
      'finish on the page, or stop here with Ctrl-C and go on later.',
  );
}

/** For a browser that was closed, or another one. */
async function makeAddresses(
  { output }: Context,
  { makeAddress }: ReviewServer,
  enters: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  for await (const _ of enters) output.warn(`${makeAddress()}\n`);
}

async function tellEnding(
  { output }: Context,
  journal: Journal,
  { plan: { planId } }: ReviewDesk,
  { why, finished, counts }: Ending,
): Promise<ExitCode> {
  if (finished === null) {
    const left = counts.undecided + counts.later;
    output.warn(
      `${why === 'idle' ? 'Nobody used the page for long, so it ended' : 'Stopped'}. ${left.toLocaleString('en-US')} items of ${planId} are still to decide; what was decided is kept.\nGo on with \`clio-fields review ${planId} --web\`.`,
    );
    if (output.isJson) await output.json({ planId: null, reviewOf: planId, decided: counts });
    return EXIT.stopped;
  }
  const reviewed = journal.plans.find(finished.planId);
  const { digest, reviewOf, needs, review } = reviewed;
  if (output.isJson)
    await output.json({
      planId: finished.planId,
      reviewOf,
      digest,
      counts: reviewed.counts,
      decided: counts,
      editors: review?.editors ?? [],
      needs,
    });
  else await output.result(finishedAsText(reviewed, counts));
  return EXIT.done;
}

function tellMistake({ output, flags }: Context, error: unknown): void {
  output.warn('The page could not be answered: something went wrong that should not have.');
  if (flags.debug && error instanceof Error) output.warn(error.stack ?? error.message);
}
