import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { isatty } from 'node:tty';
import { UserError } from '../errors.ts';

/**
 * A file's bytes; also what comes through /dev/stdin and the like. Throws a system error where it cannot be read, and `UserError` where
 * it may never end: waiting there could not even be stopped by Ctrl-C.
 */
export function readInput(file: string): Buffer {
  refuseEndless(file);
  return readFileSync(file);
}

/** Throws `UserError` for a named pipe, which waits for somebody who writes into it, and for a terminal. */
export function refuseEndless(file: string): void {
  const isInherited = /^\/(?:dev|proc)\//u.test(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFIFO() === true && !isInherited) throw endless(file, 'a named pipe');
  if (found?.isCharacterDevice() === true && isTerminal(file)) throw endless(file, 'the terminal');
}

function isTerminal(file: string): boolean {
  const descriptor = openSync(file, 'r');
  try {
    return isatty(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function endless(file: string, what: string): UserError {
  return new UserError(
    'endless_input',
    `${file} is ${what}, which may never come to an end. Nothing was read.`,
    'Name a file. What another program writes can come in by a pipe, where the file is called /dev/stdin.',
  );
}
