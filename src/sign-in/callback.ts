import { timingSafeEqual } from 'node:crypto';

/** Where the platform sends the browser back to; the app must be registered with it, to the letter. */
export const CALLBACK_PATH = '/callback';

/** What the browser brings back. */
export type Callback =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'declined' }
  /** Not the answer to this sign-in: somebody else's, or of an earlier try. */
  | { readonly kind: 'foreign' };

export function redirectAddress(port: number): string {
  return `http://127.0.0.1:${port}${CALLBACK_PATH}`;
}

/**
 * Takes a callback's parameters; nothing of them counts before the state has been compared, but for a no without any state: whether
 * the platform names it then is not documented, and whoever makes it up gains nothing.
 */
export function readCallback(parameters: URLSearchParams, state: string): Callback {
  if (parameters.has('error') && !parameters.has('state')) return { kind: 'declined' };
  if (!isSame(parameters.get('state') ?? '', state)) return { kind: 'foreign' };
  if (parameters.has('error')) return { kind: 'declined' };
  const code = parameters.get('code') ?? '';
  return /^[\x21-\x7e]{1,4096}$/u.test(code) ? { kind: 'code', code } : { kind: 'foreign' };
}

/** An address that a person copied out of the browser; null for what is none of ours. */
export function readPasted(text: string, redirectUri: string, state: string): Callback | null {
  const address = text.trim().replace(/^["'<]|["'>]$/gu, '');
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || `${url.origin}${url.pathname}` !== redirectUri) return null;
  return readCallback(url.searchParams, state);
}

/** Takes as long whatever is wrong. */
function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
