import { describe, expect, it } from 'vitest';
import type { DocumentDraft, Documents, UploadAddress } from '../../../src/platforms/types.ts';
import { aMatter, smallAccount, startTestSandbox } from '../../support/sandbox.ts';
import { ScriptedClio, TOKEN } from './scripted-clio.ts';

const BYTES = new TextEncoder().encode('a,b');
const HEADERS: UploadAddress['headers'] = [
  ['Content-Type', 'text/csv'],
  ['x-amz-server-side-encryption', 'AES256'],
];

function documentsOf({ documents }: { documents: Documents | null }): Documents {
  if (documents === null) throw new Error('no place for files');
  return documents;
}

describe('putting bytes into the store', () => {
  it('sends just the headers that came with the address, and no token', async () => {
    await using clio = await ScriptedClio.start((_request, response) => response.end());
    const documents = documentsOf(clio.open());
    const url = `${clio.baseUrl}/bucket/key?signature=s`;
    expect(await documents.put({ url, headers: HEADERS }, BYTES)).toEqual({ kind: 'put' });
    const [put] = clio.received;
    expect(put).toMatchObject({ method: 'PUT', url: '/bucket/key?signature=s', body: 'a,b' });
    expect(put?.headers).toMatchObject({
      'content-type': 'text/csv',
      'x-amz-server-side-encryption': 'AES256',
    });
    expect(put?.headers['authorization']).toBeUndefined();
    expect(put?.headers['x-api-version']).toBeUndefined();
    expect(JSON.stringify(put)).not.toContain(TOKEN);
  });

  it.each([
    'http://store.example.com/key',
    'ftp://127.0.0.1/key',
    'file:///etc/passwd',
    'https://user:word@store.example.com/key',
    'not an address',
  ])('sends nothing to %s', async (url) => {
    await using clio = await ScriptedClio.start((_request, response) => response.end());
    const answer = await documentsOf(clio.open()).put({ url, headers: HEADERS }, BYTES);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(clio.received).toEqual([]);
  });

  it.each([
    [403, 'expired'],
    [400, 'refused'],
    [307, 'refused'],
    [500, 'unknown'],
    [503, 'unknown'],
  ])('takes a status of %i as %s', async (status, kind) => {
    await using clio = await ScriptedClio.start((_request, response) => {
      response.writeHead(status, { Location: '/elsewhere' }).end();
    });
    const address = { url: `${clio.baseUrl}/key`, headers: HEADERS };
    expect((await documentsOf(clio.open()).put(address, BYTES)).kind).toBe(kind);
    expect(clio.received).toHaveLength(1);
  });

  it('says that it does not know where the connection broke, without the address', async () => {
    await using clio = await ScriptedClio.start((_request, response) => response.destroy());
    const address = { url: `${clio.baseUrl}/key?signature=secret`, headers: HEADERS };
    const answer = await documentsOf(clio.open()).put(address, BYTES);
    expect(answer.kind).toBe('unknown');
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});

describe('a document', () => {
  it('is registered, put, completed, and found by its marker until and after it is whole', async () => {
    const sandbox = await startTestSandbox(smallAccount({ records: [aMatter(1), aMatter(2)] }));
    await using clio = await ScriptedClio.start((_request, response) => response.end());
    const documents = documentsOf(
      clio.open({
        baseUrl: sandbox.baseUrl,
        tokens: { current: async () => sandbox.token, renew: async () => null },
      }),
    );
    const draft: DocumentDraft = {
      parentType: 'matter',
      recordId: '1',
      name: 'r.csv',
      contentType: 'text/csv',
      marker: 'm-1',
      replaces: null,
    };
    const other = await documents.register({ ...draft, marker: 'm-2' });
    const answer = await documents.register(draft);
    if (answer.kind !== 'document' || answer.document.address === null)
      throw new Error(answer.kind);
    const { document } = answer;
    expect(other).not.toEqual(answer);
    expect(await documents.find(draft)).toMatchObject({ documentId: document.documentId });
    expect(await documents.find({ ...draft, recordId: '2' })).toBeNull();
    expect(await documents.complete(document)).toMatchObject({ kind: 'missing' });
    expect(await documents.put(answer.document.address, BYTES)).toEqual({ kind: 'put' });
    expect(await documents.complete(document)).toEqual({ kind: 'complete' });
    expect(await documents.read(document.documentId)).toMatchObject({ isComplete: true });
    expect(await documents.find(draft)).toMatchObject({ isComplete: true });
    expect(await documents.read('99')).toBeNull();
    const newer = await documents.register({ ...draft, replaces: document.documentId });
    expect(newer).toMatchObject({
      document: { documentId: document.documentId, isComplete: false },
    });
    expect(await documents.register({ ...draft, recordId: '99' })).toMatchObject({
      kind: 'refused',
    });
  });
});
