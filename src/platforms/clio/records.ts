import type { Definition, ParentType, RecordSnapshot } from '../../model/field.ts';
import type { RecordPage, RecordQuery } from '../types.ts';
import { PlatformError } from '../types.ts';
import type { ClioHttp } from './http.ts';
import type { Target } from './problems.ts';
import { type ClioRecord, readRecord } from './read-record.ts';
import { parsePage } from './schemas.ts';
import { FieldIndex, findAmbiguous, toSnapshot } from './snapshots.ts';

/** The most that one list request answers [Clio's OpenAPI document]. */
export const RECORDS_PER_READ = 200;

/** Records with their values, 200 a request, in ascending id. */
export async function* readRecords(
  http: ClioHttp,
  query: RecordQuery,
  definitions: readonly Definition[],
): AsyncGenerator<RecordPage> {
  const fields = new FieldIndex(definitions, query.parentType);
  const asked = query.definitionIds === undefined ? null : new Set(query.definitionIds);
  const reading = { parentType: query.parentType, asked, fields, owners: new Map() };
  for (const recordIds of chunkIds(query.recordIds)) {
    let lastId = '';
    const target = listTarget(query, recordIds, definitions);
    for await (const page of http.readPages(target, {
      ahead: query.ahead === true,
      ...(query.onAsk !== undefined && { onAsk: query.onAsk }),
    })) {
      const records: RecordSnapshot[] = [];
      const updatedAt = new Map<string, string>();
      const unclear: ClioRecord[] = [];
      // Each is understood as it is read: so many objects, all of them kept until the page's end, would be moved around in memory.
      for (const record of readList(page.items, query.parentType, recordIds)) {
        // A list that had to start over shows again what has been had.
        if (compareIds(record.id, lastId) <= 0) continue;
        if (record.updatedAt !== null) updatedAt.set(record.id, record.updatedAt);
        if (findAmbiguous(record, fields).length > 0) unclear.push(record);
        else records.push(toSnapshot(record, reading));
      }
      if (unclear.length > 0) {
        const owners = await findOwners(http, query.parentType, unclear, fields);
        records.push(...unclear.map((record) => toSnapshot(record, { ...reading, owners })));
      }
      const inOrder = records
        .toSorted((left, right) => compareIds(left.recordId, right.recordId))
        .filter(({ recordId }, index, sorted) => recordId !== sorted[index - 1]?.recordId);
      lastId = inOrder.at(-1)?.recordId ?? lastId;
      yield {
        records: inOrder,
        totalRecords: page.total,
        ...(query.updatedSince !== undefined && { updatedAt }),
      };
    }
  }
}

/** How many records a list has in all, from the shortest page of it. */
export async function countRecords(
  http: ClioHttp,
  query: Omit<RecordQuery, 'recordIds' | 'definitionIds'>,
): Promise<number | null> {
  const { path, what, permission } = placeOf(query.parentType);
  const parameters = ['order=id(asc)', 'limit=1', 'fields=id', ...filtersOf(query)].join('&');
  const target = { path: `${path}.json?${parameters}`, what, permission };
  return parsePage(await http.read(target), what).total;
}

/** How Clio calls the records of a parent: in paths, in messages, in the developer portal. */
export function placeOf(parentType: ParentType): {
  readonly path: string;
  readonly what: string;
  readonly permission: string;
} {
  return parentType === 'matter'
    ? { path: 'matters', what: 'matters', permission: 'Matters' }
    : { path: 'contacts', what: 'contacts', permission: 'Contacts' };
}

/** `fields=` with all that a snapshot needs, in the one level of braces that Clio allows. */
export function snapshotFields(parentType: ParentType, definitions: readonly Definition[]): string {
  const label = parentType === 'matter' ? 'display_number' : 'name';
  const hasMatters = definitions.some(({ fieldType }) => fieldType === 'matter');
  const row = ['id', 'field_name', 'field_type', 'value', 'custom_field'];
  if (hasMatters) row.push('matter');
  return `fields=id,etag,${label},custom_field_values{${row.join(',')}}`;
}

/** `custom_field_ids[]` for some definitions; nothing (which reads all) where the address would get too long. */
export function onlyDefinitions(definitionIds: readonly string[], roomFor: number): string {
  const filter = listParameter('custom_field_ids[]', definitionIds);
  return filter.length <= roomFor ? filter : '';
}

/** Far below the 8 kB that servers commonly take for an address and its headers. */
export const ADDRESS_MAX = 7_000;

function listTarget(
  query: RecordQuery,
  recordIds: readonly string[] | null,
  definitions: readonly Definition[],
): Target {
  const { path, what, permission } = placeOf(query.parentType);
  const parameters = [
    'order=id(asc)',
    `limit=${RECORDS_PER_READ}`,
    `${snapshotFields(query.parentType, definitions)}${query.updatedSince === undefined ? '' : ',updated_at'}`,
    ...(recordIds === null ? [] : [listParameter('ids[]', recordIds)]),
    ...filtersOf(query),
  ].join('&');
  const roomLeft = ADDRESS_MAX - parameters.length;
  const filter = onlyDefinitions(query.definitionIds ?? [], roomLeft);
  return {
    path: `${path}.json?${parameters}${filter === '' ? '' : `&${filter}`}`,
    what,
    permission,
  };
}

function filtersOf({
  parentType,
  status,
  updatedSince,
  holding,
}: Pick<RecordQuery, 'parentType' | 'status' | 'updatedSince' | 'holding'>): string[] {
  return [
    ...(holding === undefined
      ? []
      : [
          `custom_field_values[${encodeURIComponent(holding.definitionId)}]=${encodeURIComponent(`=${holding.content}`)}`,
        ]),
    ...(status === undefined || parentType !== 'matter'
      ? []
      : [`status=${status.map(encodeURIComponent).join(',')}`]),
    ...(updatedSince === undefined ? [] : [`updated_since=${encodeURIComponent(updatedSince)}`]),
  ];
}

function listParameter(name: string, values: readonly string[]): string {
  return values.map((value) => `${name}=${encodeURIComponent(value)}`).join('&');
}

function* readList(
  items: readonly unknown[],
  parentType: ParentType,
  recordIds: readonly string[] | null,
): Generator<ClioRecord> {
  const { what } = placeOf(parentType);
  const wanted = recordIds === null ? null : new Set(recordIds);
  for (const [index, item] of items.entries()) {
    const record = readRecord(item, what, `data[${index}]`);
    // Clio passes over parameters that it does not know; a filter that it ignored would read the whole account.
    if (wanted?.has(record.id) === false) {
      throw new PlatformError(
        'unexpectedAnswer',
        `Clio answered ${what} that were not asked for.`,
        'The filter by id was not honoured; check that the base URL is a Clio host.',
      );
    }
    yield record;
  }
}

/** Null stands for one reading of everything. */
function chunkIds(recordIds: readonly string[] | undefined): (readonly string[] | null)[] {
  if (recordIds === undefined) return [null];
  const ids = [...new Set(recordIds)].toSorted(compareIds);
  return Array.from({ length: Math.ceil(ids.length / RECORDS_PER_READ) }, (_, chunk) =>
    ids.slice(chunk * RECORDS_PER_READ, (chunk + 1) * RECORDS_PER_READ),
  );
}

function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/**
 * Whose the rows are that name no definition and whose name fits several: the same records are listed once for each of these
 * definitions alone, and what then comes back is that definition's. Where Clio passes over that filter, a row comes back for all
 * of them, and stays nobody's.
 */
async function findOwners(
  http: ClioHttp,
  parentType: ParentType,
  records: readonly ClioRecord[],
  fields: FieldIndex,
): Promise<ReadonlyMap<string, string>> {
  const recordIds = new Set<string>();
  const candidates = new Set<string>();
  for (const record of records) {
    for (const ambiguous of findAmbiguous(record, fields)) {
      recordIds.add(record.id);
      for (const { id } of ambiguous.candidates) candidates.add(id);
    }
  }
  const claims = new Map<string, Set<string>>();
  for (const definitionId of candidates) {
    for (const valueId of await listRows(http, parentType, [...recordIds], definitionId)) {
      claims.set(valueId, (claims.get(valueId) ?? new Set()).add(definitionId));
    }
  }
  return new Map(
    [...claims].flatMap(([valueId, [owner, ...others]]) =>
      owner !== undefined && others.length === 0 ? [[valueId, owner]] : [],
    ),
  );
}

/** The value ids of one definition in some records. */
async function listRows(
  http: ClioHttp,
  parentType: ParentType,
  recordIds: readonly string[],
  definitionId: string,
): Promise<string[]> {
  const query: RecordQuery = { parentType, recordIds, definitionIds: [definitionId] };
  const valueIds: string[] = [];
  for await (const page of http.readPages(listTarget(query, recordIds, []))) {
    for (const { values } of readList(page.items, parentType, recordIds)) {
      valueIds.push(...(values ?? []).flatMap(({ id }) => id ?? []));
    }
  }
  return valueIds;
}

/** For an answer to a write: rows without an owner are known by the ids that were there before, or by being the only one asked for. */
export function ownersFrom(
  before: RecordSnapshot,
  answered: ClioRecord,
  askedFor: readonly string[],
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [definitionId, value] of before.values) {
    if ('valueId' in value) owners.set(value.valueId, definitionId);
  }
  const rows = (answered.values ?? []).flatMap(({ id }) => id ?? []);
  const [onlyRow, ...otherRows] = rows;
  const [onlyAsked, ...othersAsked] = askedFor;
  const isCertain = otherRows.length === 0 && othersAsked.length === 0;
  if (isCertain && onlyRow !== undefined && onlyAsked !== undefined) owners.set(onlyRow, onlyAsked);
  return owners;
}
