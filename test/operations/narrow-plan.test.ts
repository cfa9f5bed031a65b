import { expect, test } from 'vitest';
import type { Change } from '../../src/model/change.ts';
import type { RecordSnapshot } from '../../src/model/field.ts';
import { makePlan, type PlanRequest } from '../../src/operations/plan/plan.ts';
import { errorOf, openJournal } from '../journal/files.ts';
import { NOON, takeInventory } from '../journal/stock.ts';
import { snapshot } from '../support/builders.ts';
import { FIELDS, RECORDS, RULES } from './desk.ts';

/** Days above 12 elsewhere show which way round the dates of all are. */
const TELLING = Array.from({ length: 8 }, (_, index) =>
  snapshot({ recordId: String(1_005 + index), values: { '507': `${20 + index}/4/2019` } }),
);

function plan(
  only: Partial<Pick<PlanRequest, 'fields' | 'records' | 'rulesText'>> = {},
  records: readonly RecordSnapshot[] = [...RECORDS, ...TELLING],
): {
  readonly changes: readonly Change[];
  readonly items: readonly string[];
} {
  const journal = openJournal();
  takeInventory(journal, { records, definitions: FIELDS });
  const request = { rulesText: RULES, rulesFileName: 'rules.yaml', fields: [], records: [] };
  const { planId } = makePlan({ journal, now: () => new Date(NOON) }, { ...request, ...only });
  const changes = [...journal.plans.changes(planId)];
  const flags = [...journal.plans.flags(planId)];
  return {
    changes,
    items: [...changes.map(({ changeId }) => changeId), ...flags.map(({ flagId }) => flagId)],
  };
}

test('a plan of one record holds that record’s changes and flags, judged by the values of all', () => {
  const whole = plan();
  const one = plan({ records: ['1003'] });
  expect(one.items).toEqual(whole.items.filter((id) => id.startsWith('matter:1003:')));
  expect(one.items.length).toBeGreaterThan(1);
  expect(one.changes).toEqual(whole.changes.filter(({ recordId }) => recordId === '1003'));
  const date = one.changes.find(({ changeId }) => changeId === 'matter:1003:506');
  expect(date?.edits[0].after).toEqual({ state: 'value', content: '2019-04-03' });
});

test.each(['Settlement Amount', 'Settlement (old)', '502'])(
  'a plan of one field holds what goes into it or comes out of it, and no more: %s',
  (field) => {
    expect(plan({ fields: [field] }).items).toEqual(['matter:1002:504', 'matter:1003:502']);
  },
);

test('a plan of one of two fields that go into one says what the whole plan says of it', () => {
  const rulesText = `version: 1
fields:
  - { match: Client, rule: currency, into: Settlement Amount, existing: overwrite }
  - { match: Settlement (old), rule: currency, into: Settlement Amount, existing: overwrite }
  - { match: Settlement Amount, rule: currency, with: { decimals: 0 } }
`;
  const records = [
    snapshot({ recordId: '1001', values: { '502': '$200', '504': '1.4', '505': '$100' } }),
    snapshot({ recordId: '1002', values: { '502': '$100', '505': '$100' } }),
  ];
  const [second, target] = [['502'], ['504']].map(
    (fields) => plan({ rulesText, fields }, records).items,
  );
  expect(second).toEqual(['matter:1001:502']);
  expect(target).toEqual(plan({ rulesText }, records).items);
  expect(target).toEqual([
    'matter:1002:504',
    'matter:1001:505',
    'matter:1001:502',
    'matter:1001:504',
  ]);
});

test('a record or a field that is not there is an error, and not an empty plan', () => {
  expect(errorOf(() => plan({ records: ['1003', '77'] }))).toMatchObject({
    code: 'unknown_record',
    message: expect.stringContaining('77'),
  });
  expect(errorOf(() => plan({ fields: ['Cuort'] })).code).toBe('unknown_field');
});
