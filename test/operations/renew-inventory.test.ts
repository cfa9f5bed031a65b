import { describe, expect, onTestFinished, test } from 'vitest';
import type { InventoryHeader } from '../../src/journal/index.ts';
import type { RecordSnapshot } from '../../src/model/field.ts';
import { takeInventory } from '../../src/operations/inventory/inventory.ts';
import { renewInventory, type Since } from '../../src/operations/inventory/renew-inventory.ts';
import type { Account, AccountRecord } from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { aContact, aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const RULES = 'version: 1\nfields:\n  - { match: Court, rule: text, with: { case: upper } }\n';

function court(id: number, changes: Partial<AccountRecord> = {}): AccountRecord {
  return aMatter(id, { rows: [aRow(5_000 + id, 101, `court ${id}`)], ...changes });
}

function courts(count: number): Account {
  return smallAccount({
    definitions: [aDefinition(101, 'text_line', { name: 'Court' })],
    records: [
      ...Array.from({ length: count }, (_, index) => court(index + 1)),
      aContact(1),
      aContact(2),
    ],
  });
}

async function start(account: Account, options: SandboxOptions = {}): Promise<Pipeline> {
  const pipeline = await Pipeline.start(account, options);
  onTestFinished(async () => pipeline.close());
  return pipeline;
}

function full(
  pipeline: Pipeline,
  status: readonly string[] = [],
  now = pipeline.executor.now,
): Promise<InventoryHeader> {
  return takeInventory(
    { ...pipeline.executor, now },
    {
      parents: ['matter', 'contact'],
      fields: [],
      records: [],
      status,
    },
  );
}

function anHourAhead(): Date {
  return new Date(Date.now() + 60 * 60_000);
}

const LAST = { kind: 'last' } as const;

const renew = (pipeline: Pipeline, since: Since = LAST): Promise<InventoryHeader> =>
  renewInventory(pipeline.executor, since);

const recordsOf = ({ journal }: Pipeline, { inventoryId }: InventoryHeader): RecordSnapshot[] => [
  ...journal.inventories.records(inventoryId),
];

function matter(account: Account, id: number): AccountRecord {
  const found = account.records.find(
    (record) => record.id === id && record.parentType === 'Matter',
  );
  if (found === undefined) throw new Error(`no matter ${id}`);
  return found;
}

/** Somebody at work in Clio: the value, and the record's time of change. */
function edit(account: Account, id: number, value: string, at = new Date().toISOString()): void {
  const record = matter(account, id);
  const [row] = record.rows;
  if (row === undefined) throw new Error(`matter ${id} holds nothing`);
  row.value = value;
  record.updatedAt = at;
}

describe('an inventory since another', () => {
  test('holds what a complete one would, and reads only what changed', async () => {
    const account = courts(450);
    const pipeline = await start(account);
    const first = await full(pipeline);
    expect(first.requests).toBeLessThanOrEqual(1 + 3 + 1 + 1);
    edit(account, 7, 'moved');
    edit(account, 300, 'moved too');
    const from = pipeline.sandbox.counters.requests;
    const second = await renew(pipeline);
    // The account; definitions; what changed and how many there are, of matters and of contacts.
    expect(pipeline.sandbox.counters.requests - from).toBe(5);
    expect(second.requests).toBe(5);
    expect(second.since).toMatchObject({ inventoryId: first.inventoryId, read: 2, moved: 2 });
    expect(second.records).toEqual({ matter: 450, contact: 2 });
    expect(recordsOf(pipeline, second)).toEqual(recordsOf(pipeline, await full(pipeline)));
  });

  test('goes on from one that was itself brought up to date, and names the last complete reading', async () => {
    const account = courts(5);
    const pipeline = await start(account);
    const first = await full(pipeline);
    edit(account, 1, 'once');
    await renew(pipeline);
    edit(account, 2, 'twice');
    const third = await renew(pipeline);
    expect(third.since).toMatchObject({
      fullInventoryId: first.inventoryId,
      fullTakenAt: first.takenAt,
      // The margin for late answers reads the first again.
      read: 2,
      moved: 1,
    });
    expect(recordsOf(pipeline, third)).toEqual(recordsOf(pipeline, await full(pipeline)));
  });

  test('is planned like any other: the same rules give the same digest as over a complete one', async () => {
    const account = courts(30);
    const pipeline = await start(account);
    await full(pipeline);
    edit(account, 3, 'another');
    const renewed = await renew(pipeline);
    const whole = await full(pipeline);
    const digests = [renewed, whole].map(({ inventoryId }) => pipeline.planOf(RULES, inventoryId));
    expect(digests[0]?.digest).toBe(digests[1]?.digest);
    expect(digests[0]?.counts.changed).toBe(30);
  });

  test.each([
    { clockSkewMs: 3 * 60 * 60_000, where: 'ahead of ours' },
    { clockSkewMs: -3 * 60 * 60_000, where: 'behind ours' },
  ])('goes by the platform’s clock, three hours $where', async ({ clockSkewMs }) => {
    const account = courts(5);
    const pipeline = await start(account, { clockSkewMs });
    await full(pipeline);
    edit(account, 1, 'moved', new Date(Date.now() + clockSkewMs).toISOString());
    const second = await renew(pipeline);
    expect(second.since).toMatchObject({ read: 1, moved: 1 });
  });

  test('leaves out matters that were closed, and takes in those that were opened, where only open ones are asked for', async () => {
    const account = courts(6);
    matter(account, 6).status = 'Closed';
    const pipeline = await start(account);
    const first = await full(pipeline, ['open']);
    expect(first.records.matter).toBe(5);
    const now = new Date().toISOString();
    matter(account, 2).status = 'Closed';
    matter(account, 2).updatedAt = now;
    matter(account, 6).status = 'Open';
    matter(account, 6).updatedAt = now;
    const second = await renew(pipeline);
    expect(second.since).toMatchObject({ read: 1, left: 1 });
    expect(second.scope).toEqual(first.scope);
    expect(recordsOf(pipeline, second)).toEqual(
      recordsOf(pipeline, await full(pipeline, ['open'])),
    );
  });

  test('shows by the platform’s count that a record is gone, of which no time of change tells', async () => {
    const account = courts(5);
    const pipeline = await start(account);
    await full(pipeline);
    matter(account, 4).access = 'none';
    const { coverage } = await renew(pipeline);
    expect(coverage[0]).toMatchObject({ parentType: 'matter', read: 5, total: 4 });
  });

  test('says that times of change tell, once they told of what this tool wrote', async () => {
    const pipeline = await start(courts(5), { behaviour: { updatedAtMovesOnValueWrite: true } });
    await full(pipeline);
    expect((await renew(pipeline)).since?.timestamps).toBe('unknown');
    pipeline.planOf(RULES);
    await pipeline.apply();
    const renewed = await renew(pipeline);
    expect(renewed.since).toMatchObject({ timestamps: 'tell', moved: 5 });
    expect(recordsOf(pipeline, renewed)).toEqual(recordsOf(pipeline, await full(pipeline)));
  });

  test('says that times of change are silent, where they did not tell of what this tool wrote, and reads that all the same', async () => {
    const pipeline = await start(courts(5), { behaviour: { updatedAtMovesOnValueWrite: false } });
    await full(pipeline);
    pipeline.planOf(RULES);
    await pipeline.apply();
    const renewed = await renew(pipeline);
    expect(renewed.since).toMatchObject({ timestamps: 'silent', moved: 5 });
    expect(recordsOf(pipeline, renewed)).toEqual(recordsOf(pipeline, await full(pipeline)));
    expect((await renew(pipeline)).since?.timestamps).toBe('unknown');
  });

  test('reads what this tool wrote after an earlier one though this machine’s clock was set back in between', async () => {
    const pipeline = await start(courts(5), { behaviour: { updatedAtMovesOnValueWrite: false } });
    await full(pipeline, [], anHourAhead);
    pipeline.planOf(RULES);
    await pipeline.apply();
    const renewed = await renew(pipeline);
    expect(renewed.since).toMatchObject({ moved: 5 });
    expect(recordsOf(pipeline, renewed)).toEqual(recordsOf(pipeline, await full(pipeline)));
  });

  test('reads again what the platform stored instead of what this tool wrote, where no time of change tells of it', async () => {
    const pipeline = await start(courts(5), { behaviour: { updatedAtMovesOnValueWrite: false } });
    await full(pipeline);
    pipeline.planOf(RULES);
    pipeline.sandbox.setFaults([
      { kind: 'altered', on: 'writes', at: [1, 2, 3, 4] },
      { kind: '422', on: 'writes', at: [5] },
    ]);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 0, rejected: 5 });
    const renewed = await renew(pipeline);
    expect(renewed.since).toMatchObject({ timestamps: 'silent', moved: 4 });
    expect(recordsOf(pipeline, renewed)).toEqual(recordsOf(pipeline, await full(pipeline)));
  });

  test('takes no write that the platform refused for one that its times of change are silent about', async () => {
    const pipeline = await start(courts(2), { behaviour: { updatedAtMovesOnValueWrite: false } });
    await full(pipeline);
    pipeline.planOf(RULES);
    pipeline.sandbox.setFaults([{ kind: '422', on: 'writes', at: [1, 2] }]);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ rejected: 2 });
    expect((await renew(pipeline)).since).toMatchObject({ timestamps: 'unknown', read: 0 });
  });

  test('says that times of change are silent, where a value moved under one that did not', async () => {
    const account = courts(5);
    const pipeline = await start(account);
    await full(pipeline);
    const longAgo = matter(account, 1).updatedAt;
    edit(account, 1, 'moved in silence', longAgo);
    const renewed = await renew(pipeline, { kind: 'time', time: longAgo });
    expect(renewed.since).toMatchObject({ timestamps: 'silent', moved: 1 });
    expect((await renew(pipeline)).since?.timestamps).toBe('silent');
  });

  test('a value that changed unseen becomes a conflict, never a wrong write', async () => {
    const account = courts(5);
    const pipeline = await start(account, { behaviour: { updatedAtMovesOnValueWrite: false } });
    await full(pipeline);
    edit(account, 1, 'typed by a person', matter(account, 1).updatedAt);
    await renew(pipeline);
    pipeline.planOf(RULES);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 4, conflict: 1 });
    expect(matter(account, 1).rows[0]?.value).toBe('typed by a person');
  });

  test('refuses a time after the earlier inventory, for what changed in between would be missing', async () => {
    const pipeline = await start(courts(1));
    await full(pipeline);
    const since: Since = { kind: 'time', time: new Date(Date.now() + 60_000).toISOString() };
    await expect(renew(pipeline, since)).rejects.toMatchObject({ code: 'since_too_late' });
  });

  test('refuses to go on from an inventory of another account', async () => {
    const account = courts(3);
    const pipeline = await start(account);
    await full(pipeline);
    account.definitions.splice(0, 1, aDefinition(999, 'text_line', { name: 'Court' }));
    await expect(renew(pipeline)).rejects.toMatchObject({ code: 'other_account' });
  });
});
