import { UserError } from '../errors.ts';

/** Clio's regions and their hosts: data and sign-ins are bound to one of them. */
export const REGIONS = {
  us: 'https://app.clio.com',
  ca: 'https://ca.app.clio.com',
  eu: 'https://eu.app.clio.com',
  au: 'https://au.app.clio.com',
} as const;

export type Region = keyof typeof REGIONS;

/** Null for a host that is none of Clio's. */
export function regionOf(baseUrl: string): Region | null {
  const found = Object.entries(REGIONS).find(([, host]) => host === baseUrl);
  return found === undefined ? null : (found[0] as Region);
}

/**
 * The origin that a base URL names (`https://app.clio.com`).
 *
 * @throws UserError where it is no URL, has more than a host and a port, or would send the token unencrypted over a network.
 */
export function parseBaseUrl(text: string): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw refuse('is not a web address', 'Give the host alone, as in https://app.clio.com.');
  }
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'holds a user name or a password',
      'Give the host alone; the token comes from the sign-in or from CLIO_ACCESS_TOKEN.',
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw refuse(
      `has more than a host: ${url.origin}`,
      `Give ${url.origin}; the tool adds /api/v4 itself.`,
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw refuse(
      `would send the token unencrypted to ${url.host}`,
      'Use https; plain http is for a loopback address only.',
    );
  }
  return url.origin;
}

/** Whether a host, as the URL parser gives it, is this machine. */
export function isLoopback(hostname: string): boolean {
  // The URL parser has already turned 127.1, 0x7f000001 and the like into four decimal numbers.
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function refuse(problem: string, hint: string): UserError {
  // The text itself is left out: somebody may have pasted a password in it.
  return new UserError('base_url', `The base URL ${problem}.`, hint);
}
