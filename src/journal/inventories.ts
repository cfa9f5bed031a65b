import {
  type Definition,
  PARENT_TYPES,
  type ParentType,
  type RecordSnapshot,
  type Value,
} from '../model/field.ts';
import type { Coverage } from '../model/summary.ts';
import type { Codec } from './codec.ts';
import {
  BEFORE_ALL_RECORDS,
  idOf,
  keyOf,
  purged,
  recordIdCell,
  recordIdCells,
  unknownId,
} from './ids.ts';
import { type Cell, pages, type Store } from './store.ts';

/** What an inventory was asked to read; null is all. */
export interface Scope {
  readonly parents: readonly ParentType[];
  readonly definitionIds: readonly string[] | null;
  readonly recordIds: readonly string[] | null;
  readonly status: readonly string[] | null;
}

export interface InventoryHeader {
  readonly inventoryId: string;
  readonly origin: string;
  /** ISO 8601. */
  readonly takenAt: string;
  readonly scope: Scope;
  readonly records: Readonly<Record<ParentType, number>>;
  readonly requests: number;
  readonly coverage: readonly Coverage[];
}

export interface RecordFilter {
  readonly parentType?: ParentType;
  readonly recordIds?: readonly string[];
}

interface Row {
  readonly inventory_key: number;
  readonly origin: string;
  readonly taken_at: string;
  readonly scope: string;
  readonly matters: number;
  readonly contacts: number;
  readonly requests: number;
  readonly coverage: string;
  readonly purged_at: string | null;
}

/** Complete readings of definitions and values. One that was cut short is never found, and goes when the next begins. */
export class Inventories {
  readonly #store: Store;
  readonly #codec: Codec;

  constructor(store: Store, codec: Codec) {
    this.#store = store;
    this.#codec = codec;
  }

  begin(start: {
    readonly origin: string;
    readonly takenAt: string;
    readonly scope: Scope;
  }): string {
    return this.#store.transaction(() => {
      this.dropUnfinished();
      const key = this.#store.insert(
        'INSERT INTO inventories (origin, taken_at, scope) VALUES (?, ?, ?)',
        start.origin,
        start.takenAt,
        JSON.stringify(start.scope),
      );
      return idOf('inventory', key);
    });
  }

  addDefinitions(inventoryId: string, definitions: readonly Definition[]): void {
    const key = this.#openKey(inventoryId);
    this.#store.transaction(() => {
      for (const definition of definitions) {
        this.#store.run(
          'INSERT INTO definitions (inventory_key, body) VALUES (?, ?)',
          key,
          this.#codec.encode(JSON.stringify(definition)),
        );
      }
    });
  }

  /** One transaction a call. A record that comes again, as pages can shift while they are read, replaces itself. */
  addRecords(inventoryId: string, records: readonly RecordSnapshot[]): void {
    const key = this.#openKey(inventoryId);
    this.#store.transaction(() => {
      for (const record of records) {
        this.#store.run(
          `INSERT INTO records (inventory_key, parent_type, record_id, body) VALUES (?, ?, ?, ?)
           ON CONFLICT (inventory_key, parent_type, record_id) DO UPDATE SET body = excluded.body`,
          key,
          record.parentType,
          recordIdCell(record.recordId),
          this.#codec.encode(packRecord(record)),
        );
      }
    });
  }

  /** From here on it can be found. */
  finish(
    inventoryId: string,
    end: { readonly requests: number; readonly coverage: readonly Coverage[] },
  ): InventoryHeader {
    const key = this.#openKey(inventoryId);
    this.#store.run(
      `UPDATE inventories SET is_finished = 1, requests = ?, coverage = ?,
         matters = (SELECT COUNT(*) FROM records WHERE inventory_key = ? AND parent_type = 'matter'),
         contacts = (SELECT COUNT(*) FROM records WHERE inventory_key = ? AND parent_type = 'contact')
       WHERE inventory_key = ?`,
      end.requests,
      JSON.stringify(end.coverage),
      key,
      key,
      key,
    );
    return this.find(inventoryId);
  }

  /** The newest that holds its values where no id is given. Throws `UserError`. */
  find(inventoryId?: string): InventoryHeader {
    return headerOf(this.#finished(inventoryId));
  }

  definitions(inventoryId: string): Definition[] {
    const { inventory_key: key } = this.#finished(inventoryId);
    return this.#store
      .all<{ body: Cell }>(
        'SELECT body FROM definitions WHERE inventory_key = ? ORDER BY definition_key',
        key,
      )
      .map(({ body }): Definition => JSON.parse(this.#codec.decode(body)));
  }

  /** In flat memory, matters first, then by record id as people count. */
  records(inventoryId: string, filter: RecordFilter = {}): IterableIterator<RecordSnapshot> {
    const row = this.#finished(inventoryId);
    if (row.purged_at !== null) {
      throw purged(inventoryId, row.purged_at, 'Run `clio-fields inventory` to read them again.');
    }
    return this.#records(row.inventory_key, filter);
  }

  /** What was cut short holds clients' values that nobody will read. Inside the caller's transaction. */
  dropUnfinished(): void {
    this.#store.run('DELETE FROM inventories WHERE is_finished = 0');
  }

  *#records(key: number, filter: RecordFilter): IterableIterator<RecordSnapshot> {
    const wanted = filter.recordIds === undefined ? null : recordIdCells(filter.recordIds);
    for (const parentType of PARENT_TYPES) {
      if (filter.parentType !== undefined && filter.parentType !== parentType) continue;
      const rows = pages<{ recordId: string | number; body: Cell }>((last, limit) =>
        this.#store.all(
          wanted === null ? ALL_RECORDS : WANTED_RECORDS,
          key,
          parentType,
          last?.recordId ?? BEFORE_ALL_RECORDS,
          ...(wanted === null ? [] : [wanted]),
          limit,
        ),
      );
      for (const { recordId, body } of rows) {
        yield unpackRecord(parentType, String(recordId), this.#codec.decode(body));
      }
    }
  }

  #finished(inventoryId: string | undefined): Row {
    const row =
      inventoryId === undefined
        ? this.#store
            .all<Row>(
              `SELECT * FROM inventories WHERE is_finished = 1 AND purged_at IS NULL
             ORDER BY inventory_key DESC LIMIT 1`,
            )
            .at(0)
        : this.#store
            .all<Row>(
              'SELECT * FROM inventories WHERE is_finished = 1 AND inventory_key = ?',
              keyOf('inventory', inventoryId) ?? null,
            )
            .at(0);
    if (row !== undefined) return row;
    const known = this.#store
      .all<{ key: number }>(
        'SELECT inventory_key AS key FROM inventories WHERE is_finished = 1 ORDER BY inventory_key DESC LIMIT 6',
      )
      .map(({ key }) => idOf('inventory', key));
    throw unknownId('inventory', inventoryId, known, 'clio-fields inventory');
  }

  #openKey(inventoryId: string): number {
    const key = keyOf('inventory', inventoryId);
    const row = this.#store
      .all('SELECT 1 FROM inventories WHERE is_finished = 0 AND inventory_key = ?', key ?? null)
      .at(0);
    if (key === undefined || row === undefined)
      throw new Error(`${inventoryId} is not being taken`);
    return key;
  }
}

const ALL_RECORDS = `
  SELECT record_id AS recordId, body FROM records
  WHERE inventory_key = ? AND parent_type = ? AND record_id > ?
  ORDER BY record_id LIMIT ?`;
const WANTED_RECORDS = `
  SELECT record_id AS recordId, body FROM records
  WHERE inventory_key = ? AND parent_type = ? AND record_id > ?
    AND record_id IN (SELECT value FROM json_each(?))
  ORDER BY record_id LIMIT ?`;

function headerOf(row: Row): InventoryHeader {
  const scope: Scope = JSON.parse(row.scope);
  const coverage: Coverage[] = JSON.parse(row.coverage);
  return {
    inventoryId: idOf('inventory', row.inventory_key),
    origin: row.origin,
    takenAt: row.taken_at,
    scope,
    records: { matter: row.matters, contact: row.contacts },
    requests: row.requests,
    coverage,
  };
}

/** A value takes one to three places in a row: definition id alone, absent; then 0, unread; then a value id, blank; then content. */
type PackedValue =
  | readonly [string]
  | readonly [string, 0 | string]
  | readonly [string, string, string];
type PackedRecord = readonly [
  label: string,
  etag: string | null,
  unlisted: RecordSnapshot['unlisted'],
  values: readonly PackedValue[],
];

/** A record as one text: it is read and written as a whole, and a row for each value would cost ten times as much. */
function packRecord(record: RecordSnapshot): string {
  const values: PackedValue[] = [];
  for (const [definitionId, value] of record.values) values.push(packValue(definitionId, value));
  return JSON.stringify([
    record.label,
    record.etag,
    record.unlisted,
    values,
  ] satisfies PackedRecord);
}

function packValue(definitionId: string, value: Value): PackedValue {
  switch (value.state) {
    case 'value':
      return [definitionId, value.valueId, value.content];
    case 'blank':
      return [definitionId, value.valueId];
    case 'unread':
      return [definitionId, 0];
    case 'absent':
      return [definitionId];
    default:
      return value satisfies never;
  }
}

function unpackRecord(parentType: ParentType, recordId: string, text: string): RecordSnapshot {
  const [label, etag, unlisted, packed]: PackedRecord = JSON.parse(text);
  const values = new Map<string, Value>();
  for (const each of packed) values.set(each[0], unpackValue(each));
  return { parentType, recordId, label, etag, unlisted, values };
}

function unpackValue([, valueId, content]: PackedValue): Value {
  if (valueId === undefined) return { state: 'absent' };
  if (valueId === 0) return { state: 'unread' };
  return content === undefined ? { state: 'blank', valueId } : { state: 'value', valueId, content };
}
