import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Account } from '../../src/sandbox/account.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { newFolder, openJournal } from '../journal/files.ts';
import { beginRun, makePlan, takeInventory } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { change, outcome, snapshot } from '../support/builders.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';

const SECRET = 'Zyxwvutsrq';
const LONG_AGO = '2020-03-31T09:00:00.000Z';

/** A folder whose journal holds one run of long ago; an unfinished one where that is asked for. */
function oldRun({ isFinished = true } = {}): { readonly folder: string; readonly file: string } {
  const folder = newFolder();
  const file = join(folder, '.clio-fields', 'journal.sqlite');
  const journal = openJournal(file, { now: () => new Date(LONG_AGO) });
  const records = [snapshot({ label: SECRET, values: { '501': SECRET } })];
  const inventoryId = takeInventory(journal, { records, takenAt: LONG_AGO });
  const changes = [change({ before: SECRET, recordLabel: SECRET })];
  const plan = makePlan(journal, { inventoryId, changes, createdAt: LONG_AGO });
  const runId = beginRun(journal, plan, LONG_AGO);
  if (isFinished) {
    journal.runs.settle(
      runId,
      changes.map((each) => outcome(each)),
    );
    journal.runs.finish(runId, { status: 'completed', endedAt: LONG_AGO });
  }
  journal.close();
  return { folder, file };
}

test('purge shows what would go, wants a yes, deletes it, and leaves the certificate', async () => {
  const { folder, file } = oldRun();
  const dry = await runBin(['purge', '--older-than', '90d', '--dry-run', '--json'], { folder });
  expect(dry.code).toBe(0);
  expect(JSON.parse(dry.stdout)).toMatchObject({
    isPurged: false,
    inventoryIds: ['inventory-1'],
    planIds: ['plan-1'],
    runIds: ['run-1'],
    noLongerRolledBack: [{ runId: 'run-1', applied: 1 }],
  });
  const unasked = await runBin(['purge', '--before', '2020-04-01'], { folder });
  expect(unasked.code).toBe(2);
  expect(unasked.stdout).toContain('Can then no longer be rolled back');
  expect(unasked.stdout.replaceAll(/\s+/gu, ' ')).toContain(
    'Set order (dates) and locale (amounts)',
  );
  expect(unasked.stderr).toContain('--yes');
  expect(readFileSync(file, 'latin1')).toContain(SECRET);

  const purged = await runBin(['purge', '--before', '2020-04-01', '--yes'], { folder });
  expect(purged.code).toBe(0);
  expect(readFileSync(file, 'latin1')).not.toContain(SECRET);
  const audit = await runBin(['audit', 'run-1', '--json'], { folder });
  expect(audit.code).toBe(0);
  expect(JSON.parse(audit.stdout)).toMatchObject({
    chain: { holds: true },
    run: { counts: { applied: 1 } },
    purgedAt: expect.any(String),
  });
  const rollback = await runBin(['rollback', 'run-1', '--dry-run', '--json'], { folder });
  expect(JSON.parse(rollback.stdout).error.code).toBe('purged');

  const again = await runBin(['purge', '--before', '2020-04-01'], { folder });
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('Nothing in the journal');
});

test('of all that a journal took in, with rules, options, refusals and a rollback, no word of a client is left', async () => {
  const held = [
    ['Zyxadded', 'Zyxdate'],
    ['alpha', '3/4/2019'],
    ['Zyxmapped', '25/4/2019'],
    ['Zyxflagged?', 'Zyx 1/2/2020'],
  ] as const;
  const account: Account = {
    ...smallAccount(),
    definitions: [
      aDefinition(104, 'text_line'),
      aDefinition(105, 'picklist', { options: [anOption(9001, 'Alpha')] }),
      aDefinition(106, 'text_line'),
      aDefinition(107, 'date'),
    ],
    records: held.map(([text, date], index) =>
      aMatter(1_001 + index, {
        label: `Zyxlabel-${index}`,
        rows: [aRow(10_001 + index, 104, text), aRow(20_001 + index, 106, date)],
      }),
    ),
  };
  const sandbox = await startSandbox(account, {
    faults: [{ kind: '422', on: 'writes', at: [3] }],
  });
  onTestFinished(async () => sandbox.close());
  const folder = newFolder();
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const bin = async (...args: string[]): Promise<unknown> =>
    JSON.parse((await runBin([...args, '--json'], { folder, environment })).stdout);
  writeFileSync(
    join(folder, 'clio-fields.rules.yaml'),
    `version: 1 # Zyxcomment
fields:
  - { match: Field 104, rule: picklist, into: Field 105, with: { unknown: add-option, map: { Zyxmapped: Alpha } } }
  - { match: Field 106, rule: date, into: Field 107 }
`,
  );
  await bin('inventory');
  const plan = z.object({ digest: z.string() }).parse(await bin('plan'));
  await bin('apply', '--approve', plan.digest);
  await bin('inventory');
  await bin('report', 'run-1', '--upload', '--record', '1001', '--what', 'diff', '--yes');
  await bin('rollback', 'run-1');
  const file = join(folder, '.clio-fields', 'journal.sqlite');
  for (const word of ['added', 'label', 'mapped', 'flagged', 'date', 'comment'])
    expect(readFileSync(file, 'latin1')).toContain(`Zyx${word}`);
  expect(await bin('purge', '--older-than', '0d', '--yes')).toMatchObject({ isPurged: true });
  const left = readdirSync(join(folder, '.clio-fields')).map((name) =>
    readFileSync(join(folder, '.clio-fields', name), 'latin1'),
  );
  expect(left.join('').match(/Zyx\w*/gu)).toBeNull();
  for (const runId of ['run-1', 'run-2'])
    expect(await bin('audit', runId)).toMatchObject({ chain: { holds: true } });
});

test('purge leaves all as it is while an old run is unfinished', async () => {
  const { folder, file } = oldRun({ isFinished: false });
  for (const args of [['--yes'], ['--dry-run']]) {
    const ended = await runBin(['purge', '--older-than', '1y', ...args, '--json'], { folder });
    expect(ended.code).toBe(4);
    expect(JSON.parse(ended.stdout).error.code).toBe('unfinished_run');
  }
  expect(readFileSync(file, 'latin1')).toContain(SECRET);
});

test.each([
  [['purge', '--yes'], 'usage'],
  [['purge', '--older-than', '90', '--yes'], 'usage'],
  [['purge', '--before', '2026-02-30', '--yes'], 'usage'],
  [['purge', '--before', '2020-01-01', '--older-than', '1d', '--yes'], 'usage'],
  [['purge', '--before', '9999-01-01', '--yes'], 'future_date'],
])('%j is refused', async (args, code) => {
  const { folder } = oldRun();
  const ended = await runBin([...args, '--json'], { folder });
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout).error.code).toBe(code);
});
