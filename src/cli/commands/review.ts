import { UserError } from '../../errors.ts';
import type { Action } from '../context.ts';
import { reviewInBrowser, type WebFlags } from './review-web.ts';

interface Flags extends WebFlags {
  readonly web: boolean;
}

export const review: Action<Flags> = (context, flags, planId?: string) => {
  if (flags.web) return reviewInBrowser(context, flags, planId);
  throw new UserError(
    'usage',
    'Say where to decide.',
    'In the browser: `clio-fields review --web`. In a spreadsheet: `clio-fields review export FILE.xlsx`.',
  );
};
