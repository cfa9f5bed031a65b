import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Keychain } from '../../src/credentials/keychain.ts';
import { checkProfileName } from '../../src/credentials/profile-name.ts';
import type { Secret } from '../../src/credentials/profile.ts';
import { Secrets } from '../../src/credentials/secrets.ts';

const SECRET: Secret = {
  app: { key: 'key', secret: 'secret' },
  grant: { accessToken: 'access', refreshToken: 'refresh', endsAtMs: 1 },
};
const IN_KEYCHAIN = { name: 'smith', keptIn: 'keychain' } as const;

test('secrets go to the keychain where there is one, and into no file', async () => {
  const held = new Map<string, string>();
  const secrets = inFolder(async () => aKeychain(held));
  expect(await secrets.keep('smith', SECRET, 'keychain')).toBe('keychain');
  expect(existsSync(secrets.pathOf('smith'))).toBe(false);
  expect(await secrets.read(IN_KEYCHAIN)).toEqual(SECRET);
  await secrets.forget(IN_KEYCHAIN);
  expect(held.size).toBe(0);
  expect(await secrets.read(IN_KEYCHAIN)).toBe(null);
});

test.each([
  { where: 'there is none', open: async () => null },
  { where: 'it refuses', open: async () => aKeychain(new Map(), { refuses: true }) },
])('where $where, they go into a file for this user alone', async ({ open }) => {
  const secrets = inFolder(open);
  expect(await secrets.keep('smith', SECRET, 'keychain')).toBe('file');
  expect(statSync(secrets.pathOf('smith')).mode & 0o777).toBe(0o600);
  expect(await secrets.read({ name: 'smith', keptIn: 'file' })).toEqual(SECRET);
});

test('a keychain that stops taking secrets loses none: the newest is read', async () => {
  const held = new Map<string, string>();
  const mood = { refuses: false };
  const secrets = inFolder(async () => aKeychain(held, mood));
  await secrets.keep('smith', SECRET, 'keychain');
  mood.refuses = true;
  const fresh = { ...SECRET, grant: { ...SECRET.grant, accessToken: 'fresh' } };
  expect(await secrets.keep('smith', fresh, 'keychain')).toBe('file');
  expect(await secrets.read(IN_KEYCHAIN)).toEqual(fresh);
});

test('a keychain that cannot be opened is told of, with a way round it', async () => {
  const secrets = inFolder(async () => aKeychain(new Map(), { refuses: true }));
  await expect(secrets.read(IN_KEYCHAIN)).rejects.toMatchObject({
    code: 'keychain',
    exitCode: 5,
    hint: expect.stringContaining('--no-keychain'),
  });
});

test.each(['smith', 'smith-llp', 'a1', '2nd-firm'])('%s can be the name of a profile', (name) => {
  expect(checkProfileName(name)).toBe(name);
});

test.each(['', '../smith', 'Smith', 'a b', 'con', 'lpt1', '-x', '.', 'é', 'x'.repeat(41)])(
  '%j cannot be the name of a profile',
  (name) => {
    expect(() => checkProfileName(name)).toThrow('cannot be the name');
  },
);

function inFolder(open: () => Promise<Keychain | null>): Secrets {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return new Secrets(join(folder, 'new'), open);
}

function aKeychain(held: Map<string, string>, mood = { refuses: false }): Keychain {
  const check = (): void => {
    if (mood.refuses) throw new Error('locked');
  };
  return {
    read: async (name) => {
      check();
      return held.get(name) ?? null;
    },
    write: async (name, text) => {
      check();
      held.set(name, text);
    },
    remove: async (name) => {
      check();
      held.delete(name);
    },
  };
}
