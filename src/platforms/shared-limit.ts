import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';

/** Where several programs meet to keep to one limit. */
export interface SharedLimit {
  /** `redis://` or `rediss://`, a password included. */
  readonly url: string;
  /** Without a password, for people. */
  readonly shown: string;
  /** What the programs share; null where the address does not name it. */
  readonly name: string | null;
}

/**
 * `redis://HOST[:PORT][/DB][#NAME]`, or `rediss://` for TLS.
 *
 * @throws UserError for an address that is none, and for a password that stands on the command line.
 */
export function parseSharedLimit(text: string, from: 'flag' | 'environment'): SharedLimit {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new UserError(
      'shared_limit',
      'The address of the shared limit is not one of a Redis.',
      'Give it as redis://HOST:PORT, or rediss:// for an encrypted connection; #NAME at its end names what is shared.',
    );
  }
  if (url.password !== '' && from === 'flag') {
    throw new UserError(
      'shared_limit',
      'The address of the shared limit holds a password, and a secret never stands on a command line.',
      'Put the address into the environment variable CLIO_FIELDS_SHARED_LIMIT instead.',
    );
  }
  const name = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  const shown = `${url.protocol}//${url.host}`;
  return { url: url.href, shown, name: name === '' ? null : name };
}

/** A name for those who use the same secret, from which nobody gets the secret back. */
export function nameFor(secret: string): string {
  return createHash('sha256')
    .update(`clio-fields shared limit\0${secret}`)
    .digest('hex')
    .slice(0, 32);
}
