import type { OptionChange } from '../model/change.ts';
import type { SettledStatus } from '../model/run.ts';
import type { Chain } from './chain.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { idOf } from './ids.ts';
import { sealBody } from './outcome-body.ts';
import { PartReader } from './parts.ts';
import type { RunRow } from './run-row.ts';
import type { Store } from './store.ts';

/** How a change of a picklist's options ended. */
export interface OptionOutcome {
  readonly change: OptionChange;
  readonly status: SettledStatus;
  readonly reason: string | null;
  /** The option's id on the platform: for an added one, only known once it is there. */
  readonly optionId: string | null;
}

export type OptionSettlement = Omit<OptionOutcome, 'change'> & { readonly changeId: string };

type Body = Pick<OptionOutcome, 'reason' | 'optionId'>;

interface Row {
  readonly option_key: number;
  readonly status: SettledStatus | null;
  readonly body: Cell;
}

/** What became of a run's option changes. There are few, so they are read as a whole. */
export class OptionOutcomes {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;
  readonly #parts: PartReader;
  readonly #keysOf = new Map<number, ReadonlyMap<string, number>>();

  constructor(store: Store, codec: Codec, chain: Chain) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
    this.#parts = new PartReader(store, codec);
  }

  /** Durable when it returns, with what is stored `alongside`. */
  begin(run: RunRow, changeIds: readonly string[], at: string, alongside: () => void): void {
    const keys = this.#keys(run);
    this.#store.transaction(() => {
      alongside();
      for (const changeId of changeIds) {
        this.#store.run(
          `INSERT INTO option_outcomes (run_key, option_key, begun_at) VALUES (?, ?, ?)
           ON CONFLICT DO UPDATE SET begun_at = excluded.begun_at WHERE status IS NULL`,
          run.run_key,
          keyAmong(keys, changeId),
          at,
        );
      }
    });
  }

  /** What was not done, by the platform's own word. */
  withdraw(run: RunRow, changeIds: readonly string[]): void {
    const keys = this.#keys(run);
    this.#store.transaction(() => {
      for (const changeId of changeIds) {
        this.#store.run(
          'DELETE FROM option_outcomes WHERE run_key = ? AND option_key = ? AND status IS NULL',
          run.run_key,
          keyAmong(keys, changeId),
        );
      }
    });
  }

  settle(run: RunRow, settlement: OptionSettlement, at: string): void {
    const { changeId, status, reason, optionId } = settlement;
    const optionKey = keyAmong(this.#keys(run), changeId);
    const { body, bodyHash } = sealBody(this.#codec, { reason, optionId } satisfies Body);
    this.#store.transaction(() => {
      const settled = this.#store.run(
        `INSERT INTO option_outcomes (run_key, option_key, settled_at, status, body, body_hash)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET settled_at = excluded.settled_at, status = excluded.status,
           body = excluded.body, body_hash = excluded.body_hash
         WHERE status IS NULL`,
        run.run_key,
        optionKey,
        at,
        status,
        body,
        bodyHash,
      );
      if (settled === 0) throw new Error(`the option change ${changeId} is settled already`);
      this.#store.run(
        `UPDATE runs SET options_settled = options_settled + 1, status = 'running', ended_at = NULL
         WHERE run_key = ?`,
        run.run_key,
      );
      this.#chain.appendOutcome(
        run.run_key,
        { optionKey },
        {
          runId: idOf('run', run.run_key),
          changeId: `option-${optionKey}`,
          status,
          at,
          bodyHash,
        },
      );
    });
  }

  /** The settled ones, in the plan's order. */
  settled(run: RunRow): OptionOutcome[] {
    const rows = this.#rows(run);
    return this.#parts.optionChanges(run.plan_key).flatMap(({ key, text }): OptionOutcome[] => {
      const row = rows.get(key);
      if (row === undefined || row.status === null) return [];
      const { reason, optionId }: Body = JSON.parse(this.#codec.decode(row.body));
      const change: OptionChange = JSON.parse(text);
      return [{ change, status: row.status, reason, optionId }];
    });
  }

  /** Ids of those that may have been sent and are not settled. */
  begun(run: RunRow): string[] {
    const rows = this.#rows(run);
    return this.#parts.optionChanges(run.plan_key).flatMap(({ key, text }) => {
      const row = rows.get(key);
      return row?.status === null ? [idIn(text)] : [];
    });
  }

  #rows(run: RunRow): Map<number, Row> {
    const rows = this.#store.all<Row>(
      'SELECT option_key, status, body FROM option_outcomes WHERE run_key = ?',
      run.run_key,
    );
    return new Map(rows.map((row) => [row.option_key, row]));
  }

  /** A plan's option changes are what they are: read once. */
  #keys({ plan_key: planKey }: RunRow): ReadonlyMap<string, number> {
    const known = this.#keysOf.get(planKey);
    if (known !== undefined) return known;
    const keys = new Map(
      this.#parts.optionChanges(planKey).map(({ key, text }) => [idIn(text), key]),
    );
    this.#keysOf.set(planKey, keys);
    return keys;
  }
}

function idIn(text: string): string {
  const { changeId }: OptionChange = JSON.parse(text);
  return changeId;
}

function keyAmong(keys: ReadonlyMap<string, number>, changeId: string): number {
  const key = keys.get(changeId);
  if (key === undefined) throw new Error(`the plan has no option change ${changeId}`);
  return key;
}
