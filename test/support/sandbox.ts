import { onTestFinished } from 'vitest';
import type { FieldType } from '../../src/model/field.ts';
import type {
  Account,
  AccountDefinition,
  AccountOption,
  AccountRecord,
  AccountRow,
} from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/server.ts';

/** A sandbox with a small client of its own, so that a test says only what matters to it. */
export interface TestSandbox extends Sandbox {
  /** `get('/matters', { fields: 'id' })`; a list repeats the parameter. */
  readonly get: (path: string, query?: Query, headers?: Headers) => Promise<TestAnswer>;
  readonly patch: (
    path: string,
    data: unknown,
    query?: Query,
    headers?: Headers,
  ) => Promise<TestAnswer>;
  readonly send: (
    method: string,
    url: string,
    headers?: Headers,
    body?: string,
  ) => Promise<TestAnswer>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: globalThis.Headers;
  readonly text: string;
  /** The parsed body, `{}` where it is not JSON. */
  readonly body: Item;
  /** `data` of one thing; `{}` where there is none. */
  readonly data: Item;
  /** `data` of a list; empty where there is none. */
  readonly items: readonly Item[];
  /** The `custom_field_values` of one thing. */
  readonly values: readonly Item[];
  /** The paging link; null at the end. */
  readonly next: string | null;
  /** `ArgumentError: what it says`; null where nothing was refused. */
  readonly error: string | null;
}

type Item = Readonly<Record<string, unknown>>;

type Query = Readonly<Record<string, string | number | readonly (string | number)[]>>;
type Headers = Readonly<Record<string, string>>;

/** Starts a sandbox that closes itself when the test ends. Call it from within a test. */
export async function startTestSandbox(
  account: Account = smallAccount(),
  options: SandboxOptions = {},
): Promise<TestSandbox> {
  const sandbox = await startSandbox(account, options);
  onTestFinished(() => sandbox.close());
  const api = `${sandbox.baseUrl}/api/v4`;
  const bearer = { Authorization: `Bearer ${sandbox.token}` };
  return {
    ...sandbox,
    send,
    get: (path, query = {}, headers = {}) =>
      send('GET', `${api}${path}.json${queryString(query)}`, { ...bearer, ...headers }),
    patch: (path, data, query = {}, headers = {}) =>
      send(
        'PATCH',
        `${api}${path}.json${queryString(query)}`,
        { ...bearer, 'Content-Type': 'application/json', ...headers },
        JSON.stringify({ data }),
      ),
  };
}

async function send(
  method: string,
  url: string,
  headers: Headers = {},
  body?: string,
): Promise<TestAnswer> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, ...open(parse(text)) };
}

const LONG_AGO = '2020-01-02T03:04:05Z';

/** A firm of one definition of each type for matters, and one for contacts; ids overlap on purpose. */
export function smallAccount(changes: Partial<Account> = {}): Account {
  return {
    account: { id: 1, name: 'Example & Sample LLP' },
    user: { id: 2, name: 'Pat Example', email: 'pat@example.com' },
    definitions: [
      aDefinition(101, 'text_line'),
      aDefinition(102, 'text_area'),
      aDefinition(103, 'currency'),
      aDefinition(104, 'numeric'),
      aDefinition(105, 'date'),
      aDefinition(106, 'checkbox'),
      aDefinition(107, 'picklist', {
        options: [anOption(901, 'North'), anOption(902, 'South'), anOption(903, 'Old', LONG_AGO)],
      }),
      aDefinition(108, 'email'),
      aDefinition(109, 'url'),
      aDefinition(110, 'time'),
      aDefinition(111, 'contact'),
      aDefinition(112, 'matter'),
      aDefinition(113, 'text_line', { parentType: 'Contact' }),
    ],
    records: [
      aMatter(1, {
        rows: [aRow(101, 101, 'first'), aRow(102, 103, '1234.50'), aRow(103, 105, null)],
      }),
      aMatter(2, { rows: [aRow(104, 101, 'second')] }),
      aMatter(3),
      aContact(1, { rows: [aRow(105, 113, 'a note')] }),
      aContact(2),
    ],
    ...changes,
  };
}

export function aDefinition(
  id: number,
  fieldType: FieldType,
  changes: Partial<AccountDefinition> = {},
): AccountDefinition {
  return {
    id,
    name: `Field ${id}`,
    parentType: 'Matter',
    fieldType,
    displayed: false,
    required: false,
    deleted: false,
    displayOrder: id,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    options: [],
    ...changes,
  };
}

export function anOption(
  id: number,
  option: string,
  deletedAt: string | null = null,
): AccountOption {
  return { id, option, deletedAt, createdAt: LONG_AGO, updatedAt: LONG_AGO };
}

export function aMatter(id: number, changes: Partial<AccountRecord> = {}): AccountRecord {
  return {
    id,
    parentType: 'Matter',
    label: `0000${id}-Example`,
    description: null,
    status: 'Open',
    access: 'write',
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    rows: [],
    ...changes,
  };
}

export function aContact(id: number, changes: Partial<AccountRecord> = {}): AccountRecord {
  return aMatter(id, { parentType: 'Contact', label: `Contact ${id}`, status: null, ...changes });
}

/** `aRow(7, 101, 'x')` is read as `text_line-7` where definition 101 is a text line. */
export function aRow(id: number, definitionId: number, value: AccountRow['value']): AccountRow {
  return { id, definitionId, value, createdAt: LONG_AGO, updatedAt: LONG_AGO };
}

function queryString(query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value])
      parameters.append(name, String(each));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function open(parsed: unknown): Omit<TestAnswer, 'status' | 'headers' | 'text'> {
  const body = asItem(parsed);
  const data = asItem(body['data']);
  const next = asItem(asItem(body['meta'])['paging'])['next'];
  const { type, message } = asItem(body['error']);
  return {
    body,
    data,
    items: asItems(body['data']),
    values: asItems(data['custom_field_values']),
    next: typeof next === 'string' ? next : null,
    error: typeof type === 'string' ? `${type}: ${String(message)}` : null,
  };
}

function asItem(value: unknown): Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asItems(value: unknown): Item[] {
  return Array.isArray(value) ? value.map(asItem) : [];
}
