import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import {
  aDefinition,
  aMatter,
  anOption,
  aRow,
  smallAccount,
  startTestSandbox,
} from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

type Behaviour = NonNullable<SandboxOptions['behaviour']>;

const VALUES = { fields: 'custom_field_values{id,value,matter}' };
const OPTIONS = { fields: 'picklist_options{id,option,deleted_at}' };

function start(behaviour: Behaviour = {}): Promise<TestSandbox> {
  return startTestSandbox(smallAccount(), { behaviour });
}

async function write(sandbox: TestSandbox, ...entries: readonly object[]) {
  return sandbox.patch('/matters/1', { custom_field_values: entries }, VALUES);
}

describe('null', () => {
  it('leaves the row, or takes it away by option, even that of an empty value', async () => {
    const clear = [
      { id: 'text_line-101', value: null },
      { id: 'date-103', value: null },
    ];
    const { values } = await write(await start(), ...clear);
    expect(values).toMatchObject([{ id: 'text_line-101', value: null }, {}, { id: 'date-103' }]);
    const removed = await write(await start({ nullRemovesRow: true }), ...clear);
    expect(removed.values).toMatchObject([{ id: 'currency-102' }]);
  });
});

describe('null, where an option says that it is no value', () => {
  it('is refused for every type', async () => {
    for (const id of ['text_line-101', 'currency-102', 'date-103']) {
      const { status } = await write(await start({ takesNull: false }), { id, value: null });
      expect(status).toBe(422);
    }
  });
});

describe('an empty text', () => {
  it('reads back as null, or as it was sent by option, and is no value for a required field', async () => {
    const clear = { id: 'text_line-101', value: '' };
    const [first] = (await write(await start(), clear)).values;
    expect(first).toMatchObject({ id: 'text_line-101', value: null });
    const behaviour = { keepsEmptyText: true };
    expect((await write(await start(behaviour), clear)).values[0]).toMatchObject({ value: '' });
    const account = smallAccount();
    account.definitions.splice(0, 1, aDefinition(101, 'text_line', { required: true }));
    const sandbox = await startTestSandbox(account, { behaviour });
    expect((await write(sandbox, clear)).status).toBe(422);
  });
});

describe('a value that is no text', () => {
  it('is taken, or refused by option, null apart', async () => {
    const amount = { id: 'currency-102', value: 12 };
    expect((await write(await start(), amount)).status).toBe(200);
    const strict = await start({ takesOnlyText: true });
    expect((await write(strict, amount)).status).toBe(422);
    expect((await write(strict, { ...amount, value: '12' })).status).toBe(200);
    expect((await write(strict, { ...amount, value: null })).status).toBe(200);
  });
});

describe('a key that Clio does not document', () => {
  it('does nothing, or refuses the write by option', async () => {
    const value = { id: 'text_line-101', value: 'x', upsert: true };
    const option = { picklist_options: [{ id: 901, _destroy: true }] };
    for (const [unknownKeys, status] of [
      ['ignored', 200],
      ['refused', 422],
    ] as const) {
      const sandbox = await start({ unknownKeys });
      expect((await write(sandbox, value)).status).toBe(status);
      expect((await sandbox.patch('/custom_fields/107', option)).status).toBe(status);
      expect((await sandbox.patch('/custom_fields/107', { field_type: 'date' })).status).toBe(
        status,
      );
    }
  });
});

describe('the id of an option', () => {
  it('is shown as a number, as text, or now as the one and now as the other', async () => {
    for (const [picklistReadAs, shown] of [
      ['number', [901, 901]],
      ['string', ['901', '901']],
      ['mixed', ['901', 901]],
    ] as const) {
      const account = smallAccount({
        records: [1, 2].map((id) => aMatter(id, { rows: [aRow(100 + id, 107, 901)] })),
      });
      const sandbox = await startTestSandbox(account, { behaviour: { picklistReadAs } });
      const answers = [await write(sandbox), await sandbox.get('/matters/2', VALUES)];
      expect(answers.map(({ values }) => values[0]?.['value'])).toEqual(shown);
    }
  });
});

describe('a displayed value that was destroyed', () => {
  it('is not listed until it is set again, or as missing or as an empty row by option', async () => {
    for (const [destroyedDisplayedShows, shown] of [
      ['nothing', []],
      ['entry', [{ id: null, value: null }]],
      ['row', [{ id: 'text_line-106', value: null }]],
    ] as const) {
      const account = smallAccount();
      account.definitions.splice(0, 1, aDefinition(101, 'text_line', { displayed: true }));
      const sandbox = await startTestSandbox(account, { behaviour: { destroyedDisplayedShows } });
      const only = { fields: 'custom_field_values{id,value}', 'custom_field_ids[]': '101' };
      const destroy = { custom_field_values: [{ id: 'text_line-101', _destroy: true }] };
      expect((await sandbox.patch('/matters/1', destroy, only)).values).toEqual(shown);
      const again = { custom_field_values: [{ custom_field: { id: 101 }, value: 'again' }] };
      const { status, values } = await sandbox.patch('/matters/1', again, only);
      expect(status).toBe(destroyedDisplayedShows === 'row' ? 422 : 200);
      if (status === 200) expect(values).toMatchObject([{ value: 'again' }]);
    }
  });
});

describe('a value that is made anew', () => {
  const again = { custom_field: { id: 101 }, value: 'again' };

  it('gets a new id, or the one that it had by option', async () => {
    for (const [reusesRowIds, id] of [
      [false, 'text_line-106'],
      [true, 'text_line-101'],
    ] as const) {
      const sandbox = await start({ reusesRowIds });
      await write(sandbox, { id: 'text_line-101', _destroy: true });
      expect((await write(sandbox, again)).values.at(-1)).toMatchObject({ id, value: 'again' });
    }
  });
});

describe('a text', () => {
  const sent = 'Cafe\u0301\r\nTwo\nThree';

  it.each([
    [{}, sent],
    [{ composesText: true }, 'Caf\u00e9\r\nTwo\nThree'],
    [{ lineEnds: 'lf' }, 'Cafe\u0301\nTwo\nThree'],
    [{ lineEnds: 'crlf' }, 'Cafe\u0301\r\nTwo\r\nThree'],
  ] as const)('is kept as the options say: %j', async (behaviour, kept) => {
    const { values } = await write(await start(behaviour), {
      custom_field: { id: 102 },
      value: sent,
    });
    expect(values.at(-1)).toMatchObject({ value: kept });
  });
});

describe('a retired option, and a value of a deleted definition', () => {
  it('is taken by option only', async () => {
    const old = { custom_field: { id: 107 }, value: '903' };
    expect((await write(await start(), old)).status).toBe(422);
    expect((await write(await start({ takesRetiredOptions: true }), old)).status).toBe(200);
    for (const writesSoftDeletedValues of [false, true]) {
      const account = smallAccount();
      account.definitions.splice(0, 1, aDefinition(101, 'text_line', { deleted: true }));
      const sandbox = await startTestSandbox(account, { behaviour: { writesSoftDeletedValues } });
      const { status } = await write(sandbox, { id: 'text_line-101', value: 'x' });
      expect(status).toBe(writesSoftDeletedValues ? 200 : 422);
    }
  });
});

describe('an amount', () => {
  it.each([
    ['1234.50', '$1,234.50'],
    ['-1234567', '-$1,234,567.00'],
    ['0.5', '$0.50'],
  ])(
    'of %s is shown as people write it by option, in currency fields only',
    async (held, shown) => {
      const sandbox = await start({ amountsReadAs: 'formatted' });
      const { values } = await write(
        sandbox,
        { id: 'currency-102', value: held },
        { custom_field: { id: 104 }, value: held },
      );
      expect(values.map(({ value }) => value)).toEqual(['first', shown, null, held]);
    },
  );
});

describe('a matter that a value names', () => {
  it('is shown in the value, or only beside it by option', async () => {
    const link = { custom_field: { id: 112 }, value: '2' };
    const beside = { matter: { id: 2, display_number: '00002-Example' } };
    expect((await write(await start(), link)).values.at(-1)).toMatchObject({ value: 2, ...beside });
    const nested = await write(await start({ matterShownIn: 'nested' }), link);
    expect(nested.values.at(-1)).toMatchObject({ value: null, ...beside });
  });
});

describe('values that are shown by their ids alone', () => {
  it('are so in every record by option', async () => {
    const { get } = await start({ stripsValues: true });
    const { items } = await get('/matters', VALUES);
    expect(items[0]).toEqual({
      custom_field_values: [{ id: 'text_line-101' }, { id: 'currency-102' }, { id: 'date-103' }],
    });
  });
});

describe('a picklist', () => {
  it('keeps the options that a write does not name, or retires them by option', async () => {
    const edit = { picklist_options: [{ id: 901 }, { option: 'East' }] };
    const living = async (behaviour: Behaviour) => {
      const { data } = await (await start(behaviour)).patch('/custom_fields/107', edit, OPTIONS);
      const options = data['picklist_options'] as readonly {
        option: string;
        deleted_at: unknown;
      }[];
      return options.flatMap(({ option, deleted_at }) => (deleted_at === null ? [option] : []));
    };
    expect(await living({})).toEqual(['North', 'South', 'East']);
    expect(await living({ unnamedOptions: 'retired' })).toEqual(['North', 'East']);
  });

  it('leaves all options alone where a write names none of its options at all', async () => {
    const { patch, account } = await start({ unnamedOptions: 'retired' });
    await patch('/custom_fields/107', { name: 'Another' });
    expect(account.definitions.find(({ id }) => id === 107)?.options).toEqual([
      anOption(901, 'North'),
      anOption(902, 'South'),
      anOption(903, 'Old', '2020-01-02T03:04:05Z'),
    ]);
  });

  it('takes two options of one text, or refuses the second by option', async () => {
    const edit = { picklist_options: [{ option: 'North' }] };
    expect((await (await start()).patch('/custom_fields/107', edit)).status).toBe(200);
    const strict = await start({ takesEqualOptions: false });
    expect((await strict.patch('/custom_fields/107', edit)).status).toBe(422);
    const retired = { picklist_options: [{ option: 'Old' }] };
    expect((await strict.patch('/custom_fields/107', retired)).status).toBe(200);
  });

  it('answers 200 to a restoring that it ignores by option', async () => {
    const { patch } = await start({ restoresOptions: 'ignored' });
    const edit = { picklist_options: [{ id: 903, _deleted: false }] };
    const { status, data } = await patch('/custom_fields/107', edit, OPTIONS);
    expect(status).toBe(200);
    expect(data['picklist_options']).toContainEqual(
      expect.objectContaining({ id: 903, deleted_at: '2020-01-02T03:04:05Z' }),
    );
  });
});

function pagingOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return (body['meta'] as { readonly paging: Readonly<Record<string, unknown>> }).paging;
}

describe('a page', () => {
  it('links to the one before, which shows what it showed', async () => {
    const account = smallAccount({
      records: [1, 2, 3, 4, 5].map((id) =>
        aMatter(id, { access: id === 2 ? 'none' : 'write', rows: [aRow(200 + id, 101, 'x')] }),
      ),
    });
    const { get, send, token } = await startTestSandbox(account);
    const open = (url: unknown) => send('GET', String(url), { Authorization: `Bearer ${token}` });
    for (const order of ['id(asc)', 'id(desc)']) {
      const first = await get('/matters', { limit: 2, order, fields: 'id' });
      expect(Object.keys(pagingOf(first.body))).toEqual(['next']);
      const second = await open(first.next);
      expect(Object.keys(pagingOf(second.body))).toEqual(['previous']);
      const back = await open(pagingOf(second.body)['previous']);
      expect(back.items).toEqual(first.items);
      expect(Object.keys(pagingOf(back.body))).toEqual(['next']);
    }
  });
});

describe('one thing', () => {
  it.each(['/matters/1', '/contacts/1', '/custom_fields/107', '/users/who_am_i'])(
    '%s comes with its tag, and with 304 to who has it',
    async (path) => {
      const { get } = await start();
      const { headers, data } = await get(path);
      expect(headers.get('etag')).toBe(data['etag']);
      const known = { 'If-None-Match': String(data['etag']) };
      expect((await get(path, {}, known)).status).toBe(304);
    },
  );

  it('may be a document, written under a condition', async () => {
    const { send, patch, get, baseUrl, token } = await start();
    const { data, headers } = await send(
      'POST',
      `${baseUrl}/api/v4/documents.json`,
      { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      JSON.stringify({ data: { name: 'a.csv', parent: { id: 1, type: 'Matter' } } }),
    );
    expect(headers.get('etag')).toBe(data['etag']);
    const etag = String(data['etag']);
    expect((await get('/documents/1', {}, { 'If-None-Match': etag })).status).toBe(304);
    expect((await patch('/documents/1', {}, {}, { 'If-Match': '"another"' })).status).toBe(412);
    expect((await patch('/documents/1', {}, {}, { 'If-Match': etag })).status).toBe(200);
  });
});

describe('an upload', () => {
  it('is looked for in vain as often as the option says', async () => {
    const sandbox = await start({ uploadTimeouts: 1 });
    const post = { Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json' };
    const { data } = await sandbox.send(
      'POST',
      `${sandbox.baseUrl}/api/v4/documents.json?fields=latest_document_version{uuid,put_url,put_headers}`,
      post,
      JSON.stringify({ data: { name: 'a.csv', parent: { id: 1, type: 'Matter' } } }),
    );
    const version = data['latest_document_version'] as {
      readonly uuid: string;
      readonly put_url: string;
      readonly put_headers: readonly { readonly name: string; readonly value: string }[];
    };
    const complete = () =>
      sandbox.patch('/documents/1', { uuid: version.uuid, fully_uploaded: true });
    expect((await complete()).error).toMatch(/^UploadNotFoundError/);
    const headers = Object.fromEntries(version.put_headers.map(({ name, value }) => [name, value]));
    await sandbox.send('PUT', version.put_url, headers, 'a');
    expect((await complete()).error).toMatch(/^UploadTimeoutError/);
    expect((await complete()).status).toBe(200);
  });
});

describe('a played 400', () => {
  it('has an empty body', async () => {
    const { get } = await startTestSandbox(smallAccount(), {
      faults: [{ kind: '400', on: 'all', probability: 1 }],
    });
    expect(await get('/matters')).toMatchObject({ status: 400, text: '' });
  });
});
