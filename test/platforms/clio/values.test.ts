import { describe, expect, test } from 'vitest';
import type { Content, Definition, FieldType, RecordSnapshot } from '../../../src/model/field.ts';
import { ABSENT, BLANK, UNREAD, valueOf } from '../../../src/model/field.ts';
import type { RecordQuery, WriteAnswer } from '../../../src/platforms/types.ts';
import { definition, snapshot } from '../../support/builders.ts';
import { ScriptedClio, sendJson, sendPage } from './scripted-clio.ts';
import type { Received } from './scripted-clio.ts';

const COURT = definition({ id: '501', name: 'Court' });
const NOTES = definition({ id: '502', name: 'Notes', fieldType: 'text_area' });
const TWIN = definition({ id: '503', name: 'Court' });

/** A row as Clio lists it; `undefined` leaves a key out. */
function row(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 'text_line-9',
    field_name: 'Court',
    field_type: 'text_line',
    value: 'sdny',
    custom_field: { id: 501 },
    ...overrides,
  };
}

function matter(id: number, values: unknown): Record<string, unknown> {
  return { id, display_number: String(id), custom_field_values: values };
}

async function readOne(
  values: unknown,
  definitions: readonly Definition[] = [COURT, NOTES],
  query: Partial<RecordQuery> = {},
): Promise<RecordSnapshot> {
  await using clio = await ScriptedClio.start((_, response) => {
    sendPage(response, [
      { id: 11, etag: '"e"', display_number: '011', custom_field_values: values },
    ]);
  });
  for await (const page of clio
    .open()
    .readRecords({ parentType: 'matter', ...query }, definitions)) {
    const [record] = page.records;
    if (record !== undefined) return record;
  }
  throw new Error('no record was read');
}

describe('what a record holds', () => {
  test('is a value where the row has one', async () => {
    const record = await readOne([row()]);
    expect(record).toMatchObject({ recordId: '11', label: '011', etag: '"e"', unlisted: 'absent' });
    expect(valueOf(record, '501')).toEqual({
      state: 'value',
      valueId: 'text_line-9',
      content: 'sdny',
    });
  });

  const states: readonly (readonly [string, unknown[], object])[] = [
    ['blank where a row has null', [row({ value: null })], { ...BLANK, valueId: 'text_line-9' }],
    ['blank where a row has ""', [row({ value: '' })], { ...BLANK, valueId: 'text_line-9' }],
    ['absent where the entry has no id', [row({ id: null, value: null })], ABSENT],
    ['absent where there is no entry', [], ABSENT],
    ['unread where the value is left out', [row({ value: undefined })], UNREAD],
    [
      'unread where a row has an id and an owner only',
      [{ id: 'text_line-9', custom_field: { id: 501 } }],
      UNREAD,
    ],
    [
      'unread where name, type and value are null',
      [row({ field_name: null, field_type: null, value: null })],
      UNREAD,
    ],
    ['unread where the value is a shape that nobody knows', [row({ value: { a: 1 } })], UNREAD],
    ['unread where two rows claim the same field', [row(), row({ id: 'text_line-10' })], UNREAD],
    ['white space, which is a value', [row({ value: ' ' })], { state: 'value', content: ' ' }],
  ];
  for (const [name, values, expected] of states) {
    test(`is ${name}`, async () => {
      expect(valueOf(await readOne(values), '501')).toMatchObject(expected);
    });
  }

  test.each([
    ['$1,234.50', '1234.5'],
    ['-$1,234,567', '-1234567'],
    ['1,234.00', '1234'],
    ['$5', '5'],
    ['1,234', '1,234'],
    ['1.234,50', '1.234,50'],
    ['$12,34.50', '$12,34.50'],
    ['€5.00', '€5.00'],
  ])(
    'is a plain number where an amount is shown as %s and that has one reading',
    async (shownAs, content) => {
      const amount = definition({ id: '504', name: 'Amount', fieldType: 'currency' });
      const shown = {
        id: 'currency-9',
        field_name: 'Amount',
        field_type: 'currency',
        custom_field: { id: 504 },
      };
      expect(valueOf(await readOne([{ ...shown, value: shownAs }], [amount]), '504')).toMatchObject(
        {
          content,
        },
      );
    },
  );

  test.each([
    ['4111111111111111', '4111111111111111'],
    ['1234567890123.45', '1234567890123.45'],
    ['-0.001', '-0.001'],
    // Longer than JavaScript keeps: the answer may have held another number.
    ['12345678901234567890', null],
    ['9007199254740993', null],
    ['12345678901234.567', null],
  ])('is the number %s only where no digit of it can be lost', async (sent, content) => {
    const count = definition({ id: '505', name: 'Count', fieldType: 'numeric' });
    const shown = {
      id: 'numeric-9',
      field_name: 'Count',
      field_type: 'numeric',
      custom_field: { id: 505 },
    };
    const read = valueOf(await readOne([{ ...shown, value: Number(sent) }], [count]), '505');
    expect(read).toMatchObject(content === null ? UNREAD : { state: 'value', content });
  });

  test('is unread in every field where rows come back as bare ids', async () => {
    const record = await readOne([{ id: 'text_line-9' }]);
    expect(valueOf(record, '501')).toEqual(UNREAD);
    expect(valueOf(record, '502')).toEqual(UNREAD);
    expect(valueOf(await readOne([{ id: null }]), '501')).toEqual(UNREAD);
    const unlisted = { definitionIds: ['777'] };
    expect(valueOf(await readOne([{ id: 'text_line-9' }], [], unlisted), '777')).toEqual(UNREAD);
  });

  test.each([
    { shown: {}, definitionIds: undefined },
    { shown: {}, definitionIds: ['501'] },
    { shown: { custom_field_values: [] }, definitionIds: ['501'] },
  ])(
    'is unread in every field where the record is redacted, whatever was asked for: %o',
    async ({ shown, definitionIds }) => {
      await using clio = await ScriptedClio.start((_, response) => {
        sendPage(response, [{ id: 11, redacted: true, display_number: '011', ...shown }]);
      });
      const query = { parentType: 'matter', ...(definitionIds && { definitionIds }) } as const;
      for await (const { records } of clio.open().readRecords(query, [COURT])) {
        expect(records.map((record) => valueOf(record, '501'))).toEqual([UNREAD]);
      }
    },
  );

  test('has no tag where the tag could not stand in a header', async () => {
    await using clio = await ScriptedClio.start((_, response) => {
      sendPage(response, [{ id: 11, etag: '"a\nb"', custom_field_values: [] }]);
    });
    for await (const { records } of clio.open().readRecords({ parentType: 'matter' }, [COURT]))
      expect(records).toMatchObject([{ recordId: '11', etag: null }]);
  });

  test('is unread in the fields that were not asked for, though they came, and absent in the empty ones that were', async () => {
    const others = [row({ id: 'text_area-8', custom_field: { id: 502 } })];
    const record = await readOne(others, [COURT, NOTES], { definitionIds: ['501'] });
    expect(valueOf(record, '501')).toEqual(ABSENT);
    expect(valueOf(record, '502')).toEqual(UNREAD);
  });

  test('is kept under the id of a definition that Clio did not list', async () => {
    const record = await readOne([row({ custom_field: { id: 777 } })]);
    expect(valueOf(record, '777')).toMatchObject({ content: 'sdny' });
  });
});

describe('a row that does not say whose it is', () => {
  const hollow = [{}, null, undefined];

  test('belongs to the only field of its name and type', async () => {
    for (const custom_field of hollow) {
      const record = await readOne([row({ custom_field })]);
      expect(valueOf(record, '501')).toMatchObject({ content: 'sdny' });
    }
  });

  test('makes every field of its type unread where no name fits', async () => {
    const record = await readOne([row({ custom_field: {}, field_name: 'Renamed since' })]);
    expect(valueOf(record, '501')).toEqual(UNREAD);
    expect(valueOf(record, '502')).toEqual(ABSENT);
    const known = await readOne([
      row(),
      row({ id: 'text_line-8', custom_field: {}, field_name: 'X' }),
    ]);
    expect(valueOf(known, '501')).toMatchObject({ content: 'sdny' });
  });

  const rows = [
    row({ id: 'text_line-1', value: 'of the twin', custom_field: {} }),
    row({ id: 'text_line-2', value: 'of the first', custom_field: {} }),
  ];

  function answerOne(request: Received): unknown[] {
    const only = new URL(request.url, 'http://x').searchParams.get('custom_field_ids[]');
    return only === null ? rows : [only === '503' ? rows[0] : rows[1]];
  }

  test('is assigned by asking for each of its namesakes alone', async () => {
    await using clio = await ScriptedClio.start((request, response) => {
      const values = answerOne(request);
      sendPage(response, [{ id: 11, display_number: '011', custom_field_values: values }]);
    });
    const platform = clio.open();
    for await (const { records } of platform.readRecords({ parentType: 'matter' }, [COURT, TWIN])) {
      expect(records.map((record) => valueOf(record, '501'))).toMatchObject([
        { content: 'of the first' },
      ]);
      expect(records.map((record) => valueOf(record, '503'))).toMatchObject([
        { content: 'of the twin' },
      ]);
    }
    expect(platform.requests.reads).toBe(3);
  });

  test('stays unread, too, where it is the only one and Clio passes over that question', async () => {
    const record = await readOne([rows[0]], [COURT, TWIN]);
    expect(valueOf(record, '501')).toEqual(UNREAD);
    expect(valueOf(record, '503')).toEqual(UNREAD);
  });

  test.each([
    { written: ['501'], answered: [rows[1]], states: ['value'] },
    { written: ['501'], answered: rows, states: ['unread'] },
    { written: ['501', '503'], answered: [rows[1]], states: ['unread', 'unread'] },
    { written: ['501', '503'], answered: rows, states: ['unread', 'unread'] },
  ])(
    'is known in the answer of a write only where nothing else was asked for or came: $states',
    async ({ written, answered, states }) => {
      await using clio = await ScriptedClio.start((_, response) =>
        sendJson(response, { data: { id: 1001, custom_field_values: answered } }),
      );
      const values = written.map((definitionId) => ({ definitionId, after: value('x') }));
      const answer = await clio.open().writeRecord({ current: snapshot(), values }, [COURT, TWIN]);
      if (answer.kind !== 'written') throw new Error(answer.kind);
      expect(written.map((id) => valueOf(answer.record, id).state)).toEqual(states);
    },
  );

  test('is known in the answer of a write by its id, where the reading showed it', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { data: { id: 1001, custom_field_values: rows } }),
    );
    const current = snapshot({
      values: {
        '501': { state: 'value', valueId: 'text_line-2', content: 'first' },
        '503': { state: 'value', valueId: 'text_line-1', content: 'twin' },
      },
    });
    const values = ['501', '503'].map((definitionId) => ({ definitionId, after: value('x') }));
    const answer = await clio.open().writeRecord({ current, values }, [COURT, TWIN]);
    if (answer.kind !== 'written') throw new Error(answer.kind);
    expect(valueOf(answer.record, '501')).toMatchObject({ content: 'of the first' });
    expect(valueOf(answer.record, '503')).toMatchObject({ content: 'of the twin' });
  });

  test('keeps its record in its place, and a record that a page names twice comes once', async () => {
    await using clio = await ScriptedClio.start((request, response) => {
      const isList = !request.url.includes('custom_field_ids');
      const others = isList ? [matter(12, []), matter(12, [])] : [];
      sendPage(response, [matter(9, answerOne(request)), ...others]);
    });
    const ids: string[] = [];
    for await (const { records } of clio
      .open()
      .readRecords({ parentType: 'matter' }, [COURT, TWIN]))
      ids.push(...records.map(({ recordId }) => recordId));
    expect(ids).toEqual(['9', '12']);
  });

  test('stays unread where Clio passes over that question', async () => {
    const other = definition({ id: '505', name: 'Other' });
    const record = await readOne(rows, [COURT, TWIN, other]);
    expect(valueOf(record, '505')).toEqual(ABSENT);
    expect(valueOf(record, '501')).toEqual(UNREAD);
    expect(valueOf(record, '503')).toEqual(UNREAD);
  });
});

describe('canonical content', () => {
  const cases: readonly (readonly [FieldType, unknown, string])[] = [
    ['text_line', '  as it stands\u00a0\u001b[31m', '  as it stands\u00a0\u001b[31m'],
    ['picklist', 12_497_975, '12497975'],
    ['picklist', '12497975', '12497975'],
    ['checkbox', true, 'true'],
    ['checkbox', 'false', 'false'],
    ['date', '2019-05-01', '2019-05-01'],
    ['date', 'May 2019', 'May 2019'],
    ['contact', 344_134_017, '344134017'],
    ['matter', '1608', '1608'],
    ['currency', 1500, '1500'],
    ['currency', '1500.00', '1500'],
    ['currency', '+01500.50', '1500.5'],
    ['currency', -0.1, '-0.1'],
    ['currency', '-0.00', '0'],
    ['currency', '.5', '0.5'],
    ['currency', '5.', '5'],
    ['currency', '1e21', '1000000000000000000000'],
    ['numeric', 1e-7, '0.0000001'],
    ['numeric', '12345678901234567890.10', '12345678901234567890.1'],
    ['numeric', '1,500', '1,500'],
    ['numeric', '.', '.'],
    ['time', '09:30', '09:30'],
  ];
  for (const [fieldType, given, expected] of cases) {
    test(`of a ${fieldType}, ${JSON.stringify(given)}, is ${JSON.stringify(expected)}`, async () => {
      const field = definition({ id: '501', name: 'Field', fieldType });
      const values = [row({ field_name: 'Field', field_type: fieldType, value: given })];
      expect(valueOf(await readOne(values, [field]), '501')).toMatchObject({ content: expected });
    });
  }

  test('is made by the type of the field, where the row does not say one', async () => {
    const field = definition({ id: '501', name: 'Field', fieldType: 'currency' });
    const values = [row({ field_type: null, value: '1500.00' })];
    expect(valueOf(await readOne(values, [field]), '501')).toMatchObject({ content: '1500' });
  });

  test('of a matter may stand in the matter beside an empty value', async () => {
    const field = definition({ id: '501', name: 'Field', fieldType: 'matter' });
    const values = [row({ field_type: 'matter', value: null, matter: { id: 1608 } })];
    expect(valueOf(await readOne(values, [field]), '501')).toMatchObject({ content: '1608' });
  });
});

describe('an answer in another shape than documented', () => {
  const wrong: readonly (readonly [unknown, string])[] = [
    [[], 'the answer'],
    [{ data: {} }, 'data'],
    [{ data: [7] }, 'data[0]'],
    [{ data: [{ id: '../../etc' }] }, 'data[0].id'],
    [{ data: [{ id: 2 ** 60 }] }, 'data[0].id'],
    [{ data: [{ id: 1, etag: 5 }] }, 'data[0].etag'],
    [{ data: [{ id: 1, display_number: {} }] }, 'data[0]'],
    [{ data: [{ id: 1, custom_field_values: 'Jane' }] }, 'data[0].custom_field_values'],
    [{ data: [{ id: 1, custom_field_values: [null] }] }, 'custom_field_values[0]'],
    [{ data: [{ id: 1, custom_field_values: [row({ id: 'a b' })] }] }, 'values[0].id'],
    [{ data: [{ id: 1, custom_field_values: [row({ id: 2 ** 60 })] }] }, 'values[0].id'],
    [{ data: [{ id: 1, custom_field_values: [row({ field_name: 5 })] }] }, '[0].field_name'],
    [{ data: [{ id: 1, custom_field_values: [row({ custom_field: 5 })] }] }, '[0].custom_field'],
    [{ data: [], meta: { paging: { next: 5 } } }, 'meta.paging.next'],
  ];
  for (const [answer, path] of wrong) {
    test(`is an error that names the place: ${path} in ${JSON.stringify(answer)}`, async () => {
      await using clio = await ScriptedClio.start((_, response) => {
        sendJson(response, answer);
      });
      const read = async (): Promise<void> => {
        for await (const page of clio.open().readRecords({ parentType: 'matter' }, [COURT]))
          void page;
      };
      const error: unknown = await read().catch((reason: unknown) => reason);
      expect(error).toMatchObject({ kind: 'unexpectedAnswer' });
      expect(String(error)).toContain(path);
      expect(String(error)).not.toContain('Jane');
    });
  }

  test('which holds records that were not asked for is refused', async () => {
    await expect(readOne([], [COURT], { recordIds: ['12'] })).rejects.toMatchObject({
      kind: 'unexpectedAnswer',
    });
  });
});

function value(content: string): Content {
  return { state: 'value', content };
}

async function sentFor(held: Content | 'value', after: Content): Promise<unknown> {
  await using clio = await ScriptedClio.start((_, response) => {
    sendJson(response, { data: { id: 1001, custom_field_values: [] } });
  });
  const current = snapshot({
    values: held === 'value' ? { '501': 'sdny' } : held.state === 'blank' ? { '501': BLANK } : {},
  });
  await clio.open().writeRecord({ current, values: [{ definitionId: '501', after }] }, [COURT]);
  const [request] = clio.received;
  return request === undefined ? null : JSON.parse(request.body);
}

describe('what is sent for a change', () => {
  const rowId = 'text_line-7501';
  const shapes: readonly (readonly [string, Content | 'value', Content, object | null])[] = [
    ['a value over a value: an update', 'value', value('x'), { id: rowId, value: 'x' }],
    ['a value over an empty row: an update', BLANK, value('x'), { id: rowId, value: 'x' }],
    [
      'a value where no row is: a create',
      ABSENT,
      value('x'),
      { custom_field: { id: 501 }, value: 'x' },
    ],
    ['blank over a value: null', 'value', BLANK, { id: rowId, value: null }],
    ['absent over a value: the row goes', 'value', ABSENT, { id: rowId, _destroy: true }],
    ['absent over an empty row: the row goes', BLANK, ABSENT, { id: rowId, _destroy: true }],
    ['nothing where nothing is', ABSENT, ABSENT, null],
    ['nothing for blank where no row is', ABSENT, BLANK, null],
  ];
  for (const [name, held, after, entry] of shapes) {
    test(`is ${name}`, async () => {
      const expected = entry === null ? null : { data: { custom_field_values: [entry] } };
      expect(await sentFor(held, after)).toEqual(expected);
    });
  }

  const ways: readonly (readonly [string, Partial<Definition>, readonly object[]])[] = [
    [
      'of a text by an empty text, and then by taking the row',
      {},
      [{ value: null }, { value: '' }, { _destroy: true }],
    ],
    ['of a date by taking the row', { fieldType: 'date' }, [{ value: null }, { _destroy: true }]],
    [
      'of a required text by an empty text alone',
      { required: true },
      [{ value: null }, { value: '' }],
    ],
    ['of a required date by null alone', { required: true, fieldType: 'date' }, [{ value: null }]],
  ];
  test.each(ways)('where null is refused, empties the row %s', async (_, changes, sent) => {
    await using clio = await ScriptedClio.start((__, response) => {
      sendJson(response, { error: { type: 'ArgumentError', message: 'no' } }, 422);
    });
    const platform = clio.open();
    const write = {
      current: snapshot({ values: { '501': 'sdny' } }),
      values: [{ definitionId: '501', after: BLANK }],
    };
    let shape: number | undefined = 0;
    while (shape !== undefined) {
      const answer: WriteAnswer = await platform.writeRecord({ ...write, shape }, [
        { ...COURT, ...changes },
      ]);
      shape = answer.kind === 'refused' ? answer.nextShape : undefined;
    }
    const entries = clio.received.map(({ body }) => JSON.parse(body).data.custom_field_values);
    expect(entries).toEqual(sent.map((entry) => [{ id: 'text_line-7501', ...entry }]));
  });

  test('empties further rows of a type as was taken before', async () => {
    await using clio = await ScriptedClio.start((_, response, number) => {
      if (number === 0) sendJson(response, {}, 422);
      else sendJson(response, { data: { id: 1001, custom_field_values: [] } });
    });
    const platform = clio.open();
    const current = snapshot({ values: { '501': 'sdny', '503': 'sdny' } });
    const empty = (definitionId: string, shape: number) =>
      platform.writeRecord({ current, values: [{ definitionId, after: BLANK }], shape }, [
        COURT,
        TWIN,
      ]);
    expect(await empty('501', 0)).toMatchObject({ kind: 'refused', nextShape: 1 });
    expect(await empty('501', 1)).toMatchObject({ kind: 'written' });
    expect(await empty('503', 0)).toMatchObject({ kind: 'written' });
    expect(JSON.parse(clio.received[2]?.body ?? '')).toEqual({
      data: { custom_field_values: [{ id: 'text_line-7503', value: '' }] },
    });
  });

  test('is the id of a field as text, where a number would not hold it', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, {}));
    const definitionId = '12345678901234567890';
    const values = [{ definitionId, after: value('x') }];
    await clio.open().writeRecord({ current: snapshot(), values }, []);
    expect(JSON.parse(clio.received[0]?.body ?? '')).toEqual({
      data: { custom_field_values: [{ custom_field: { id: definitionId }, value: 'x' }] },
    });
  });

  test('is nothing where the present value could not be read', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, {}));
    const current = snapshot({ values: { '501': UNREAD } });
    const values = [{ definitionId: '501', after: value('x') }];
    expect(await clio.open().writeRecord({ current, values }, [COURT])).toMatchObject({
      kind: 'refused',
    });
    expect(clio.received).toHaveLength(0);
  });

  test("carries the reading's etag and asks for the new values of what it writes", async () => {
    await using clio = await ScriptedClio.start((_, response) => sendJson(response, {}));
    const current = snapshot({ etag: '"tag"', values: { '501': 'sdny' } });
    const values = [{ definitionId: '501', after: value('x') }];
    await clio.open().writeRecord({ current, values }, [COURT]);
    const url = new URL(clio.received[0]?.url ?? '', clio.baseUrl);
    expect(clio.received[0]?.headers['if-match']).toBe('"tag"');
    expect(url.pathname).toBe('/api/v4/matters/1001.json');
    expect(url.searchParams.getAll('custom_field_ids[]')).toEqual(['501']);
    expect(url.searchParams.get('fields')).toBe(
      'id,etag,display_number,custom_field_values{id,field_name,field_type,value,custom_field}',
    );
  });
});

describe('addresses', () => {
  test('ask for ascending ids, for what was meant, and for a status only where there is one', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendPage(response, []));
    const other = definition({ id: '509', fieldType: 'matter' });
    for (const parentType of ['matter', 'contact'] as const) {
      const query = {
        parentType,
        status: ['open', 'pending'],
        updatedSince: '2026-01-05T11:00:00+01:00',
        holding: { definitionId: '501', content: '9001' },
      };
      for await (const page of clio.open().readRecords(query, [COURT, other])) void page;
    }
    const sent = clio.received.map(({ url }) =>
      Object.fromEntries(new URL(url, 'http://x').searchParams),
    );
    const both = {
      order: 'id(asc)',
      limit: '200',
      updated_since: '2026-01-05T11:00:00+01:00',
      'custom_field_values[501]': '=9001',
    };
    const asked = 'custom_field_values{id,field_name,field_type,value,custom_field,matter}';
    expect(sent).toEqual([
      { ...both, fields: `id,etag,display_number,${asked},updated_at`, status: 'open,pending' },
      { ...both, fields: `id,etag,name,${asked},updated_at` },
    ]);
  });

  test('stay short however many records and fields are asked for', async () => {
    await using clio = await ScriptedClio.start((_, response) => sendPage(response, []));
    const recordIds = Array.from({ length: 450 }, (_, index) => String(1_608_000_000 + index));
    const definitionIds = Array.from({ length: 300 }, (_, index) => String(22_000_000 + index));
    const query = { parentType: 'matter', recordIds, definitionIds } as const;
    for await (const page of clio.open().readRecords(query, [COURT])) void page;
    expect(clio.received).toHaveLength(3);
    for (const { url } of clio.received) expect(url.length).toBeLessThan(7_100);
  });

  test('stay short however many values one record gets, and its answer is understood', async () => {
    await using clio = await ScriptedClio.start((_, response) =>
      sendJson(response, { data: { id: 1001, custom_field_values: [] } }),
    );
    const values = Array.from({ length: 300 }, (_, index) => ({
      definitionId: String(22_000_000 + index),
      after: value('x'),
    }));
    const answer = await clio.open().writeRecord({ current: snapshot(), values }, [COURT]);
    expect(answer.kind).toBe('written');
    expect(clio.received[0]?.url.length).toBeLessThan(7_100);
  });

  test('name each record once, however often and in whatever order it is asked for', async () => {
    await using clio = await ScriptedClio.start((request, response) => {
      const ids = new URL(request.url, 'http://x').searchParams.getAll('ids[]');
      const inClioOrder = ids.map(Number).toSorted((left, right) => left - right);
      sendPage(
        response,
        inClioOrder.map((id) => ({ id, display_number: '', custom_field_values: [] })),
      );
    });
    const ids = Array.from({ length: 250 }, (_, index) => String(8 + index));
    const recordIds = [...ids.toReversed(), ...ids];
    const read: string[] = [];
    for await (const { records } of clio
      .open()
      .readRecords({ parentType: 'matter', recordIds }, [COURT]))
      read.push(...records.map(({ recordId }) => recordId));
    expect(read).toEqual(ids);
    expect(clio.received).toHaveLength(2);
  });
});
