import type { AccountDefinition } from './account.ts';
import type { Directory } from './directory.ts';
import { isObject, type ApiRequest } from './exchange.ts';

/** The same request with every written value turned into another valid one; what cannot be turned stays. */
export function distortValues(request: ApiRequest, directory: Directory): ApiRequest {
  return withEntries(request, (entries) =>
    entries.map((entry) => {
      const id = definitionIdOf(entry, request, directory);
      const definition = id === null ? undefined : directory.definition(id);
      if (definition === undefined || !isObject(entry)) {
        return entry;
      }
      const { value } = entry;
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
        return entry;
      }
      if (value === '') return entry;
      return { ...entry, value: anotherValue(value, definition, directory) };
    }),
  );
}

/** The same request with no values to write. */
export function withoutValues(request: ApiRequest): ApiRequest {
  return withEntries(request, () => []);
}

/** The definitions whose values a request writes. */
export function definitionIdsOf(request: ApiRequest, directory: Directory): number[] {
  return entriesOf(request)
    .map((entry) => definitionIdOf(entry, request, directory))
    .filter((id) => id !== null);
}

function definitionIdOf(entry: unknown, { path }: ApiRequest, directory: Directory): number | null {
  if (!isObject(entry)) return null;
  const named = isObject(entry['custom_field']) ? entry['custom_field']['id'] : undefined;
  if (typeof named === 'number') return named;
  const [, kind, recordId] = /^\/(matters|contacts)\/(\d+)$/.exec(path) ?? [];
  const record = directory.record(kind === 'matters' ? 'Matter' : 'Contact', Number(recordId));
  const row = record?.rows.find(
    ({ id, definitionId }) =>
      entry['id'] === `${directory.definition(definitionId)?.fieldType ?? ''}-${id}`,
  );
  return row?.definitionId ?? null;
}

function anotherValue(
  value: string | number | boolean,
  definition: AccountDefinition,
  directory: Directory,
): unknown {
  switch (definition.fieldType) {
    case 'text_line':
    case 'text_area':
      return `~${String(value).slice(1)}` === value ? '-' : `~${String(value).slice(1)}`;
    case 'email':
      return value === 'altered@example.com' ? 'other@example.com' : 'altered@example.com';
    case 'url':
      return value === 'https://example.com/altered'
        ? 'https://example.com/other'
        : 'https://example.com/altered';
    case 'currency':
    case 'numeric':
      return Number(value) === 1 ? '2' : '1';
    case 'date':
      return value === '2001-01-01' ? '2002-02-02' : '2001-01-01';
    case 'time':
      return value === '00:01' ? '00:02' : '00:01';
    case 'checkbox':
      return String(value) !== 'true';
    case 'picklist':
      return (
        definition.options.find(({ id, deletedAt }) => deletedAt === null && id !== Number(value))
          ?.id ?? value
      );
    case 'contact':
    case 'matter':
      return (
        directory
          .records(definition.fieldType === 'matter' ? 'Matter' : 'Contact')
          .find(({ id, access }) => access !== 'none' && id !== Number(value))?.id ?? value
      );
    default:
      return definition.fieldType satisfies never;
  }
}

function entriesOf({ body }: ApiRequest): readonly unknown[] {
  const data = isObject(body) ? body['data'] : undefined;
  const entries = isObject(data) ? data['custom_field_values'] : undefined;
  return Array.isArray(entries) ? entries : [];
}

function withEntries(
  request: ApiRequest,
  change: (entries: readonly unknown[]) => readonly unknown[],
): ApiRequest {
  const { body } = request;
  if (!isObject(body) || !isObject(body['data'])) return request;
  return {
    ...request,
    body: {
      ...body,
      data: { ...body['data'], custom_field_values: change(entriesOf(request)) },
    },
  };
}
