import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import { Chain } from './chain.ts';
import { type Codec, openCodec } from './codec.ts';
import { Decisions } from './decisions.ts';
import { damaged, explainFailure, hasCode } from './failures.ts';
import { type FileSystem, fileSystemOf } from './file-system.ts';
import { Inventories } from './inventories.ts';
import { findHolder, type Holder, WriterLock } from './lock.ts';
import { checkPlace, refuseSecondName } from './place.ts';
import { Plans } from './plans.ts';
import { findPurgeable, type Purgeable, type Purged, purgeValues } from './purge.ts';
import { Runs } from './runs.ts';
import { checkVersion, migrate } from './schema.ts';
import { Store } from './store.ts';
import { Testimony } from './testimony.ts';
import { Uploads } from './uploads.ts';
import type { Verification } from './verify.ts';
import { beginWriting, clearMark, endWriting, hasLog, logMissing, readMark } from './writing.ts';

export type { Coverage } from '../model/summary.ts';
export type { NewDecision } from './decisions.ts';
export { valueKey } from './former-values.ts';
export { wrongDigest } from './plans.ts';
export { type InventoryHeader, narrowingOf, STATUSES } from './inventory-row.ts';
export type { Holder } from './lock.ts';
export type { OptionOutcome } from './option-outcomes.ts';
export type { PartFilter } from './parts.ts';
export type { PendingRecord, RunChange } from './run-changes.ts';
export type { Purgeable, Purged } from './purge.ts';
export type { Unmade } from './testimony.ts';

export interface JournalOptions {
  readonly access: 'read' | 'write';
  /** What the holder is called when another process wants to write. */
  readonly command: string;
  readonly now: () => Date;
  /** Encrypts clients' values at rest; a journal is begun with it or without it, for good. */
  readonly passphrase?: string;
  /** Whether writing to a journal that is not there is an error, and does not begin one. */
  readonly mustExist?: boolean;
  /** Whether it may be written on a drive of another computer. */
  readonly allowsNetwork?: boolean;
  readonly fileSystemOf?: (folder: string) => FileSystem;
  /** Hears what is doubtful about the place, and does not stop anybody. */
  readonly onWarning?: (warning: string) => void;
}

/**
 * The SQLite file that holds inventories, plans, decisions, approvals, runs and outcomes. What a method has stored is on the disk when it
 * returns; a process killed at any moment leaves it whole.
 *
 * One process writes at a time; any number read meanwhile. All failures that a person can do something about are `UserError`s:
 * code 1 for a disk that is full or fails, 2 for a file that is missing or no good, 4 for a journal that another process holds.
 */
export class Journal {
  readonly inventories: Inventories;
  readonly plans: Plans;
  readonly decisions: Decisions;
  readonly runs: Runs;
  readonly chain: Chain;
  readonly testimony: Testimony;
  readonly uploads: Uploads;
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #lock: WriterLock | null;
  readonly #now: () => Date;
  readonly #isLogMissing: boolean;

  private constructor(
    store: Store,
    codec: Codec,
    lock: WriterLock | null,
    now: () => Date,
    isLogMissing = false,
  ) {
    this.#store = store;
    this.#codec = codec;
    this.#lock = lock;
    this.#now = now;
    this.#isLogMissing = isLogMissing;
    this.chain = new Chain(store, codec);
    this.inventories = new Inventories(store, codec);
    this.plans = new Plans(store, codec, this.chain);
    this.decisions = new Decisions(store, codec, this.chain, this.plans);
    this.uploads = new Uploads(store, this.chain, now);
    this.testimony = new Testimony(store, codec);
    this.runs = new Runs(store, codec, this.chain, this.plans, now);
  }

  /** Opening for writing makes a journal. Opening for reading never does, and changes none, but for bringing one of an earlier version up to date. */
  static open(path: string, options: JournalOptions): Journal {
    const journal = Journal.#open(path, options);
    if (journal !== 'older') return journal;
    Journal.open(path, { ...options, access: 'write' }).close();
    return Journal.open(path, options);
  }

  /** `older`: to be read, and it must be brought up to date first. */
  static #open(path: string, options: JournalOptions): Journal | 'older' {
    const { access, command, now } = options;
    if (access === 'write') {
      const { fileSystemOf: kindOf = fileSystemOf, allowsNetwork = false } = options;
      const warning = checkPlace(resolve(path), kindOf, allowsNetwork);
      if (warning !== null) options.onWarning?.(warning);
    }
    const isMade = access === 'write' && options.mustExist !== true;
    const file = isMade ? makeFile(path) : findFile(path);
    if (access === 'write') keepPrivate(file);
    refuseSecondName(file);
    const lock = access === 'write' ? WriterLock.take(file, command, now()) : null;
    const hadLog = hasLog(file);
    let store: Store | undefined;
    try {
      store = new Store(file, access);
      const version = checkVersion(store, access);
      if (access === 'write') {
        store.pragma('journal_mode = WAL');
        migrate(store);
      } else if (version === 'older') {
        store.close();
        return 'older';
      }
      const codec = openCodec(store, options.passphrase, access === 'write');
      const mark = hadLog ? null : readMark(store);
      // Where it is read only, a writer may just have begun.
      const isLogMissing = mark !== null && (access === 'write' || !hasLog(file));
      if (isLogMissing) options.onWarning?.(logMissing(file, mark));
      if (access === 'write') beginWriting(store, { command, since: now().toISOString() });
      return new Journal(store, codec, lock, now, isLogMissing);
    } catch (error) {
      store?.close();
      lock?.release();
      throw error;
    }
  }

  /** The process that writes to a journal at this moment; null where none does, or where there is no journal. */
  static holder(path: string): Holder | null {
    const full = resolve(path);
    return existsSync(full) ? findHolder(realpathSync(full)) : null;
  }

  /** What is wrong with the file, in words; empty where it is sound. Reads all of it. */
  check(): readonly string[] {
    if (!this.isWhole()) return ['the file is damaged'];
    if (this.#isLogMissing) return ['its log is missing, and what was written last stood there'];
    const chain = this.chain.verify();
    return chain.ok ? [] : [`its record does not hold: ${chain.reason}${placeOf(chain)}`];
  }

  /** Whether the file holds together, page by page. */
  isWhole(): boolean {
    return this.#store.pragma('quick_check(1)') === 'ok';
  }

  /** Before anything is sent: a run that could not be undone must not begin. Throws `UserError` where the file is damaged. */
  requireWhole(): void {
    if (!this.isWhole()) throw damaged(this.#store.path);
  }

  /** What a purge would take the clients' values of; changes nothing. Throws as `purge`. */
  purgeable({ before }: { readonly before: Date }): Purgeable {
    return findPurgeable(this.#store, before);
  }

  /** Takes clients' values older than `before` out of the file, for good. Throws `UserError` where an unfinished run needs them. */
  purge({ before }: { readonly before: Date }): Purged {
    const parts = { store: this.#store, codec: this.#codec, chain: this.chain };
    return purgeValues(parts, before, this.#now());
  }

  get bytes(): number {
    return this.#store.bytes;
  }

  /**
   * Writes all that it holds at this moment into the empty `file`, whoever writes meanwhile, and opens that for reading. The copy is one
   * file, sealed as this one is. Throws `UserError`, with code 1 where there is no room for it.
   */
  copyInto(file: string): Journal {
    this.#store.copyInto(file);
    const copy = new Store(file, 'write');
    clearMark(copy);
    copy.close();
    return new Journal(new Store(file, 'read'), this.#codec, null, this.#now);
  }

  close(): void {
    if (this.#lock !== null && this.#store.isOpen) endWriting(this.#store);
    this.#store.close();
    this.#lock?.release();
  }
}

function placeOf({ brokenAt, about, entries }: Exclude<Verification, { ok: true }>): string {
  if (brokenAt === null) return '';
  return `, at entry ${brokenAt} of ${entries}${about === null ? '' : ` (${about})`}`;
}

/** For this user's eyes only: SQLite gives its log files the same mode. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

function makeFile(path: string): string {
  const full = resolve(path);
  return explained(full, () => {
    mkdirSync(dirname(full), { recursive: true, mode: FOLDER_MODE });
    closeSync(openSync(full, 'a', FILE_MODE));
    return realpathSync(full);
  });
}

/** Fails where the file cannot be written. */
function keepPrivate(file: string): void {
  explained(file, () => {
    closeSync(openSync(file, 'a'));
    chmodSync(file, FILE_MODE);
  });
}

function explained<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (hasCode(error)) throw explainFailure(error, error.code, file);
    throw error;
  }
}

function findFile(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) {
    if (statSync(full).isDirectory())
      throw explainFailure(new Error(`${full} is a folder`), 'EISDIR', full);
    return realpathSync(full);
  }
  throw new UserError(
    'no_journal',
    `There is no journal at ${join(dirname(full), basename(full))}.`,
    'Run `clio-fields inventory` first, or name the journal with --journal.',
  );
}
