import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import {
  aContact,
  aDefinition,
  aMatter,
  aRow,
  smallAccount,
  startTestSandbox,
} from '../support/sandbox.ts';

const SHOWN = { fields: 'custom_field_values{id,value}' };

type Behaviour = NonNullable<SandboxOptions['behaviour']>;

/** Sends entries for matter 1 of the small account: it holds a text 101, an amount 103 and a blank date 105. */
async function write(entries: readonly unknown[], behaviour: Behaviour = {}, id = 1) {
  const sandbox = await startTestSandbox(smallAccount(), { behaviour });
  const answer = await sandbox.patch(`/matters/${id}`, { custom_field_values: entries }, SHOWN);
  return { ...answer, sandbox };
}

/** What a value of `definition` becomes: what the answer shows, or the refusal. */
async function tryValue(definition: number, value: unknown, behaviour: Behaviour = {}) {
  const answer = await write([{ custom_field: { id: definition }, value }], behaviour, 3);
  return answer.status === 200 ? answer.values[0]?.['value'] : answer.error;
}

describe('the three write shapes', () => {
  it('update a row by its id, blank ones too, and leave the others alone', async () => {
    const { status, values } = await write([
      { id: 'text_line-101', value: 'new' },
      { id: 'date-103', value: '2024-02-29' },
    ]);
    expect(status).toBe(200);
    expect(values).toEqual([
      { id: 'text_line-101', value: 'new' },
      { id: 'currency-102', value: '1234.50' },
      { id: 'date-103', value: '2024-02-29' },
    ]);
  });

  it('create a row with an id that no value had', async () => {
    const { values } = await write([{ custom_field: { id: 102 }, value: 'long' }]);
    expect(values.at(-1)).toEqual({ id: 'text_area-106', value: 'long' });
  });

  it('clear with null or an empty text, which keeps the row', async () => {
    for (const value of [null, '']) {
      const { values } = await write([{ id: 'text_line-101', value }]);
      expect(values[0]).toEqual({ id: 'text_line-101', value: null });
    }
  });

  it('clear with _destroy, which takes the row; made anew it has another id', async () => {
    const { values, sandbox } = await write([{ id: 'text_line-101', _destroy: true }]);
    expect(values.map(({ id }) => id)).toEqual(['currency-102', 'date-103']);
    const entry = { custom_field: { id: 101 }, value: 'again' };
    const again = await sandbox.patch('/matters/1', { custom_field_values: [entry] }, SHOWN);
    expect(again.values.at(-1)).toEqual({ id: 'text_line-106', value: 'again' });
  });

  it('accept an id together with its definition', async () => {
    const entry = { id: 'text_line-101', custom_field: { id: 101 }, value: 'new' };
    expect((await write([entry])).status).toBe(200);
  });

  it('answer id and etag only where no fields are asked for', async () => {
    const { patch } = await startTestSandbox();
    const entry = { id: 'text_line-101', value: 'new' };
    const { data } = await patch('/matters/1', { custom_field_values: [entry] });
    expect(Object.keys(data)).toEqual(['id', 'etag']);
  });

  it('show the new state, trimmed to custom_field_ids[]', async () => {
    const { patch } = await startTestSandbox();
    const query = { ...SHOWN, 'custom_field_ids[]': 101 };
    const entry = { id: 'text_line-101', value: 'new' };
    const { values } = await patch('/matters/1', { custom_field_values: [entry] }, query);
    expect(values).toEqual([{ id: 'text_line-101', value: 'new' }]);
  });

  it('work on contacts alike', async () => {
    const { patch } = await startTestSandbox();
    const entry = { id: 'text_line-105', value: 'new' };
    const { values } = await patch('/contacts/1', { custom_field_values: [entry] }, SHOWN);
    expect(values).toEqual([{ id: 'text_line-105', value: 'new' }]);
  });

  it('may make a blank row only by option', async () => {
    const entry = { custom_field: { id: 102 }, value: null };
    expect((await write([entry])).status).toBe(422);
    const { values } = await write([entry], { createsBlankRows: true });
    expect(values.at(-1)).toEqual({ id: 'text_area-106', value: null });
  });
});

describe('a write is refused and nothing is written', () => {
  const exists = 'ArgumentError: custom field value for custom field 101 already exists';

  it.each([
    ['a create on a row', { custom_field: { id: 101 }, value: 'x' }, exists],
    [
      'a create on a blank row',
      { custom_field: { id: 105 }, value: '2024-01-01' },
      /already exists/,
    ],
    ['a value of another record', { id: 'text_line-104', value: 'x' }, /does not exist/],
    ['a definition in the place of a value', { id: '101', value: 'x' }, /does not exist/],
    ['a definition behind a type', { id: 'date-105', value: '2024-01-01' }, /does not exist/],
    ['a type that is not the row’s', { id: 'text_area-101', value: 'x' }, /does not exist/],
    ['a number for an id', { id: 101, value: 'x' }, /not a string/],
    ['a null id', { id: null, custom_field: { id: 102 }, value: 'x' }, /not a string/],
    [
      'an id and another definition',
      { id: 'text_line-101', custom_field: { id: 102 }, value: 'x' },
      /does not belong/,
    ],
    ['an unknown definition', { custom_field: { id: 999 }, value: 'x' }, /does not exist/],
    ['a definition of contacts', { custom_field: { id: 113 }, value: 'x' }, /does not exist/],
    ['a definition as text', { custom_field: { id: '102' }, value: 'x' }, /not an integer/],
    ['neither id nor definition', { value: 'x' }, /custom_field is missing/],
    ['an update without a value', { id: 'text_line-101' }, /value is missing/],
    ['a create without a value', { custom_field: { id: 102 } }, /value is missing/],
    ['_deleted instead of _destroy', { id: 'text_line-101', _deleted: true }, /value is missing/],
    ['_destroy without an id', { custom_field: { id: 101 }, _destroy: true }, /with an id/],
    ['_destroy that is not a boolean', { id: 'text_line-101', _destroy: 'true' }, /_destroy/],
    ['an entry that is no object', 'x', /not an object/],
  ])('for %s', async (_case, entry, message) => {
    const good = { id: 'currency-102', value: '1' };
    const { status, error, sandbox } = await write([good, entry]);
    expect(status).toBe(422);
    expect(error).toMatch(message);
    expect(sandbox.account).toEqual(smallAccount());
  });

  it('for two entries of one definition', async () => {
    const entries = [
      { id: 'text_line-101', value: 'x' },
      { id: 'text_line-101', value: 'y' },
    ];
    expect((await write(entries)).error).toBe(exists);
  });

  it('with 404 for a foreign value by option', async () => {
    const entry = { id: 'text_line-104', value: 'x' };
    expect((await write([entry], { foreignValueIdStatus: 404 })).status).toBe(404);
  });

  it('for a deleted definition, in every shape', async () => {
    const account = smallAccount({
      definitions: [
        aDefinition(101, 'text_line', { deleted: true }),
        aDefinition(102, 'text_line', { deleted: true }),
      ],
      records: [aMatter(1, { rows: [aRow(7, 101, 'old')] })],
    });
    const { patch } = await startTestSandbox(account);
    for (const entry of [
      { id: 'text_line-7', value: 'x' },
      { id: 'text_line-7', value: null },
      { id: 'text_line-7', _destroy: true },
      { custom_field: { id: 102 }, value: 'x' },
    ]) {
      const { status, error } = await patch('/matters/1', { custom_field_values: [entry] });
      expect([status, error]).toEqual([422, expect.stringContaining('has been deleted')]);
    }
  });

  it('for a body that is not JSON, or without data', async () => {
    const { send, baseUrl, token, patch } = await startTestSandbox();
    const url = `${baseUrl}/api/v4/matters/1.json`;
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    expect((await send('PATCH', url, headers, '{"data":')).status).toBe(400);
    expect((await send('PATCH', url, headers, '{}')).status).toBe(400);
    expect((await send('PATCH', url, headers)).status).toBe(400);
    const plain = { ...headers, 'Content-Type': 'text/plain' };
    expect((await send('PATCH', url, plain, '{"data":{}}')).status).toBe(400);
    expect((await patch('/matters/1', { custom_field_values: {} })).status).toBe(422);
  });

  it('for a required definition that would lose its value, unless the option says otherwise', async () => {
    for (const entry of [
      { id: 'text_line-7', value: null },
      { id: 'text_line-7', _destroy: true },
    ]) {
      const strict = await startTestSandbox(accountOfOneRequired());
      const data = { custom_field_values: [entry] };
      expect((await strict.patch('/matters/1', data)).error).toMatch(/required/);
      const lax = await startTestSandbox(accountOfOneRequired(), {
        behaviour: { requiredStays: false },
      });
      expect((await lax.patch('/matters/1', data)).status).toBe(200);
    }
  });

  it('for another required definition without a value, by option', async () => {
    const data = { custom_field_values: [{ custom_field: { id: 101 }, value: 'x' }] };
    const lax = await startTestSandbox(accountLackingRequired());
    expect((await lax.patch('/matters/1', data)).status).toBe(200);
    const behaviour = { requiredCheckedOnEveryWrite: true };
    const strict = await startTestSandbox(accountLackingRequired(), { behaviour });
    expect((await strict.patch('/matters/1', data)).error).toMatch(/custom field 102 is required/);
  });

  it.each([
    ['read', 403],
    ['redacted', 403],
    ['stripped', 403],
    ['none', 404],
  ] as const)('for a record with access "%s"', async (access, status) => {
    const account = smallAccount({
      records: [aMatter(1, { access, rows: [aRow(7, 101, 'x')] }), aContact(1, { access })],
    });
    const { patch } = await startTestSandbox(account);
    const data = { custom_field_values: [{ id: 'text_line-7', value: 'y' }] };
    expect((await patch('/matters/1', data)).status).toBe(status);
    expect((await patch('/contacts/1', data)).status).toBe(status);
    expect(account.records[0]?.rows[0]?.value).toBe('x');
  });
});

describe('a value must fit its type', () => {
  it.each([
    [101, 'a text', 'a text'],
    [101, '  kept  ', '  kept  '],
    [103, '12.50', '12.50'],
    [103, 12.5, '12.5'],
    [104, '-3', '-3'],
    [105, '2024-02-29', '2024-02-29'],
    [106, true, true],
    [106, 'false', false],
    [107, 901, 901],
    [107, '902', 902],
    [108, 'pat@example.com', 'pat@example.com'],
    [109, 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
    [110, '23:59', '23:59'],
    [110, '00:00:30', '00:00:30'],
    [111, 2, 2],
    [112, '2', 2],
  ])('definition %i takes %j', async (definition, value, shown) => {
    expect(await tryValue(definition, value)).toEqual(shown);
  });

  it.each([
    [101, 7],
    [101, 'x'.repeat(256)],
    [103, '$5'],
    [103, '1,234'],
    [103, '1e3'],
    [103, '.5'],
    [103, true],
    [105, '2023-02-29'],
    [105, '2024-2-9'],
    [105, '02/29/2024'],
    [105, 20240229],
    [106, 'yes'],
    [106, 1],
    [107, 'North'],
    [107, 903],
    [107, 999],
    [110, '24:00'],
    [110, '7:30'],
    [111, 3],
    [112, 'one'],
    [101, ['x']],
  ])('definition %i refuses %j', async (definition, value) => {
    expect(await tryValue(definition, value)).toMatch(/^ArgumentError: .*custom field \d+/);
  });

  it('refuses an option of another picklist, and a record that is not to be seen', async () => {
    const account = smallAccount();
    account.definitions.push(
      aDefinition(120, 'picklist', {
        options: [{ id: 950, option: 'Else', deletedAt: null, createdAt: '', updatedAt: '' }],
      }),
    );
    account.records.push(aMatter(4, { access: 'none' }));
    const { patch } = await startTestSandbox(account);
    for (const entry of [
      { custom_field: { id: 107 }, value: 950 },
      { custom_field: { id: 112 }, value: 4 },
    ]) {
      expect((await patch('/matters/3', { custom_field_values: [entry] })).status).toBe(422);
    }
  });

  it('takes, refuses or silently rounds decimals', async () => {
    expect(await tryValue(103, '12.5', { decimals: 'refuse' })).toMatch(/must be an integer/);
    expect(await tryValue(103, '12', { decimals: 'refuse' })).toBe('12');
    expect(await tryValue(103, '12.5', { decimals: 'round' })).toBe('13');
    expect(await tryValue(104, '-0.4', { decimals: 'round' })).toBe('0');
    expect(await tryValue(104, '-9007199254740993.5', { decimals: 'round' })).toBe(
      '-9007199254740994',
    );
  });

  it('trims texts, limits their length and checks their form by option', async () => {
    expect(await tryValue(101, '  x ', { trimsText: true })).toBe('x');
    expect(await tryValue(101, 'x'.repeat(256), { textLineLimit: null })).toHaveLength(256);
    expect(await tryValue(102, 'xxx', { textAreaLimit: 2 })).toMatch(/too long/);
    const strict = { checksEmailAndUrl: true };
    for (const value of ['pat at example.com', 'a@example.com, b@example.com']) {
      expect(await tryValue(108, value)).toBe(value);
      expect(await tryValue(108, value, strict)).toMatch(/is invalid/);
    }
    for (const value of ['example.com', 'javascript:alert(1)']) {
      expect(await tryValue(109, value)).toBe(value);
      expect(await tryValue(109, value, strict)).toMatch(/is invalid/);
    }
    expect(await tryValue(108, 'pat@example.com', strict)).toBe('pat@example.com');
    expect(await tryValue(109, 'https://example.com/a', strict)).toBe('https://example.com/a');
  });

  it('repeats what was sent in the refusal, unless the option says otherwise', async () => {
    expect(await tryValue(105, 'a secret day')).toContain('a secret day');
    expect(await tryValue(105, 'a secret day', { echoesValues: false })).not.toContain('secret');
  });
});

describe('the condition of a write', () => {
  const entry = { id: 'text_line-101', value: 'new' };
  const data = { custom_field_values: [entry] };

  it('is If-Match with the etag as the field holds it', async () => {
    const { get, patch, account } = await startTestSandbox();
    const etag = String((await get('/matters/1')).data['etag']);
    expect(etag).toMatch(/^".+"$/);
    expect((await get('/matters/1')).headers.get('etag')).toBe(etag);
    expect((await patch('/matters/1', data, {}, { 'If-Match': etag.slice(1, -1) })).status).toBe(
      412,
    );
    expect(account.records[0]?.rows[0]?.value).toBe('first');
    expect((await patch('/matters/1', data, {}, { 'If-Match': etag })).status).toBe(200);
    expect((await patch('/matters/1', data, {}, { 'If-Match': etag })).status).toBe(412);
  });

  it('fails when somebody else changed the record behind the server’s back', async () => {
    const { get, patch, account } = await startTestSandbox();
    const etag = String((await get('/matters/1')).data['etag']);
    const row = account.records[0]?.rows[0];
    if (row !== undefined) row.value = 'by somebody else';
    expect((await patch('/matters/1', data, {}, { 'If-Match': etag })).status).toBe(412);
  });

  it('does not notice values where the etag does not move with them', async () => {
    const behaviour = { etagMovesOnValueWrite: false };
    const { get, patch } = await startTestSandbox(smallAccount(), { behaviour });
    const etag = String((await get('/matters/1')).data['etag']);
    expect((await patch('/matters/1', data, {}, { 'If-Match': etag })).data['etag']).toBe(etag);
  });

  it('leaves updated_at alone by option, and moves it otherwise', async () => {
    const moving = await startTestSandbox(smallAccount(), { now: noonInJune });
    const query = { fields: 'updated_at' };
    expect((await moving.patch('/matters/1', data, query)).data).toEqual({
      updated_at: '2026-06-01T12:00:00Z',
    });
    const behaviour = { updatedAtMovesOnValueWrite: false };
    const still = await startTestSandbox(smallAccount(), { now: noonInJune, behaviour });
    expect((await still.patch('/matters/1', data, query)).data).toEqual({
      updated_at: '2020-01-02T03:04:05Z',
    });
  });
});

const accountOfOneRequired = () =>
  smallAccount({
    definitions: [aDefinition(101, 'text_line', { required: true })],
    records: [aMatter(1, { rows: [aRow(7, 101, 'x')] })],
  });

const accountLackingRequired = () =>
  smallAccount({
    definitions: [aDefinition(101, 'text_line'), aDefinition(102, 'text_line', { required: true })],
    records: [aMatter(1)],
  });

function noonInJune(): number {
  return Date.parse('2026-06-01T12:00:00Z');
}
