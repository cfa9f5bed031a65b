import { z } from 'zod';
import { FIELD_TYPES } from '../../model/field.ts';
import type { Definition, FieldType, ParentType } from '../../model/field.ts';
import { PlatformError } from '../types.ts';
import type { DocumentState, User } from '../types.ts';

/*
 * Clio's answers, checked where they come in: strict on what is used, tolerant of what is added. Names are those of Clio's
 * OpenAPI document. A page's frame is checked with zod; its values, of which there may be millions, by hand: see `readRecord`.
 */

/** One page of a list, its items still unchecked. */
export interface Page {
  readonly items: readonly unknown[];
  readonly next: string | null;
  readonly total: number | null;
}

export function parsePage(json: unknown, what: string): Page {
  const { data, meta } = parse(pageSchema, json, what, '');
  return { items: data, next: meta?.paging?.next ?? null, total: meta?.records ?? null };
}

/** Definitions of types and parents that this tool knows; Clio may add others, and they are left out. */
export function parseDefinitions(items: readonly unknown[], what: string): Definition[] {
  return items.flatMap((item, index) => {
    const raw = parse(definitionSchema, item, what, `data[${index}]`);
    const parentType = PARENTS.get(raw.parent_type.toLowerCase());
    const fieldType = FIELD_TYPES.find((type) => type === raw.field_type);
    if (parentType === undefined || fieldType === undefined) return [];
    return [toDefinition(raw, parentType, fieldType)];
  });
}

export function parseDefinition(json: unknown, what: string): Definition {
  const { data } = parse(oneSchema, json, what, '');
  const [definition] = parseDefinitions([data], what);
  if (definition === undefined) throw unexpected(what, 'data', 'is a field of another kind');
  return definition;
}

export function parseUser(json: unknown, what: string): User {
  const { data } = parse(userSchema, json, what, '');
  return {
    id: data.id,
    name: data.name ?? data.email ?? data.id,
    email: data.email ?? null,
    accountId: data.account?.id ?? null,
    accountName: data.account?.name ?? null,
  };
}

/** The thing in a single answer's `data`. */
export function parseOne(json: unknown, what: string): unknown {
  return parse(oneSchema, json, what, '').data;
}

/** A document as Clio shows it, with the markers beside it. */
export interface ClioDocument extends DocumentState {
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}

export function parseDocument(item: unknown, what: string, path: string): ClioDocument {
  const {
    id,
    latest_document_version: version,
    external_properties: properties,
  } = parse(documentSchema, item, what, path);
  const { put_url: url, put_headers: headers } = version;
  return {
    documentId: id,
    versionId: version.uuid,
    isComplete: version.fully_uploaded ?? false,
    address:
      url === null || url === undefined
        ? null
        : { url, headers: (headers ?? []).map(({ name, value }) => [name, value]) },
    properties: (properties ?? []).map(({ name, value }) => ({ name, value: value ?? '' })),
  };
}

/** A record as Clio shows it. */
export interface ClioRecord {
  readonly id: string;
  readonly etag: string | null;
  readonly label: string;
  /** Null where it was not asked for. */
  readonly updatedAt: string | null;
  /** Null where Clio did not list the values: the record is redacted for this user. */
  readonly values: readonly ClioValue[] | null;
}

/** An entry of `custom_field_values`, as little understood as can be. `undefined` is what was not in the answer. */
export interface ClioValue {
  readonly id: string | null;
  readonly definitionId: string | null;
  readonly name: string | null;
  readonly type: FieldType | null;
  readonly value: unknown;
}

/** By hand: zod takes many times as long as parsing the JSON did, this a fraction of it. */
export function readRecord(item: unknown, what: string, path: string): ClioRecord {
  if (!isObject(item)) throw unexpected(what, path, 'is not an object');
  const id = readId(item['id']);
  if (id === null) throw unexpected(what, `${path}.id`, 'is not an id');
  const label = item['display_number'] ?? item['name'] ?? '';
  if (typeof label !== 'string') throw unexpected(what, `${path}'s name`, 'is not a text');
  const etag = item['etag'] ?? null;
  if (etag !== null && typeof etag !== 'string') {
    throw unexpected(what, `${path}.etag`, 'is not a text');
  }
  const updatedAt = item['updated_at'];
  return {
    id,
    updatedAt: typeof updatedAt === 'string' ? updatedAt : null,
    etag: isHeaderValue(etag) ? etag : null,
    label,
    values: readValues(item, what, path),
  };
}

function readValues(
  item: Record<string, unknown>,
  what: string,
  path: string,
): readonly ClioValue[] | null {
  const entries = item['custom_field_values'];
  if (entries === undefined || entries === null || item['redacted'] === true) return null;
  if (!Array.isArray(entries)) {
    throw unexpected(what, `${path}.custom_field_values`, 'is not a list');
  }
  return entries.map((entry: unknown, index) => {
    try {
      return readValue(entry);
    } catch (problem) {
      if (!(problem instanceof WrongShape)) throw problem;
      throw unexpected(
        what,
        `${path}.custom_field_values[${index}]${problem.path}`,
        problem.message,
      );
    }
  });
}

function readValue(entry: unknown): ClioValue {
  if (!isObject(entry)) throw new WrongShape('', 'is not an object');
  const name = entry['field_name'] ?? null;
  if (name !== null && typeof name !== 'string') {
    throw new WrongShape('.field_name', 'is not a text');
  }
  const type = entry['field_type'] ?? null;
  if (type !== null && typeof type !== 'string') {
    throw new WrongShape('.field_type', 'is not a text');
  }
  const fieldType = type === null ? null : (TYPES.get(type) ?? null);
  return {
    id: readValueId(entry['id']),
    definitionId: readOwner(entry['custom_field']),
    name,
    type: fieldType,
    value: fieldType === 'matter' ? readMatter(entry) : entry['value'],
  };
}

/** A matter's id may stand in `value` or in the matter nested beside it: the document shows both, no real sample is known. */
function readMatter(entry: Record<string, unknown>): unknown {
  const { value, matter } = entry;
  if (value !== null && value !== undefined) return value;
  return isObject(matter) ? (readId(matter['id']) ?? value) : value;
}

function readValueId(id: unknown): string | null {
  if (id === null || id === undefined) return null;
  if (typeof id === 'string' && /^[\w-]{1,80}$/.test(id)) return id;
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  throw new WrongShape('.id', 'is not an id');
}

function readOwner(owner: unknown): string | null {
  if (owner === null || owner === undefined) return null;
  if (!isObject(owner)) throw new WrongShape('.custom_field', 'is not an object');
  const { id } = owner;
  if (id === null || id === undefined) return null;
  const text = readId(id);
  if (text === null) throw new WrongShape('.custom_field.id', 'is not an id');
  return text;
}

/** Ids come as numbers or as digits; a number too large to be exact is none. */
function readId(id: unknown): string | null {
  if (typeof id === 'number') return Number.isSafeInteger(id) && id >= 0 ? String(id) : null;
  return typeof id === 'string' && /^\d{1,20}$/.test(id) ? id : null;
}

class WrongShape extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

const TYPES: ReadonlyMap<string, FieldType> = new Map(FIELD_TYPES.map((type) => [type, type]));
const PARENTS: ReadonlyMap<string, ParentType> = new Map([
  ['matter', 'matter'],
  ['contact', 'contact'],
]);

const idSchema = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)]).transform(String);
const pageSchema = z.object({
  data: z.array(z.unknown()),
  meta: z
    .object({
      paging: z.object({ next: z.string().nullish() }).nullish(),
      records: z.int().nonnegative().nullish(),
    })
    .nullish(),
});
const oneSchema = z.object({ data: z.record(z.string(), z.unknown()) });
const definitionSchema = z.object({
  id: idSchema,
  name: z.string(),
  parent_type: z.string(),
  field_type: z.string(),
  required: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  picklist_options: z
    .array(z.object({ id: idSchema, option: z.string(), deleted_at: z.string().nullish() }))
    .nullish(),
});
const documentSchema = z.object({
  id: idSchema,
  latest_document_version: z.object({
    uuid: z.string(),
    put_url: z.string().nullish(),
    put_headers: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
    fully_uploaded: z.boolean().nullish(),
  }),
  external_properties: z
    .array(z.object({ name: z.string(), value: z.string().nullish() }))
    .nullish(),
});
const userSchema = z.object({
  data: z.object({
    id: idSchema,
    name: z.string().nullish(),
    email: z.string().nullish(),
    account: z.object({ id: idSchema.nullish(), name: z.string().nullish() }).nullish(),
  }),
});

function toDefinition(
  raw: z.output<typeof definitionSchema>,
  parentType: ParentType,
  fieldType: FieldType,
): Definition {
  return {
    id: raw.id,
    name: raw.name,
    parentType,
    fieldType,
    required: raw.required ?? false,
    deleted: raw.deleted ?? false,
    options: (fieldType === 'picklist' ? (raw.picklist_options ?? []) : []).map((option) => ({
      id: option.id,
      label: option.option,
      retired: (option.deleted_at ?? null) !== null,
    })),
  };
}

function parse<Output>(
  schema: z.ZodType<Output>,
  json: unknown,
  what: string,
  within: string,
): Output {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const steps = (issue?.path ?? []).map((step) =>
    typeof step === 'number' ? `[${step}]` : `.${String(step)}`,
  );
  const path = `${within}${steps.join('')}`.replace(/^\./, '');
  // zod's message names the types, never the value.
  throw unexpected(what, path === '' ? 'the answer' : path, issue?.message ?? 'does not fit');
}

function unexpected(what: string, path: string, problem: string): PlatformError {
  return new PlatformError(
    'unexpectedAnswer',
    `Clio's answer for ${what} is not what its documentation says: ${path}: ${problem}.`,
    'Check that the base URL is a Clio host; if it is, please report this message.',
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What may stand in a header; a tag that may not is not sent back. */
function isHeaderValue(text: string | null): boolean {
  return text !== null && /^[\x21-\x7e ]{1,200}$/.test(text);
}
