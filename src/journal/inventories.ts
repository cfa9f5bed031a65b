import type { Account } from '../model/account.ts';
import {
  type Definition,
  PARENT_TYPES,
  type ParentType,
  type RecordSnapshot,
} from '../model/field.ts';
import type { Coverage, Renewal } from '../model/summary.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import {
  BEFORE_ALL_RECORDS,
  idOf,
  keyOf,
  purged,
  recordIdCell,
  recordIdCells,
  unknownId,
} from './ids.ts';
import { headerOf, type InventoryHeader, type InventoryRow, type Scope } from './inventory-row.ts';
import { packRecord, unpackRecord } from './record-text.ts';
import { pages, type Store } from './store.ts';

export interface RecordFilter {
  readonly parentType?: ParentType;
  readonly recordIds?: readonly string[];
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
    readonly account?: Account | null;
    readonly takenAt: string;
    readonly asOf?: string | null;
    readonly scope: Scope;
  }): string {
    return this.#store.transaction(() => {
      this.dropUnfinished();
      const key = this.#store.insert(
        `INSERT INTO inventories (origin, account_id, account_name, taken_at, as_of, scope, after_run)
         VALUES (?, ?, ?, ?, ?, ?, (SELECT COALESCE(MAX(run_key), 0) FROM runs))`,
        start.origin,
        start.account?.id ?? null,
        start.account?.name ?? null,
        start.takenAt,
        start.asOf ?? null,
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
           ON CONFLICT (inventory_key, parent_type, record_id) DO UPDATE SET body = excluded.body, body_of = NULL`,
          key,
          record.parentType,
          recordIdCell(record.recordId),
          this.#codec.encode(packRecord(record)),
        );
      }
    });
  }

  /**
   * Takes over the records of an earlier inventory that were not read anew, but for those that left. Their values are shared, not
   * copied. How many these are.
   */
  takeOver(
    inventoryId: string,
    {
      from,
      parentType,
      left,
    }: { readonly from: string; readonly parentType: ParentType; readonly left: readonly string[] },
  ): number {
    const key = this.#openKey(inventoryId);
    const earlier = this.#whole(from);
    return this.#store.transaction(() =>
      this.#store.run(TAKE_OVER, key, earlier.inventory_key, parentType, recordIdCells(left)),
    );
  }

  /** From here on it can be found. */
  finish(
    inventoryId: string,
    end: {
      readonly requests: number;
      readonly coverage: readonly Coverage[];
      readonly since?: Renewal;
    },
  ): InventoryHeader {
    const key = this.#openKey(inventoryId);
    this.#store.run(
      `UPDATE inventories SET is_finished = 1, requests = ?, coverage = ?, since = ?,
         matters = (SELECT COUNT(*) FROM records WHERE inventory_key = ? AND parent_type = 'matter'),
         contacts = (SELECT COUNT(*) FROM records WHERE inventory_key = ? AND parent_type = 'contact')
       WHERE inventory_key = ?`,
      end.requests,
      JSON.stringify(end.coverage),
      end.since === undefined ? null : JSON.stringify(end.since),
      key,
      key,
      key,
    );
    return this.find(inventoryId);
  }

  /** The newest that holds its values where no id is given. Throws `UserError`. */
  find(inventoryId?: string): InventoryHeader {
    return headerOf(this.#finished(inventoryId), this.#store.path);
  }

  /** The newest that holds its values; null where there is none. */
  newest(): InventoryHeader | null {
    const row = this.#newest();
    return row === undefined ? null : headerOf(row, this.#store.path);
  }

  /** Newest first, those without their values too; at most `limit`. */
  list(limit: number): InventoryHeader[] {
    return this.#store
      .all<InventoryRow>(
        'SELECT * FROM inventories WHERE is_finished = 1 ORDER BY inventory_key DESC LIMIT ?',
        limit,
      )
      .map((row) => headerOf(row, this.#store.path));
  }

  /** The ids of those of a host that were taken at or after a time (ISO 8601), before another inventory where one is given; oldest first. */
  takenBetween(origin: string, time: string, before: string | null): string[] {
    return this.#store
      .all<{ key: number }>(
        `SELECT inventory_key AS key FROM inventories
         WHERE is_finished = 1 AND origin = ? AND taken_at >= ? AND (? IS NULL OR inventory_key < ?)
         ORDER BY inventory_key`,
        origin,
        time,
        before,
        before === null ? null : (keyOf('inventory', before) ?? null),
      )
      .map(({ key }) => idOf('inventory', key));
  }

  /** The newest of an account that holds its values; null where there is none. Where an account is not known, its host decides. */
  newestOf(origin: string, account: Account | null): InventoryHeader | null {
    const row = this.#store
      .all<InventoryRow>(
        `SELECT * FROM inventories WHERE is_finished = 1 AND purged_at IS NULL AND origin = ?
           AND (account_id IS NULL OR account_id = coalesce(?, account_id))
         ORDER BY inventory_key DESC LIMIT 1`,
        origin,
        account?.id ?? null,
      )
      .at(0);
    return row === undefined ? null : headerOf(row, this.#store.path);
  }

  /** Those of the same account that were taken before one and hold their values, newest first. */
  before({ inventoryId, origin, account }: InventoryHeader): InventoryHeader[] {
    return this.#store
      .all<InventoryRow>(
        `SELECT * FROM inventories WHERE is_finished = 1 AND purged_at IS NULL AND inventory_key < ?
           AND origin = ? AND (account_id IS NULL OR account_id = coalesce(?, account_id))
         ORDER BY inventory_key DESC`,
        keyOf('inventory', inventoryId) ?? null,
        origin,
        account?.id ?? null,
      )
      .map((row) => headerOf(row, this.#store.path));
  }

  /** Records of an inventory that a later one did not take over: it read them anew, or not at all. In flat memory. */
  recordsNotIn(laterId: string, inventoryId: string): IterableIterator<RecordSnapshot> {
    const later = this.#whole(laterId).inventory_key;
    return this.#records(this.#whole(inventoryId).inventory_key, { notIn: later });
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
    return this.#records(this.#whole(inventoryId).inventory_key, filter);
  }

  /** What was cut short holds clients' values that nobody will read. Inside the caller's transaction. */
  dropUnfinished(): void {
    this.#store.run('DELETE FROM inventories WHERE is_finished = 0');
  }

  *#records(
    key: number,
    filter: RecordFilter & { readonly notIn?: number },
  ): IterableIterator<RecordSnapshot> {
    const { recordIds, notIn } = filter;
    const [query, ...more] =
      recordIds !== undefined
        ? [WANTED_RECORDS, recordIdCells(recordIds)]
        : notIn !== undefined
          ? [RECORDS_NOT_IN, notIn]
          : [ALL_RECORDS];
    for (const parentType of PARENT_TYPES) {
      if (filter.parentType !== undefined && filter.parentType !== parentType) continue;
      const rows = pages<{ recordId: string | number; body: Cell }>(
        (last, limit) =>
          this.#store.all(
            query,
            key,
            parentType,
            last?.recordId ?? BEFORE_ALL_RECORDS,
            ...more,
            limit,
          ),
        RECORDS_PER_PAGE,
      );
      for (const { recordId, body } of rows) {
        yield unpackRecord(parentType, String(recordId), this.#codec.decode(body));
      }
    }
  }

  #whole(inventoryId: string): InventoryRow {
    const row = this.#finished(inventoryId);
    if (row.purged_at !== null) {
      throw purged(inventoryId, row.purged_at, 'Run `clio-fields inventory` to read them again.');
    }
    return row;
  }

  #newest(): InventoryRow | undefined {
    return this.#store
      .all<InventoryRow>(
        `SELECT * FROM inventories WHERE is_finished = 1 AND purged_at IS NULL
         ORDER BY inventory_key DESC LIMIT 1`,
      )
      .at(0);
  }

  #finished(inventoryId: string | undefined): InventoryRow {
    const row =
      inventoryId === undefined
        ? this.#newest()
        : this.#store
            .all<InventoryRow>(
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

/** A record with 200 values takes some 10 kB: so few are garbage before they grow old, which saves 100 MB of memory. */
const RECORDS_PER_PAGE = 25;

const SELECT_RECORDS = `
  SELECT here.record_id AS recordId, COALESCE(here.body, holder.body) AS body
  FROM records AS here LEFT JOIN records AS holder ON holder.record_key = here.body_of
  WHERE here.inventory_key = ? AND here.parent_type = ? AND here.record_id > ?`;
const ALL_RECORDS = `${SELECT_RECORDS}
  ORDER BY here.record_id LIMIT ?`;
const WANTED_RECORDS = `${SELECT_RECORDS}
    AND here.record_id IN (SELECT value FROM json_each(?))
  ORDER BY here.record_id LIMIT ?`;

const RECORDS_NOT_IN = `${SELECT_RECORDS}
    AND NOT EXISTS (SELECT 1 FROM records AS later
      WHERE later.inventory_key = ? AND later.parent_type = here.parent_type
        AND later.record_id = here.record_id AND later.body_of = COALESCE(here.body_of, here.record_key))
  ORDER BY here.record_id LIMIT ?`;

/** A row that was itself taken over names the row that holds the body, so that no chain of them grows. */
const TAKE_OVER = `
  INSERT INTO records (inventory_key, parent_type, record_id, body_of)
  SELECT ?, parent_type, record_id, COALESCE(body_of, record_key) FROM records
  WHERE inventory_key = ? AND parent_type = ?
    AND record_id NOT IN (SELECT value FROM json_each(?))
  ORDER BY record_id
  ON CONFLICT (inventory_key, parent_type, record_id) DO NOTHING`;
