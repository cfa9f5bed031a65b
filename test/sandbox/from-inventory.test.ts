import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { ABSENT, BLANK, UNREAD, type RecordSnapshot } from '../../src/model/field.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { accountFromInventory } from '../../src/sandbox/from-inventory.ts';
import { definition, picklist, snapshot } from '../support/builders.ts';
import { readAccount } from '../support/read-account.ts';

const COURT = definition({ id: '501', name: 'Court' });
const LOSS = definition({ id: '502', name: 'Date of Loss', fieldType: 'date' });

describe('a copy of an inventory', () => {
  test('holds what was read, under the same ids, names and labels', () => {
    const account = accountFromInventory({
      definitions: [COURT, { ...LOSS, required: true, deleted: true }],
      records: [
        snapshot({
          recordId: '1608000011',
          label: '00007-Dummond',
          values: {
            501: { state: 'value', valueId: 'text_line-109328069', content: 'SDNY' },
            502: { state: 'blank', valueId: 'date-1372717531' },
          },
        }),
      ],
    });
    expect(account.definitions).toMatchObject([
      {
        id: 501,
        name: 'Court',
        parentType: 'Matter',
        fieldType: 'text_line',
        required: false,
        deleted: false,
      },
      { id: 502, name: 'Date of Loss', fieldType: 'date', required: true, deleted: true },
    ]);
    expect(account.records).toMatchObject([
      {
        id: 1608000011,
        parentType: 'Matter',
        label: '00007-Dummond',
        access: 'write',
        rows: [
          { id: 109328069, definitionId: 501, value: 'SDNY' },
          { id: 1372717531, definitionId: 502, value: null },
        ],
      },
    ]);
  });

  test('keeps options, retired ones too, under their ids', () => {
    const field = picklist(['SDNY', { label: 'Old court', retired: true }]);
    const [copied] = accountFromInventory({ definitions: [field], records: [] }).definitions;
    expect(copied?.options).toMatchObject([
      { id: 9001, option: 'SDNY', deletedAt: null },
      { id: 9002, option: 'Old court', deletedAt: expect.any(String) },
    ]);
  });

  test.each([
    ['picklist', '9001', 9001],
    ['contact', '77', 77],
    ['matter', '1002', 1002],
    ['checkbox', 'true', true],
    ['checkbox', 'false', false],
    ['currency', '-1234.5', '-1234.5'],
    ['numeric', '3', '3'],
    ['date', '2026-01-05', '2026-01-05'],
    ['time', '14:30', '14:30'],
    ['text_area', 'two\nlines ', 'two\nlines '],
  ] as const)(
    'turns the content of a %s, %j, into what Clio holds: %j',
    (fieldType, content, value) => {
      const account = accountFromInventory({
        definitions: [definition({ fieldType })],
        records: [snapshot({ values: { 501: content } })],
      });
      expect(account.records[0]?.rows[0]?.value).toBe(value);
    },
  );

  test('sorts matters, then contacts, each by id', () => {
    const account = accountFromInventory({
      definitions: [],
      records: [
        snapshot({ parentType: 'contact', recordId: '3' }),
        snapshot({ recordId: '10' }),
        snapshot({ recordId: '9' }),
      ],
    });
    expect(account.records.map(({ parentType, id }) => `${parentType} ${id}`)).toEqual([
      'Matter 9',
      'Matter 10',
      'Contact 3',
    ]);
  });

  test('takes records from a stream that can be read once', () => {
    const stream = [snapshot({ recordId: '1' }), snapshot({ recordId: '2' })].values();
    expect(accountFromInventory({ definitions: [COURT], records: stream }).records).toHaveLength(2);
  });

  test('is refused for an inventory whose ids are not numbers', () => {
    expect(() =>
      accountFromInventory({ definitions: [definition({ id: 'cf_12' })], records: [] }),
    ).toThrow(UserError);
    expect(() =>
      accountFromInventory({ definitions: [], records: [snapshot({ recordId: '9'.repeat(20) })] }),
    ).toThrow('it holds the id "99999999999999999999"');
  });
});

describe('what an inventory could not read', () => {
  test('is redacted where nothing of a record was read', () => {
    const closed = snapshot({ recordId: '1', unlisted: 'unread' });
    const open = snapshot({ recordId: '2', values: { 501: 'SDNY' } });
    const account = accountFromInventory({ definitions: [COURT], records: [closed, open] });
    expect(account.records.map(({ access }) => access)).toEqual(['redacted', 'write']);
  });

  test('closes a whole record where one of its values was hidden, under numbers that no other row has', () => {
    const partly = snapshot({ recordId: '1', values: { 501: 'SDNY', 502: UNREAD } });
    const open = snapshot({ recordId: '2', values: { 501: 'SDNY', 502: '2026-01-05' } });
    const account = accountFromInventory({ definitions: [COURT, LOSS], records: [partly, open] });
    expect(account.records.map(({ access }) => access)).toEqual(['stripped', 'write']);
    const hidden = account.records[0]?.rows.find(({ definitionId }) => definitionId === 502);
    const others = account.records.flatMap(({ rows }) => rows).filter((row) => row !== hidden);
    expect(hidden).toMatchObject({ value: null });
    expect(others.every(({ id }) => id < (hidden?.id ?? 0))).toBe(true);
  });

  test('leaves out the fields that it was not asked for, and keeps the rest open', () => {
    const filtered = [ABSENT, BLANK].map((court, index) =>
      snapshot({ recordId: String(index + 1), values: { 501: court }, unlisted: 'unread' }),
    );
    const account = accountFromInventory({ definitions: [COURT, LOSS], records: filtered });
    expect(account.definitions.map(({ name }) => name)).toEqual(['Court']);
    expect(account.records.map(({ access }) => access)).toEqual(['write', 'write']);
  });
});

test('the fixture firm, read and copied, is the same firm', () => {
  const firm = makeFirm({
    seed: 3,
    matters: 120,
    contacts: 40,
    access: { redacted: 2, stripped: 2 },
  });
  const { definitions, records } = readAccount(firm);
  const copy = readAccount(accountFromInventory({ definitions, records }));
  expect(copy.definitions).toEqual(definitions);
  expect(copy.records.map(plain)).toEqual(records.map(plain));
});

function plain({ values, ...record }: RecordSnapshot): object {
  return { ...record, values: Object.fromEntries(values) };
}
