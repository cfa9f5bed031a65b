import type { ParentType } from '../model/field.ts';
import type { Intent, Outcome } from '../model/run.ts';
import type { Chain } from './chain.ts';
import type { Codec } from './codec.ts';
import { idOf, recordIdCell } from './ids.ts';
import { type OutcomeBody, sealBody } from './outcome-body.ts';
import { COUNT_COLUMNS, type RunRow, SETTLED_STATUSES } from './run-row.ts';
import type { Store } from './store.ts';

/** The first record of a run with work left. */
export interface Position {
  readonly parentType: ParentType;
  readonly record: string | number;
}

/** A change whose last sending did nothing. */
export interface Withdrawn {
  readonly changeId: string;
  /** What was journaled before an earlier sending that may still have been done; null where there was none. */
  readonly earlier: Intent | null;
}

/** Writes what was begun of a run's changes, and what became of each. */
export class ChangeOutcomes {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;

  constructor(store: Store, codec: Codec, chain: Chain) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
  }

  /** Durable when it returns, with what is stored `alongside`; the latest intent counts. Throws for a change that is settled. */
  begin(run: RunRow, intents: readonly Intent[], at: string, alongside: () => void): void {
    this.#store.transaction(() => {
      alongside();
      for (const { changeId, before } of intents) {
        const begun = this.#store.run(
          `INSERT INTO outcomes (run_key, change_key, begun_at, intent) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET begun_at = excluded.begun_at, intent = excluded.intent
           WHERE status IS NULL`,
          run.run_key,
          this.#changeKey(run, changeId),
          at,
          this.#codec.encode(JSON.stringify(before)),
        );
        if (begun === 0)
          throw new Error(`${changeId} of ${idOf('run', run.run_key)} is settled already`);
      }
    });
  }

  /** Durable when it returns. What was begun earlier counts again; where nothing was, nothing is begun any more. */
  withdraw(run: RunRow, withdrawn: readonly Withdrawn[]): void {
    this.#store.transaction(() => {
      for (const { changeId, earlier } of withdrawn) {
        const changeKey = this.#changeKey(run, changeId);
        if (earlier === null) {
          this.#store.run(
            'DELETE FROM outcomes WHERE run_key = ? AND change_key = ? AND status IS NULL',
            run.run_key,
            changeKey,
          );
        } else {
          this.#store.run(
            'UPDATE outcomes SET intent = ? WHERE run_key = ? AND change_key = ? AND status IS NULL',
            this.#codec.encode(JSON.stringify(earlier.before)),
            run.run_key,
            changeKey,
          );
        }
      }
    });
  }

  /** Durable when it returns, with the run's counts and where it has come to. Throws for a change that is settled already. */
  settle(run: RunRow, outcomes: readonly Outcome[], position: Position, at: string): void {
    this.#store.transaction(() => {
      for (const outcome of outcomes) this.#settleOne(run, outcome, at);
      const added = SETTLED_STATUSES.map(
        (status) => outcomes.filter((outcome) => outcome.status === status).length,
      );
      this.#store.run(ADD_TO_RUN, ...added, position.parentType, position.record, run.run_key);
    });
  }

  #settleOne(run: RunRow, { changeId, status, reason, written }: Outcome, at: string): void {
    const changeKey = this.#changeKey(run, changeId);
    const { body, bodyHash } = sealBody(this.#codec, { reason, written } satisfies OutcomeBody);
    const settled = this.#store.run(
      `INSERT INTO outcomes (run_key, change_key, settled_at, status, body, body_hash)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET intent = NULL, settled_at = excluded.settled_at,
         status = excluded.status, body = excluded.body, body_hash = excluded.body_hash
       WHERE status IS NULL`,
      run.run_key,
      changeKey,
      at,
      status,
      body,
      bodyHash,
    );
    if (settled === 0) throw new Error(`${changeId} is settled already`);
    const runId = idOf('run', run.run_key);
    this.#chain.appendOutcome(
      run.run_key,
      { changeKey },
      { runId, changeId, status, at, bodyHash },
    );
  }

  /** A change's id names its record, and so leads to it without an index of its own. */
  #changeKey(run: RunRow, changeId: string): number {
    const [, parentType, recordId] = /^([a-z]+):(.*):[^:]*$/s.exec(changeId) ?? [];
    const row =
      parentType === undefined || recordId === undefined
        ? undefined
        : this.#store
            .all<{ key: number }>(
              `SELECT change_key AS key FROM changes
             WHERE plan_key = ? AND parent_type = ? AND record_id = ? AND change_id = ?`,
              run.plan_key,
              parentType,
              recordIdCell(recordId),
              changeId,
            )
            .at(0);
    if (row === undefined) throw new Error(`the plan of this run has no change ${changeId}`);
    return row.key;
  }
}

/** A run that goes on after it stopped is running again. */
const ADD_TO_RUN = `
  UPDATE runs SET
    ${SETTLED_STATUSES.map((status) => `${COUNT_COLUMNS[status]} = ${COUNT_COLUMNS[status]} + ?`).join(', ')},
    position_parent = ?, position_record = ?, status = 'running', ended_at = NULL
  WHERE run_key = ?`;
