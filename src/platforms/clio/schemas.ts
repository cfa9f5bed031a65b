import { z } from 'zod';
import { FIELD_TYPES } from '../../model/field.ts';
import type { Definition, FieldType, ParentType } from '../../model/field.ts';
import type { DocumentState, User } from '../types.ts';
import { usableEtag } from './etag.ts';
import { unexpected } from './unexpected.ts';

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

/** A definition, and the tag of what was seen of it; null where it may not be sent back. */
export interface ClioDefinition {
  readonly definition: Definition;
  readonly etag: string | null;
}

/** Definitions of types and parents that this tool knows; Clio may add others, and they are left out. */
export function parseDefinitions(items: readonly unknown[], what: string): ClioDefinition[] {
  return items.flatMap((item, index) => {
    const raw = parse(definitionSchema, item, what, `data[${index}]`);
    const parentType = PARENTS.get(raw.parent_type.toLowerCase());
    const fieldType = FIELD_TYPES.find((type) => type === raw.field_type);
    if (parentType === undefined || fieldType === undefined) return [];
    const definition = toDefinition(raw, parentType, fieldType);
    return [{ definition, etag: usableEtag(raw.etag ?? null) }];
  });
}

export function parseDefinition(json: unknown, what: string): ClioDefinition {
  const { data } = parse(oneSchema, json, what, '');
  const [seen] = parseDefinitions([data], what);
  if (seen === undefined) throw unexpected(what, 'data', 'is a field of another kind');
  return seen;
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
  etag: z.string().nullish(),
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
