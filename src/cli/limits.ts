import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CanaryAnswer, type CanaryResult, type Limits } from '../operations/run/limits.ts';
import { canaryAsText } from '../report/verification.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import type { ProgressDisplay } from './progress.ts';
import { resolveWindow, type WindowFlag } from './window.ts';

/** What apply and rollback take to keep a run within bounds. */
export interface LimitFlags {
  readonly stopAfter?: number;
  readonly stopAfterProblems: number;
  readonly canary?: number;
  readonly pauseFile?: string;
  readonly leaveFailing: boolean;
  readonly window?: WindowFlag;
  readonly rate?: number;
}

/** The limits of one run. */
export function readLimits(context: Context, flags: LimitFlags, progress: ProgressDisplay): Limits {
  const pauseFile = resolve(
    context.folder,
    flags.pauseFile ?? `${context.settings.journalPath}.pause`,
  );
  return {
    stopAfter: flags.stopAfter,
    stopAfterProblems: flags.stopAfterProblems,
    canary: flags.canary,
    leavesFailing: flags.leaveFailing,
    window: flags.window === undefined ? undefined : resolveWindow(context, flags.window),
    ratePerMinute: flags.rate,
    askCanary: (result) => {
      progress.end();
      return askCanary(context, result);
    },
    pause: {
      place: pauseFile,
      invitation: `To stop this run from elsewhere, create the file ${pauseFile}`,
      isSet: () => existsSync(pauseFile),
    },
    everySecond: (callback) => {
      const timer = setInterval(callback, 1_000);
      return () => clearInterval(timer);
    },
  };
}

async function askCanary(context: Context, result: CanaryResult): Promise<CanaryAnswer> {
  for (const piece of canaryAsText(result, context.stderrLook)) context.stderr.write(piece);
  if (!result.isGood || !context.isInteractive) return 'told';
  return (await ask(context, 'Go on with the rest? Type yes to go on: ')) ? 'yes' : 'no';
}
