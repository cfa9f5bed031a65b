import type { Chain } from './chain.ts';
import type { Codec } from './codec.ts';
import { idOf, keyOf } from './ids.ts';
import { PartWriter, type PlanSink } from './parts.ts';
import { frameHashOf } from './plan-frame.ts';
import type { PlanRow, PlanStart, PlanSummary } from './plan-row.ts';
import type { Store } from './store.ts';

/** Makes plans, each once. */
export class PlanWriter {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;

  constructor(store: Store, codec: Codec, chain: Chain) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
  }

  /** The new plan's key, inside the transaction that makes it. Throws `SamePlan` where it stands already. */
  write(start: PlanStart, fill: (sink: PlanSink) => PlanSummary): number {
    const inventoryKey = keyOf('inventory', start.inventoryId) ?? null;
    const rollsBack = start.rollsBack === null ? null : (keyOf('run', start.rollsBack) ?? null);
    const reviewOf = start.reviewOf === undefined ? null : (keyOf('plan', start.reviewOf) ?? null);
    const isForced = start.isForced === true ? 1 : 0;
    const isTwoPerson = start.isTwoPerson === true ? 1 : 0;
    const key = this.#store.insert(
      `INSERT INTO plans (inventory_key, rolls_back, review_of, is_forced, is_two_person,
         origin, created_at, rules_text)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      inventoryKey,
      rollsBack,
      reviewOf,
      isForced,
      isTwoPerson,
      start.origin,
      start.createdAt,
      this.#codec.encode(start.rulesText),
    );
    const writer = new PartWriter(this.#store, this.#codec, key);
    const { digest, counts, fields, needs, review = null } = fill(writer);
    const summary = JSON.stringify({ counts, fields, needs, review });
    const same = this.#sameAs(key, digest);
    // A review's outcome also says who typed in what, and how the rest was decided.
    if (same !== undefined && (reviewOf === null || this.#codec.decode(same.summary) === summary))
      throw new SamePlan(idOf('plan', same.plan_key));
    const { contentHash, changes, flags, optionChanges } = writer.end();
    this.#store.run(
      `UPDATE plans SET digest = ?, summary = ?, content_hash = ?,
         last_change = ?, changes = ?, last_flag = ?, flags = ?, option_changes = ?
       WHERE plan_key = ?`,
      digest,
      this.#codec.encode(summary),
      contentHash,
      changes.lastKey,
      changes.count,
      flags.lastKey,
      flags.count,
      optionChanges,
      key,
    );
    const [row] = this.#store.all<PlanRow>('SELECT * FROM plans WHERE plan_key = ?', key);
    if (start.by !== undefined && row !== undefined) {
      this.#chain.append(
        'planned',
        { planKey: key },
        {
          planId: idOf('plan', key),
          digest,
          contentHash,
          frameHash: frameHashOf(row, this.#codec),
          isTwoPerson: isTwoPerson === 1,
          by: start.by,
          at: start.createdAt,
        },
      );
    }
    return key;
  }

  /**
   * The plan that the one being made would be again. Only the newest, or the one whose review the newest is the outcome of: what
   * was planned last is what a command without an id takes.
   */
  #sameAs(key: number, digest: string): PlanRow | undefined {
    return this.#store
      .all<PlanRow>(
        `SELECT old.* FROM plans AS old JOIN plans AS made ON made.plan_key = ?
         WHERE old.digest = ? AND old.plan_key <> made.plan_key AND old.purged_at IS NULL
           AND old.inventory_key = made.inventory_key AND old.rolls_back IS made.rolls_back
           AND old.review_of IS made.review_of AND old.is_forced = made.is_forced
           AND old.is_two_person = made.is_two_person
           AND (made.rolls_back IS NOT NULL OR old.plan_key IN
             (SELECT plan_key FROM (${NEWEST}) UNION SELECT review_of FROM (${NEWEST})))`,
        key,
        digest,
        key,
        key,
      )
      .at(0);
  }
}

/** Of the plans before one that are no rollback's and hold their values. */
const NEWEST = `SELECT plan_key, review_of FROM plans
  WHERE rolls_back IS NULL AND purged_at IS NULL AND plan_key < ?
  ORDER BY plan_key DESC LIMIT 1`;

/** Takes a transaction back: what it would store stands already. */
export class SamePlan extends Error {
  readonly planId: string;

  constructor(planId: string) {
    super(`the same as ${planId}`);
    this.planId = planId;
  }
}
