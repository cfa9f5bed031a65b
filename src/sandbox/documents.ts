import type { Directory } from './directory.ts';
import { etagOf } from './etag.ts';
import {
  isObject,
  jsonAnswer,
  readData,
  refuse,
  type Answer,
  type ApiRequest,
} from './exchange.ts';
import { many, one, selectFields, shape } from './fields.ts';
import type { Behaviour } from './options.ts';
import { newSecret } from './tokens.ts';

/** One document in three steps: registered, its bytes put, and declared complete. */
export interface StoredDocument {
  readonly id: number;
  readonly name: string;
  readonly parentType: 'Matter' | 'Contact';
  readonly parentId: number;
  readonly contentType: string;
  readonly createdAt: string;
  readonly version: DocumentVersion;
}

interface DocumentVersion {
  readonly id: number;
  readonly uuid: string;
  readonly putUrl: string;
  readonly putUrlEndsAtMs: number;
  readonly putHeaders: readonly { readonly name: string; readonly value: string }[];
  content: Uint8Array | null;
  fullyUploaded: boolean;
}

interface Upload {
  readonly uuid: string;
  readonly signature: string | null;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly content: Uint8Array;
}

/** The documents of one sandbox, and the store that their bytes are put into. */
export class Documents {
  readonly stored: StoredDocument[] = [];
  readonly #directory: Directory;
  readonly #behaviour: Behaviour;
  readonly #baseUrl: string;
  readonly #now: () => number;

  constructor(directory: Directory, behaviour: Behaviour, baseUrl: string, now: () => number) {
    this.#directory = directory;
    this.#behaviour = behaviour;
    this.#baseUrl = baseUrl;
    this.#now = now;
  }

  /** Answers requests below `/documents`, null for others. Throws ApiError for what it refuses. */
  answer(request: ApiRequest): Answer | null {
    const [, id] = /^\/documents(?:\/(\d{1,15}))?$/.exec(request.path) ?? [null, null];
    if (id === null) return null;
    if (!this.#behaviour.documentsPermission) throw refuse.forbidden();
    const render = selectFields(DOCUMENT, request.query.get('fields'));
    if (id === undefined) {
      if (request.method !== 'POST') throw refuse.notFound();
      return jsonAnswer(201, { data: render(this.#register(readData(request))) });
    }
    const document = this.stored.find((each) => each.id === Number(id));
    if (document === undefined) throw refuse.notFound();
    if (request.method === 'PATCH') this.#complete(document, readData(request));
    else if (request.method !== 'GET') throw refuse.notFound();
    return jsonAnswer(200, { data: render(document) });
  }

  /** Takes the bytes; as strict as a signed address: the very headers that came with it, and no token. */
  put({ uuid, signature, headers, content }: Upload): Answer {
    const version = this.stored.find((each) => each.version.uuid === uuid)?.version;
    if (version === undefined || !version.putUrl.endsWith(`?signature=${signature ?? ''}`)) {
      return storeError(403, 'AccessDenied');
    }
    if (version.putUrlEndsAtMs < this.#now()) return storeError(403, 'AccessDenied');
    if (headers['authorization'] !== undefined) return storeError(400, 'InvalidArgument');
    const isSigned = version.putHeaders.every(
      ({ name, value }) => headers[name.toLowerCase()] === value,
    );
    if (!isSigned) return storeError(403, 'SignatureDoesNotMatch');
    version.content = content;
    return { status: 200, headers: { ETag: `"${uuid}"` }, body: '' };
  }

  #register(data: Record<string, unknown>): StoredDocument {
    const { name, parent } = data;
    if (typeof name !== 'string' || name === '') throw refuse.argument('name is missing');
    if (!isObject(parent)) throw refuse.argument('parent is missing');
    const { id: parentId, type: parentType } = parent;
    if (parentType !== 'Matter' && parentType !== 'Contact') {
      throw refuse.argument('type of parent is not held by this sandbox');
    }
    const record = typeof parentId === 'number' && this.#directory.record(parentType, parentId);
    if (!record || record.access === 'none') throw refuse.argument('parent does not exist');
    if (record.access !== 'write') throw refuse.forbidden();
    const contentType =
      typeof data['content_type'] === 'string' ? data['content_type'] : 'application/octet-stream';
    const id = this.stored.length + 1;
    const uuid = newSecret();
    const document: StoredDocument = {
      id,
      name,
      parentType,
      parentId: record.id,
      contentType,
      createdAt: new Date(this.#now()).toISOString(),
      version: {
        id,
        uuid,
        putUrl: `${this.#baseUrl}/uploads/${uuid}?signature=${newSecret()}`,
        putUrlEndsAtMs: this.#now() + this.#behaviour.putUrlLifetimeMs,
        putHeaders: [
          { name: 'Content-Type', value: contentType },
          { name: 'x-amz-server-side-encryption', value: 'AES256' },
        ],
        content: null,
        fullyUploaded: false,
      },
    };
    this.stored.push(document);
    return document;
  }

  #complete({ version }: StoredDocument, { uuid, fully_uploaded }: Record<string, unknown>): void {
    if (fully_uploaded === undefined) return;
    if (uuid !== version.uuid) throw refuse.argument('uuid is invalid');
    if (version.content === null) throw refuse.upload();
    version.fullyUploaded = fully_uploaded === true;
  }
}

const PUT_HEADER = shape<DocumentVersion['putHeaders'][number]>(
  { name: ({ name }) => name, value: ({ value }) => value },
  {},
  ['name', 'value'],
);

const VERSION = shape<DocumentVersion>(
  {
    id: ({ id }) => id,
    etag: ({ uuid }) => etagOf([uuid]),
    uuid: ({ uuid }) => uuid,
    put_url: ({ putUrl }) => putUrl,
    fully_uploaded: ({ fullyUploaded }) => fullyUploaded,
    size: ({ content }) => content?.length ?? null,
  },
  { put_headers: many(PUT_HEADER, ({ putHeaders }) => putHeaders) },
);

const DOCUMENT = shape<StoredDocument>(
  {
    id: ({ id }) => id,
    etag: ({ id, version }) => etagOf([id, version.fullyUploaded]),
    name: ({ name }) => name,
    content_type: ({ contentType }) => contentType,
    created_at: ({ createdAt }) => createdAt,
  },
  { latest_document_version: one(VERSION, ({ version }) => version) },
);

/** The store answers in XML, as S3 does. */
function storeError(status: number, code: string): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
  };
}
