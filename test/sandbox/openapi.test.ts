import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createApi } from '../../src/sandbox/api.ts';
import { Directory } from '../../src/sandbox/directory.ts';
import { Documents } from '../../src/sandbox/documents.ts';
import { parseOptions } from '../../src/sandbox/options.ts';
import { buildShapes } from '../../src/sandbox/shapes.ts';
import { aDefinition, smallAccount, startTestSandbox } from '../support/sandbox.ts';

/*
 * Clio's OpenAPI document is not part of this project. Where a copy lies beside it, the sandbox is held against it;
 * where none does, these tests still check that the sandbox answers all that it says it knows.
 */
const DOCUMENT = new URL('../../../shared/clio-openapi.json', import.meta.url);

describe('against Clio’s OpenAPI document', () => {
  it.each(Object.entries(namesByPath()))(
    'every name of %s is answered, and a name of Clio',
    async (path, names) => {
      const { get } = await startTestSandbox(accountOfAllTypes());
      const fields = names.map(({ name, inner }) =>
        inner === null ? name : `${name}{${inner.join(',')}}`,
      );
      const { status, data } = await get(path, { fields: fields.join(',') });
      expect(status).toBe(200);
      expect(Object.keys(data)).toEqual(names.map(({ name }) => name));
      const schema = responseSchema(path);
      if (schema === null) return;
      expect(unknownNames(data, schema, path)).toEqual([]);
    },
  );

  it.each(['/matters', '/contacts', '/custom_fields', '/documents'])(
    'every parameter that %s reads is one of Clio',
    (path) => {
      const read = parametersRead(path);
      expect(read).toContain('fields');
      const operation = openApi()?.paths[`${path}.json`]?.['get'];
      if (operation === undefined) return;
      const known = new Set(operation.parameters.map(({ name }) => name));
      // `offset` is documented in prose only.
      expect(read.filter((name) => !known.has(name) && name !== 'offset')).toEqual([]);
    },
  );

  it('every body that a write reads is one that Clio describes', () => {
    const operation = openApi()?.paths['/matters/{id}.json']?.['patch'];
    const text = JSON.stringify(operation?.requestBody ?? { custom_field_values: '_destroy' });
    for (const word of ['custom_field_values', '_destroy']) expect(text).toContain(word);
  });

  it('every refusal has the form of Clio’s errors', async () => {
    const { get, patch } = await startTestSandbox();
    for (const answer of [
      await get('/matters', { fields: 'x' }),
      await get('/matters/99'),
      await get('/matters', {}, { Authorization: 'Bearer x' }),
      await get('/matters', {}, { 'X-API-VERSION': '1' }),
      await patch('/matters/1', { custom_field_values: [{}] }),
      await patch('/matters/1', {}, {}, { 'If-Match': 'x' }),
    ]) {
      expect(answer.body).toEqual({
        error: { type: expect.any(String), message: expect.any(String) },
      });
    }
  });
});

interface Name {
  readonly name: string;
  /** The names within its braces; null for what has none. */
  readonly inner: readonly string[] | null;
}

function namesByPath(): Record<string, Name[]> {
  const shapes = buildShapes(new Directory(accountOfAllTypes()), parseOptions({}).behaviour);
  return {
    '/matters/1': namesOf(shapes.matter),
    '/contacts/1': namesOf(shapes.contact),
    '/custom_fields/107': namesOf(shapes.definition),
    '/users/who_am_i': namesOf(shapes.user),
  };
}

function namesOf(shape: {
  readonly attributes: object;
  readonly nested: Readonly<Record<string, { readonly names: ReadonlySet<string> }>>;
}): Name[] {
  return [
    // Documented in prose only.
    ...Object.keys(shape.attributes)
      .filter((name) => name !== 'redacted')
      .map((name) => ({ name, inner: null })),
    ...Object.entries(shape.nested).map(([name, nested]) => ({ name, inner: [...nested.names] })),
  ];
}

function accountOfAllTypes() {
  const account = smallAccount();
  account.definitions.push(aDefinition(120, 'text_line', { displayed: true }));
  return account;
}

/** The query parameters that a list asks for, whether or not they were sent. */
function parametersRead(path: string): string[] {
  const asked = new Set<string>();
  const directory = new Directory(accountOfAllTypes());
  const settings = parseOptions({});
  const api = createApi({
    directory,
    documents: new Documents(directory, settings.behaviour, '', Date.now),
    settings,
    apiUrl: '',
    secret: '',
    now: Date.now,
  });
  const query = new Proxy(new URLSearchParams(), {
    get: (target, property) => {
      const member: unknown = Reflect.get(target, property, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        if (property === 'get' || property === 'getAll' || property === 'has') {
          asked.add(String(given[0]));
        }
        return Reflect.apply(member, target, given) as unknown;
      };
    },
  });
  expect(api({ method: 'GET', path, query, headers: {}, body: undefined }).status).toBe(200);
  return [...asked];
}

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly parameters: readonly { readonly name: string }[];
            readonly requestBody?: unknown;
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

function openApi(): OpenApi | null {
  return existsSync(DOCUMENT) ? (JSON.parse(readFileSync(DOCUMENT, 'utf8')) as OpenApi) : null;
}

const SCHEMAS: Readonly<Record<string, string>> = {
  '/matters/1': 'Matter',
  '/contacts/1': 'Contact',
  '/custom_fields/107': 'CustomField',
  '/users/who_am_i': 'User',
};

function responseSchema(path: string): Schema | null {
  return openApi()?.components.schemas[SCHEMAS[path] ?? ''] ?? null;
}

/** Where an answer holds a name, a type or a word that its schema does not. */
function unknownNames(value: unknown, schema: Schema, place: string): string[] {
  const { type, properties, items, words } = flatten(schema);
  if (value === null) return [];
  if (Array.isArray(value)) {
    if (items === undefined) return [`${place} is a list`];
    return value.flatMap((each) => unknownNames(each, items, `${place}[]`));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, each]) => {
      const inner = properties[name];
      if (inner === undefined) return [`${place}.${name}`];
      // Described as a string for every type; read back in the type of its field.
      return name === 'value' ? [] : unknownNames(each, inner, `${place}.${name}`);
    });
  }
  if (words !== undefined && !words.includes(value)) return [`${place} has another word`];
  const is = typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
  return type === is ? [] : [`${place} is ${is}, not ${type}`];
}

function flatten(schema: Schema): {
  type: string | undefined;
  properties: Record<string, Schema>;
  items: Schema | undefined;
  words: readonly unknown[] | undefined;
} {
  const named = openApi()?.components.schemas[schema.$ref?.split('/').at(-1) ?? ''];
  const parts = [...(named === undefined ? [] : [named]), ...(schema.allOf ?? [])].map(flatten);
  return {
    type: schema.type ?? parts.find(({ type }) => type !== undefined)?.type,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties),
    items: schema.items ?? parts.find(({ items }) => items !== undefined)?.items,
    words: schema.enum,
  };
}
