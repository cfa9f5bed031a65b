import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KeptLimits, Run } from '../model/run.ts';
import { type CanaryAnswer, type CanaryResult, type Limits } from '../operations/run/limits.ts';
import { canaryAsText } from '../report/verification.ts';
import { visible } from '../report/visible.ts';
import { ask } from './ask.ts';
import type { Context } from './context.ts';
import type { ProgressDisplay } from './progress.ts';
import { resolveWindow, type WindowFlag } from './window.ts';

/** What apply and rollback take to keep a run within bounds. */
export interface LimitFlags {
  readonly stopAfter?: number;
  readonly stopAfterProblems?: number;
  readonly canary?: number;
  readonly pauseFile?: string;
  readonly leaveFailing: boolean;
  readonly window?: WindowFlag;
  readonly rate?: number;
}

/** The limits of one run: those that are given, and for the rest those that it began with, where it is resumed. */
export function readLimits(
  context: Context,
  flags: LimitFlags,
  resumed: Run | null,
  progress: ProgressDisplay,
): Limits {
  const given = givenLimits(context, flags);
  const kept = resumed?.limits ?? null;
  if (resumed !== null && kept !== null) sayKept(context, resumed.runId, kept, given);
  const { stopAfterProblems, window, pauseFile, ratePerMinute } = {
    ...DEFAULTS,
    ...kept,
    ...given,
  };
  const place = pauseFile ?? resolve(context.folder, `${context.settings.journalPath}.pause`);
  return {
    stopAfter: flags.stopAfter,
    stopAfterProblems,
    canary: flags.canary,
    leavesFailing: flags.leaveFailing,
    window: window ?? undefined,
    ratePerMinute: ratePerMinute ?? undefined,
    askCanary: (result) => {
      progress.end();
      return askCanary(context, result);
    },
    pause: {
      place,
      chosen: pauseFile,
      invitation: `To stop this run from elsewhere, create the file ${place}`,
      isSet: () => existsSync(place),
    },
    everySecond: (callback) => {
      const timer = setInterval(callback, 1_000);
      return () => clearInterval(timer);
    },
  };
}

/** What a run is limited by that says nothing of it. */
const DEFAULTS: KeptLimits = {
  stopAfterProblems: 25,
  window: null,
  pauseFile: null,
  ratePerMinute: null,
};

function givenLimits(context: Context, flags: LimitFlags): Partial<KeptLimits> {
  const { stopAfterProblems, window, pauseFile, rate } = flags;
  return {
    ...(stopAfterProblems !== undefined && { stopAfterProblems }),
    ...(window !== undefined && { window: resolveWindow(context, window) }),
    ...(pauseFile !== undefined && { pauseFile: resolve(context.folder, pauseFile) }),
    ...(rate !== undefined && { ratePerMinute: rate }),
  };
}

/** Nobody is to wonder why a run waits for the night: what was given when it began still holds. */
function sayKept(
  context: Context,
  runId: string,
  kept: KeptLimits,
  given: Partial<KeptLimits>,
): void {
  const { window, stopAfterProblems, pauseFile, ratePerMinute } = kept;
  const words = [
    given.window === undefined && window !== null && `only in ${window.name}`,
    given.ratePerMinute === undefined &&
      ratePerMinute !== null &&
      `at most ${ratePerMinute} requests a minute`,
    given.stopAfterProblems === undefined &&
      stopAfterProblems !== DEFAULTS.stopAfterProblems &&
      (stopAfterProblems === 0
        ? 'however many problems in a row'
        : `a stop after ${stopAfterProblems} problems in a row`),
    given.pauseFile === undefined && pauseFile !== null && `the pause file ${visible(pauseFile)}`,
  ].filter((word) => word !== false);
  if (words.length > 0) context.output.note(`${runId} goes on as it began: ${words.join(', ')}.`);
}

async function askCanary(context: Context, result: CanaryResult): Promise<CanaryAnswer> {
  for (const piece of canaryAsText(result, context.stderrLook)) context.stderr.write(piece);
  if (!result.isGood || !context.isInteractive) return 'told';
  return (await ask(context, 'Go on with the rest? Type yes to go on: ')) ? 'yes' : 'no';
}
