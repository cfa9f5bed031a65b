import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { EXIT, UserError } from '../errors.ts';

/** What SQLite holds in a cell. Numbers are bound as floating point: whole up to 2^53. */
export type Cell = string | number | Uint8Array | null;

/** Its rows fit whatever type they are said to be: the queries stand beside the types. */
export type TrustedStatement = Sqlite.Statement<Cell[], never>;

/**
 * Connections and statements stay until the process ends: where better-sqlite3 12 was compiled for Node.js 24.19 or newer,
 * the process is aborted when the collector frees one between two turns of the event loop (`Assertion failed: (env) != nullptr`).
 * They are few, and small once their connection is closed.
 */
const kept = new Set<object>();

/** One open file: the only place that knows the library. Its failures are `SqliteError`. */
export class Connection {
  readonly #database: Sqlite.Database;

  constructor(path: string, options: Sqlite.Options = {}) {
    this.#database = keep(openDatabase(path, options));
  }

  prepare(sql: string): TrustedStatement {
    return keep(this.#database.prepare<Cell[], never>(sql));
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** The first cell of what it answers; undefined where it answers nothing. The library's own makes a statement that nobody keeps. */
  pragma(text: string): unknown {
    const statement = this.prepare(`PRAGMA ${text}`);
    if (statement.reader) return statement.pluck().get();
    statement.run();
    return undefined;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  get isOpen(): boolean {
    return this.#database.open;
  }

  close(): void {
    this.#database.close();
  }
}

/** Whether it is SQLite itself that failed; its `code` says how. */
export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Sqlite.SqliteError;
}

function keep<Kept extends object>(object: Kept): Kept {
  kept.add(object);
  return object;
}

function openDatabase(path: string, options: Sqlite.Options): Sqlite.Database {
  try {
    return new Sqlite(path, options);
  } catch (error) {
    throw isOtherBuild(error) ? otherBuild(error) : error;
  }
}

/** `src/` and `dist/` both lie below it. */
const PROGRAM_FOLDER = fileURLToPath(new URL('../../', import.meta.url));

/** Compiled for another Node.js or machine, or never compiled: its installation was held back. */
function isOtherBuild(error: unknown): error is Error {
  if (!(error instanceof Error) || isSqliteError(error)) return false;
  const isRefused = 'code' in error && error.code === 'ERR_DLOPEN_FAILED';
  return isRefused || error.message.startsWith('Could not locate the bindings file');
}

function otherBuild(cause: Error): UserError {
  return new UserError(
    'other_node',
    `What keeps the journal (better-sqlite3) is not installed for this Node.js, ${process.version}.`,
    `Run \`npm rebuild better-sqlite3\` in ${PROGRAM_FOLDER}, or use the Node.js that it was installed with.`,
    EXIT.failed,
    { cause },
  );
}
