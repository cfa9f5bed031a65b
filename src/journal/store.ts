import { type Cell, Connection, isSqliteError, type TrustedStatement } from './connection.ts';
import { explainCopyFailure, explainFailure } from './failures.ts';

/** How long a statement waits for another process's short lock. */
const BUSY_TIMEOUT_MS = 5_000;
/** Pages kept in memory, in KiB (negative, as SQLite wants it): bounds the memory of a plan of any size; four times as much saved no time. */
const CACHE_KIB = -8_000;
/** The write-ahead log is cut back to this after a big transaction. */
const LOG_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * One connection to the journal's file: statements prepared once, failures told as `UserError`.
 * Rows are this program's own; their shape is trusted.
 */
export class Store {
  readonly path: string;
  readonly #connection: Connection;
  readonly #statements = new Map<string, TrustedStatement>();
  readonly #columns = new Map<string, TrustedStatement>();

  /** The file must exist. A connection for reading never writes to it. */
  constructor(path: string, access: 'read' | 'write') {
    this.path = path;
    this.#connection = this.#guard(
      () =>
        new Connection(path, {
          readonly: access === 'read',
          fileMustExist: true,
          timeout: BUSY_TIMEOUT_MS,
        }),
    );
    try {
      this.pragma('foreign_keys = ON');
      this.pragma(`cache_size = ${CACHE_KIB}`);
      if (access === 'write') {
        this.pragma('synchronous = FULL');
        this.pragma('secure_delete = ON');
        this.pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Rows changed. */
  run(sql: string, ...cells: Cell[]): number {
    return this.#guard(() => this.#statement(sql).run(...cells).changes);
  }

  /** The new row's key. */
  insert(sql: string, ...cells: Cell[]): number {
    return this.#guard(() => Number(this.#statement(sql).run(...cells).lastInsertRowid));
  }

  /** All rows at once: for results that are bounded. Long ones are read with `pages`. */
  all<Row>(sql: string, ...cells: Cell[]): Row[] {
    return this.#guard(() => this.#statement(sql).all(...cells));
  }

  /** As `all`, of rows of one cell: without an object around each, half the time. */
  column<Value extends Cell>(sql: string, ...cells: Cell[]): Value[] {
    return this.#guard(() => this.#column(sql).all(...cells));
  }

  exec(sql: string): void {
    this.#guard(() => this.#connection.exec(sql));
  }

  pragma(text: string): unknown {
    return this.#guard(() => this.#connection.pragma(text));
  }

  /** Runs `work` whole or not at all. Not to be nested. */
  transaction<Result>(work: () => Result): Result {
    this.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLite itself rolls back on some failures, such as a full disk.
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /** How much it holds, what stands in its log alone counted, too. */
  get bytes(): number {
    return Number(this.pragma('page_count')) * Number(this.pragma('page_size'));
  }

  /**
   * Writes what it holds at this moment into the empty `file`, which then needs no log beside it. Of SQLite's two ways the one that reads a
   * single state, however much is written meanwhile, and that leaves nothing of the library to the collector (`connection.ts`).
   */
  copyInto(file: string): void {
    try {
      this.#connection.prepare('VACUUM INTO ?').run(file);
    } catch (error) {
      throw isSqliteError(error) ? explainCopyFailure(error, error.code, this.path) : error;
    }
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  close(): void {
    this.#connection.close();
  }

  #statement(sql: string): TrustedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #column(sql: string): TrustedStatement {
    const known = this.#columns.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql).pluck();
    this.#columns.set(sql, statement);
    return statement;
  }

  #guard<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw isSqliteError(error) ? explainFailure(error, error.code, this.path) : error;
    }
  }
}

/** Rows a page: enough to make the cost of a query small, few enough to die young in memory. */
export const PAGE_ROWS = 200;

/**
 * Rows in flat memory, a page at a time: no cursor stays open in between, so that the reader of one table can write into another.
 * `read` gives at most `limit` rows after `last`.
 */
export function* pages<Row>(
  read: (last: Row | undefined, limit: number) => readonly Row[],
  rowsPerPage: number = PAGE_ROWS,
): IterableIterator<Row> {
  let last: Row | undefined;
  for (;;) {
    const rows = read(last, rowsPerPage);
    yield* rows;
    if (rows.length < rowsPerPage) return;
    last = rows.at(-1);
  }
}
