import { statSync } from 'node:fs';
import { UserError } from '../errors.ts';
import { minuteOf } from '../minute-of.ts';
import type { Store } from './store.ts';

/**
 * The mark of a writer. It stands in the file itself from before the first thing that it writes until all is out of the log and in the file.
 * A file that has the mark and no log beside it was cut off from it: what was written last is missing, and nothing else shows that.
 */
interface Writing {
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Sets the mark, and puts it from the log into the file; where the disk has no room for that, it is of the log alone. */
export function beginWriting(store: Store, { command, since }: Writing): void {
  store.run(
    `INSERT INTO writing (one, command, since) VALUES (1, ?, ?)
     ON CONFLICT DO UPDATE SET command = excluded.command, since = excluded.since`,
    command,
    since,
  );
  attempt(() => store.pragma(INTO_FILE));
}

/** Puts what stands in the log into the file, and takes the mark away. On a full disk both stay, mark and log. */
export function endWriting(store: Store): void {
  attempt(() => {
    store.pragma(INTO_FILE);
    clearMark(store);
    store.pragma(INTO_FILE);
  });
}

export function clearMark(store: Store): void {
  store.run('DELETE FROM writing');
}

export function readMark(store: Store): Writing | null {
  return attempt(() => store.all<Writing>('SELECT command, since FROM writing').at(0)) ?? null;
}

/** Whether a log with something in it stands beside a journal. */
export function hasLog(file: string): boolean {
  return (statSync(logOf(file), { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/** What is said of a file that has the mark and no log. */
export function logMissing(file: string, { command, since }: Writing): string {
  return `The journal ${file} was cut off while \`${command}\` wrote it (${minuteOf(since)}), and its log, ${logOf(file)}, is not there. Unless another program has put the log into the file, what was written last is missing, and what a run did since passes for changes of others: look for the log where this file came from, and put it beside it.`;
}

/** What fails here, on a full disk or in a damaged file, is told where a command needs it. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function logOf(file: string): string {
  return `${file}-wal`;
}

/** As far as nobody reads what it would overwrite; nobody is waited for. */
const INTO_FILE = 'wal_checkpoint(PASSIVE)';
