import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runBin } from '../support/bin.ts';
import { smallAccount } from '../support/sandbox.ts';

const RULES = 'version: 1\nfields:\n  - { match: Field 101, rule: text }\n';

/** A firm whose inventory is taken, and in which somebody then typed something untidy. */
async function firm() {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-watch-'));
  writeFileSync(join(folder, 'clio-fields.rules.yaml'), RULES);
  const account = smallAccount();
  const sandbox = await startSandbox(account);
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const run = (args: readonly string[], interruptWhen?: RegExp) =>
    runBin(args, { folder, environment, ...(interruptWhen !== undefined && { interruptWhen }) });
  expect((await run(['inventory'])).code).toBe(0);
  const type = (value: string): void => {
    const [matter] = account.records;
    const [row] = matter?.rows ?? [];
    if (matter === undefined || row === undefined) throw new Error('the firm holds nothing');
    row.value = value;
    matter.updatedAt = new Date().toISOString();
  };
  return { sandbox, folder, run, type };
}

test('watch --once says what came since the inventory, writes nothing anywhere, and ends with 3', async () => {
  const { sandbox, folder, run, type } = await firm();
  expect(await run(['watch', '--once'])).toMatchObject({ code: 0, stdout: '' });
  type(' Zweitens  ');
  const journal = join(folder, '.clio-fields', 'journal.sqlite');
  const before = [statSync(journal).mtimeMs, sandbox.counters.requests];
  const { code, stdout, stderr } = await run(['watch', '--once']);
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^\d{4}-\d\d-\d\d \d\d:\d\d UTC change 00001-Example, Field 101: ·Zweitens·· -> Zweitens \(.+\)\n$/u,
  );
  expect(stderr).toContain('Nothing was written');
  expect(statSync(journal).mtimeMs).toBe(before[0]);
  // The fields, and the matters that changed; contacts have no rules.
  expect(sandbox.counters.requests - (before[1] ?? 0)).toBe(2);
});

test('watch --once --json prints exactly one document', async () => {
  const { run, type } = await firm();
  type(' Zweitens');
  const { code, stdout } = await run(['watch', '--once', '--json']);
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    inventoryId: 'inventory-1',
    changes: [{ recordId: '1', before: ' Zweitens', after: 'Zweitens' }],
    flags: [],
  });
});

test('watch goes on until Ctrl-C, which ends it with 0', async () => {
  const { run, type } = await firm();
  type(' Zweitens');
  const ended = await run(['watch', '--every', '1m'], /Zweitens/u);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('Nothing is written, neither to Clio nor to the journal');
});

test('watch survives a platform in trouble, with a longer pause before the next look', async () => {
  const { sandbox, run } = await firm();
  sandbox.setFaults([{ kind: 'redirect', on: 'reads', probability: 1 }]);
  const ended = await run(['watch', '--every', '1m'], /Next look in/u);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('Next look in 2 min');
});

test('watch ends with 5 where the sign-in is no good any more', async () => {
  const { sandbox, run } = await firm();
  sandbox.setFaults([{ kind: '401-for-good', on: 'reads', probability: 1 }]);
  expect((await run(['watch'])).code).toBe(5);
});

test('watch without an inventory, and too often, ends with 2', async () => {
  const { run, folder } = await firm();
  expect((await run(['watch', '--every', '10s'])).code).toBe(2);
  const fresh = await run(['watch', '--journal', join(folder, 'none.sqlite')]);
  expect(fresh.code).toBe(2);
});
