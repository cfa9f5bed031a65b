import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { smallAccount, startTestSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

const CALLBACK = 'http://127.0.0.1:5678/callback';
const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
const APP = { client_id: 'sandbox-app', client_secret: 'sandbox-secret' };

describe('the consent page', () => {
  it('asks, and hands back a code with the state where access is allowed', async () => {
    const sandbox = await startTestSandbox();
    const page = await authorize(sandbox, {});
    expect(page.status).toBe(200);
    expect(page.text).toContain('Allow access');
    expect(page.text).toContain('value="a&quot;b"');
    const target = await decide(sandbox, 'approve');
    expect(`${target.origin}${target.pathname}`).toBe(CALLBACK);
    expect(target.searchParams.get('state')).toBe('a"b');
    expect(target.searchParams.get('code')).toMatch(/.{20}/);
  });

  it('hands back an error where access is declined', async () => {
    const target = await decide(await startTestSandbox(), 'decline');
    expect(target.searchParams.get('error')).toBe('access_denied');
    expect(target.searchParams.has('code')).toBe(false);
    expect(target.searchParams.get('state')).toBe('a"b');
    const nameless = { oauth: { declineNamesState: false } };
    const bare = await decide(await startTestSandbox(smallAccount(), nameless), 'decline');
    expect([...bare.searchParams]).toEqual([['error', 'access_denied']]);
  });

  it.each([
    { client_id: 'another' },
    { response_type: 'token' },
    { redirect_uri: 'http://localhost:5678/callback' },
    { redirect_uri: 'https://elsewhere.invalid/callback' },
    { redirect_uri: 'http://127.0.0.1:5678.elsewhere.invalid/callback' },
    { redirect_uri: '' },
  ])('redirects nowhere with %j', async (change) => {
    const { status, headers } = await authorize(await startTestSandbox(), change);
    expect([status, headers.get('location')]).toEqual([400, null]);
  });

  it('matches registered addresses to the letter', async () => {
    const oauth = { redirectUris: [CALLBACK] };
    const sandbox = await startTestSandbox(smallAccount(), { oauth });
    expect((await authorize(sandbox, {})).status).toBe(200);
    const other = await authorize(sandbox, { redirect_uri: `${CALLBACK}/` });
    expect(other.status).toBe(400);
  });
});

describe('a code', () => {
  it('is exchanged for tokens that open the API', async () => {
    const sandbox = await startTestSandbox();
    const { status, body } = await exchangeCode(sandbox, await newCode(sandbox));
    expect([status, body]).toEqual([
      200,
      {
        token_type: 'bearer',
        expires_in: 2_592_000,
        access_token: expect.any(String),
        refresh_token: expect.any(String),
      },
    ]);
    expect((await readWith(sandbox, body['access_token'])).status).toBe(200);
  });

  it('is good once, for ten minutes, and for the address that it was asked for', async () => {
    let now = 0;
    const sandbox = await startTestSandbox(smallAccount(), { now: () => now });
    const code = await newCode(sandbox);
    expect((await exchangeCode(sandbox, code)).status).toBe(200);
    expect((await exchangeCode(sandbox, code)).body).toEqual({ error: 'invalid_grant' });
    const elsewhere = { redirect_uri: 'http://127.0.0.1:5679/callback' };
    expect((await exchangeCode(sandbox, await newCode(sandbox), elsewhere)).status).toBe(400);
    const late = await newCode(sandbox);
    now += 600_000;
    expect((await exchangeCode(sandbox, late)).status).toBe(400);
  });

  it('needs the application’s secret, in a form', async () => {
    const sandbox = await startTestSandbox();
    const wrong = { client_secret: 'wrong' };
    const refused = await exchangeCode(sandbox, await newCode(sandbox), wrong);
    expect([refused.status, refused.body]).toEqual([401, { error: 'invalid_client' }]);
    const { send, baseUrl } = sandbox;
    const json = { 'Content-Type': 'application/json' };
    expect((await send('POST', `${baseUrl}/oauth/token`, json, '{}')).status).toBe(400);
  });
});

describe('an access token', () => {
  it('ends after its time and is refreshed; the old refresh token stays good', async () => {
    let now = 0;
    const options = { now: () => now, oauth: { expiresInSeconds: 10 } };
    const sandbox = await startTestSandbox(smallAccount(), options);
    const { body } = await exchangeCode(sandbox, await newCode(sandbox));
    now += 10_000;
    expect((await readWith(sandbox, body['access_token'])).status).toBe(401);
    for (let count = 0; count < 2; count += 1) {
      const fresh = await refresh(sandbox, body['refresh_token']);
      expect(fresh.body).not.toHaveProperty('refresh_token');
      expect((await readWith(sandbox, fresh.body['access_token'])).status).toBe(200);
    }
  });

  it('comes with its refresh token again by option', async () => {
    const oauth: SandboxOptions['oauth'] = { refreshAnswers: 'same' };
    const sandbox = await startTestSandbox(smallAccount(), { oauth });
    const { body } = await refresh(sandbox, sandbox.refreshToken);
    expect(body['refresh_token']).toBe(sandbox.refreshToken);
  });

  it('comes with a new refresh token by option, and the old one is spent', async () => {
    const oauth: SandboxOptions['oauth'] = { refreshAnswers: 'new' };
    const sandbox = await startTestSandbox(smallAccount(), { oauth });
    const { body } = await refresh(sandbox, sandbox.refreshToken);
    expect(body['refresh_token']).toEqual(expect.any(String));
    expect((await refresh(sandbox, sandbox.refreshToken)).body).toEqual({ error: 'invalid_grant' });
    expect((await refresh(sandbox, body['refresh_token'])).status).toBe(200);
  });

  it('stays good when it is refreshed, or ends at once by option', async () => {
    for (const refreshEndsToken of [false, true]) {
      const sandbox = await startTestSandbox(smallAccount(), { oauth: { refreshEndsToken } });
      const fresh = await refresh(sandbox, sandbox.refreshToken);
      expect((await readWith(sandbox, fresh.body['access_token'])).status).toBe(200);
      expect((await readWith(sandbox, sandbox.token)).status).toBe(refreshEndsToken ? 401 : 200);
    }
  });

  it('is not got with a refresh token that there is not, or another grant', async () => {
    const sandbox = await startTestSandbox();
    expect((await refresh(sandbox, 'unknown')).body).toEqual({ error: 'invalid_grant' });
    const other = await post(sandbox, '/oauth/token', { ...APP, grant_type: 'password' });
    expect(other.body).toEqual({ error: 'unsupported_grant_type' });
  });

  it('is given back, and then opens nothing; the refresh token stays good', async () => {
    const sandbox = await startTestSandbox();
    const { token, refreshToken } = sandbox;
    const bearer = { Authorization: `Bearer ${token}` };
    expect((await post(sandbox, '/oauth/deauthorize', { token }, bearer)).status).toBe(200);
    expect((await readWith(sandbox, token)).status).toBe(401);
    expect((await post(sandbox, '/oauth/deauthorize', { token }, bearer)).status).toBe(401);
    expect((await refresh(sandbox, refreshToken)).status).toBe(200);
  });
});

function authorize({ send, baseUrl }: TestSandbox, change: Record<string, string>) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'sandbox-app',
    redirect_uri: CALLBACK,
    state: 'a"b',
    redirect_on_decline: 'true',
    ...change,
  });
  return send('GET', `${baseUrl}/oauth/authorize?${query.toString()}`);
}

async function decide(sandbox: TestSandbox, decision: 'approve' | 'decline'): Promise<URL> {
  const { headers } = await post(sandbox, '/oauth/authorize', {
    client_id: 'sandbox-app',
    redirect_uri: CALLBACK,
    state: 'a"b',
    redirect_on_decline: 'true',
    decision,
  });
  return new URL(headers.get('location') ?? '');
}

async function newCode(sandbox: TestSandbox): Promise<string> {
  return (await decide(sandbox, 'approve')).searchParams.get('code') ?? '';
}

function exchangeCode(sandbox: TestSandbox, code: string, change: Record<string, string> = {}) {
  return post(sandbox, '/oauth/token', {
    ...APP,
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    ...change,
  });
}

function refresh(sandbox: TestSandbox, refreshToken: unknown) {
  return post(sandbox, '/oauth/token', {
    ...APP,
    grant_type: 'refresh_token',
    refresh_token: String(refreshToken),
  });
}

function readWith({ get }: TestSandbox, token: unknown) {
  return get('/matters', {}, { Authorization: `Bearer ${String(token)}` });
}

function post(
  { send, baseUrl }: TestSandbox,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const text = new URLSearchParams(form).toString();
  return send('POST', `${baseUrl}${path}`, { ...FORM, ...headers }, text);
}
