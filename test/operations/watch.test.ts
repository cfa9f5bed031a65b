import { expect, onTestFinished, test } from 'vitest';
import { Watch } from '../../src/operations/account/watch.ts';
import { takeInventory } from '../../src/operations/inventory/inventory.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const RULES = 'version: 1\nfields:\n  - { match: Court, rule: text }\n';
const SCOPE = { parents: ['matter'], fields: [], records: [], status: [] } as const;

async function start() {
  const account = smallAccount({
    definitions: [aDefinition(101, 'text_line', { name: 'Court' }), aDefinition(102, 'text_line')],
    records: [1, 2, 3].map((id) => aMatter(id, { rows: [aRow(id, 101, ' old mess ')] })),
  });
  const pipeline = await Pipeline.start(account);
  onTestFinished(async () => pipeline.close());
  const watch = new Watch({
    platform: pipeline.executor.platform,
    rules: { text: RULES, fileName: 'rules.yaml' },
    withJournal: (work) => work(pipeline.journal),
    now: () => new Date(),
  });
  await takeInventory(pipeline.executor, SCOPE);
  return { account, pipeline, watch };
}

function type(account: Account, id: number, value: string): void {
  const record = account.records.find((each) => each.id === id);
  const [row] = record?.rows ?? [];
  if (record === undefined || row === undefined) throw new Error(`no matter ${id}`);
  row.value = value;
  record.updatedAt = new Date().toISOString();
}

test('tells a finding once, and again when the value moved on', async () => {
  const { account, watch } = await start();
  expect((await watch.look()).changes).toEqual([]);
  type(account, 1, 'new  mess');
  expect((await watch.look()).changes).toMatchObject([{ recordId: '1' }]);
  expect((await watch.look()).changes).toEqual([]);
  type(account, 1, 'newer  mess');
  expect((await watch.look()).changes).toMatchObject([{ recordId: '1' }]);
  type(account, 1, 'tidy');
  expect((await watch.look()).changes).toEqual([]);
  type(account, 1, 'newer  mess');
  expect((await watch.look()).changes).toMatchObject([{ recordId: '1' }]);
});

test('leaves out what the inventory shows already, though the record changed otherwise', async () => {
  const { account, watch } = await start();
  type(account, 2, ' old mess ');
  expect(await watch.look()).toMatchObject({ records: 1, changes: [] });
});

test('what a failed look would have told, the next one tells', async () => {
  const { account, pipeline, watch } = await start();
  await watch.look();
  type(account, 1, 'new  mess');
  pipeline.sandbox.setFaults([{ kind: 'redirect', on: 'reads', probability: 1 }]);
  await expect(watch.look()).rejects.toMatchObject({ kind: 'unexpectedAnswer' });
  pipeline.sandbox.setFaults([]);
  expect((await watch.look()).changes).toMatchObject([{ recordId: '1' }]);
});

test('compares with a newer inventory as soon as there is one', async () => {
  const { account, pipeline, watch } = await start();
  type(account, 1, 'new  mess');
  await watch.look();
  const { inventoryId } = await takeInventory(pipeline.executor, SCOPE);
  type(account, 2, 'other  mess');
  expect(await watch.look()).toMatchObject({ inventoryId, changes: [{ recordId: '2' }] });
});

test('says with line and column when the fields do not fit the rules any more', async () => {
  const { account, watch } = await start();
  await watch.look();
  account.definitions.splice(0, 1);
  await expect(watch.look()).rejects.toMatchObject({
    code: 'rules_file',
    message: expect.stringContaining('rules.yaml:3:'),
  });
});
