import { expect, test } from 'vitest';
import { BLANK } from '../../src/model/field.ts';
import { PlanDigest } from '../../src/operations/plan/digest.ts';
import { change, flag, guard, newOption } from '../support/builders.ts';

interface Parts {
  readonly origin?: string;
  readonly changes?: readonly ReturnType<typeof change>[];
  readonly flags?: readonly ReturnType<typeof flag>[];
  readonly options?: readonly ReturnType<typeof newOption>[];
}

function digestOf({
  origin = 'https://app.clio.com',
  changes = [change({ guards: [guard()] })],
  flags = [flag()],
  options = [newOption('NDNY')],
}: Parts): string {
  const digest = new PlanDigest(origin);
  for (const each of changes) digest.change(each);
  for (const each of flags) digest.flag(each);
  for (const each of options) digest.optionChange(each);
  return digest.hex();
}

const ALIKE = { guards: [guard()] };

test.each<readonly [string, Parts]>([
  ['another account', { origin: 'https://eu.app.clio.com' }],
  ['another record', { changes: [change({ ...ALIKE, recordId: '1002' })] }],
  ['another field', { changes: [change({ ...ALIKE, definitionId: '502' })] }],
  ['another value before', { changes: [change({ ...ALIKE, before: 'sdny ' })] }],
  ['another value after', { changes: [change({ ...ALIKE, after: 'EDNY' })] }],
  ['an empty row in place of none', { changes: [change({ ...ALIKE, before: BLANK })] }],
  ['no guard', { changes: [change()] }],
  ['a guard of another value', { changes: [change({ guards: [guard({ expected: 'other' })] })] }],
  ['another flagged value', { flags: [flag({ value: 'other' })] }],
  ['another reason of a flag', { flags: [flag({ reason: 'other' })] }],
  ['no flag', { flags: [] }],
  ['another new option', { options: [newOption('WDNY')] }],
  ['no new option', { options: [] }],
  ['a change twice', { changes: [change(ALIKE), change(ALIKE)] }],
])('what was approved is another plan with %s', (_, parts) => {
  expect(digestOf(parts)).not.toBe(digestOf({}));
  expect(digestOf(parts)).toBe(digestOf(parts));
});

test('names, labels and the reason of a change do not count', () => {
  const renamed = change({ ...ALIKE, recordLabel: 'Other', reason: 'other' });
  expect(digestOf({ changes: [renamed] })).toBe(digestOf({}));
});
