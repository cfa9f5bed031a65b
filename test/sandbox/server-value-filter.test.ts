import { describe, expect, it } from 'vitest';
import type { AccountRow } from '../../src/sandbox/account.ts';
import { aContact, aMatter, aRow, smallAccount, startTestSandbox } from '../support/sandbox.ts';

describe('custom_field_values[<definition>] lists the records whose value', () => {
  it.each([
    ['is a text, to the letter', 101, '=Smith, [sic] = Co', [1]],
    ['is another text', 101, '=smith, [sic] = co', []],
    ['is an option, by its id', 107, '=902', [2]],
    ['is a checkbox that is set', 106, '=true', [1]],
    ['is a checkbox that is not set, but never one without a value', 106, '=false', [2]],
    ['is an e-mail address', 108, '=pat@example.com', [1]],
    ['is a web address', 109, '=https://example.com/a', [2]],
    ['is a contact', 111, '=1', [1]],
    ['is a matter', 112, '=2', [1]],
    ['is an amount, however it is written', 103, '=9.50', [1]],
    ['is a larger amount, by number and not by text', 103, '>=9.6', [2]],
    ['is a smaller amount', 103, '<10', [1]],
    ['is between two amounts', 103, '[<=50, >=9.5]', [1]],
    ['is between two amounts, without a space', 103, '[<500,>9.5]', [2]],
    ['is a later day', 105, '>2024-01-01', [2]],
    ['is that day or an earlier one', 105, '<=2024-01-01', [1]],
    ['is a time, with or without seconds', 110, '=09:30:00', [1]],
    ['is a later time', 110, '>09:30', [2]],
  ] as const)('%s', async (_case, definition, condition, ids) => {
    const { get } = await startTestSandbox(accountOfValues());
    const { items, body } = await get('/matters', {
      fields: 'id',
      [`custom_field_values[${definition}]`]: condition,
    });
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(body['meta']).toMatchObject({ records: ids.length });
  });

  it('meets every condition', async () => {
    const { get } = await startTestSandbox(accountOfValues());
    const both = { fields: 'id', 'custom_field_values[106]': '=true' };
    const { items } = await get('/matters', { ...both, 'custom_field_values[103]': '<10' });
    expect(items).toEqual([{ id: 1 }]);
    const none = await get('/matters', { ...both, 'custom_field_values[103]': '>10' });
    expect(none.items).toEqual([]);
  });

  it('is seen: what is redacted or stripped does not show by being listed', async () => {
    const rows = [aRow(7, 101, 'x')];
    const { get } = await startTestSandbox(
      smallAccount({
        records: [
          aMatter(1, { rows }),
          aMatter(2, { access: 'redacted', rows }),
          aMatter(3, { access: 'stripped', rows }),
          aMatter(4, { access: 'none', rows }),
        ],
      }),
    );
    const { items } = await get('/matters', { fields: 'id', 'custom_field_values[101]': '=x' });
    expect(items).toEqual([{ id: 1 }]);
  });

  it('is a contact’s alike', async () => {
    const { get } = await startTestSandbox();
    const query = { fields: 'id', 'custom_field_values[113]': '=a note' };
    expect((await get('/contacts', query)).items).toEqual([{ id: 1 }]);
  });

  it('is paged like any other list', async () => {
    const records = Array.from({ length: 5 }, (_, index) =>
      aMatter(index + 1, { rows: [aRow(index + 1, 103, String(index + 1))] }),
    );
    const { get, send, token } = await startTestSandbox(smallAccount({ records }));
    const first = await get('/matters', {
      fields: 'id',
      limit: 2,
      'custom_field_values[103]': '>2',
    });
    expect(first.items).toEqual([{ id: 3 }, { id: 4 }]);
    const last = await send('GET', first.next ?? '', { Authorization: `Bearer ${token}` });
    expect([last.items, last.next]).toEqual([[{ id: 5 }], null]);
  });
});

describe('custom_field_values[<definition>] is refused with 400', () => {
  it.each([
    ['an operator that a text does not support', '[101]', '>a'],
    ['an operator that an option does not support', '[107]', '>=901'],
    ['an operator that a checkbox does not support', '[106]', '<true'],
    ['several conditions on a text', '[101]', '[=a, =b]'],
    ['no operator', '[103]', '105.4'],
    ['an operator that does not exist', '[103]', '!=5'],
    ['no operand', '[101]', '='],
    ['an option by its text', '[107]', '=North'],
    ['an amount that is none', '[103]', '=$5'],
    ['a day that does not exist', '[105]', '=2023-02-29'],
    ['a day in another form', '[105]', '>01/31/2024'],
    ['a time that does not exist', '[110]', '=24:00'],
    ['a checkbox by another word', '[106]', '=yes'],
    ['one condition of several that does not fit', '[103]', '[>=1, <=x]'],
    ['an unknown definition', '[999]', '=x'],
    ['a definition of contacts', '[113]', '=x'],
    ['a definition by its name', '[Field 101]', '=x'],
    ['no definition', '', '=x'],
  ])('for %s', async (_case, definition, condition) => {
    const { get } = await startTestSandbox();
    const { status, error } = await get('/matters', {
      [`custom_field_values${definition}`]: condition,
    });
    expect([status, error]).toEqual([400, expect.stringMatching(/^ArgumentError: /)]);
  });
});

const accountOfValues = () => {
  const values: readonly (readonly [number, AccountRow['value'], AccountRow['value']])[] = [
    [101, 'Smith, [sic] = Co', 'other'],
    [103, '9.5', '100'],
    [105, '2024-01-01', '2024-01-02'],
    [106, true, false],
    [107, 901, 902],
    [108, 'pat@example.com', null],
    [109, null, 'https://example.com/a'],
    [110, '09:30', '10:00:01'],
    [111, 1, 2],
    [112, 2, 1],
  ];
  return smallAccount({
    records: [
      aMatter(1, { rows: values.map(([id, value]) => aRow(id, id, value)) }),
      aMatter(2, { rows: values.map(([id, , value]) => aRow(id + 100, id, value)) }),
      aMatter(3, { rows: values.map(([id]) => aRow(id + 200, id, null)) }),
      aMatter(4),
      aContact(1),
      aContact(2),
    ],
  });
};
