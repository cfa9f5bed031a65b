import { describe, expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../src/sandbox/account.ts';
import { contentsOf } from '../e2e/crash-rig.ts';
import {
  aContact,
  aDefinition,
  aMatter,
  anOption,
  aRow,
  smallAccount,
} from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const RULES = `version: 1
fields:
  - { match: Note, rule: text }
  - { match: Remark, rule: text }
  - { match: Court (old), rule: picklist, into: Court, with: { unknown: add-option } }
`;

/** Two matters and a contact of the same id as one of them, and a text that is to be an option. */
function account(): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(101, 'text_line', { name: 'Note' }),
      aDefinition(102, 'text_line', { name: 'Court (old)' }),
      aDefinition(103, 'picklist', { name: 'Court', options: [anOption(9_001, 'Alpha')] }),
      aDefinition(201, 'text_line', { name: 'Remark', parentType: 'Contact' }),
    ],
    records: [
      aMatter(1_001, { rows: [aRow(1, 101, ' a  b '), aRow(2, 102, 'Beta')] }),
      aMatter(1_002, { rows: [aRow(3, 101, ' c  d ')] }),
      aContact(1_001, { rows: [aRow(4, 201, ' e  f ')] }),
    ],
  };
}

/** Stands after the write whose path ends so was done: its answer is lost, and the run stops at that. */
async function startLosing(path: string): Promise<Pipeline> {
  let isLost = false;
  const pipeline = await Pipeline.start(account(), {}, async (input, init) => {
    const answer = await fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (init?.method !== 'PATCH' || isLost || !pathname.endsWith(path)) return answer;
    isLost = true;
    return Response.redirect('https://elsewhere.example.com/', 302);
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES, ['matter', 'contact']);
  const { stopped } = await pipeline.apply();
  expect(stopped?.kind).toBe('platform');
  return pipeline;
}

function choice({ sandbox }: Pipeline): string[] {
  return sandbox.account.definitions.flatMap(({ options }) =>
    options.filter(({ deletedAt }) => deletedAt === null).map(({ option }) => option),
  );
}

describe('a run that stood half way is ended by its rollback', () => {
  test.each([
    { path: '/matters/1002.json', applied: 3, pending: 1, status: 'incomplete' },
    { path: '/contacts/1001.json', applied: 4, pending: 0, status: 'completed' },
    { path: '/custom_fields/103.json', applied: 0, pending: 4, status: 'incomplete' },
  ])(
    'with what was done in a write of which no answer came: $path',
    async ({ path, applied, pending, status }) => {
      const pipeline = await startLosing(path);
      const { sandbox, journal, said } = pipeline;
      const { writes } = sandbox.counters;
      said.length = 0;
      const undone = await pipeline.rollback('run-1');
      expect(contentsOf(sandbox.account)).toEqual(contentsOf(account()));
      expect(choice(pipeline)).toEqual(['Alpha']);
      expect(journal.runs.find('run-1')).toMatchObject({
        status,
        endedAt: expect.any(String),
        counts: { applied, pending },
      });
      expect(undone.run.counts).toMatchObject({ applied, conflict: 0, pending: 0 });
      expect(sandbox.counters.writes - writes, 'what was not done is not sent').toBe(
        undone.run.requests.writes,
      );
      expect(said.some((each) => each.startsWith('run-1 was unfinished'))).toBe(pending > 0);
      expect(journal.runs.unfinished()).toBeNull();
    },
  );

  test.each([
    { what: 'never came to anything', value: ' e  f ', conflict: 0 },
    { what: 'somebody wrote over since', value: 'theirs', conflict: 1 },
  ])('with a write that $what, which the rollback leaves alone', async ({ value, conflict }) => {
    const pipeline = await startLosing('/contacts/1001.json');
    const { sandbox, journal } = pipeline;
    const contact = sandbox.account.records.find(({ parentType }) => parentType === 'Contact');
    const [row] = contact?.rows ?? [];
    if (row === undefined) throw new Error('the stage has no such row');
    row.value = value;
    const before = contentsOf({ ...account(), records: account().records.slice(0, 2) });
    const undone = await pipeline.rollback('run-1');
    const { counts } = journal.runs.find('run-1');
    expect(counts).toMatchObject({ applied: 3, conflict, pending: 1 - conflict });
    expect(undone.run.counts).toMatchObject({ applied: 3, alreadyThere: 0, conflict: 0 });
    expect(contentsOf(sandbox.account)).toEqual({ ...before, '1001/201': value });
  });
});

/** As `startLosing`, of a write that arrives late: right after the next reading of records of its kind was answered. */
async function startDelaying(kind: string, recordId: string): Promise<Pipeline> {
  const underWay: (() => Promise<unknown>)[] = [];
  let isDelayed = false;
  const pipeline = await Pipeline.start(account(), {}, async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (!isDelayed && init?.method === 'PATCH' && pathname.endsWith(`${kind}/${recordId}.json`)) {
      isDelayed = true;
      underWay.push(async () => fetch(input, { ...init, signal: null }));
      return Response.redirect('https://elsewhere.example.com/', 302);
    }
    const answer = await fetch(input, init);
    if (pathname.endsWith(`${kind}.json`)) await underWay.pop()?.();
    return answer;
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES, ['matter', 'contact']);
  const { stopped } = await pipeline.apply();
  expect(stopped?.kind).toBe('platform');
  return pipeline;
}

test.each([
  { kind: 'contacts', recordId: '1001', applied: 4 },
  { kind: 'matters', recordId: '1002', applied: 3 },
])(
  'a write that arrives after its run had ended is waited for, and undone: $kind',
  async ({ kind, recordId, applied }) => {
    const pipeline = await startDelaying(kind, recordId);
    const { sandbox, journal, said } = pipeline;
    const undone = await pipeline.rollback('run-1');
    expect(said.join(), 'why it takes so long').toContain('on its way');
    expect(journal.runs.find('run-1').counts).toMatchObject({ applied });
    expect(undone.run.counts).toMatchObject({ applied });
    expect(contentsOf(sandbox.account)).toEqual(contentsOf(account()));
  },
);

test('a record that is out of sight while its run is ended is told, and restored by a rollback once it can be seen', async () => {
  const pipeline = await startLosing('/contacts/1001.json');
  const { sandbox, journal } = pipeline;
  const contact = sandbox.account.records.find(({ parentType }) => parentType === 'Contact');
  if (contact === undefined) throw new Error('the stage has no such record');
  contact.access = 'none';
  const undone = await pipeline.rollback('run-1');
  expect([...journal.runs.problems('run-1')]).toMatchObject([
    { status: 'noAccess', reason: expect.stringContaining('whether it was written before') },
  ]);
  expect(undone.run.counts, 'it is not passed over').toMatchObject({ applied: 3, noAccess: 1 });
  contact.access = 'write';
  const again = await pipeline.rollback('run-1');
  expect(again.run.counts).toMatchObject({ applied: 1, alreadyThere: 3, noAccess: 0 });
  expect(contentsOf(sandbox.account)).toEqual(contentsOf(account()));
});

test('a record that is hidden when a run goes on is told, with that a write which was not heard of may stand in it', async () => {
  const pipeline = await startLosing('/contacts/1001.json');
  const contact = pipeline.sandbox.account.records.find(
    ({ parentType }) => parentType === 'Contact',
  );
  if (contact === undefined) throw new Error('the stage has no such record');
  contact.access = 'none';
  const { run } = await pipeline.apply();
  expect([...pipeline.journal.runs.problems(run.runId)]).toMatchObject([
    {
      status: 'noAccess',
      reason:
        'the record is gone, or not visible to this user; whether it was written before is not known',
    },
  ]);
});
