import { UserError } from '../../errors.ts';
import type { Action } from '../context.ts';
import { reviewOnTerminal } from './review-terminal.ts';
import { reviewInBrowser, type WebFlags } from './review-web.ts';

interface Flags extends WebFlags {
  readonly web: boolean;
}

export const review: Action<Flags> = (context, flags, planId?: string) => {
  if (flags.web) return reviewInBrowser(context, flags, planId);
  refuseFlagsOfThePage(flags);
  return reviewOnTerminal(context, flags, planId);
};

function refuseFlagsOfThePage({ port, browser, idle }: Flags): void {
  const given = [
    port !== undefined && '--port',
    !browser && '--no-browser',
    idle !== undefined && '--idle',
  ].find((flag) => flag !== false);
  if (given === undefined) return;
  throw new UserError(
    'usage',
    `${given} is for the page of --web, which was not asked for.`,
    'Add --web to decide in the browser, or leave it out.',
  );
}
