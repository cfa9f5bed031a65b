import { setTimeout as wait } from 'node:timers/promises';
import { counted } from '../../counted.ts';
import { EXIT, type ExitCode } from '../../errors.ts';
import type { Look } from '../../model/watch.ts';
import { Watch } from '../../operations/account/watch.ts';
import { PlatformError } from '../../platforms/types.ts';
import { lookAsJson, lookAsText } from '../../report/watch.ts';
import { connect } from '../connect.ts';
import type { Action, Context } from '../context.ts';
import { readRules } from '../rules-file.ts';
import { withJournal } from '../session.ts';

interface Flags {
  /** Between two looks. */
  readonly every: number;
  readonly once: boolean;
}

export const watch: Action<Flags> = async (context, { every: everyMs, once }) => {
  const platform = connect(context);
  const watching = new Watch({
    platform,
    rules: readRules(context),
    withJournal: (work) => withJournal(context, 'read', 'watch', work),
    now: context.now,
  });
  if (!once) return lookUntilStopped(context, watching, everyMs, platform.origin);
  const look = await watching.look();
  await tell(context, look);
  if (!context.output.isJson) context.output.note(`${inWords(look)}. ${CAUTION}`);
  return look.changes.length + look.flags.length > 0 ? EXIT.leftOver : EXIT.done;
};

const CAUTION =
  'Nothing was written. Whether Clio tells of a change of custom fields alone is not known: take a complete inventory now and then.';

async function lookUntilStopped(
  context: Context,
  watching: Watch,
  everyMs: number,
  origin: string,
): Promise<ExitCode> {
  const { output, stop, now } = context;
  output.note(
    `Watching ${origin}, a look every ${Math.round(everyMs / 60_000)} min. Nothing is written, neither to Clio nor to the journal. Ctrl-C ends it.`,
  );
  let failures = 0;
  while (!stop.aborted) {
    try {
      const look = await watching.look();
      if (failures > 0) output.note(`${timeOfDay(now())} Clio answers again.`);
      failures = 0;
      await tell(context, look);
      if (context.stderr.isTTY) output.note(`${timeOfDay(now())} ${inWords(look)}.`);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.kind === 'signIn') throw error;
      if (error.kind === 'aborted') break;
      failures += 1;
      output.warn(
        `${timeOfDay(now())} ${error.message} Next look in ${Math.round(pauseMs(everyMs, failures) / 60_000)} min.`,
      );
    }
    await sleep(pauseMs(everyMs, failures), stop);
  }
  return EXIT.done;
}

/** Twice as long after each failure in a row, up to an hour or the usual pause, whichever is longer. */
function pauseMs(everyMs: number, failures: number): number {
  return Math.min(everyMs * 2 ** Math.min(failures, 10), Math.max(everyMs, LONGEST_PAUSE_MS));
}

const LONGEST_PAUSE_MS = 60 * 60_000;

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** With --json a document for each look, on a line of its own. */
async function tell({ output, stdoutLook }: Context, look: Look): Promise<void> {
  if (output.isJson) await output.json(lookAsJson(look));
  else await output.result(lookAsText(look, stdoutLook));
}

function inWords({ inventoryId, records, changes, flags, requests }: Look): string {
  return `Since ${inventoryId}: ${counted(records, 'record')} changed, ${counted(changes.length, 'new value')} to change and ${flags.length} to decide, ${counted(requests, 'request')}`;
}

function timeOfDay(time: Date): string {
  return `${time.toISOString().slice(11, 16)} UTC`;
}
