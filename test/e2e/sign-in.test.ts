import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import { redirectAddress } from '../../src/sign-in/callback.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { allow, freePort } from '../support/browser.ts';
import { smallAccount } from '../support/sandbox.ts';

test('login keeps a sign-in that every command then uses, for this user’s eyes only, and logout ends it', async () => {
  const desk = await aDesk();
  const { ended, landing } = await desk.login();
  expect(ended).toMatchObject({ code: 0 });
  expect(landing).toContain('You are signed in');
  const signedIn = JSON.parse(ended.stdout);
  expect(signedIn).toMatchObject({
    formatVersion: 1,
    user: { name: 'Pat Example' },
    account: { id: '1', name: 'Example & Sample LLP' },
    token: { keptIn: 'file', isRefreshed: true },
  });
  for (const file of readdirSync(desk.config))
    expect(statSync(join(desk.config, file)).mode & 0o777, file).toBe(0o600);
  expect(statSync(desk.config).mode & 0o777).toBe(0o700);

  expect((await desk.run(['inventory', '--json'])).code).toBe(0);
  const who = await desk.run(['whoami', '--json']);
  expect(JSON.parse(who.stdout)).toMatchObject({
    profile: 'default',
    user: { name: 'Pat Example' },
  });

  const token = desk.secret().grant.accessToken;
  const out = await desk.run(['logout', '--json']);
  expect(JSON.parse(out.stdout)).toMatchObject({
    ended: [{ profile: 'default', isRevoked: true, refreshTokenStays: true }],
  });
  expect(out.stderr).toContain('The refresh token stays valid at Clio');
  expect(readdirSync(desk.config)).toEqual([]);
  expect((await withToken(desk.sandbox, token)).status).toBe(401);
  const after = await desk.run(['whoami', '--json']);
  expect([after.code, JSON.parse(after.stdout).error.code]).toEqual([5, 'not_signed_in']);
});

test('neither code, token nor secret is ever printed, not with --debug either', async () => {
  const desk = await aDesk();
  const { ended, target } = await desk.login({ args: ['--debug'] });
  const { grant, app } = desk.secret();
  const code = target?.searchParams.get('code') ?? '';
  expect(code).not.toBe('');
  const declined = await desk.login({ decision: 'decline', args: ['--debug'] });
  const foreign = await desk.login({ state: 'of somebody else', args: ['--debug'] });
  const all = [ended, declined.ended, foreign.ended]
    .map(({ stdout, stderr }) => stdout + stderr)
    .join('\n');
  for (const secret of [code, grant.accessToken, grant.refreshToken ?? '', app.secret])
    expect(all).not.toContain(secret);
});

test.each([
  ['with', true],
  ['without', false],
])(
  'a sign-in that is declined %s its state ends with its code, and keeps nothing',
  async (_, declineNamesState) => {
    const desk = await aDesk({ declineNamesState });
    const { ended, landing } = await desk.login({ decision: 'decline' });
    expect([ended.code, JSON.parse(ended.stdout).error.code]).toEqual([5, 'sign_in_declined']);
    expect(landing).toContain('Access was declined');
    expect(readdirSync(desk.folder)).toEqual([]);
  },
);

test('nobody answering, and a port that is taken, are told apart', async () => {
  const desk = await aDesk();
  const late = await desk.login({ decision: null, args: ['--timeout', '1'] });
  expect([late.ended.code, JSON.parse(late.ended.stdout).error.code]).toEqual([
    5,
    'sign_in_timeout',
  ]);
  const other = createServer().listen(desk.port, '127.0.0.1');
  onTestFinished(() => void other.close());
  const taken = await desk.login({ decision: null });
  expect([taken.ended.code, JSON.parse(taken.ended.stdout).error.code]).toEqual([2, 'port']);
});

test('each firm has its profile, with its region, journal and rules; a name that is none is refused', async () => {
  const desk = await aDesk();
  const args = ['--profile', 'smith', '--journal', 'smith.sqlite', '--rules', 'smith.yaml'];
  expect((await desk.login({ args })).ended.code).toBe(0);
  const who = await desk.run(['whoami', '--json', '--profile', 'smith']);
  expect(JSON.parse(who.stdout)).toMatchObject({
    profile: 'smith',
    baseUrl: desk.sandbox.baseUrl,
    journal: join(desk.folder, 'smith.sqlite'),
    rules: join(desk.folder, 'smith.yaml'),
  });
  const flag = await desk.run(['whoami', '--json', '--profile', 'smith', '--journal', 'x.sqlite']);
  expect(JSON.parse(flag.stdout).journal).toBe(join(desk.folder, 'x.sqlite'));
  const environment = { CLIO_FIELDS_PROFILE: 'smith', CLIO_FIELDS_JOURNAL: 'y.sqlite' };
  const variable = await desk.run(['whoami', '--json'], environment);
  expect(JSON.parse(variable.stdout)).toMatchObject({
    profile: 'smith',
    journal: join(desk.folder, 'y.sqlite'),
  });
  const typo = await desk.run(['inventory', '--json', '--profile', 'smiht']);
  expect([typo.code, JSON.parse(typo.stdout).error.code]).toEqual([2, 'unknown_profile']);
  const unnamed = await desk.run(['whoami']);
  expect(unnamed.code).toBe(5);
  expect(unnamed.stderr).toContain('--profile');
  expect(unnamed.stderr).toContain('smith');
  const listed = await desk.run(['profiles', '--json']);
  expect(JSON.parse(listed.stdout).profiles).toMatchObject([
    { name: 'smith', account: { name: 'Example & Sample LLP' } },
  ]);
});

test('a profile is not turned into another firm’s by a browser that is signed in there', async () => {
  const desk = await aDesk();
  await desk.login();
  const before = desk.secret();
  await desk.moveTo({ id: 77, name: 'Other Example LLP' });
  const { ended } = await desk.login();
  expect([ended.code, JSON.parse(ended.stdout).error.code]).toEqual([2, 'other_firm']);
  expect(desk.secret()).toEqual(before);
});

test('a plan made from one firm is refused at another of the same region, whoever signed in', async () => {
  const desk = await aDesk();
  writeFileSync(
    join(desk.folder, 'clio-fields.rules.yaml'),
    'version: 1\nfields:\n  - { match: Field 101, rule: text, with: { case: upper } }\n',
  );
  const journal = ['--journal', join(desk.folder, 'both.sqlite')];
  await desk.login({ args: ['--profile', 'smith'] });
  expect((await desk.run(['inventory', '--profile', 'smith', ...journal])).code).toBe(0);
  const planned = await desk.run(['plan', '--json', '--profile', 'smith', ...journal]);
  const { digest } = JSON.parse(planned.stdout);
  await desk.moveTo({ id: 77, name: 'Other Example LLP' });
  await desk.login({ args: ['--profile', 'jones'] });
  const apply = (profile: string): string[] => [
    'apply',
    '--approve',
    digest,
    '--json',
    '--profile',
    profile,
    ...journal,
  ];
  const refused = await desk.run(apply('jones'));
  expect([refused.code, JSON.parse(refused.stdout).error]).toMatchObject([
    2,
    { code: 'other_account', message: expect.stringContaining('Other Example LLP') },
  ]);
  expect(desk.sandbox.counters.writes).toBe(0);
  await desk.moveTo({ id: 1, name: 'Example & Sample LLP' });
  await desk.login({ args: ['--profile', 'smith'] });
  expect((await desk.run(apply('smith'))).code).toBe(0);
});

test('a token goes to the host that it was got from, and the environment’s beats it', async () => {
  const desk = await aDesk();
  await desk.login();
  const other = await startSandbox(smallAccount());
  onTestFinished(() => other.close());
  const elsewhere = await desk.run(['whoami', '--json', '--base-url', other.baseUrl]);
  expect([elsewhere.code, JSON.parse(elsewhere.stdout).error.code]).toEqual([5, 'not_signed_in']);
  expect(other.log).toEqual([]);
  const environment = { CLIO_BASE_URL: other.baseUrl, CLIO_ACCESS_TOKEN: other.token };
  const whose = await desk.run(['whoami', '--json'], environment);
  expect(JSON.parse(whose.stdout)).toMatchObject({
    profile: null,
    token: { keptIn: 'environment' },
  });
});

test.each([
  ['good', false],
  ['ended', true],
])(
  'processes that find a token ending at once refresh it without losing it, where the old one is %s then',
  async (_, refreshEndsToken) => {
    // It ends within the time that a token is refreshed ahead, so that every command refreshes first.
    const desk = await aDesk({ expiresInSeconds: 200, refreshAnswers: 'new', refreshEndsToken });
    await desk.login();
    const first = desk.secret().grant.accessToken;
    const ended = await Promise.all([1, 2, 3].map(async () => desk.run(['whoami', '--json'])));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(desk.secret().grant.accessToken).not.toBe(first);
  },
);

test('a sign-in that cannot be refreshed ends with 5, and says how to sign in again', async () => {
  const desk = await aDesk();
  await desk.login();
  desk.sandbox.setFaults([{ kind: '401-for-good', on: 'reads', probability: 1 }]);
  const over = await desk.run(['whoami', '--json']);
  expect([over.code, JSON.parse(over.stdout).error.hint]).toEqual([
    5,
    'Sign in again: `clio-fields login`.',
  ]);
});

test('logout forgets the sign-in where Clio cannot be reached, and says that the token stays good', async () => {
  const desk = await aDesk();
  await desk.login();
  await desk.sandbox.close();
  const ended = await desk.run(['logout']);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('stays good');
  expect(readdirSync(desk.config)).toEqual([]);
});

interface How {
  readonly decision?: 'approve' | 'decline' | null;
  readonly state?: string;
  readonly args?: readonly string[];
}

/** A folder, a Clio and a browser. */
async function aDesk(oauth: SandboxOptions['oauth'] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-sign-in-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const port = await freePort();
  const options = { oauth: { redirectUris: [redirectAddress(port)], ...oauth } };
  let sandbox = await startSandbox(smallAccount(), options);
  onTestFinished(() => sandbox.close().catch(() => undefined));
  const config = join(folder, 'config');
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
    runBin(args, { folder, environment: { CLIO_FIELDS_CONFIG: config, ...environment } });
  return {
    get sandbox() {
      return sandbox;
    },
    folder,
    config,
    port,
    run,
    /** Another firm answers at the same address. */
    moveTo: async (account: { id: number; name: string }) => {
      const { port: same } = sandbox;
      await sandbox.close();
      sandbox = await startSandbox(smallAccount({ account }), { ...options, port: same });
    },
    secret: (): {
      app: { key: string; secret: string };
      grant: { accessToken: string; refreshToken: string | null };
    } => JSON.parse(readFileSync(join(config, 'default.secret.json'), 'utf8')),
    login: async ({ decision = 'approve', args = [], ...how }: How = {}) => {
      const browser: { visit?: Promise<{ target: URL; landing: string }> } = {};
      const ended: Ended = await runBin(
        [
          'login',
          '--json',
          '--no-browser',
          '--no-keychain',
          '--port',
          String(port),
          '--base-url',
          sandbox.baseUrl,
          ...args,
        ],
        {
          folder,
          environment: {
            CLIO_FIELDS_CONFIG: config,
            CLIO_CLIENT_ID: sandbox.app.key,
            CLIO_CLIENT_SECRET: sandbox.app.secret,
          },
          onStderr: (text) => {
            const page = /^http\S+\/oauth\/authorize\S+$/mu.exec(text)?.[0];
            if (page === undefined || decision === null) return;
            browser.visit ??= allow(page, decision).then(async (target) => {
              if (how.state !== undefined) target.searchParams.set('state', how.state);
              return { target, landing: await (await fetch(target)).text() };
            });
          },
        },
      );
      return { ended, ...(await browser.visit) };
    },
  };
}

function withToken({ baseUrl }: Sandbox, token: string): Promise<Response> {
  return fetch(`${baseUrl}/api/v4/users/who_am_i.json`, {
    headers: { Authorization: `Bearer ${token}` },
  });
}
