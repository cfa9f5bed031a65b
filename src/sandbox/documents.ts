import type { Directory } from './directory.ts';
import { type ExternalProperty, readDraft } from './document-draft.ts';
import { etagOf } from './etag.ts';
import { readData, refuse, type Answer, type ApiRequest } from './exchange.ts';
import { many, one, selectFields, shape } from './fields.ts';
import { order, type OrderedListing } from './lists.ts';
import type { Behaviour } from './options.ts';
import type { Parameters } from './parameters.ts';
import { answerSingle, checkCondition } from './single.ts';
import { newSecret } from './tokens.ts';

/** One document in three steps: registered, its bytes put, and declared complete. */
export interface StoredDocument {
  readonly id: number;
  readonly name: string;
  readonly parentType: 'Matter' | 'Contact';
  readonly parentId: number;
  readonly contentType: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly externalProperties: readonly ExternalProperty[];
  /** The latest. */
  version: DocumentVersion;
  readonly formerVersions: DocumentVersion[];
}

interface DocumentVersion {
  readonly id: number;
  readonly uuid: string;
  putUrl: string;
  putUrlEndsAtMs: number;
  readonly putHeaders: readonly { readonly name: string; readonly value: string }[];
  content: Uint8Array | null;
  fullyUploaded: boolean;
  /** How often its completion was answered that its bytes are still being looked for. */
  timeouts: number;
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

  /** Answers requests for one document, or for a new one; null for others. Throws ApiError for what it refuses. */
  answer(request: ApiRequest): Answer | null {
    const [, id] = /^\/documents(?:\/(\d{1,15}))?$/.exec(request.path) ?? [null, null];
    if (id === null) return null;
    if (!this.#behaviour.documentsPermission) throw refuse.forbidden();
    const render = selectFields(DOCUMENT, request.query.get('fields'));
    if (id === undefined) {
      if (request.method !== 'POST') return null;
      const document = this.#register(readData(request));
      return answerSingle(request, singleOf(document), render, 201);
    }
    const document = this.stored.find((each) => each.id === Number(id));
    if (document === undefined || !this.#isVisible(document)) throw refuse.notFound();
    if (request.method === 'PATCH') {
      checkCondition(request, documentEtag(document));
      this.#complete(document, readData(request));
    } else if (request.method !== 'GET') throw refuse.notFound();
    if (request.method === 'GET' && this.#behaviour.putUrlOnRead === 'renewed')
      this.#sign(document.version);
    return answerSingle(request, singleOf(document), render);
  }

  /** The documents that a list is about. Those that were not fully uploaded are listed only where they are asked for. */
  list(parameters: Parameters): OrderedListing<StoredDocument> {
    parameters.refuseUnheld(UNHELD);
    const ids = parameters.ids('ids[]');
    const matters = parameters.ids('matter_id');
    const contacts = parameters.ids('contact_id');
    const showsUncompleted = parameters.boolean('show_uncompleted') ?? false;
    const propertyName = parameters.query.get('external_property_name');
    const propertyValue = parameters.query.get('external_property_value');
    const isNamed = parameters.search();
    return order(parameters, this.stored, DOCUMENT_ORDERS, (document) => {
      const { id, parentType, parentId, name, version, externalProperties } = document;
      if (!this.#isVisible(document) || ids?.has(id) === false) return false;
      if (matters !== null && !(parentType === 'Matter' && matters.has(parentId))) return false;
      if (contacts !== null && !(parentType === 'Contact' && contacts.has(parentId))) return false;
      const isShown = showsUncompleted && this.#behaviour.listsUncompletedDocuments;
      if (!version.fullyUploaded && !isShown) return false;
      if (propertyName !== null || propertyValue !== null) {
        const isFound = externalProperties.some(
          (each) =>
            (propertyName === null || each.name === propertyName) &&
            (propertyValue === null || each.value === propertyValue),
        );
        if (!isFound) return false;
      }
      return isNamed?.(name) !== false;
    });
  }

  /** Takes the bytes; as strict as a signed address: the very headers that came with it, and no token. */
  put({ uuid, signature, headers, content }: Upload): Answer {
    const version = this.#versions().find((each) => each.uuid === uuid);
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
    const { name, parent, contentType, externalProperties } = readDraft(data);
    if (parent.type === 'Document') {
      const document = this.stored.find(({ id }) => id === parent.id);
      if (document === undefined || !this.#isVisible(document))
        throw refuse.argument('parent does not exist');
      this.#requireWritable(document.parentType, document.parentId);
      document.formerVersions.push(document.version);
      document.version = this.#newVersion(contentType);
      document.updatedAt = this.#timestamp();
      return document;
    }
    this.#requireWritable(parent.type, parent.id);
    const document: StoredDocument = {
      id: this.stored.length + 1,
      name,
      parentType: parent.type,
      parentId: parent.id,
      contentType,
      createdAt: this.#timestamp(),
      updatedAt: this.#timestamp(),
      externalProperties,
      version: this.#newVersion(contentType),
      formerVersions: [],
    };
    this.stored.push(document);
    return document;
  }

  #newVersion(contentType: string): DocumentVersion {
    const version: DocumentVersion = {
      id: this.#versions().length + 1,
      uuid: newSecret(),
      putUrl: '',
      putUrlEndsAtMs: 0,
      putHeaders: [
        { name: 'Content-Type', value: contentType },
        { name: 'x-amz-server-side-encryption', value: 'AES256' },
      ],
      content: null,
      fullyUploaded: false,
      timeouts: 0,
    };
    this.#sign(version);
    return version;
  }

  #sign(version: DocumentVersion): void {
    version.putUrl = `${this.#baseUrl}/uploads/${version.uuid}?signature=${newSecret()}`;
    version.putUrlEndsAtMs = this.#now() + this.#behaviour.putUrlLifetimeMs;
  }

  #requireWritable(parentType: 'Matter' | 'Contact', parentId: number): void {
    const record = this.#directory.record(parentType, parentId);
    if (record === undefined || record.access === 'none')
      throw refuse.argument('parent does not exist');
    if (record.access !== 'write') throw refuse.forbidden();
  }

  #isVisible({ parentType, parentId }: StoredDocument): boolean {
    const access = this.#directory.record(parentType, parentId)?.access;
    return access !== undefined && access !== 'none';
  }

  #versions(): DocumentVersion[] {
    return this.stored.flatMap(({ formerVersions, version }) => [...formerVersions, version]);
  }

  #complete(document: StoredDocument, { uuid, fully_uploaded }: Record<string, unknown>): void {
    this.#requireWritable(document.parentType, document.parentId);
    if (fully_uploaded === undefined) return;
    const { version } = document;
    if (uuid !== version.uuid) throw refuse.argument('uuid is invalid');
    if (version.content === null) throw refuse.upload();
    if (version.timeouts < this.#behaviour.uploadTimeouts) {
      version.timeouts += 1;
      throw refuse.uploadTimeout();
    }
    version.fullyUploaded = fully_uploaded === true;
    document.updatedAt = this.#timestamp();
  }

  #timestamp(): string {
    return new Date(this.#now()).toISOString();
  }
}

/** Query parameters of Clio that would need more than the sandbox holds. */
const UNHELD = [
  'created_since',
  'document_category_id',
  'include_deleted',
  'locked',
  'parent_id',
  'scope',
  'updated_since',
] as const;

const DOCUMENT_ORDERS = {
  id: (left: StoredDocument, right: StoredDocument) => left.id - right.id,
};

const PUT_HEADER = shape<DocumentVersion['putHeaders'][number]>(
  { name: ({ name }) => name, value: ({ value }) => value },
  {},
  ['name', 'value'],
);

const PROPERTY = shape<ExternalProperty>(
  {
    id: ({ id }) => id,
    etag: ({ id, name, value }) => etagOf([id, name, value]),
    name: ({ name }) => name,
    value: ({ value }) => value,
  },
  {},
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

/** What a document can be asked for. */
export const DOCUMENT = shape<StoredDocument>(
  {
    id: ({ id }) => id,
    etag: documentEtag,
    name: ({ name }) => name,
    content_type: ({ contentType }) => contentType,
    created_at: ({ createdAt }) => createdAt,
    updated_at: ({ updatedAt }) => updatedAt,
  },
  {
    latest_document_version: one(VERSION, ({ version }) => version),
    external_properties: many(PROPERTY, ({ externalProperties }) => externalProperties),
  },
);

function singleOf(document: StoredDocument) {
  return { item: document, etag: documentEtag(document), updatedAt: document.updatedAt };
}

function documentEtag({ id, updatedAt, version }: StoredDocument): string {
  return etagOf([id, updatedAt, version.id, version.fullyUploaded]);
}

/** The store answers in XML, as S3 does. */
function storeError(status: number, code: string): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`,
  };
}
