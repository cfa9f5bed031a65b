import { isObject, refuse } from './exchange.ts';

/** What a new document is registered with, or a new version of one. */
export interface DocumentDraft {
  readonly name: string;
  readonly parent: { readonly id: number; readonly type: 'Matter' | 'Contact' | 'Document' };
  readonly contentType: string;
  readonly externalProperties: readonly ExternalProperty[];
}

/** What an integration writes beside a document, to find it again. */
export interface ExternalProperty {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

/** Clio takes no more of them a document. */
const PROPERTIES_MAX = 5;

/** Throws ApiError for what is missing or malformed. */
export function readDraft(data: Record<string, unknown>): DocumentDraft {
  const { name, parent, content_type: contentType } = data;
  if (typeof name !== 'string' || name === '') throw refuse.argument('name is missing');
  if (!isObject(parent)) throw refuse.argument('parent is missing');
  const { id, type } = parent;
  if (type !== 'Matter' && type !== 'Contact' && type !== 'Document') {
    throw refuse.argument('type of parent is not held by this sandbox');
  }
  if (typeof id !== 'number') throw refuse.argument('parent does not exist');
  return {
    name,
    parent: { id, type },
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    externalProperties: readProperties(data['external_properties']),
  };
}

function readProperties(value: unknown): ExternalProperty[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw refuse.argument('external_properties is invalid');
  if (value.length > PROPERTIES_MAX) throw refuse.argument('external_properties are too many');
  return value.map((each: unknown, index) => {
    const { name, value: text } = isObject(each) ? each : {};
    if (typeof name !== 'string' || typeof text !== 'string' || name === '')
      throw refuse.argument('external_properties is invalid');
    return { id: index + 1, name, value: text };
  });
}
