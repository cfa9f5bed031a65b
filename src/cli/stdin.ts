import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EXIT, UserError } from '../errors.ts';
import type { Context } from './context.ts';

/** All that comes on stdin, until it ends. Throws `UserError` where it cannot be read, and where it is told to stop meanwhile. */
export async function readStdin({ stdin, stop }: Context): Promise<string> {
  try {
    return await text(addAbortSignal(stop, stdin));
  } catch (cause) {
    throw stop.aborted ? stopped() : unreadable(cause);
  }
}

function stopped(): UserError {
  return new UserError(
    'stopped',
    'Stopped before all of stdin was read.',
    'Nothing was done: run the same command again.',
    EXIT.stopped,
  );
}

function unreadable(cause: unknown): UserError {
  return new UserError(
    'stdin',
    `What comes on stdin cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    'Give it a file or a pipe.',
    EXIT.wrongInput,
    { cause },
  );
}
