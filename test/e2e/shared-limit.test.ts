import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { smallAccount } from '../support/sandbox.ts';

async function takeInventory(url: string, from: 'flag' | 'environment' = 'flag'): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-shared-'));
  const sandbox = await startSandbox(smallAccount());
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  });
  return runBin(
    ['inventory', '--json', '--quiet', ...(from === 'flag' ? ['--shared-limit', url] : [])],
    {
      folder,
      environment: {
        CLIO_ACCESS_TOKEN: sandbox.token,
        CLIO_BASE_URL: sandbox.baseUrl,
        ...(from === 'environment' && { CLIO_FIELDS_SHARED_LIMIT: url }),
      },
    },
  );
}

test('where the Redis of a shared limit is not there, a command says so once and does its work', async () => {
  const { code, stdout, stderr } = await takeInventory('redis://127.0.0.1:1');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, records: { matter: 3 } });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toContain('The shared limit at redis://127.0.0.1:1 is out of reach');
});

test('what answers there but is no Redis holds nobody up for long, and its password is not told', async () => {
  const mute = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
  onTestFinished(() => void mute.close());
  await new Promise((resolve) => mute.once('listening', resolve));
  const address = mute.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const url = `redis://user:a-secret@127.0.0.1:${port}`;
  const { code, stderr } = await takeInventory(url, 'environment');
  expect(code).toBe(0);
  expect(stderr).toContain(`The shared limit at redis://127.0.0.1:${port} is out of reach`);
  expect(stderr).not.toContain('a-secret');
});

test.each([
  ['http://127.0.0.1:6379', 'not one of a Redis'],
  ['redis://user:a-secret@127.0.0.1:6379', 'CLIO_FIELDS_SHARED_LIMIT'],
])('the shared limit %s is refused before any request', async (url, words) => {
  const { code, stdout } = await takeInventory(url);
  expect(code).toBe(2);
  expect(stdout).toContain('"code":"shared_limit"');
  expect(stdout).toContain(words);
  expect(stdout).not.toContain('a-secret');
});
