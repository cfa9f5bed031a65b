import { afterAll, expect, test } from 'vitest';
import { valueOf, type Definition, type RecordSnapshot } from '../../src/model/field.ts';
import { openPlatform } from '../../src/platforms/index.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { accountFromCsv } from '../../src/sandbox/from-csv.ts';
import { accountFromInventory } from '../../src/sandbox/from-inventory.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';
import { readAccount } from '../support/read-account.ts';

const running: Sandbox[] = [];
afterAll(async () => {
  await Promise.all(running.map((sandbox) => sandbox.close()));
});

interface Inventory {
  readonly definitions: readonly Definition[];
  readonly records: readonly RecordSnapshot[];
}

/** Serves an account and reads all of it through the adapter. */
async function takeInventory(account: Account): Promise<Inventory> {
  const sandbox = await startSandbox(account);
  running.push(sandbox);
  const platform = openPlatform({
    name: 'clio',
    baseUrl: sandbox.baseUrl,
    tokens: { current: () => Promise.resolve(sandbox.token), renew: () => Promise.resolve(null) },
    stop: new AbortController().signal,
  });
  const definitions = await platform.readDefinitions();
  const records: RecordSnapshot[] = [];
  for (const parentType of ['matter', 'contact'] as const) {
    for await (const page of platform.readRecords({ parentType }, definitions)) {
      records.push(...page.records);
    }
  }
  return { definitions, records };
}

/** What two readings must agree on: definitions, and what each record holds for each; not tags, nor the order of rows. */
function essence({ definitions, records }: Inventory): object {
  return {
    definitions: definitions.toSorted((left, right) => Number(left.id) - Number(right.id)),
    records: records.map((record) => ({
      parentType: record.parentType,
      recordId: record.recordId,
      label: record.label,
      values: definitions
        .filter(({ parentType }) => parentType === record.parentType)
        .map(({ id }) => [id, valueOf(record, id)]),
    })),
  };
}

const firm = makeFirm({
  seed: 5,
  matters: 450,
  contacts: 230,
  access: { read: 2, none: 2, redacted: 2, stripped: 2 },
});

test('the fixture firm is read through the API as it stands', async () => {
  expect(essence(await takeInventory(firm))).toEqual(essence(readAccount(firm)));
});

test('a copy of an inventory is read as the original was', async () => {
  const original = await takeInventory(firm);
  const copy = await takeInventory(accountFromInventory(original));
  expect(essence(copy)).toEqual(essence(original));
});

test('a table is read as it stands', async () => {
  const account = accountFromCsv(
    'Client,Loss,Loss\nNotreal,"03/04/2021\n(approx.)",\n"Dum""mond",, x \n',
  );
  const { definitions, records } = await takeInventory(account);
  expect(definitions.map(({ name, fieldType }) => `${name}: ${fieldType}`)).toEqual([
    'Client: text_line',
    'Loss: text_area',
    'Loss (2): text_line',
  ]);
  const shown = records.map((record) =>
    definitions.map(({ id }) => {
      const value = valueOf(record, id);
      return value.state === 'value' ? value.content : value.state;
    }),
  );
  expect(shown).toEqual([
    ['Notreal', '03/04/2021\n(approx.)', 'absent'],
    ['Dum"mond', 'absent', ' x '],
  ]);
});
