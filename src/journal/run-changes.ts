import type { Change } from '../model/change.ts';
import type { ParentType } from '../model/field.ts';
import type { Intent, Outcome, SettledStatus } from '../model/run.ts';
import { unpackChange } from './change-text.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { recordIdCells } from './ids.ts';
import type { OutcomeBody } from './outcome-body.ts';
import { isAbout, type PartFilter, take } from './parts.ts';
import type { RunRow } from './run-row.ts';
import { pages, type Store } from './store.ts';

/** A record that a run still has work on. */
export interface PendingRecord {
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly changes: readonly PendingChange[];
}

/** `begun`: what was journaled before it was sent, where it may have been sent. */
interface PendingChange {
  readonly change: Change;
  readonly begun: Intent | null;
}

/** A change of a run with what became of it; null while it is pending. */
export interface RunChange {
  readonly change: Change;
  readonly outcome: Outcome | null;
  /** ISO 8601; when it was sent last, where nobody knows the answer. Null for all else. */
  readonly sentAt: string | null;
}

export type SettledChange = RunChange & { readonly outcome: Outcome };

interface ChangeRow {
  readonly key: number;
  readonly parent_type: ParentType;
  readonly record_id: string | number;
  readonly change_body: Cell;
  readonly begun_at: string | null;
  readonly intent: Cell;
  readonly status: SettledStatus | null;
  readonly body: Cell;
}

/** Reads a run's changes together with what became of them; long lists in flat memory. */
export class RunChanges {
  readonly #store: Store;
  readonly #codec: Codec;

  constructor(store: Store, codec: Codec) {
    this.#store = store;
    this.#codec = codec;
  }

  /** The first records of one parent type, from one on, that have changes without an outcome; with all such changes. */
  next(run: RunRow, parentType: ParentType, from: string | number, limit: number): PendingRecord[] {
    const { plan_key: planKey, run_key: runKey } = run;
    return this.#byRecord(
      this.#store.all<ChangeRow>(
        NEXT_RECORDS,
        planKey,
        parentType,
        from,
        runKey,
        limit,
        planKey,
        parentType,
        runKey,
      ),
    );
  }

  /** Records with changes that were begun and have no outcome; only those changes. */
  begun(run: RunRow): PendingRecord[] {
    return this.#byRecord(this.#store.all<ChangeRow>(BEGUN, run.run_key));
  }

  /** Every change, in the plan's order. */
  all(run: RunRow, filter: PartFilter): IterableIterator<RunChange> {
    const start = run.last_change - run.changes + Math.min(filter.afterSeq ?? 0, run.changes);
    const { sql, cells } = narrow(ALL_CHANGES, filter);
    const rows = pages<ChangeRow>((last, limit) =>
      this.#store.all(sql, run.run_key, last?.key ?? start, run.last_change, ...cells, limit),
    );
    const isWanted = isAbout(filter.definitionIds);
    return take(this.#runChanges(rows), ({ change }) => change.edits.some(isWanted), filter.limit);
  }

  /** Those that left something on the platform, as planned or not. */
  written(run: RunRow, filter: PartFilter): IterableIterator<SettledChange> {
    const { sql, cells } = narrow(WRITTEN, filter);
    const rows = pages<ChangeRow>((last, limit) =>
      this.#store.all(sql, run.run_key, last?.key ?? 0, ...cells, limit),
    );
    const isWanted = isAbout(filter.definitionIds);
    return take(
      settledOnly(this.#runChanges(rows)),
      ({ change, outcome }) => outcome.written.length > 0 && change.edits.some(isWanted),
      filter.limit,
    );
  }

  /** Those that could not be made. */
  unmade(run: RunRow): IterableIterator<SettledChange> {
    const rows = pages<ChangeRow>((last, limit) =>
      this.#store.all(UNMADE, run.run_key, last?.key ?? 0, limit),
    );
    return settledOnly(this.#runChanges(rows));
  }

  *#runChanges(rows: Iterable<ChangeRow>): IterableIterator<RunChange> {
    for (const { change_body: text, begun_at: begunAt, status, body } of rows) {
      const change = unpackChange(this.#codec.decode(text));
      if (status === null) {
        yield { change, outcome: null, sentAt: begunAt };
      } else {
        const { reason, written }: OutcomeBody = JSON.parse(this.#codec.decode(body));
        const outcome = { changeId: change.changeId, status, reason, written };
        yield { change, outcome, sentAt: null };
      }
    }
  }

  /** Rows of one record stand together. */
  #byRecord(rows: readonly ChangeRow[]): PendingRecord[] {
    const records: (PendingRecord & { readonly changes: PendingChange[] })[] = [];
    for (const row of rows) {
      const recordId = String(row.record_id);
      let record = records.at(-1);
      if (record?.recordId !== recordId || record.parentType !== row.parent_type) {
        record = { parentType: row.parent_type, recordId, changes: [] };
        records.push(record);
      }
      record.changes.push(this.#pendingChange(row));
    }
    return records;
  }

  #pendingChange({ change_body: text, begun_at: begunAt, intent }: ChangeRow): PendingChange {
    const change = unpackChange(this.#codec.decode(text));
    if (begunAt === null) return { change, begun: null };
    const before: Intent['before'] = JSON.parse(this.#codec.decode(intent));
    return { change, begun: { changeId: change.changeId, before } };
  }
}

function* settledOnly(changes: Iterable<RunChange>): IterableIterator<SettledChange> {
  for (const { change, outcome, sentAt } of changes)
    if (outcome !== null) yield { change, outcome, sentAt };
}

/** Adds the filter's records to a query that has a place for them. */
function narrow(
  sql: string,
  { recordIds }: PartFilter,
): { readonly sql: string; readonly cells: readonly Cell[] } {
  if (recordIds === undefined) return { sql: sql.replace(OF_RECORDS, ''), cells: [] };
  return { sql, cells: [recordIdCells(recordIds)] };
}

const OF_RECORDS = 'AND c.record_id IN (SELECT value FROM json_each(?))';

const COLUMNS = `c.change_key AS key, c.parent_type, c.record_id, c.body AS change_body,
  o.begun_at, o.intent, o.status, o.body`;

const NEXT_RECORDS = `
  WITH next AS MATERIALIZED (
    SELECT DISTINCT record_id FROM changes AS c
    WHERE plan_key = ? AND parent_type = ? AND record_id >= ?
      AND NOT EXISTS (
        SELECT 1 FROM outcomes AS o
        WHERE o.run_key = ? AND o.change_key = c.change_key AND o.status IS NOT NULL)
    ORDER BY record_id LIMIT ?
  )
  SELECT ${COLUMNS} FROM next
  CROSS JOIN changes AS c ON c.plan_key = ? AND c.parent_type = ? AND c.record_id = next.record_id
  LEFT JOIN outcomes AS o ON o.run_key = ? AND o.change_key = c.change_key
  WHERE o.status IS NULL
  ORDER BY c.record_id, c.change_key`;

const BEGUN = `
  SELECT ${COLUMNS} FROM outcomes AS o CROSS JOIN changes AS c ON c.change_key = o.change_key
  WHERE o.run_key = ? AND o.status IS NULL
  ORDER BY c.parent_type, c.record_id, c.change_key`;

const ALL_CHANGES = `
  SELECT ${COLUMNS} FROM changes AS c
  LEFT JOIN outcomes AS o ON o.run_key = ? AND o.change_key = c.change_key
  WHERE c.change_key > ? AND c.change_key <= ? ${OF_RECORDS}
  ORDER BY c.change_key LIMIT ?`;

const WRITTEN = `
  SELECT ${COLUMNS} FROM outcomes AS o CROSS JOIN changes AS c ON c.change_key = o.change_key
  WHERE o.run_key = ? AND o.change_key > ? AND o.status IN ('applied', 'rejected', 'conflict', 'noAccess') ${OF_RECORDS}
  ORDER BY o.change_key LIMIT ?`;

const UNMADE = `
  SELECT ${COLUMNS} FROM outcomes AS o INDEXED BY problems
  CROSS JOIN changes AS c ON c.change_key = o.change_key
  WHERE o.run_key = ? AND o.change_key > ? AND o.status IN ('conflict', 'rejected', 'noAccess')
  ORDER BY o.change_key LIMIT ?`;
