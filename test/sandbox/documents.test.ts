import { describe, expect, it } from 'vitest';
import { aMatter, smallAccount, startTestSandbox } from '../support/sandbox.ts';
import type { TestSandbox } from '../support/sandbox.ts';

const VERSION = { fields: 'id,latest_document_version{uuid,put_url,put_headers}' };
const PARENT = { id: 1, type: 'Matter' };

describe('a document', () => {
  it('is registered, put, and declared complete', async () => {
    const sandbox = await startTestSandbox();
    const { id, uuid, putUrl, putHeaders } = await register(sandbox);
    expect(putHeaders).toEqual({
      'Content-Type': 'text/csv',
      'x-amz-server-side-encryption': 'AES256',
    });
    expect((await sandbox.send('PUT', putUrl, putHeaders, 'a,b')).status).toBe(200);
    const complete = { uuid, fully_uploaded: true };
    const fields = { fields: 'latest_document_version{fully_uploaded}' };
    const { status, data } = await sandbox.patch(`/documents/${id}`, complete, fields);
    expect([status, data]).toEqual([200, { latest_document_version: { fully_uploaded: true } }]);
    const [stored] = sandbox.documents;
    expect(stored).toMatchObject({ name: 'report.csv', parentType: 'Matter', parentId: 1 });
    expect(Buffer.from(stored?.version.content ?? []).toString()).toBe('a,b');
  });

  it('is not complete before its bytes are there, nor under another uuid', async () => {
    const sandbox = await startTestSandbox();
    const { id, uuid, putUrl, putHeaders } = await register(sandbox);
    const early = await sandbox.patch(`/documents/${id}`, { uuid, fully_uploaded: true });
    expect([early.status, early.error]).toEqual([422, expect.stringMatching(/^UploadNotFound/)]);
    await sandbox.send('PUT', putUrl, putHeaders, 'a,b');
    const wrong = await sandbox.patch(`/documents/${id}`, { uuid: 'x', fully_uploaded: true });
    expect(wrong.status).toBe(422);
    expect(sandbox.documents[0]?.version.fullyUploaded).toBe(false);
  });

  it('is put with exactly the headers that came with its address, and without the token', async () => {
    const sandbox = await startTestSandbox();
    const { putUrl, putHeaders } = await register(sandbox);
    const { 'x-amz-server-side-encryption': encryption, ...lacking } = putHeaders;
    expect(encryption).toBe('AES256');
    const put = async (url: string, headers: Record<string, string>) =>
      (await sandbox.send('PUT', url, headers, 'a,b')).status;
    expect(await put(putUrl, lacking)).toBe(403);
    expect(await put(putUrl, { ...putHeaders, 'Content-Type': 'text/plain' })).toBe(403);
    expect(await put(putUrl, { ...putHeaders, Authorization: `Bearer ${sandbox.token}` })).toBe(
      400,
    );
    expect(await put(`${putUrl}x`, putHeaders)).toBe(403);
    expect(await put(putUrl.replace(/\?.*/, ''), putHeaders)).toBe(403);
    expect(sandbox.documents[0]?.version.content).toBeNull();
    expect(await put(putUrl, putHeaders)).toBe(200);
  });

  it('has an address that is good for ten minutes', async () => {
    let now = 0;
    const sandbox = await startTestSandbox(smallAccount(), { now: () => now });
    const { putUrl, putHeaders } = await register(sandbox);
    now += 600_001;
    expect((await sandbox.send('PUT', putUrl, putHeaders, 'a,b')).status).toBe(403);
  });

  it.each([
    [{ parent: PARENT }, 422],
    [{ name: 'x' }, 422],
    [{ name: 'x', parent: { id: 99, type: 'Matter' } }, 422],
    [{ name: 'x', parent: { id: 1, type: 'Folder' } }, 422],
    [{ name: 'x', parent: { id: 2, type: 'Matter' } }, 403],
    [{ name: 'x', parent: { id: 9, type: 'Document' } }, 422],
    [{ name: 'x', parent: PARENT, external_properties: [{ name: 'a' }] }, 422],
    [
      {
        name: 'x',
        parent: PARENT,
        external_properties: [1, 2, 3, 4, 5, 6].map((n) => ({ name: 'a', value: `${n}` })),
      },
      422,
    ],
  ])('is refused with %j', async (data, status) => {
    const records = [aMatter(1), aMatter(2, { access: 'read' })];
    const sandbox = await startTestSandbox(smallAccount({ records }));
    expect((await post(sandbox, data)).status).toBe(status);
    expect(sandbox.documents).toEqual([]);
  });

  it('is listed once it is whole, or where those that are not are asked for', async () => {
    const sandbox = await startTestSandbox();
    const { id, uuid, putUrl, putHeaders } = await register(sandbox);
    const listed = async (query: Record<string, string>) =>
      (await sandbox.get('/documents', query)).items.map((item) => item['id']);
    expect(await listed({})).toEqual([]);
    expect(await listed({ show_uncompleted: 'true' })).toEqual([id]);
    await sandbox.send('PUT', putUrl, putHeaders, 'a,b');
    await sandbox.patch(`/documents/${id}`, { uuid, fully_uploaded: true });
    expect(await listed({ matter_id: '1' })).toEqual([id]);
    expect(await listed({ matter_id: '2' })).toEqual([]);
    expect(await listed({ contact_id: '1' })).toEqual([]);
    const mine = { external_property_name: 'mark', external_property_value: 'one' };
    expect(await listed(mine)).toEqual([id]);
    expect(await listed({ ...mine, external_property_value: 'two' })).toEqual([]);
    expect((await sandbox.get('/documents', { parent_id: '1' })).status).toBe(422);
  });

  it('gets a newer version, which has to be put and completed anew', async () => {
    const sandbox = await startTestSandbox();
    const { id, uuid, putUrl, putHeaders } = await register(sandbox);
    await sandbox.send('PUT', putUrl, putHeaders, 'a,b');
    await sandbox.patch(`/documents/${id}`, { uuid, fully_uploaded: true });
    const newer = await register(sandbox, { id, type: 'Document' });
    expect(newer).toMatchObject({ id });
    expect(newer.uuid).not.toBe(uuid);
    const early = await sandbox.patch(`/documents/${id}`, {
      uuid: newer.uuid,
      fully_uploaded: true,
    });
    expect(early.error).toMatch(/^UploadNotFound/);
    await sandbox.send('PUT', newer.putUrl, newer.putHeaders, 'c,d');
    await sandbox.patch(`/documents/${id}`, { uuid: newer.uuid, fully_uploaded: true });
    const [stored] = sandbox.documents;
    expect(Buffer.from(stored?.version.content ?? []).toString()).toBe('c,d');
    expect(stored?.formerVersions).toHaveLength(1);
  });

  it.each([
    ['same' as const, 403],
    ['renewed' as const, 200],
  ])('shows an address to whoever reads it later (%s)', async (putUrlOnRead, status) => {
    let now = 0;
    const behaviour = { putUrlOnRead };
    const sandbox = await startTestSandbox(smallAccount(), { now: () => now, behaviour });
    const { id, putHeaders } = await register(sandbox);
    now += 600_001;
    const { data } = await sandbox.get(`/documents/${id}`, VERSION);
    const { put_url: url } = data['latest_document_version'] as { put_url: string };
    expect((await sandbox.send('PUT', url, putHeaders, 'a,b')).status).toBe(status);
  });

  it('answers id and etag where no fields are asked for, and is found again', async () => {
    const sandbox = await startTestSandbox();
    const { status, data } = await post(sandbox, { name: 'x', parent: PARENT });
    expect([status, Object.keys(data)]).toEqual([201, ['id', 'etag']]);
    const found = await sandbox.get(`/documents/${String(data['id'])}`, { fields: 'name' });
    expect(found.data).toEqual({ name: 'x' });
    expect((await sandbox.get('/documents/99')).status).toBe(404);
  });
});

function post({ send, baseUrl, token }: TestSandbox, data: unknown, fields = '') {
  return send(
    'POST',
    `${baseUrl}/api/v4/documents.json${fields}`,
    { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    JSON.stringify({ data }),
  );
}

async function register(sandbox: TestSandbox, parent: object = PARENT) {
  const { data } = await post(
    sandbox,
    {
      name: 'report.csv',
      parent,
      content_type: 'text/csv',
      external_properties: [{ name: 'mark', value: 'one' }],
    },
    `?${new URLSearchParams(VERSION).toString()}`,
  );
  const version = data['latest_document_version'] as {
    readonly uuid: string;
    readonly put_url: string;
    readonly put_headers: readonly { readonly name: string; readonly value: string }[];
  };
  return {
    id: Number(data['id']),
    uuid: version.uuid,
    putUrl: version.put_url,
    putHeaders: Object.fromEntries(version.put_headers.map(({ name, value }) => [name, value])),
  };
}
