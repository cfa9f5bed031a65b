import { z } from 'zod';
import type { App, Authority, GrantAnswer } from '../authority.ts';
import { type Fetch, reasonOf } from '../route.ts';
import { PlatformError } from '../types.ts';
import { readBody } from './body.ts';
import type { Body } from './body.ts';
import type { Timing } from './timing.ts';

export interface AuthorityOptions {
  readonly origin: string;
  readonly timing: Timing;
  readonly fetch: Fetch;
}

/**
 * Clio's sign-in (its documentation on authorization): app key and secret in the form, no scopes, for these are ticked on the app.
 * PKCE is not sent: Clio Manage does not document it, and asks for the app's secret instead.
 */
export function openClioAuthority(options: AuthorityOptions): Authority {
  const { origin } = options;
  const grant = async (app: App, form: Readonly<Record<string, string>>): Promise<GrantAnswer> => {
    const body = { client_id: app.key, client_secret: app.secret, ...form };
    return readGrant(await post(options, '/oauth/token', body), options);
  };
  return {
    origin,
    pageAddress: ({ appKey, redirectUri, state }) => {
      const url = new URL('/oauth/authorize', origin);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: appKey,
        redirect_uri: redirectUri,
        state,
        redirect_on_decline: 'true',
      }).toString();
      return url.href;
    },
    exchange: (app, code, redirectUri) =>
      grant(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    refresh: (app, refreshToken) =>
      repeat(options.timing, () =>
        grant(app, { grant_type: 'refresh_token', refresh_token: refreshToken }),
      ),
    revoke: async (accessToken) => {
      const { status } = await post(
        options,
        '/oauth/deauthorize',
        { token: accessToken },
        { Authorization: `Bearer ${accessToken}` },
      );
      if (status === 200) return 'revoked';
      if (status === 401) return 'ended';
      throw unexpected(origin, status);
    },
  };
}

interface Answered {
  readonly status: number;
  readonly body: Body;
}

const TIMEOUT_MS = 30_000;
const ANSWER_BYTES_MAX = 64 * 1_024;
const ATTEMPTS = 3;
const PAUSE_FIRST_MS = 1_000;

async function post(
  { origin, timing, fetch: send }: AuthorityOptions,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answered> {
  const timeout = new AbortController();
  const cancel = timing.after(TIMEOUT_MS, () => timeout.abort());
  try {
    const response = await send(new URL(path, origin), {
      method: 'POST',
      headers: {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(form).toString(),
      redirect: 'manual',
      signal: timeout.signal,
    });
    return { status: response.status, body: await readBody(response, ANSWER_BYTES_MAX) };
  } catch (error) {
    if (error instanceof PlatformError) throw error;
    // The cause itself is left out: what it quotes, nobody knows, and the request holds secrets.
    throw unavailable(origin, timeout.signal.aborted ? null : reasonOf(error));
  } finally {
    cancel();
  }
}

async function repeat<Result>(timing: Timing, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const mayHelp = error instanceof PlatformError && error.kind === 'unavailable';
      if (!mayHelp || attempt === ATTEMPTS) throw error;
      await new Promise<void>((resolve) => {
        timing.after(PAUSE_FIRST_MS * attempt, resolve);
      });
    }
  }
}

const grantSchema = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
  refresh_token: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/)
    .nullish(),
  expires_in: z.number().positive().nullish(),
});
const errorSchema = z.object({ error: z.string() });

function readGrant({ status, body }: Answered, { origin, timing }: AuthorityOptions): GrantAnswer {
  if (status >= 500 || status === 429) throw unavailable(origin);
  const json = body.kind === 'json' ? body.json : null;
  if (status === 200) {
    const parsed = grantSchema.safeParse(json);
    if (!parsed.success) throw unexpected(origin, status);
    const { access_token, refresh_token, expires_in } = parsed.data;
    return {
      kind: 'granted',
      grant: {
        accessToken: access_token,
        refreshToken: refresh_token ?? null,
        endsAtMs: expires_in == null ? null : timing.wallMs() + expires_in * 1_000,
      },
    };
  }
  const error = errorSchema.safeParse(json).data?.error ?? '';
  // The codes of RFC 6749, section 5.2. A wrong region has been seen to answer invalid_client.
  if (error === 'invalid_client' || error === 'unauthorized_client') return { kind: 'unknownApp' };
  if (error === 'invalid_grant') return { kind: 'refused' };
  if (status === 401) return { kind: 'unknownApp' };
  throw unexpected(origin, status);
}

function unavailable(origin: string, reason: string | null = null): PlatformError {
  return new PlatformError(
    'unavailable',
    `${origin} could not be reached for the sign-in${reason === null ? '' : `: ${reason}`}.`,
    'Check the network, the region and https://status.clio.com, then run the same command again.',
  );
}

function unexpected(origin: string, status: number): PlatformError {
  return new PlatformError(
    'unexpectedAnswer',
    `${origin} answered the sign-in with something that its documentation does not tell of (status ${status}).`,
    'Check the region or base URL, and whether a proxy or a log-in page of the network stands between.',
  );
}
