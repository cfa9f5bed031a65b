import type {
  CompleteAnswer,
  DocumentAnswer,
  DocumentDraft,
  Documents,
  DocumentState,
} from '../types.ts';
import { answerFor, wireId } from './answers.ts';
import type { FileStore } from './file-store.ts';
import type { ClioHttp } from './http.ts';
import { errorTypeOf } from './refusals.ts';
import { type ClioDocument, parseDocument, parseOne } from './schemas.ts';

/** Documents of matters and contacts; the bytes go to a store that is not Clio's API. */
export function openDocuments(http: ClioHttp, store: FileStore): Documents {
  return {
    register: (draft) => register(http, draft),
    find: (draft) => find(http, draft),
    read: (documentId) => read(http, documentId),
    put: (address, content) => store.put(address, content),
    complete: (document) => complete(http, document),
  };
}

const ABOUT = { what: 'documents', permission: 'Documents' } as const;
const FIELDS =
  'fields=id,external_properties{name,value},latest_document_version{uuid,put_url,put_headers,fully_uploaded}';
/** Under which the marker stands beside a document. */
const PROPERTY = 'clio_fields_upload';
/** No condition is sent, so none can fail; a 412 all the same did nothing. */
const STALE = { kind: 'refused', reason: 'Clio refused it (412)' } as const;

async function register(http: ClioHttp, draft: DocumentDraft): Promise<DocumentAnswer> {
  const { parentType, recordId, name, contentType, marker, replaces } = draft;
  const parent =
    replaces === null
      ? { id: wireId(recordId), type: parentType === 'matter' ? 'Matter' : 'Contact' }
      : { id: wireId(replaces), type: 'Document' };
  const result = await http.write(
    { path: `documents.json?${FIELDS}`, ...ABOUT },
    {
      data: {
        name,
        parent,
        content_type: contentType,
        // Those of a document stay with it when it gets a newer version.
        ...(replaces === null && { external_properties: [{ name: PROPERTY, value: marker }] }),
      },
    },
    { method: 'POST', etag: null, onSend: undefined },
  );
  const answer = answerFor(result, (json) => ({
    kind: 'document' as const,
    document: parseDocument(parseOne(json, ABOUT.what), ABOUT.what, 'data'),
  }));
  return answer.kind === 'stale' ? STALE : answer;
}

/** By what stands beside the document, looked at again here: Clio passes over filters that it does not know. */
async function find(
  http: ClioHttp,
  { parentType, recordId, marker }: Pick<DocumentDraft, 'parentType' | 'recordId' | 'marker'>,
): Promise<DocumentState | null> {
  const query = [
    FIELDS,
    `${parentType}_id=${encodeURIComponent(recordId)}`,
    `external_property_name=${PROPERTY}`,
    `external_property_value=${encodeURIComponent(marker)}`,
    'show_uncompleted=true',
  ].join('&');
  let newest: ClioDocument | null = null;
  for await (const page of http.readPages({ path: `documents.json?${query}`, ...ABOUT })) {
    for (const [index, item] of page.items.entries()) {
      const document = parseDocument(item, ABOUT.what, `data[${index}]`);
      if (document.properties.some(({ name, value }) => name === PROPERTY && value === marker))
        newest = document;
    }
  }
  return newest;
}

async function read(http: ClioHttp, documentId: string): Promise<DocumentState | null> {
  const path = `documents/${encodeURIComponent(documentId)}.json?${FIELDS}`;
  const json = await http.readIfThere({ path, ...ABOUT });
  return json === null ? null : parseDocument(parseOne(json, ABOUT.what), ABOUT.what, 'data');
}

async function complete(
  http: ClioHttp,
  { documentId, versionId }: Pick<DocumentState, 'documentId' | 'versionId'>,
): Promise<CompleteAnswer> {
  const result = await http.write(
    {
      path: `documents/${encodeURIComponent(documentId)}.json?fields=id,latest_document_version{uuid,fully_uploaded}`,
      ...ABOUT,
    },
    { data: { uuid: versionId, fully_uploaded: true } },
    { etag: null, onSend: undefined },
  );
  if (result.kind === 'answered') {
    const type = errorTypeOf(result.body);
    if (type === 'UploadNotFoundError')
      return { kind: 'missing', reason: 'its bytes are not there' };
    if (type === 'UploadTimeoutError')
      return { kind: 'unknown', reason: 'Clio is still looking for its bytes' };
  }
  const answer = answerFor(result, (json): CompleteAnswer => {
    const { versionId: shown, isComplete } = parseDocument(
      parseOne(json, ABOUT.what),
      ABOUT.what,
      'data',
    );
    return shown === versionId && isComplete
      ? { kind: 'complete' }
      : { kind: 'unknown', reason: 'Clio accepted it, but does not show the document as complete' };
  });
  return answer.kind === 'stale' ? STALE : answer;
}
