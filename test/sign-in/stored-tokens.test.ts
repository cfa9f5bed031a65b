import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Profile } from '../../src/credentials/profile.ts';
import { Secrets } from '../../src/credentials/secrets.ts';
import type { Authority, GrantAnswer } from '../../src/platforms/authority.ts';
import { PlatformError } from '../../src/platforms/types.ts';
import { StoredTokens } from '../../src/sign-in/stored-tokens.ts';

const MINUTE = 60_000;

test('a token is used as it is while it has time left, and refreshed before it ends', async () => {
  const desk = await aDesk({ endsAtMs: 60 * MINUTE });
  const tokens = desk.open();
  expect(await tokens.current()).toBe('access-0');
  desk.clock.now = 56 * MINUTE;
  expect(await tokens.current()).toBe('access-1');
  expect(await tokens.current()).toBe('access-1');
  expect(desk.refreshedWith).toEqual(['refresh-0']);
});

test('a token of a short life is not refreshed with every request', async () => {
  const desk = await aDesk({ endsAtMs: MINUTE });
  desk.nextEndsAtMs = 2 * MINUTE;
  const tokens = desk.open();
  for (let request = 0; request < 10; request += 1) await tokens.current();
  expect(desk.refreshedWith).toHaveLength(1);
});

test('where nobody says when a token ends, it is refreshed when it is refused, and not before', async () => {
  const desk = await aDesk({ endsAtMs: null });
  const tokens = desk.open();
  desk.clock.now = 1_000_000 * MINUTE;
  expect(await tokens.current()).toBe('access-0');
  expect(await tokens.renew()).toBe('access-1');
  expect(await tokens.current()).toBe('access-1');
});

test('a refresh token that does not come again stays; one that comes takes its place', async () => {
  const desk = await aDesk({ endsAtMs: null });
  const tokens = desk.open();
  await tokens.renew();
  desk.nextRefreshToken = 'refresh-new';
  await tokens.renew();
  await tokens.renew();
  expect(desk.refreshedWith).toEqual(['refresh-0', 'refresh-0', 'refresh-new']);
});

test('whoever comes second takes what the first one got', async () => {
  const desk = await aDesk({ endsAtMs: null });
  const [one, other] = [desk.open(), desk.open()];
  await Promise.all([one.current(), other.current()]);
  expect(await Promise.all([one.renew(), other.renew()])).toEqual(['access-1', 'access-1']);
  expect(desk.refreshedWith).toHaveLength(1);
});

test('a refusal ends the sign-in, with what to do; a token that is still good is used up first', async () => {
  const desk = await aDesk({ endsAtMs: 60 * MINUTE });
  const tokens = desk.open();
  desk.answer = { kind: 'refused' };
  desk.clock.now = 56 * MINUTE;
  expect(await tokens.current()).toBe('access-0');
  desk.clock.now = 61 * MINUTE;
  const error = await tokens.current().catch((failure: unknown) => failure);
  expect(error).toMatchObject({ kind: 'signIn', hint: expect.stringContaining('--profile smith') });
});

test('a network that is down does not end a sign-in that is still good', async () => {
  const desk = await aDesk({ endsAtMs: 60 * MINUTE });
  const tokens = desk.open();
  desk.answer = new PlatformError('unavailable', 'down', 'wait');
  desk.clock.now = 56 * MINUTE;
  expect(await tokens.current()).toBe('access-0');
  desk.clock.now = 61 * MINUTE;
  await expect(tokens.current()).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a process that died while it refreshed is not waited for', async () => {
  const desk = await aDesk({ endsAtMs: null });
  writeFileSync(`${desk.secrets.pathOf('smith')}.lock`, '999999999');
  expect(await desk.open().renew()).toBe('access-1');
});

async function aDesk({ endsAtMs }: { endsAtMs: number | null }) {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-tokens-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const secrets = new Secrets(folder, async () => null);
  const grant = { accessToken: 'access-0', refreshToken: 'refresh-0', endsAtMs };
  await secrets.keep('smith', { app: { key: 'key', secret: 'secret' }, grant }, 'file');
  const desk = {
    secrets,
    clock: { now: 0 },
    refreshedWith: [] as string[],
    nextRefreshToken: null as string | null,
    nextEndsAtMs: null as number | null,
    answer: null as GrantAnswer | Error | null,
    open: () => new StoredTokens(PROFILE, secrets, authority, () => desk.clock.now),
  };
  const authority: Authority = {
    origin: PROFILE.baseUrl,
    pageAddress: () => '',
    exchange: async () => ({ kind: 'refused' }),
    revoke: async () => 'ended',
    refresh: async (_app, refreshToken) => {
      if (desk.answer instanceof Error) throw desk.answer;
      if (desk.answer !== null) return desk.answer;
      desk.refreshedWith.push(refreshToken);
      const accessToken = `access-${desk.refreshedWith.length}`;
      return {
        kind: 'granted',
        grant: { accessToken, refreshToken: desk.nextRefreshToken, endsAtMs: desk.nextEndsAtMs },
      };
    },
  };
  return desk;
}

const PROFILE: Profile = {
  name: 'smith',
  baseUrl: 'https://eu.app.clio.com',
  journalPath: null,
  rulesPath: null,
  port: 18_764,
  user: null,
  account: null,
  keptIn: 'file',
  signedInAt: '2026-01-02T03:04:05Z',
};
