import { expect, onTestFinished, test } from 'vitest';
import { takeInventory } from '../../src/operations/inventory/inventory.ts';
import { renewInventory } from '../../src/operations/inventory/renew-inventory.ts';
import { explainField } from '../../src/operations/rules/explain.ts';
import { coverageInWords } from '../../src/report/coverage.ts';
import { aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const DATES = 'version: 1\nfields:\n  - { match: Loss, rule: date, with: { order: infer } }\n';
const AMOUNTS = 'version: 1\nfields:\n  - { match: Paid, rule: currency }\n';
const ONLY_A_PART = 'only a part of this field was read';

/** Closed matters of one office, month first; open ones of another, day first. The last one is open, and can be read both ways. */
async function twoOffices() {
  const closed = Array.from({ length: 12 }, (_, at) => [
    `0${(at % 9) + 1}/${13 + at}/2018`,
    '1,234.50',
  ]);
  const open = [
    ['14/01/2019', '1.234,50'],
    ['15/02/2019', '2.500,75'],
    ['16/03/2019', '3.000,10'],
    ['03/04/2019', '1.000'],
  ];
  const account = smallAccount({
    definitions: [
      aDefinition(101, 'text_line', { name: 'Loss' }),
      aDefinition(102, 'text_line', { name: 'Paid' }),
    ],
    records: [...closed, ...open].map(([loss = '', paid = ''], at) =>
      aMatter(at + 1, {
        status: at < closed.length ? 'Closed' : 'Open',
        rows: [aRow(500 + at, 101, loss), aRow(600 + at, 102, paid)],
      }),
    ),
  });
  const pipeline = await Pipeline.start(account);
  onTestFinished(async () => pipeline.close());
  const { journal, executor } = pipeline;
  return {
    pipeline,
    read: (
      only: { readonly records?: readonly string[]; readonly status?: readonly string[] } = {},
    ) =>
      takeInventory(executor, {
        parents: ['matter'],
        fields: [],
        records: [],
        status: [],
        ...only,
      }),
    renew: () => renewInventory(executor, { kind: 'last' }),
    /** What becomes of the value that can be read both ways. */
    lastOf: (rulesText: string): string => {
      const { planId } = pipeline.planOf(rulesText);
      const filter = { recordIds: ['16'] };
      const [flag] = journal.plans.flags(planId, filter);
      const [change] = journal.plans.changes(planId, filter);
      return flag?.reason ?? `changed to ${change?.edits[0].afterText}`;
    },
    correct: (recordId: number, value: string): void => {
      const record = account.records.find(({ id }) => id === recordId);
      const row = record?.rows.at(0);
      if (record === undefined || row === undefined) throw new Error(`no matter ${recordId}`);
      row.value = value;
      record.updatedAt = new Date().toISOString();
    },
  };
}

test.each([
  { only: { status: ['open'] }, words: 'only open matters were asked for' },
  {
    only: { records: ['13', '14', '15', '16'] },
    words: 'only 4 records named with --record were asked for',
  },
])(
  'a part of a field decides nothing that its other values may speak against: $words',
  async ({ only, words }) => {
    const { pipeline, read, renew, lastOf } = await twoOffices();
    const narrowed = await read(only);
    for (const inventory of [narrowed, await renew()]) {
      const [coverage] = inventory.coverage;
      expect(coverage === undefined ? '' : coverageInWords(coverage)).toContain(words);
      expect(lastOf(DATES)).toBe(
        `${ONLY_A_PART}, so its order of day and month is not known: set order in the rules file, or take a whole inventory`,
      );
      expect(lastOf(AMOUNTS)).toContain(ONLY_A_PART);
    }
    const plan = pipeline.planOf(DATES);
    expect(plan.counts).toMatchObject({ changed: 3, flagged: 1 });
    expect(plan.fields[0]?.evidence[0]).toMatch(/^in the part of it that was read: day first/u);
    expect(lastOf(DATES.replace('infer', 'DMY'))).toBe('changed to 2019-04-03');
    const explained = explainField(pipeline.journal, {
      field: 'Loss',
      inventoryId: undefined,
      rules: { text: DATES, fileName: 'rules.yaml' },
    });
    expect(explained.values).toMatchObject({ changed: 3, flagged: 1 });
  },
);

test('a part of a field is decided by an earlier inventory of all of it', async () => {
  const { read, lastOf, pipeline, correct } = await twoOffices();
  await read();
  await read({ status: ['open'] });
  expect(lastOf(DATES)).toContain('12 values of this field can only be month first');
  for (const id of [13, 14, 15]) correct(id, '2019-01-14');
  await read();
  await read({ status: ['open'] });
  expect(lastOf(DATES)).toBe('changed to 2019-03-04');
  expect(pipeline.planOf(DATES).fields[0]?.evidence[0]).toContain('month first: 12 values');
});

test('what somebody put right since the complete reading contradicts still', async () => {
  const { read, renew, lastOf, correct } = await twoOffices();
  await read();
  const contradiction =
    'contradicts itself: 12 values of this field can only be month first, 3 cannot';
  expect(lastOf(DATES)).toContain(contradiction);
  for (const id of [13, 14, 15]) correct(id, '2019-01-14');
  await renew();
  expect(lastOf(DATES)).toContain(contradiction);
});
