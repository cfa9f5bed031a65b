import { PlatformError } from '../types.ts';

/** The error for an answer that is not what Clio documents; `what` was asked, and what is at `path` is the problem. */
export function unexpected(what: string, path: string, problem: string): PlatformError {
  return new PlatformError(
    'unexpectedAnswer',
    `Clio's answer for ${what} is not what its documentation says: ${path}: ${problem}.`,
    'Check that the base URL is a Clio host; if it is, please report this message.',
  );
}
