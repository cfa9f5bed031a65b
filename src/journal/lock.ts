import { chmodSync, existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { EXIT, UserError } from '../errors.ts';
import { minuteOf } from '../minute-of.ts';
import { Connection, isSqliteError } from './connection.ts';
import { explainFailure } from './failures.ts';

/** The process that has the right to write. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** As it was given: `apply`. */
  readonly command: string;
  /** ISO 8601. */
  readonly since: string;
}

/** How long to wait for a holder that is just going, or just telling its name. */
const PATIENCE_MS = 200;

/**
 * The right to write, one process a journal. Held by the operating system as SQLite's write lock on a small file beside the journal,
 * so that it ends with its process, SIGKILL included. Others can read meanwhile who holds it.
 */
export class WriterLock {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Throws `UserError` (exit code 4) naming the holder where there is one. */
  static take(journalPath: string, command: string, since: Date): WriterLock {
    const path = `${journalPath}.lock`;
    let connection: Connection | undefined;
    try {
      connection = new Connection(path, { timeout: PATIENCE_MS });
      chmodSync(path, 0o600);
      hold(connection, {
        pid: process.pid,
        host: hostname(),
        command,
        since: since.toISOString(),
      });
      return new WriterLock(connection);
    } catch (error) {
      const isBusy = isSqliteError(error) && error.code.startsWith('SQLITE_BUSY');
      const holder = isBusy && connection !== undefined ? readHolder(connection) : undefined;
      connection?.close();
      if (isBusy) throw heldBy(journalPath, holder);
      if (isSqliteError(error)) {
        const isNoLock = error.code === 'SQLITE_NOTADB' || error.code.startsWith('SQLITE_CORRUPT');
        throw explainFailure(error, error.code, isNoLock ? path : journalPath);
      }
      throw error;
    }
  }

  release(): void {
    this.#connection.close();
  }
}

/** Who writes to a journal at this moment, as far as that can be told; null where nobody does. Keeps nobody from writing. */
export function findHolder(journalPath: string): Holder | null {
  const path = `${journalPath}.lock`;
  if (!existsSync(path)) return null;
  let connection: Connection | undefined;
  try {
    connection = new Connection(path, { fileMustExist: true, timeout: 0 });
    connection.exec('BEGIN IMMEDIATE');
    return null;
  } catch (error) {
    const isBusy = isSqliteError(error) && error.code.startsWith('SQLITE_BUSY');
    return isBusy && connection !== undefined ? (readHolder(connection) ?? null) : null;
  } finally {
    connection?.close();
  }
}

/**
 * Tells who holds it, then holds it. Between the two another process can slip in and tell its own name:
 * whoever then gets the lock finds the other's name, and tells its own again.
 */
function hold(connection: Connection, holder: Holder): void {
  // Nothing here must survive a power loss: the lock itself does not.
  connection.pragma('synchronous = OFF');
  const text = JSON.stringify(holder);
  for (;;) {
    connection.exec('BEGIN IMMEDIATE');
    connection.exec('CREATE TABLE IF NOT EXISTS holder (one INTEGER PRIMARY KEY, text TEXT)');
    const told = connection.prepare('SELECT text FROM holder WHERE one = 1').pluck().get();
    if (told === text) return;
    connection
      .prepare('INSERT INTO holder VALUES (1, ?) ON CONFLICT DO UPDATE SET text = excluded.text')
      .run(text);
    connection.exec('COMMIT');
  }
}

function readHolder(connection: Connection): Holder | undefined {
  try {
    const text = connection.prepare('SELECT text FROM holder WHERE one = 1').pluck().get();
    if (typeof text !== 'string') return undefined;
    const holder: Holder = JSON.parse(text);
    return holder;
  } catch {
    // The name is a courtesy; that the lock is held is known without it.
    return undefined;
  }
}

function heldBy(journalPath: string, holder: Holder | undefined): UserError {
  const who =
    holder === undefined
      ? 'another process'
      : `\`${holder.command}\`, process ${holder.pid} on ${holder.host}, since ${minuteOf(holder.since)}`;
  return new UserError(
    'journal_locked',
    `The journal ${journalPath} is being written by ${who}.`,
    'Wait until it has ended, or stop it (Ctrl-C loses nothing); then run the same command again.',
    EXIT.stopped,
  );
}
