import { lstatSync, openSync } from 'node:fs';
import { replaceWhole, write } from './replace-whole.ts';
import { unwritten } from './unwritten.ts';

/** Who can read a report that was written: on Windows a file's mode says nothing, and the folder decides. */
export const READERS =
  process.platform === 'win32'
    ? 'readable by whoever may read that folder'
    : 'readable by you alone';

/** Writes a report for this user alone, whole or not at all; into a pipe or a device it goes as it comes. Throws `UserError`. */
export function writeReport(file: string, content: Iterable<string> | Uint8Array): void {
  try {
    if (isStream(file)) writeToReader(file, content);
    else replaceWhole(file, content);
  } catch (cause) {
    throw unwritten({ code: 'out_file', what: `report ${file}`, otherwise: '--out' }, cause);
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
