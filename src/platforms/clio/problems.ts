import { PlatformError } from '../types.ts';

/** What a request asks for, and how messages speak of it. */
export interface Target {
  /** Below `/api/v4/`, with its query. */
  readonly path: string;
  /** For messages: `matters`, `custom fields`. */
  readonly what: string;
  /** The app's permission in Clio's developer portal that the request needs. */
  readonly permission: string;
}

/* Why the whole job cannot go on, each with what to do. None holds a token or what a record holds. */

export function forbidden(target: Target): PlatformError {
  return new PlatformError(
    'forbidden',
    `Clio does not let this sign-in read ${target.what} (403).`,
    `Tick the permission "${target.permission}" for the app in Clio's developer portal, then sign in again with clio-fields login: permissions are fixed when one signs in. If it is ticked, this user's role in Clio lacks it.`,
  );
}

export function notSignedIn(what: string): PlatformError {
  return new PlatformError(
    'signIn',
    `${what} (401).`,
    'Sign in again with clio-fields login, or set a valid CLIO_ACCESS_TOKEN; a token works only in the region that it comes from.',
  );
}

export function unavailable(
  target: Target,
  origin: string,
  attempts: number,
  fault: string,
): PlatformError {
  return new PlatformError(
    'unavailable',
    `Clio could not be read at ${origin}: ${attempts} tries for ${target.what} failed, the last with this: ${fault}.`,
    'Check the network and https://status.clio.com, then run the same command again.',
  );
}

export function alwaysThrottled(refusals: number): PlatformError {
  return new PlatformError(
    'unavailable',
    `Clio answered ${refusals} times in a row that there were too many requests (429).`,
    'Another program may be using up the same sign-in; stop it, or try again later.',
  );
}

export function waitTooLong(askedMs: number): PlatformError {
  return new PlatformError(
    'unavailable',
    `Clio asks to wait ${Math.ceil(askedMs / 60_000)} minutes before the next request (429).`,
    'Run the same command again after that time.',
  );
}

export function endless(target: Target): PlatformError {
  return unexpected(
    `Clio's pages of ${target.what} do not come to an end: they lead in a circle, or hold nothing.`,
    'Try again; if it stays so, tell Clio support.',
  );
}

export function unexpected(message: string, hint: string): PlatformError {
  return new PlatformError('unexpectedAnswer', message, hint);
}
