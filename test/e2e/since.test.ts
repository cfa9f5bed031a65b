import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runBin } from '../support/bin.ts';
import { smallAccount } from '../support/sandbox.ts';

async function firm() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-since-'));
  const sandbox = await startSandbox(smallAccount());
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  return { folder, run: (...args: string[]) => runBin(args, { folder, environment }) };
}

test('inventory --since last says what it read anew and what cannot be known, within 80 columns', async () => {
  const { run } = await firm();
  await run('inventory');
  const { code, stdout } = await run('inventory', '--since', 'last');
  expect(code).toBe(0);
  expect(stdout).toContain('inventory-2, ');
  expect(stdout).toContain('3 matters held');
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('0 records that changed after');
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain('a conflict, never a wrong write');
  expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('inventory --since INVENTORY-ID and DATE tell scripts what they went on from', async () => {
  const { run } = await firm();
  await run('inventory');
  const byId = JSON.parse((await run('inventory', '--since', 'inventory-1', '--json')).stdout);
  expect(byId).toMatchObject({
    inventoryId: 'inventory-2',
    since: { inventoryId: 'inventory-1', fullInventoryId: 'inventory-1', timestamps: 'unknown' },
  });
  const byDay = JSON.parse((await run('inventory', '--since', '2020-01-01', '--json')).stdout);
  expect(byDay.since).toMatchObject({ updatedSince: '2020-01-01T00:00:00Z', read: 5, moved: 0 });
});

test.each([
  { args: ['--since', 'last'], code: 'unknown_inventory', why: 'before any inventory' },
  { args: ['--since', 'inventory-9'], code: 'unknown_inventory', why: 'of an unknown one' },
  { args: ['--since', 'yesterday'], code: 'usage', why: 'that is no date' },
  { args: ['--since', 'last', '--status', 'open'], code: 'usage', why: 'of other records' },
])('inventory --since $why ends with 2', async ({ args, code }) => {
  const { run } = await firm();
  const ended = await run('inventory', ...args, '--json');
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout)).toMatchObject({ formatVersion: 1, error: { code } });
});

test('a run’s certificate says that its inventory took values over from an earlier one', async () => {
  const { run, folder } = await firm();
  const rules =
    'version: 1\nfields:\n  - { match: Field 101, rule: text, with: { case: upper } }\n';
  writeFileSync(join(folder, 'clio-fields.rules.yaml'), rules);
  await run('inventory');
  await run('inventory', '--since', 'last');
  const { digest } = JSON.parse((await run('plan', '--json')).stdout);
  expect((await run('apply', '--approve', digest)).code).toBe(0);
  const { stdout } = await run('audit', 'run-1');
  expect(stdout).toContain('brought up to date from inventory-1: 0 records read anew');
  expect(stdout).toContain('last read completely: inventory-1');
});
