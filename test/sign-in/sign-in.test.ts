import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { Grant } from '../../src/platforms/authority.ts';
import { openAuthority } from '../../src/platforms/index.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { redirectAddress } from '../../src/sign-in/callback.ts';
import { signIn, type SignInRequest } from '../../src/sign-in/sign-in.ts';
import { allow, freePort } from '../support/browser.ts';
import { smallAccount } from '../support/sandbox.ts';

test('a yes in the browser brings tokens, and a page of its own without script or outside asset', async () => {
  const desk = await aDesk();
  let shown: Response | null = null;
  const grant = await desk.signIn(async (page) => {
    shown = await fetch(await allow(page, 'approve'));
  });
  expect(grant).toMatchObject({
    accessToken: expect.any(String),
    refreshToken: expect.any(String),
  });
  const inDays = ((grant.endsAtMs ?? 0) - Date.now()) / 86_400_000;
  expect(inDays).toBeCloseTo(30, 2);
  const page = shown as Response | null;
  const html = (await page?.text()) ?? '';
  expect(html).toContain('You can close this window');
  expect(html).not.toMatch(/<script|<link|<img|https?:|url\(/u);
  expect(page?.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page?.headers.get('cache-control')).toBe('no-store');
});

test.each([
  { what: 'another path', path: '/', host: undefined, method: 'GET' },
  { what: 'another method', path: '/callback', host: undefined, method: 'POST' },
  { what: 'another host name', path: '/callback', host: 'localhost', method: 'GET' },
  { what: 'a name made to point here', path: '/callback', host: 'x.invalid', method: 'GET' },
])('the waiting address knows nothing of $what, and goes on waiting', async (wrong) => {
  const desk = await aDesk();
  const grant = await desk.signIn(async (page) => {
    const back = await allow(page, 'approve');
    const host = wrong.host === undefined ? back.host : `${wrong.host}:${back.port}`;
    const path = `${wrong.path}${back.search}`;
    expect(await statusOf({ port: back.port, path, host, method: wrong.method })).toBe(404);
    await fetch(back);
  });
  expect(grant.accessToken).not.toBe('');
});

test('only the first callback is answered, and afterwards nobody listens', async () => {
  const desk = await aDesk();
  let back = new URL('http://127.0.0.1');
  await desk.signIn(async (page) => {
    back = await allow(page, 'approve');
    const answers = await Promise.all([fetch(back), fetch(back).catch(() => null)]);
    expect(answers.filter((answer) => answer?.status === 200)).toHaveLength(1);
  });
  await expect(fetch(back)).rejects.toThrow();
});

test.each([
  { says: 'sign_in_state', change: { state: 'another' } },
  { says: 'sign_in_state', change: { state: '' } },
  { says: 'sign_in_state', change: { code: '' } },
  { says: 'sign_in_code', change: { code: 'made-up' } },
] as const)('what comes back with $change ends as $says', async ({ says, change }) => {
  const desk = await aDesk();
  const failure = await failureOf(
    desk.signIn(async (page) => {
      const back = await allow(page, 'approve');
      for (const [name, value] of Object.entries(change)) back.searchParams.set(name, value);
      const landing = await fetch(back);
      expect(landing.status).toBe(400);
      expect(await landing.text()).toContain('Not signed in');
    }),
  );
  expect([failure.code, failure.exitCode]).toEqual([says, 5]);
});

test('a secret or a region that is wrong is told as such', async () => {
  const desk = await aDesk();
  const app = { key: 'sandbox-app', secret: 'another' };
  const failure = await failureOf(
    desk.signIn(async (page) => void fetch(await allow(page, 'approve')), { app }),
  );
  expect([failure.code, failure.exitCode]).toEqual(['sign_in_app', 5]);
  expect(failure.hint).toContain('--region');
});

test('the address that a browser on another machine ends at can be pasted', async () => {
  const desk = await aDesk();
  let useless = 0;
  const shown = new PassThrough();
  const grant = await desk.signIn(async (page) => void shown.write(page), {
    onUselessPaste: () => (useless += 1),
    pasted: (async function* pasted() {
      yield 'what?';
      yield redirectAddress(1);
      const [page] = await once(shown, 'data');
      yield ` ${(await allow(String(page), 'approve')).href}\n`;
    })(),
  });
  expect([grant.accessToken === '', useless]).toEqual([false, 2]);
});

test('waiting ends with its time, and with Ctrl-C', async () => {
  const desk = await aDesk();
  const late = await failureOf(desk.signIn(async () => undefined, { timeoutMs: 20 }));
  expect([late.code, late.exitCode]).toEqual(['sign_in_timeout', 5]);
  expect(late.hint).toContain(redirectAddress(desk.port));
  const stop = new AbortController();
  const ended = desk.signIn(async () => stop.abort(), { stop: stop.signal });
  const failure = await failureOf(ended);
  expect([failure.code, failure.exitCode]).toEqual(['sign_in_stopped', 4]);
});

async function aDesk() {
  const port = await freePort();
  const oauth = { redirectUris: [redirectAddress(port)] };
  const sandbox = await startSandbox(smallAccount(), { oauth });
  onTestFinished(() => sandbox.close());
  const authority = openAuthority({ name: 'clio', baseUrl: sandbox.baseUrl });
  return {
    port,
    /** `browse` is what the person does in the browser; the test waits for it, too. */
    signIn: async (
      browse: (page: string) => Promise<void>,
      changes: Partial<SignInRequest> = {},
    ): Promise<Grant> => {
      let browsing: Promise<void> = Promise.resolve();
      const signing = signIn({
        authority,
        app: sandbox.app,
        port,
        timeoutMs: 10_000,
        stop: new AbortController().signal,
        pasted: Readable.from([]),
        onUselessPaste: () => undefined,
        show: async (page) => {
          browsing = browse(page);
          browsing.catch(() => undefined);
        },
        ...changes,
      });
      const [grant] = await Promise.all([signing, signing.then(async () => browsing)]);
      return grant;
    },
  };
}

async function failureOf(work: Promise<unknown>): Promise<UserError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

/** `fetch` does not let one choose the Host header. */
function statusOf({
  port,
  path,
  host,
  method,
}: Record<'port' | 'path' | 'host' | 'method', string>) {
  return new Promise<number | undefined>((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { Host: host } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    sent.once('error', reject);
    sent.end();
  });
}
