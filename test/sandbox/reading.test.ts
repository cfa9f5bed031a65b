import { describe, expect, it } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import {
  aContact,
  aDefinition,
  aMatter,
  anOption,
  aRow,
  smallAccount,
  startTestSandbox,
} from '../support/sandbox.ts';

const VALUE_FIELDS =
  'custom_field_values{id,field_name,field_type,value,custom_field,picklist_option,matter,contact,soft_deleted}';

describe('what a request shows', () => {
  it('is id and etag where no fields are asked for', async () => {
    const { get } = await startTestSandbox();
    const one = await get('/matters/1');
    expect(Object.keys(one.data)).toEqual(['id', 'etag']);
    const list = await get('/contacts');
    expect(list.items.map((item) => Object.keys(item))).toEqual([
      ['id', 'etag'],
      ['id', 'etag'],
    ]);
    expect(Object.keys((await get('/custom_fields/101')).data)).toEqual(['id', 'etag']);
    expect(Object.keys((await get('/users/who_am_i')).data)).toEqual(['id', 'etag']);
  });

  it('is exactly the keys that were asked for', async () => {
    const { get } = await startTestSandbox();
    const { body } = await get('/matters/2', {
      fields: 'display_number,custom_field_values{value}',
    });
    expect(body).toEqual({
      data: { display_number: '00002-Example', custom_field_values: [{ value: 'second' }] },
    });
  });

  it('is a stub of id and etag for nested things without braces', async () => {
    const { get } = await startTestSandbox();
    const { data } = await get('/matters/2', { fields: 'custom_field_values' });
    expect(data).toEqual({
      custom_field_values: [{ id: 'text_line-104', etag: expect.any(String) }],
    });
    const picklist = await get('/custom_fields/107', { fields: 'picklist_options' });
    expect(picklist.data['picklist_options']).toEqual([
      { id: 901, etag: expect.any(String) },
      { id: 902, etag: expect.any(String) },
    ]);
  });

  it('is the same with and without .json', async () => {
    const { send, baseUrl, token } = await startTestSandbox();
    const headers = { Authorization: `Bearer ${token}` };
    const bare = await send('GET', `${baseUrl}/api/v4/matters/1`, headers);
    const dotted = await send('GET', `${baseUrl}/api/v4/matters/1.json`, headers);
    expect(bare.body).toEqual(dotted.body);
  });

  it.each([
    'nonsense',
    'id,nonsense',
    'id{etag}',
    'constructor',
    'custom_field_values{nonsense}',
    'custom_field_values{id,custom_field{id}}',
    'custom_field_values{}',
    'custom_field_values{id',
    'id, etag',
    'id,',
  ])('is a 400 for the whole request with fields=%s', async (fields) => {
    const { get } = await startTestSandbox();
    for (const path of ['/matters', '/matters/1']) {
      const { status, body } = await get(path, { fields });
      expect(status).toBe(400);
      expect(body).toEqual({
        error: { type: 'InvalidFields', message: expect.stringContaining('is not a valid field') },
      });
    }
  });

  it('refuses wrong fields of a write before anything is written', async () => {
    const { patch, account } = await startTestSandbox();
    const data = { custom_field_values: [{ id: 'text_line-101', value: 'new' }] };
    expect((await patch('/matters/1', data, { fields: 'nonsense' })).status).toBe(400);
    expect(account.records[0]?.rows[0]?.value).toBe('first');
    expect((await patch('/custom_fields/101', { name: 'x' }, { fields: 'nope' })).status).toBe(400);
    expect(account.definitions[0]?.name).toBe('Field 101');
  });

  it('is who signed in, and the account', async () => {
    const { get } = await startTestSandbox();
    const { data } = await get('/users/who_am_i', {
      fields: 'id,name,email,roles,account{id,name}',
    });
    expect(data).toEqual({
      id: 2,
      name: 'Pat Example',
      email: 'pat@example.com',
      roles: ['admin'],
      account: { id: 1, name: 'Example & Sample LLP' },
    });
  });

  it('answers 304 to a condition that still holds, and the thing itself otherwise', async () => {
    const { get } = await startTestSandbox();
    const etag = (await get('/matters/1')).headers.get('etag') ?? '';
    expect((await get('/matters/1', {}, { 'If-None-Match': etag })).status).toBe(304);
    expect((await get('/matters/1', {}, { 'If-None-Match': '"other"' })).status).toBe(200);
    const since = { 'If-Modified-Since': 'Thu, 02 Jan 2020 03:04:05 GMT' };
    expect((await get('/matters/1', {}, since)).status).toBe(304);
    const earlier = { 'If-Modified-Since': 'Thu, 02 Jan 2020 03:04:04 GMT' };
    expect((await get('/matters/1', {}, earlier)).status).toBe(200);
  });

  it('does not know what does not exist', async () => {
    const { get } = await startTestSandbox();
    for (const path of [
      '/matters/99',
      '/matters/abc',
      '/contacts/3',
      '/custom_fields/1',
      '/custom_field_values/101',
      '/nothing',
    ]) {
      expect((await get(path)).status).toBe(404);
    }
  });
});

describe('the four kinds of empty', () => {
  it('are no entry, an entry without an id, and a row without a value', async () => {
    const { get } = await startTestSandbox(accountOfEmpties());
    const { values } = await get('/matters/1', {
      fields: 'custom_field_values{id,value,custom_field}',
    });
    expect(values).toMatchObject([
      { id: 'text_line-103', value: null, custom_field: { id: 103 } },
      { id: null, value: null, custom_field: { id: 102 } },
    ]);
  });

  it('are a stripped entry, with an id and nothing else', async () => {
    const { get } = await startTestSandbox(accountOfEmpties());
    const { values } = await get('/matters/2', { fields: VALUE_FIELDS });
    expect(values).toEqual([{ id: 'text_line-104' }]);
  });

  it('leave out displayed fields without a row where the option says so', async () => {
    const behaviour = { listsDisplayedWithoutRow: false };
    const { get } = await startTestSandbox(accountOfEmpties(), { behaviour });
    const { values } = await get('/matters/1', { fields: 'custom_field_values{id}' });
    expect(values).toEqual([{ id: 'text_line-103' }]);
  });
});

describe('a value as it is read', () => {
  it('has the JSON type of its field, an id of type and row, and its definition', async () => {
    expect(await readValues({})).toMatchObject([
      {
        id: 'picklist-101',
        field_type: 'picklist',
        field_name: 'Field 107',
        value: 902,
        custom_field: { id: 107 },
        picklist_option: { id: 902 },
      },
      { id: 'currency-102', value: '1234.5', picklist_option: null },
      { id: 'checkbox-103', value: false },
      { id: 'contact-104', value: 1, contact: { id: 1 }, matter: null },
      { id: 'matter-105', value: 2, matter: { id: 2, display_number: '00002-Example' } },
      { id: 'date-106', value: '2024-02-29' },
    ]);
  });

  it('shows the text of an option only by option', async () => {
    expect((await readValues({}))[0]?.['picklist_option']).not.toHaveProperty('option');
    expect((await readValues({ picklistOptionShowsText: true }))[0]).toMatchObject({
      picklist_option: { id: 902, option: 'South' },
    });
  });

  it('gives amounts as numbers and picklists as strings by option', async () => {
    const [picklist, currency] = await readValues({
      picklistReadAs: 'string',
      amountsReadAs: 'number',
    });
    expect(picklist).toMatchObject({ value: '902' });
    expect(currency).toMatchObject({ value: 1234.5 });
  });

  it('has a hollow definition by option', async () => {
    expect((await readValues({ hollowCustomField: true }))[0]?.['custom_field']).toEqual({});
    expect((await readValues({ customFieldShowsEtag: false }))[0]?.['custom_field']).toEqual({
      id: 107,
    });
  });

  it('is trimmed to the definitions in custom_field_ids[]', async () => {
    const { get } = await startTestSandbox(accountOfTypes());
    const query = { fields: 'custom_field_values{id}', 'custom_field_ids[]': [105, 106] };
    const values = [{ id: 'checkbox-103' }, { id: 'date-106' }];
    expect((await get('/matters/1', query)).data).toEqual({ custom_field_values: values });
    expect((await get('/matters', query)).items[0]).toEqual({ custom_field_values: values });
  });

  it('of a deleted definition is marked, or unlisted by option', async () => {
    const query = { fields: 'custom_field_values{id,soft_deleted}', 'custom_field_ids[]': 105 };
    const listed = await startTestSandbox(accountWithDeleted());
    expect((await listed.get('/matters/1', query)).data).toEqual({
      custom_field_values: [{ id: 'date-106', soft_deleted: true }],
    });
    const behaviour = { listsSoftDeletedValues: false };
    const unlisted = await startTestSandbox(accountWithDeleted(), { behaviour });
    expect((await unlisted.get('/matters/1', query)).data).toEqual({
      custom_field_values: [],
    });
  });
});

describe('what a user may not see', () => {
  it('is absent from lists, or redacted in them', async () => {
    const { get } = await startTestSandbox(accountOfUnseen());
    const { body, items } = await get('/matters', { fields: 'id,custom_field_values{value}' });
    expect(items).toEqual([
      { id: 2, display_number: '00002-Example', redacted: true },
      { id: 3, custom_field_values: [] },
    ]);
    expect(body['meta']).toMatchObject({ records: 2 });
    const contacts = await get('/contacts', { fields: 'id,name' });
    expect(contacts.items).toEqual([{ id: 1, redacted: true }]);
    expect((await get('/matters', { query: 'Example', fields: 'id' })).items).toEqual([{ id: 3 }]);
  });

  it('is not found alone, or forbidden by option', async () => {
    const strict = await startTestSandbox(accountOfUnseen());
    expect((await strict.get('/matters/1')).status).toBe(404);
    expect((await strict.get('/matters', { 'ids[]': 1 })).items).toEqual([]);
    const other = await startTestSandbox(accountOfUnseen(), {
      behaviour: { invisibleStatus: 403 },
    });
    expect((await other.get('/matters/1')).status).toBe(403);
  });

  it('is redacted where a value names it', async () => {
    const account = accountOfUnseen();
    account.records[2]?.rows.push(aRow(103, 112, 1), aRow(104, 111, 1));
    const { get } = await startTestSandbox(account);
    const { values } = await get('/matters/3', { fields: 'custom_field_values{matter,contact}' });
    expect(values).toEqual([
      { matter: { id: 1, display_number: '00001-Example', redacted: true }, contact: null },
      { matter: null, contact: { id: 1, redacted: true } },
    ]);
  });

  it('shows what can be asked about redaction', async () => {
    const { get } = await startTestSandbox(accountOfUnseen());
    expect((await get('/matters/3', { fields: 'redacted' })).data).toEqual({
      redacted: false,
    });
  });

  it('is who one is, and the definitions, without the permissions', async () => {
    const behaviour = { usersPermission: false, customFieldsPermission: false };
    const { get } = await startTestSandbox(accountOfUnseen(), { behaviour });
    for (const path of ['/users/who_am_i', '/custom_fields', '/custom_fields/101']) {
      const { status, body } = await get(path);
      expect(status).toBe(403);
      expect(body).toEqual({
        error: {
          type: 'ForbiddenError',
          message: 'User is forbidden from taking that action',
        },
      });
    }
  });
});

describe('retired options', () => {
  const names = 'picklist_options{id,option}';
  const withDeletion = 'picklist_options{id,option,deleted_at}';

  it('are shown always, never, or where their deletion is asked for', async () => {
    expect([await countOptions('asked', names), await countOptions('asked', withDeletion)]).toEqual(
      [1, 2],
    );
    expect([
      await countOptions('always', names),
      await countOptions('never', withDeletion),
    ]).toEqual([2, 1]);
  });
});

const accountOfEmpties = () =>
  smallAccount({
    definitions: [
      aDefinition(101, 'text_line'),
      aDefinition(102, 'text_line', { displayed: true }),
      aDefinition(103, 'text_line'),
    ],
    records: [
      aMatter(1, { rows: [aRow(103, 103, null)] }),
      aMatter(2, { access: 'stripped', rows: [aRow(104, 101, 'hidden')] }),
    ],
  });

const accountOfTypes = () =>
  smallAccount({
    records: [
      aMatter(1, {
        rows: [
          aRow(101, 107, 902),
          aRow(102, 103, '1234.5'),
          aRow(103, 106, false),
          aRow(104, 111, 1),
          aRow(105, 112, 2),
          aRow(106, 105, '2024-02-29'),
        ],
      }),
      aMatter(2),
      aContact(1),
    ],
  });

const accountWithDeleted = () => {
  const account = accountOfTypes();
  const definition = account.definitions.find(({ id }) => id === 105);
  if (definition !== undefined) definition.deleted = true;
  return account;
};

const accountOfUnseen = () =>
  smallAccount({
    records: [
      aMatter(1, { access: 'none', rows: [aRow(101, 101, 'secret')] }),
      aMatter(2, { access: 'redacted', rows: [aRow(102, 101, 'secret')] }),
      aMatter(3, { access: 'read' }),
      aContact(1, { access: 'redacted' }),
    ],
  });

async function countOptions(listsRetiredOptions: 'always' | 'asked' | 'never', fields: string) {
  const account = smallAccount({
    definitions: [
      aDefinition(107, 'picklist', {
        options: [anOption(1, 'Now'), anOption(2, 'Then', '2020-01-01T00:00:00Z')],
      }),
    ],
  });
  const { get } = await startTestSandbox(account, { behaviour: { listsRetiredOptions } });
  const options = (await get('/custom_fields/107', { fields })).data['picklist_options'];
  return Array.isArray(options) ? options.length : null;
}

async function readValues(behaviour: SandboxOptions['behaviour']) {
  const { get } = await startTestSandbox(accountOfTypes(), { behaviour });
  return (await get('/matters/1', { fields: VALUE_FIELDS })).values;
}
