import { UserError } from '../errors.ts';
import { isLoopback } from './base-url.ts';
import { PlatformError } from './types.ts';

/** How requests leave this machine. */
export interface Route {
  /** The proxy that the network asks for, as `HTTPS_PROXY` names it; null where requests go straight. */
  readonly proxy: string | null;
  /** Hosts that are reached without it, as `NO_PROXY` lists them. */
  readonly noProxy: string;
}

/** What an adapter asks of the standard's fetch. */
export type Fetch = (url: URL, request: SentRequest) => Promise<Response>;

interface SentRequest {
  readonly method: string;
  readonly headers: Record<string, string> | [name: string, value: string][];
  readonly body: string | Uint8Array | null;
  /** Never followed: the token goes to no other host. */
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/**
 * Fetch along a route. A proxy sees the host and no more, for what goes through it is encrypted from end to end; this machine itself is
 * reached without it.
 *
 * Rejects with PlatformError `unavailable` where trying again cannot help: for a certificate that this machine does not trust, and where
 * nothing listens at an address of this machine itself.
 *
 * @throws UserError for an address of a proxy that is none.
 */
export function openFetch({ proxy, noProxy }: Route): Fetch {
  const through = proxy === null ? null : fetchThrough(parseProxy(proxy));
  return async (to, request) => {
    try {
      return await (through === null || isExempt(to, noProxy) ? fetch : through)(to, request);
    } catch (error) {
      throw untrusted(to, error) ?? nobodyHere(to, error) ?? error;
    }
  };
}

/** Why no answer came, for messages: a code at most, for nobody knows what an error quotes. */
export function reasonOf(error: unknown): string {
  const codes = codesOf(error);
  const code = codes[0] === undefined ? '' : ` (${codes[0]})`;
  if (!(error instanceof ProxyFailure)) return `the connection failed${code}`;
  return codes.includes(NOT_LET_THROUGH)
    ? `the proxy ${error.proxyHost} did not let it through`
    : `the connection through the proxy ${error.proxyHost} failed${code}`;
}

class ProxyFailure extends Error {
  readonly proxyHost: string;

  constructor(proxyHost: string, options: ErrorOptions) {
    super('not through the proxy', options);
    this.proxyHost = proxyHost;
  }
}

/** What undici says where a proxy answers with anything but 200. */
const NOT_LET_THROUGH = 'UND_ERR_ABORTED';

/** As curl and most programs read `NO_PROXY`: hosts with all below them, a port where it is to count, `*` for every host. */
function isExempt({ hostname, port }: URL, noProxy: string): boolean {
  if (isLoopback(hostname)) return true;
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/u)
    .some((entry) => {
      const [, host = '', ofPort] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/u.exec(entry) ?? [];
      if (ofPort !== undefined && ofPort !== (port || '443')) return false;
      return host === '*' || (host !== '' && `.${hostname}`.endsWith(`.${host}`));
    });
}

function parseProxy(text: string): URL {
  // Many write it without the scheme, as curl takes it.
  const whole = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : null;
  if (url !== null && /^https?:$/u.test(url.protocol)) return url;
  // The text itself is left out: it may hold a password.
  throw new UserError(
    'proxy',
    'What HTTPS_PROXY holds is not the address of a proxy.',
    'Write it as http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT, or take the variable away.',
  );
}

/** The library is read at the first request through a proxy, and not elsewhere. */
function fetchThrough(proxy: URL): Fetch {
  const open = async () => {
    const undici = await import('undici');
    const dispatcher = new undici.ProxyAgent(proxy.href);
    return (to: URL, request: SentRequest) => undici.fetch(to, { ...request, dispatcher });
  };
  let opened: ReturnType<typeof open> | undefined;
  return async (to, request) => {
    opened ??= open();
    try {
      return await (
        await opened
      )(to, request);
    } catch (cause) {
      throw new ProxyFailure(proxy.host, { cause });
    }
  };
}

function untrusted({ host }: URL, cause: unknown): PlatformError | null {
  const code = codesOf(cause).find((each) => UNTRUSTED.test(each));
  if (code === undefined) return null;
  return new PlatformError(
    'unavailable',
    `The certificate that ${host} shows is none that this machine trusts (${code}). Nothing was sent.`,
    `Where your network inspects what goes out, ${TRUSTING}. See also that the clock of this machine is right.`,
    { cause },
  );
}

/** On this machine a program listens or it does not: no network is between that could be waited for. */
function nobodyHere({ host, hostname }: URL, cause: unknown): PlatformError | null {
  if (!isLoopback(hostname) || !codesOf(cause).includes('ECONNREFUSED')) return null;
  return new PlatformError(
    'unavailable',
    `Nothing answers at ${host}. Nothing was sent.`,
    'Is the sandbox still running? Start it again with the same port, or, for your own account, unset CLIO_BASE_URL and leave --base-url out.',
    { cause },
  );
}

/** Node.js knows the second variable from 22.19 and 24.6 on (its documentation of the command line). */
const TRUSTING =
  'ask whoever runs it for its root certificate and name that file in the environment variable NODE_EXTRA_CA_CERTS, or, with Node.js 22.19 or newer, set NODE_USE_SYSTEM_CA=1 to trust what this machine trusts';

/** What Node.js and OpenSSL call a certificate that is not to be trusted. */
const UNTRUSTED =
  /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT$|SELF_SIGNED_CERT_|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|ERR_TLS_CERT_|HOSTNAME_MISMATCH$)/u;

/** The codes of an error and of what caused it, those of the cause that fetch names first. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string' && /^[A-Z_0-9]+$/u.test(each.code))
      codes.push(each.code);
  return codes;
}
