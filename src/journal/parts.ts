import { createHash } from 'node:crypto';
import type { Change, Flag, OptionChange } from '../model/change.ts';
import { BulkInsert } from './bulk-insert.ts';
import { packChange } from './change-text.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { recordIdCell, recordIdCells } from './ids.ts';
import { LineHash } from './line-hash.ts';
import { PAGE_ROWS, pages, type Store } from './store.ts';

/** Takes a plan's parts, one at a time; a record's changes one after another. */
export interface PlanSink {
  change(change: Change): void;
  flag(flag: Flag): void;
  optionChange(optionChange: OptionChange): void;
}

/** Only what is about these records and these definitions; all where undefined. */
export interface PartFilter {
  readonly recordIds?: readonly string[] | undefined;
  readonly definitionIds?: readonly string[] | undefined;
  /** No more than so many. */
  readonly limit?: number | undefined;
  /** Only what comes after the first so many of all parts of the kind: where a page starts. */
  readonly afterSeq?: number | undefined;
}

/** Where a plan's parts stand: their keys have no gap, for they were written in one transaction. */
export interface PartRange {
  readonly lastKey: number;
  readonly count: number;
}

/** What stands once all parts are written. */
export interface Written {
  readonly changes: PartRange;
  readonly flags: PartRange;
  readonly optionChanges: number;
  /** Of all of them. */
  readonly contentHash: string;
}

/** Writes a plan's parts inside the transaction that makes the plan. */
export class PartWriter implements PlanSink {
  readonly #codec: Codec;
  readonly #planKey: number;
  readonly #hash = new ContentHash();
  readonly #changes: BulkInsert;
  readonly #flags: BulkInsert;
  readonly #optionChanges: BulkInsert;

  constructor(store: Store, codec: Codec, planKey: number) {
    this.#codec = codec;
    this.#planKey = planKey;
    this.#changes = new BulkInsert(store, 'changes', [
      'plan_key',
      'parent_type',
      'record_id',
      'change_id',
      'body',
    ]);
    this.#flags = new BulkInsert(store, 'flags', ['plan_key', 'record_id', 'body']);
    this.#optionChanges = new BulkInsert(store, 'option_changes', ['plan_key', 'body']);
  }

  change(change: Change): void {
    const text = packChange(change);
    this.#hash.change(text);
    this.#changes.add(
      this.#planKey,
      change.parentType,
      recordIdCell(change.recordId),
      change.changeId,
      this.#codec.encode(text),
    );
  }

  flag(flag: Flag): void {
    const text = JSON.stringify(flag);
    this.#hash.flag(text);
    this.#flags.add(this.#planKey, recordIdCell(flag.recordId), this.#codec.encode(text));
  }

  optionChange(optionChange: OptionChange): void {
    const text = JSON.stringify(optionChange);
    this.#hash.optionChange(text);
    this.#optionChanges.add(this.#planKey, this.#codec.encode(text));
  }

  /** Once, after the last part. */
  end(): Written {
    return {
      changes: this.#changes.end(),
      flags: this.#flags.end(),
      optionChanges: this.#optionChanges.end().count,
      contentHash: this.#hash.digest(),
    };
  }
}

/** Reads a plan's parts in the order in which they were planned, in flat memory, as the texts that were written. */
export class PartReader {
  readonly #store: Store;
  readonly #codec: Codec;

  constructor(store: Store, codec: Codec) {
    this.#store = store;
    this.#codec = codec;
  }

  changes(range: PartRange, filter: PartFilter = {}): IterableIterator<string> {
    return this.#read(CHANGES, CHANGES_OF_RECORDS, range, filter);
  }

  flags(range: PartRange, filter: PartFilter = {}): IterableIterator<string> {
    return this.#read(FLAGS, FLAGS_OF_RECORDS, range, filter);
  }

  /** The changes with these numbers, counted from 1. */
  changesNumbered(range: PartRange, numbers: readonly number[]): string[] {
    return this.#numbered('SELECT body FROM changes WHERE change_key IN', range, numbers);
  }

  flagsNumbered(range: PartRange, numbers: readonly number[]): string[] {
    return this.#numbered('SELECT body FROM flags WHERE flag_key IN', range, numbers);
  }

  optionChanges(planKey: number): { readonly key: number; readonly text: string }[] {
    return this.#store
      .all<{ key: number; body: Cell }>(
        'SELECT option_key AS key, body FROM option_changes WHERE plan_key = ? ORDER BY option_key',
        planKey,
      )
      .map(({ key, body }) => ({ key, text: this.#codec.decode(body) }));
  }

  /** Made again from what stands in the file. */
  contentHash(planKey: number, changes: PartRange, flags: PartRange): string {
    const hash = new ContentHash();
    for (const text of this.changes(changes)) hash.change(text);
    for (const text of this.flags(flags)) hash.flag(text);
    for (const { text } of this.optionChanges(planKey)) hash.optionChange(text);
    return hash.digest();
  }

  #numbered(select: string, { lastKey, count }: PartRange, numbers: readonly number[]): string[] {
    const keys = numbers
      .filter((number) => number >= 1 && number <= count)
      .map((number) => lastKey - count + number);
    return this.#store
      .all<{ body: Cell }>(
        `${select} (SELECT value FROM json_each(?)) ORDER BY rowid`,
        JSON.stringify(keys),
      )
      .map(({ body }) => this.#codec.decode(body));
  }

  *#read(
    all: string,
    ofRecords: string,
    { lastKey, count }: PartRange,
    { recordIds, afterSeq = 0 }: PartFilter,
  ): IterableIterator<string> {
    const start = lastKey - count + Math.min(afterSeq, count);
    if (recordIds !== undefined) {
      const wanted = recordIdCells(recordIds);
      const rows = pages<{ key: number; body: Cell }>((last, limit) =>
        this.#store.all(ofRecords, last?.key ?? start, lastKey, wanted, limit),
      );
      for (const { body } of rows) yield this.#codec.decode(body);
      return;
    }
    // The keys have no gap, so that a page is told by its keys, and no row needs to say its own.
    for (let key = start; key < lastKey; key += PAGE_ROWS) {
      const bodies = this.#store.column(all, key, Math.min(key + PAGE_ROWS, lastKey));
      for (const body of bodies) yield this.#codec.decode(body);
    }
  }
}

const CHANGES = `
  SELECT body FROM changes
  WHERE change_key > ? AND change_key <= ? ORDER BY change_key`;
const CHANGES_OF_RECORDS = `
  SELECT change_key AS key, body FROM changes
  WHERE change_key > ? AND change_key <= ? AND record_id IN (SELECT value FROM json_each(?))
  ORDER BY change_key LIMIT ?`;
const FLAGS = `
  SELECT body FROM flags
  WHERE flag_key > ? AND flag_key <= ? ORDER BY flag_key`;
const FLAGS_OF_RECORDS = `
  SELECT flag_key AS key, body FROM flags
  WHERE flag_key > ? AND flag_key <= ? AND record_id IN (SELECT value FROM json_each(?))
  ORDER BY flag_key LIMIT ?`;

/** What an approval binds: every part of a plan, to the letter, however changes and flags took turns. */
class ContentHash {
  readonly #changes = new LineHash();
  readonly #flags = new LineHash();
  readonly #optionChanges = new LineHash();

  change(text: string): void {
    this.#changes.add(text);
  }

  flag(text: string): void {
    this.#flags.add(text);
  }

  optionChange(text: string): void {
    this.#optionChanges.add(text);
  }

  digest(): string {
    const all = createHash('sha256');
    for (const hash of [this.#changes, this.#flags, this.#optionChanges]) all.update(hash.digest());
    return all.digest('hex');
  }
}

/** The items that are wanted, no more than `limit`. */
export function* take<Item>(
  items: Iterable<Item>,
  isWanted: (item: Item) => boolean,
  limit: number = Number.POSITIVE_INFINITY,
): IterableIterator<Item> {
  let taken = 0;
  if (limit <= 0) return;
  for (const item of items) {
    if (!isWanted(item)) continue;
    yield item;
    taken += 1;
    if (taken >= limit) return;
  }
}

/** Whether something is about one of these definitions; true of everything where none are named. */
export function isAbout(
  definitionIds: readonly string[] | undefined,
): (part: { readonly definitionId: string }) => boolean {
  if (definitionIds === undefined) return () => true;
  const wanted = new Set(definitionIds);
  return ({ definitionId }) => wanted.has(definitionId);
}
