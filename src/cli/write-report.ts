import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { EXIT, UserError } from '../errors.ts';
import { chunks } from './chunks.ts';

/** Writes a report for this user alone, whole or not at all; into a pipe or a device it goes as it comes. Throws `UserError`. */
export function writeReport(file: string, content: Iterable<string> | Uint8Array): void {
  try {
    if (isStream(file)) write(openSync(file, 'w'), content);
    else replaceWhole(file, content);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw unwritten(file, cause);
  }
}

/** Whether a name is that of a pipe or a device, such as /dev/stdout, which must not be replaced by a file. */
export function isStream(file: string): boolean {
  if (/^\/(?:dev|proc)\//u.test(file)) return true;
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found !== undefined && (found.isFIFO() || found.isCharacterDevice());
}

/** Writes a file for this user alone, whole or not at all: what was cut short must not pass for it. Where others may write too, nothing that they put there is written into. */
export function replaceWhole(file: string, content: Iterable<string> | Uint8Array): void {
  const partial = `${file}.${process.pid}.partial`;
  rmSync(partial, { force: true });
  const descriptor = openSync(partial, 'wx', 0o600);
  try {
    write(descriptor, content, fsyncSync);
    renameSync(partial, file);
  } catch (cause) {
    rmSync(partial, { force: true });
    throw cause;
  }
}

function write(
  descriptor: number,
  content: Iterable<string> | Uint8Array,
  settle: (descriptor: number) => void = () => {},
): void {
  try {
    if (content instanceof Uint8Array) writeFileSync(descriptor, content);
    else for (const chunk of chunks(content)) writeFileSync(descriptor, chunk);
    settle(descriptor);
  } finally {
    closeSync(descriptor);
  }
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

/** Whether a disk has no room; EFBIG where somebody set how big a file may become. */
export function isFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG';
}
