import { describe, expect, it } from 'vitest';
import { aContact, aMatter, aRow, smallAccount, startTestSandbox } from '../support/sandbox.ts';

const SHOWN = { fields: 'custom_field_values{id,value,contact,matter}' };

describe('a record that a value points to', () => {
  it.each(['none', 'redacted'] as const)('is redacted where its access is "%s"', async (access) => {
    const { get } = await startTestSandbox(accountOfPointers(access));
    expect((await get('/matters/1', SHOWN)).values).toEqual([
      { id: 'contact-7', value: 1, contact: { id: 1, redacted: true }, matter: null },
      {
        id: 'matter-8',
        value: 2,
        contact: null,
        matter: { id: 2, display_number: '00002-Example', redacted: true },
      },
    ]);
  });

  it('is redacted where the app may not see its kind', async () => {
    const behaviour = { contactsPermission: 'none' } as const;
    const { get } = await startTestSandbox(accountOfPointers('write'), { behaviour });
    const { values } = await get('/matters/1', SHOWN);
    expect(values[0]).toMatchObject({ contact: { id: 1, redacted: true } });
    expect(values[1]).toMatchObject({ matter: { id: 2, display_number: '00002-Example' } });
    expect(values[1]?.['matter']).not.toHaveProperty('redacted');
  });
});

describe('an app without the permission for', () => {
  it.each(['matters', 'contacts'] as const)('%s may not read them', async (kind) => {
    const behaviour = { [`${kind}Permission`]: 'none' };
    const { get } = await startTestSandbox(smallAccount(), { behaviour });
    for (const path of [`/${kind}`, `/${kind}/1`]) {
      expect((await get(path)).error).toMatch(/^ForbiddenError: /);
    }
    expect((await get(kind === 'matters' ? '/contacts/1' : '/matters/1')).status).toBe(200);
  });

  it('writing may read only', async () => {
    const behaviour = { mattersPermission: 'read' } as const;
    const { get, patch, account } = await startTestSandbox(smallAccount(), { behaviour });
    expect((await get('/matters/1')).status).toBe(200);
    const data = { custom_field_values: [{ id: 'text_line-101', value: 'new' }] };
    expect((await patch('/matters/1', data)).status).toBe(403);
    expect(account).toEqual(smallAccount());
  });

  it('documents may not touch them', async () => {
    const behaviour = { documentsPermission: false };
    const { get } = await startTestSandbox(smallAccount(), { behaviour });
    expect((await get('/documents/1')).status).toBe(403);
  });
});

describe('a write of several values of which one is refused', () => {
  it('keeps those before it by option, and nothing otherwise', async () => {
    const data = {
      custom_field_values: [
        { id: 'text_line-101', value: 'new' },
        { id: 'currency-102', value: 'five' },
        { id: 'date-103', value: '2024-02-29' },
      ],
    };
    const whole = await startTestSandbox();
    expect((await whole.patch('/matters/1', data)).status).toBe(422);
    expect(whole.account).toEqual(smallAccount());
    const behaviour = { writesAllOrNothing: false };
    const partly = await startTestSandbox(smallAccount(), { behaviour });
    expect((await partly.patch('/matters/1', data)).status).toBe(422);
    const { values } = await partly.get('/matters/1', { fields: 'custom_field_values{value}' });
    expect(values).toEqual([{ value: 'new' }, { value: '1234.50' }, { value: null }]);
  });
});

describe('an empty text', () => {
  it('clears texts only, and other types by option', async () => {
    const strict = await startTestSandbox();
    expect((await strict.patch('/matters/1', clear('text_line-101'))).status).toBe(200);
    expect((await strict.patch('/matters/1', clear('currency-102'))).status).toBe(422);
    const behaviour = { emptyTextClears: 'all' } as const;
    const lax = await startTestSandbox(smallAccount(), { behaviour });
    expect((await lax.patch('/matters/1', clear('currency-102'))).status).toBe(200);
  });
});

describe('the text of an option', () => {
  it('has 55 characters at most, or any number by option', async () => {
    const strict = await startTestSandbox();
    expect((await strict.patch('/custom_fields/107', add(55))).status).toBe(200);
    expect((await strict.patch('/custom_fields/107', add(56))).error).toMatch(/too long/);
    const renamed = { picklist_options: [{ id: 901, option: 'x'.repeat(56) }] };
    expect((await strict.patch('/custom_fields/107', renamed)).status).toBe(422);
    const behaviour = { optionTextLimit: null };
    const lax = await startTestSandbox(smallAccount(), { behaviour });
    expect((await lax.patch('/custom_fields/107', add(56))).status).toBe(200);
  });
});

describe('a played 412', () => {
  it('strikes only where there was a condition to fail', async () => {
    const { patch, counters } = await startTestSandbox(smallAccount(), {
      faults: [{ kind: '412', on: 'writes', probability: 1 }],
    });
    expect((await patch('/matters/1', {})).status).toBe(200);
    expect((await patch('/matters/1', {}, {}, { 'If-Match': '*' })).status).toBe(412);
    expect(counters.faults).toEqual({ '412': 1 });
  });
});

describe('a page token', () => {
  it('does not go with an offset', async () => {
    const { get } = await startTestSandbox();
    const { next } = await get('/matters', { limit: 1 });
    const token = new URL(next ?? '').searchParams.get('page_token') ?? '';
    const { error } = await get('/matters', { limit: 1, offset: 0, page_token: token });
    expect(error).toBe('ArgumentError: page_token is invalid');
  });
});

describe('the API version', () => {
  it('is echoed on successes only', async () => {
    const { get } = await startTestSandbox();
    expect((await get('/matters/1')).headers.get('x-api-version')).toBe('4.0.13');
    expect((await get('/matters/99')).headers.has('x-api-version')).toBe(false);
    const gone = await get('/matters/1', {}, { 'X-API-VERSION': '3' });
    expect([gone.status, gone.headers.has('x-api-version')]).toEqual([410, false]);
  });
});

describe('the address of an upload', () => {
  it('expires when the option says so', async () => {
    let nowMs = Date.parse('2026-06-01T12:00:00Z');
    const { send, baseUrl, token } = await startTestSandbox(smallAccount(), {
      now: () => nowMs,
      behaviour: { putUrlLifetimeMs: 1_000 },
    });
    const { data } = await send(
      'POST',
      `${baseUrl}/api/v4/documents.json?fields=latest_document_version{put_url,put_headers}`,
      { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      JSON.stringify({ data: { name: 'a.csv', parent: { id: 1, type: 'Matter' } } }),
    );
    const { put_url: url, put_headers: headers } = data['latest_document_version'] as {
      readonly put_url: string;
      readonly put_headers: readonly { readonly name: string; readonly value: string }[];
    };
    const put = () =>
      send('PUT', url, Object.fromEntries(headers.map(({ name, value }) => [name, value])), 'a');
    expect((await put()).status).toBe(200);
    nowMs += 1_001;
    expect((await put()).status).toBe(403);
  });
});

const clear = (id: string) => ({ custom_field_values: [{ id, value: '' }] });

const add = (length: number) => ({ picklist_options: [{ option: 'x'.repeat(length) }] });

const accountOfPointers = (access: 'write' | 'none' | 'redacted') =>
  smallAccount({
    records: [
      aMatter(1, { rows: [aRow(7, 111, 1), aRow(8, 112, 2)] }),
      aMatter(2, { access }),
      aContact(1, { access }),
    ],
  });
