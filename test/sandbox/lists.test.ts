import { describe, expect, it } from 'vitest';
import { aDefinition, aMatter, aRow, smallAccount, startTestSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

describe('a list in the order of ids', () => {
  it('is followed by its links to the end, each record once', async () => {
    const sandbox = await startTestSandbox(manyMatters(450));
    const seen = await follow(sandbox, '/matters', { fields: 'id', limit: 200 });
    expect(seen.pages).toEqual([200, 200, 50]);
    expect(seen.ids).toEqual(Array.from({ length: 450 }, (_, index) => index + 1));
  });

  it('says how many there are, and has full links that end', async () => {
    const { get, baseUrl } = await startTestSandbox(manyMatters(3));
    const first = await get('/matters', { limit: 2 });
    expect(first.body['meta']).toEqual({
      records: 3,
      paging: { next: expect.stringContaining(`${baseUrl}/api/v4/matters.json?`) },
    });
    const whole = await get('/matters', { limit: 3 });
    expect(whole.body['meta']).toEqual({ records: 3, paging: {} });
  });

  it('keeps its place when records appear and vanish behind it', async () => {
    const sandbox = await startTestSandbox(manyMatters(6));
    const first = await sandbox.get('/matters', { limit: 3, fields: 'id' });
    sandbox.account.records.splice(0, 2);
    sandbox.account.records.push(aMatter(7));
    const second = await followLink(sandbox, first.next);
    expect(second.items.map(({ id }) => id)).toEqual([4, 5, 6]);
    const third = await followLink(sandbox, second.next);
    expect(third.items.map(({ id }) => id)).toEqual([7]);
  });

  it('takes 1 to 200 records a page, 200 where nothing is said', async () => {
    const { get } = await startTestSandbox(manyMatters(201));
    expect((await get('/matters')).items).toHaveLength(200);
    for (const limit of ['0', '201', '-1', 'many', '1.5']) {
      expect((await get('/matters', { limit })).status).toBe(422);
    }
  });

  it('refuses a page token that was made up or belongs to other parameters', async () => {
    const { get } = await startTestSandbox(manyMatters(6));
    const { next } = await get('/matters', { limit: 2, fields: 'id' });
    const token = new URL(next ?? '').searchParams.get('page_token') ?? '';
    const good = { limit: 2, fields: 'id', page_token: token };
    expect((await get('/matters', good)).status).toBe(200);
    for (const [path, query] of [
      ['/matters', { ...good, page_token: 'made-up' }],
      ['/matters', { ...good, page_token: `${token}x` }],
      ['/matters', { ...good, limit: 3 }],
      ['/matters', { ...good, status: 'open' }],
      ['/matters', { page_token: token }],
      ['/contacts', good],
    ] as const) {
      const { status, error } = await get(path, query);
      expect([status, error]).toEqual([422, 'ArgumentError: page_token is invalid']);
    }
  });

  it('refuses the page token of another sandbox', async () => {
    const one = await startTestSandbox(manyMatters(6));
    const other = await startTestSandbox(manyMatters(6));
    const { next } = await one.get('/matters', { limit: 2 });
    const link = (next ?? '').replace(one.baseUrl, other.baseUrl);
    expect((await followLink(other, link)).error).toBe('ArgumentError: page_token is invalid');
  });

  it('lets page tokens expire by option', async () => {
    let now = 1_000_000;
    const sandbox = await startTestSandbox(manyMatters(6), {
      now: () => now,
      behaviour: { pageTokenLifetimeMs: 5_000 },
    });
    const { next } = await sandbox.get('/matters', { limit: 2 });
    now += 5_000;
    expect((await followLink(sandbox, next)).status).toBe(200);
    now += 1;
    expect((await followLink(sandbox, next)).error).toBe('ArgumentError: page_token is invalid');
  });
});

describe('a list in another order', () => {
  it('is paged by offset', async () => {
    const sandbox = await startTestSandbox(manyMatters(5));
    const seen = await follow(sandbox, '/matters', { order: 'id(desc)', limit: 2, fields: 'id' });
    expect(seen.ids).toEqual([5, 4, 3, 2, 1]);
    const { get } = sandbox;
    const middle = await get('/matters', { offset: 1, limit: 2, fields: 'id' });
    expect(middle.items.map(({ id }) => id)).toEqual([2, 3]);
  });

  it('ends at 10,000 records', async () => {
    const { get } = await startTestSandbox();
    expect((await get('/matters', { offset: 9_800 })).status).toBe(200);
    const { status, error } = await get('/matters', { offset: 9_801 });
    expect([status, error]).toEqual([422, expect.stringContaining('10000')]);
  });

  it('sorts definitions and contacts by name', async () => {
    const account = smallAccount({
      definitions: [
        aDefinition(3, 'text_line', { name: 'Beta', displayOrder: 2 }),
        aDefinition(1, 'text_line', { name: 'Gamma', displayOrder: 1 }),
        aDefinition(2, 'text_line', { name: 'Alpha', displayOrder: 3 }),
      ],
    });
    const { get } = await startTestSandbox(account);
    const ids = async (order: string) =>
      (await get('/custom_fields', { order, fields: 'id' })).items.map(({ id }) => id);
    expect(await ids('id(asc)')).toEqual([1, 2, 3]);
    expect(await ids('name(asc)')).toEqual([2, 3, 1]);
    expect(await ids('display_order(desc)')).toEqual([2, 3, 1]);
    const contacts = await get('/contacts', { order: 'name(desc)', fields: 'name' });
    expect(contacts.items).toEqual([{ name: 'Contact 2' }, { name: 'Contact 1' }]);
  });

  it('refuses an order that there is not, and a page token in it', async () => {
    const { get } = await startTestSandbox();
    for (const query of [
      { order: 'label(asc)' },
      { order: 'id' },
      { order: 'constructor(asc)' },
      { order: 'id(desc)', page_token: 'x' },
    ]) {
      expect((await get('/matters', query)).status).toBe(422);
    }
  });
});

describe('a filter', () => {
  it('picks records by id, in the order of ids, unknown ones left out', async () => {
    const { get } = await startTestSandbox(manyMatters(5));
    const { items } = await get('/matters', { 'ids[]': [4, 2, 99, 2], fields: 'id' });
    expect(items).toEqual([{ id: 2 }, { id: 4 }]);
    expect((await get('/matters', { 'ids[]': ['x'] })).status).toBe(422);
  });

  it('excludes contacts by id', async () => {
    const { get } = await startTestSandbox();
    const { items } = await get('/contacts', { 'exclude_ids[]': 1, fields: 'id' });
    expect(items).toEqual([{ id: 2 }]);
  });

  it('picks matters by one status or several', async () => {
    const account = smallAccount({
      records: [aMatter(1), aMatter(2, { status: 'Pending' }), aMatter(3, { status: 'Closed' })],
    });
    const { get } = await startTestSandbox(account);
    const ids = async (status: string) =>
      (await get('/matters', { status, fields: 'id' })).items.map(({ id }) => id);
    expect(await ids('open')).toEqual([1]);
    expect(await ids('pending,closed')).toEqual([2, 3]);
    expect((await get('/matters', { status: 'Open' })).status).toBe(422);
  });

  it('picks what changed since a full date-time, and refuses a bare date', async () => {
    const account = smallAccount({
      records: [aMatter(1), aMatter(2, { updatedAt: '2024-05-01T10:00:00Z' })],
    });
    const { get } = await startTestSandbox(account);
    const ids = async (updated_since: string) =>
      (await get('/matters', { updated_since, fields: 'id' })).items.map(({ id }) => id);
    expect(await ids('2024-05-01T12:00:00+02:00')).toEqual([2]);
    expect(await ids('2024-05-01T10:00:01Z')).toEqual([]);
    for (const name of ['updated_since', 'created_since']) {
      for (const value of ['2024-05-01', '2024-05-01T10:00:00', 'yesterday']) {
        const { status, error } = await get('/matters', { [name]: value });
        expect([status, error]).toEqual([422, expect.stringContaining('invalid xmlschema format')]);
      }
    }
  });

  it('picks definitions by parent in either spelling, type, part of the name and deletion', async () => {
    const account = smallAccount();
    account.definitions.push(
      aDefinition(120, 'date', { name: 'Date of Loss', deleted: true }),
      aDefinition(121, 'date', { name: 'Loss (old)', required: true, displayed: true }),
    );
    const { get } = await startTestSandbox(account);
    const ids = async (query: Record<string, string>) =>
      (await get('/custom_fields', { ...query, fields: 'id' })).items.map(({ id }) => id);
    expect(await ids({ parent_type: 'contact' })).toEqual([113]);
    expect(await ids({ parent_type: 'Contact' })).toEqual([113]);
    expect(await ids({ field_type: 'date' })).toEqual([105, 120, 121]);
    expect(await ids({ query: 'loss' })).toEqual([120, 121]);
    expect(await ids({ query: 'd*of*l' })).toEqual([120]);
    expect(await ids({ deleted: 'true' })).toEqual([120]);
    expect(await ids({ deleted: 'false', query: 'loss' })).toEqual([121]);
    expect(await ids({ visible_and_required: 'true' })).toEqual([121]);
    for (const query of [{ parent_type: 'matters' }, { field_type: 'text' }, { deleted: 'yes' }]) {
      expect((await get('/custom_fields', query)).status).toBe(422);
    }
    const unlisted = await startTestSandbox(account, {
      behaviour: { listsDeletedDefinitions: false },
    });
    const { items } = await unlisted.get('/custom_fields', { query: 'loss', fields: 'id' });
    expect(items).toEqual([{ id: 121 }]);
  });

  it('that is misspelt is ignored: everything is read', async () => {
    const { get } = await startTestSandbox();
    expect((await get('/matters', { id: 1, stauts: 'open' })).items).toHaveLength(3);
  });

  it('that Clio has and the sandbox cannot answer is refused, not ignored', async () => {
    const { get } = await startTestSandbox();
    for (const name of ['client_id', 'open_date[]']) {
      expect((await get('/matters', { [name]: '1' })).status).toBe(422);
    }
  });

  it('that is malformed is answered with 400 by option', async () => {
    const behaviour = { badParameterStatus: 400 as const };
    const { get } = await startTestSandbox(smallAccount(), { behaviour });
    expect((await get('/matters', { limit: 0 })).status).toBe(400);
    expect((await get('/matters', { page_token: 'x' })).status).toBe(400);
  });
});

function manyMatters(count: number) {
  return smallAccount({
    records: Array.from({ length: count }, (_, index) =>
      aMatter(index + 1, { rows: [aRow(101 + index, 101, `text ${index}`)] }),
    ),
  });
}

async function follow(sandbox: TestSandbox, path: string, query: Record<string, string | number>) {
  const pages: number[] = [];
  const ids: unknown[] = [];
  let page = await sandbox.get(path, query);
  for (;;) {
    pages.push(page.items.length);
    ids.push(...page.items.map(({ id }) => id));
    if (page.next === null) return { pages, ids };
    page = await followLink(sandbox, page.next);
  }
}

function followLink(sandbox: TestSandbox, link: string | null) {
  return sandbox.send('GET', link ?? '', { Authorization: `Bearer ${sandbox.token}` });
}
