import { lstatSync, openSync } from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import { isFull, replaceWhole, write } from './replace-whole.ts';

/** Writes a report for this user alone, whole or not at all; into a pipe or a device it goes as it comes. Throws `UserError`. */
export function writeReport(file: string, content: Iterable<string> | Uint8Array): void {
  try {
    if (isStream(file)) writeToReader(file, content);
    else replaceWhole(file, content);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw unwritten(file, cause);
  }
}

/** One that goes away (`--out /dev/stdout | head`) has seen what it wanted. */
function writeToReader(file: string, content: Iterable<string> | Uint8Array): void {
  try {
    write(openSync(file, 'w'), content);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
  }
}

/** Whether a name is that of a pipe or a device, such as /dev/stdout, which must not be replaced by a file. */
export function isStream(file: string): boolean {
  if (/^\/(?:dev|proc)\//u.test(file)) return true;
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}

function unwritten(file: string, cause: unknown): UserError {
  return isFull(cause)
    ? new UserError(
        'out_file',
        `There is no room for the report ${file}. Nothing was written.`,
        'Make room, or name a file on another disk with --out.',
        EXIT.failed,
        { cause },
      )
    : new UserError(
        'out_file',
        `The report could not be written to ${file}: ${cause instanceof Error ? cause.message : String(cause)}`,
        'Name a file in a folder that exists and that you may write to.',
        EXIT.wrongInput,
        { cause },
      );
}
