import type { Action } from '../context.ts';
import { reviewOnTerminal } from './review-terminal.ts';
import { reviewInBrowser, type WebFlags } from './review-web.ts';

interface Flags extends WebFlags {
  readonly web: boolean;
}

export const review: Action<Flags> = (context, flags, planId?: string) =>
  flags.web ? reviewInBrowser(context, flags, planId) : reviewOnTerminal(context, flags, planId);
