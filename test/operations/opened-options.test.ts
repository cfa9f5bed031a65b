import { describe, expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../src/sandbox/account.ts';
import type { Behaviour } from '../../src/sandbox/options.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

/** Alpha is merged into Beta; Old was retired long ago. */
const MERGE = `version: 1
fields:
  - { match: Field 105, rule: picklist, with: { merge: { Beta: [Alpha] }, map: { Old: Beta } } }
`;
const [ALPHA, BETA, OLD, GAMMA] = [9001, 9002, 9003, 9004] as const;

function holding(held: readonly number[]): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(105, 'picklist', {
        options: [
          anOption(ALPHA, 'Alpha'),
          anOption(BETA, 'Beta'),
          anOption(OLD, 'Old', '2020-01-01T00:00:00Z'),
          anOption(GAMMA, 'Gamma'),
        ],
      }),
    ],
    records: held.map((option, index) =>
      aMatter(1_001 + index, { rows: [aRow(10_001 + index, 105, option)] }),
    ),
  };
}

const ADD = `version: 1
fields:
  - { match: Field 104, rule: picklist, into: Field 105, with: { unknown: add-option } }
`;

function writing(texts: readonly string[]): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(104, 'text_line'),
      aDefinition(105, 'picklist', { options: [anOption(GAMMA, 'Gamma')] }),
    ],
    records: texts.map((text, index) =>
      aMatter(1_001 + index, { rows: [aRow(10_001 + index, 104, text)] }),
    ),
  };
}

async function start(
  account: Account,
  restoresOptions: Behaviour['restoresOptions'] = true,
): Promise<Pipeline> {
  const pipeline = await Pipeline.start(account, { behaviour: { restoresOptions } });
  onTestFinished(async () => pipeline.close());
  return pipeline;
}

/** Somebody else chooses Gamma in the matter at this place. */
function chooseGamma({ sandbox }: Pipeline, index: number): void {
  const record = sandbox.account.records[index];
  const row = record?.rows.find(({ definitionId }) => definitionId === 105);
  if (row !== undefined) row.value = GAMMA;
  else record?.rows.push(aRow(20_001 + index, 105, GAMMA));
}

function chooseFirst(pipeline: Pipeline): void {
  chooseGamma(pipeline, 0);
}

function hideFirst({ sandbox }: Pipeline): void {
  const [first] = sandbox.account.records;
  if (first !== undefined) first.access = 'none';
}

function definitionWrites({ sandbox }: Pipeline): number {
  return sandbox.log.filter(
    ({ method, url }) => method === 'PATCH' && url.includes('/custom_fields/'),
  ).length;
}

function options({ sandbox }: Pipeline): string[] {
  return sandbox.account.definitions.flatMap((definition) =>
    definition.options.map(
      ({ option, deletedAt }) => `${option}${deletedAt === null ? '' : ' (retired)'}`,
    ),
  );
}

/** What the picklist of each matter shows. */
function shown({ sandbox }: Pipeline): string[] {
  const [field] = sandbox.account.definitions;
  return sandbox.account.records.map(({ rows }) => {
    const option = field?.options.find(({ id }) => id === rows[0]?.value);
    return `${option?.option}${option?.deletedAt === null ? '' : ' (retired)'}`;
  });
}

function optionEnds({ journal }: Pipeline, runId: string): (readonly unknown[])[] {
  return journal.runs
    .optionOutcomes(runId)
    .map(({ change, status, reason }) => [change.action, change.label, status, reason]);
}

describe.each([true, false])(
  'a rollback, where the platform restores retired options: %s',
  (restoresOptions) => {
    test('opens no retired option for a value that is in conflict, while others are put back', async () => {
      const pipeline = await start(holding([OLD, ALPHA]), restoresOptions);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      chooseGamma(pipeline, 0);
      const undone = await pipeline.rollback(run.runId);
      expect(undone.run.counts).toMatchObject({ applied: 1, conflict: 1 });
      expect(options(pipeline).filter((option) => option.startsWith('Old'))).toEqual([
        'Old (retired)',
      ]);
      expect(optionEnds(pipeline, undone.run.runId)).toMatchObject([
        ['restore', 'Alpha', 'applied', restoresOptions ? null : expect.anything()],
        ['restore', 'Old', 'alreadyThere', null],
        ['retire', 'Old', 'alreadyThere', null],
      ]);
    });

    test('of one record that is in conflict leaves the options that the run retired', async () => {
      const pipeline = await start(holding([ALPHA, ALPHA]), restoresOptions);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      chooseGamma(pipeline, 0);
      const before = [definitionWrites(pipeline), options(pipeline)];
      const { run: undone } = await pipeline.rollback(run.runId, { records: ['1001'] });
      expect(undone.counts).toMatchObject({ conflict: 1 });
      expect([definitionWrites(pipeline), options(pipeline)]).toEqual(before);
      expect(optionEnds(pipeline, undone.runId)).toEqual([
        [
          'restore',
          'Alpha',
          'conflict',
          'no value that could be written needs "Alpha", so it was not restored',
        ],
      ]);
    });

    test('of a whole run brings back an option that the run retired, though its value is in conflict', async () => {
      const pipeline = await start(holding([ALPHA]), restoresOptions);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      chooseGamma(pipeline, 0);
      await pipeline.rollback(run.runId);
      expect(options(pipeline)).toContain('Alpha');
    });
  },
);

describe('an option that is merged into another', () => {
  const KEPT = 'values that could not be changed still hold it';

  test.each<{ what: string; act: (pipeline: Pipeline) => void; reason: string | null }>([
    {
      what: 'goes where somebody else has changed its value since',
      act: chooseFirst,
      reason: null,
    },
    {
      what: 'stays where the platform refuses to change its value',
      act: ({ sandbox }) => sandbox.setFaults([{ kind: '422', on: 'writes', at: [1] }]),
      reason: KEPT,
    },
    {
      what: 'stays where its value is hidden from this sign-in by now',
      act: hideFirst,
      reason: KEPT,
    },
  ])('$what', async ({ act, reason }) => {
    const pipeline = await start(holding([ALPHA, ALPHA]));
    await pipeline.plan(MERGE);
    act(pipeline);
    const { run } = await pipeline.apply();
    expect(run.counts.applied).toBe(1);
    expect(optionEnds(pipeline, run.runId)).toEqual([
      ['retire', 'Alpha', reason === null ? 'applied' : 'conflict', reason],
    ]);
    expect(options(pipeline)).toContain(reason === null ? 'Alpha (retired)' : 'Alpha');
  });
});

test('an option that a run added goes with the rollback, though somebody else has changed one of its values since', async () => {
  const pipeline = await start(writing(['Delta', 'Delta']));
  await pipeline.plan(ADD);
  const { run } = await pipeline.apply();
  chooseGamma(pipeline, 0);
  const undone = await pipeline.rollback(run.runId);
  expect(undone.run.counts).toMatchObject({ applied: 1, conflict: 1 });
  expect(options(pipeline)).toEqual(['Gamma', 'Delta (retired)']);
});

describe('a run that adds options', () => {
  test('adds none for values that are in conflict, and says so', async () => {
    const pipeline = await start(writing(['Delta', 'Epsilon', 'Delta']));
    await pipeline.plan(ADD);
    chooseGamma(pipeline, 0);
    chooseGamma(pipeline, 2);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 1, conflict: 2, rejected: 0 });
    expect(options(pipeline)).toEqual(['Gamma', 'Epsilon']);
    expect(optionEnds(pipeline, run.runId)).toEqual([
      [
        'add',
        'Delta',
        'conflict',
        'no value that could be written needs "Delta", so it was not added',
      ],
      ['add', 'Epsilon', 'applied', null],
    ]);
    await pipeline.rollback(run.runId);
    expect(options(pipeline)).toEqual(['Gamma', 'Epsilon (retired)']);
  });

  test('adds the good ones by themselves where the platform refuses one of them', async () => {
    const pipeline = await Pipeline.start(writing(['Delta', 'Much too long', 'Epsilon', 'Zeta']), {
      behaviour: { optionTextLimit: 8 },
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(ADD);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 3, rejected: 1, pending: 0 });
    expect(options(pipeline)).toEqual(['Gamma', 'Delta', 'Epsilon', 'Zeta']);
    // All together, then each by itself.
    expect(definitionWrites(pipeline)).toBe(5);
    const { run: back } = await pipeline.rollback(run.runId);
    expect(back.counts).toMatchObject({ applied: 3, rejected: 0 });
    expect(options(pipeline)).toEqual([
      'Gamma',
      'Delta (retired)',
      'Epsilon (retired)',
      'Zeta (retired)',
    ]);
  });

  test('writes nothing at all where every value is in conflict', async () => {
    const pipeline = await start(writing(['Delta']));
    await pipeline.plan(ADD);
    chooseGamma(pipeline, 0);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 0, conflict: 1, rejected: 0 });
    expect(pipeline.sandbox.counters.writes).toBe(0);
  });

  test('gives each picklist its own, of the same text too, and takes each back', async () => {
    const two = {
      ...smallAccount(),
      definitions: [
        aDefinition(104, 'text_line'),
        aDefinition(105, 'picklist', { options: [anOption(GAMMA, 'Gamma')] }),
        aDefinition(106, 'text_line'),
        aDefinition(107, 'picklist', { options: [anOption(OLD, 'Old', '2020-01-01T00:00:00Z')] }),
      ],
      records: [
        aMatter(1_001, { rows: [aRow(1, 104, 'Delta'), aRow(2, 106, 'Delta')] }),
        aMatter(1_002, { rows: [aRow(3, 106, 'Epsilon')] }),
      ],
    };
    const pipeline = await start(two);
    const { definitions, records } = pipeline.sandbox.account;
    const [, first, , second] = definitions;
    const texts = (): (string | undefined)[][] =>
      [first, second].map((field) =>
        (field?.options ?? []).flatMap(({ option, deletedAt }) =>
          deletedAt === null ? [option] : [],
        ),
      );
    const other = ADD.split('\n').at(2) ?? '';
    await pipeline.plan(`${ADD}${other.replace('104', '106').replace('105', '107')}\n`);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 3, rejected: 0 });
    expect(texts()).toEqual([
      ['Gamma', 'Delta'],
      ['Delta', 'Epsilon'],
    ]);
    const held = records.flatMap(({ rows }) =>
      rows.flatMap(({ definitionId, value }) => (definitionId === 107 ? [value] : [])),
    );
    expect(held).toEqual(second?.options.slice(1).map(({ id }) => id));
    await pipeline.rollback(run.runId);
    expect(texts()).toEqual([['Gamma'], []]);
  });

  test('writes a field’s options once, though several batches need them', async () => {
    const texts = Array.from({ length: 450 }, (_, index) => `Court ${index % 9}`);
    texts[449] = 'Last Court';
    const pipeline = await start(writing(texts));
    await pipeline.plan(ADD);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 450, rejected: 0 });
    expect(definitionWrites(pipeline)).toBe(1);
  });
});

describe.each([false, 'ignored'] as const)(
  'where the platform brings no retired option back (restoring is %s), a new one takes its place:',
  (restoresOptions) => {
    test('rolled back to and fro, each value comes back each time, those of options retired long before too', async () => {
      const pipeline = await start(holding([ALPHA, OLD]), restoresOptions);
      await pipeline.plan(MERGE);
      let { run } = await pipeline.apply();
      for (const round of [1, 2, 3]) {
        ({ run } = await pipeline.rollback(run.runId));
        expect(shown(pipeline), `round ${round}`).toEqual(['Alpha', 'Old (retired)']);
        ({ run } = await pipeline.rollback(run.runId));
        expect(shown(pipeline), `round ${round}`).toEqual(['Beta', 'Beta']);
        expect(run.counts, `round ${round}`).toMatchObject({ applied: 2, rejected: 0 });
      }
      const made = options(pipeline).filter((option) => option === 'Alpha (retired)');
      expect(made, 'one a round, beside the first').toHaveLength(4);
    });

    test('one for all options of a text that values held, and that one stays', async () => {
      const pipeline = await start(holding([ALPHA, ALPHA]), restoresOptions);
      const [, second] = pipeline.sandbox.account.records;
      await pipeline.plan(MERGE);
      const first = await pipeline.apply();
      for (const row of second?.rows ?? []) row.value = ALPHA;
      await pipeline.rollback(first.run.runId);
      expect(shown(pipeline)).toEqual(['Alpha', 'Alpha (retired)']);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const { run: undone } = await pipeline.rollback(run.runId);
      expect(undone.counts).toMatchObject({ applied: 2, rejected: 0 });
      expect(shown(pipeline)).toEqual(['Alpha', 'Alpha']);
      expect(options(pipeline).filter((option) => option.startsWith('Alpha'))).toEqual([
        'Alpha (retired)',
        'Alpha (retired)',
        'Alpha',
      ]);
    });
  },
);
