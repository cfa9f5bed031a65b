import { UserError } from '../errors.ts';
import type { Change, Flag, OptionChange, Plan } from '../model/change.ts';
import type { Chain } from './chain.ts';
import { unpackChange } from './change-text.ts';
import type { Codec } from './codec.ts';
import { readStored } from './failures.ts';
import { idOf, keyOf, purged, unknownId } from './ids.ts';
import { isAbout, type PartFilter, PartReader, type PlanSink, take } from './parts.ts';
import { frameHashOf } from './plan-frame.ts';
import type { PlanRow, PlanStart, PlanSummary } from './plan-row.ts';
import { PlanWriter, SamePlan } from './plan-writer.ts';
import type { Store } from './store.ts';

export interface Approval {
  readonly digest: string;
  readonly by: string;
  /** The way it was given: on a terminal, by digest. */
  readonly how: string;
  /** ISO 8601. */
  readonly at: string;
}

/** What rules propose for an inventory, or the inverse of a run; and who approved it. */
export class Plans {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;
  readonly #parts: PartReader;
  readonly #writer: PlanWriter;

  constructor(store: Store, codec: Codec, chain: Chain) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
    this.#parts = new PartReader(store, codec);
    this.#writer = new PlanWriter(store, codec, chain);
  }

  /**
   * Stores what `fill` hands over, as it comes: a plan of any size takes little memory, and stands whole or not at all.
   * Where the newest plan, or the one whose review led to it, is of the same inventory and digest, that one is given back instead;
   * an older one is not: what was planned or decided last must stand last.
   */
  create(start: PlanStart, fill: (sink: PlanSink) => PlanSummary): Plan {
    try {
      const key = this.#store.transaction(() => this.#writer.write(start, fill));
      return this.find(idOf('plan', key));
    } catch (error) {
      if (error instanceof SamePlan) return this.find(error.planId);
      throw error;
    }
  }

  /** The newest that is no rollback's and holds its values where no id is given. Throws `UserError`. */
  find(planId?: string): Plan {
    if (planId !== undefined) return this.#planOf(this.row(planId));
    const newest = this.newest();
    if (newest === null) throw this.#unknown(undefined);
    return newest;
  }

  /** As `find` without an id; null where there is none. */
  newest(): Plan | null {
    const row = this.#newest();
    return row === undefined ? null : this.#planOf(row);
  }

  /** Newest first, rollbacks too; at most `limit`. */
  list(limit = Number.MAX_SAFE_INTEGER): Plan[] {
    return this.#store
      .all<PlanRow>('SELECT * FROM plans ORDER BY plan_key DESC LIMIT ?', limit)
      .map((row) => this.#planOf(row));
  }

  /** The newest plan that a review of this one led to; null where there is none. */
  reviewed(planId: string): Plan | null {
    const row = this.#store
      .all<PlanRow>(
        `SELECT * FROM plans WHERE review_of = ? AND purged_at IS NULL
       ORDER BY plan_key DESC LIMIT 1`,
        this.row(planId).plan_key,
      )
      .at(0);
    return row === undefined ? null : this.#planOf(row);
  }

  /** How many changes and flags there are to review: items are numbered from 1 in their order. */
  size(planId: string): { readonly changes: number; readonly flags: number } {
    const { changes, flags } = this.#whole(planId);
    return { changes, flags };
  }

  /** The changes with these numbers, in their order: a bounded list. */
  changesNumbered(planId: string, numbers: readonly number[]): Change[] {
    const { last_change: lastKey, changes: count } = this.#whole(planId);
    return [...parsed(this.#parts.changesNumbered({ lastKey, count }, numbers), unpackChange)];
  }

  /** As `changesNumbered`. */
  flagsNumbered(planId: string, numbers: readonly number[]): Flag[] {
    const { last_flag: lastKey, flags: count } = this.#whole(planId);
    return [...parsed(this.#parts.flagsNumbered({ lastKey, count }, numbers), unpackFlag)];
  }

  /** The rules file that it was made from; empty once it was purged. */
  rulesText(planId: string): string {
    return this.#codec.decode(this.row(planId).rules_text);
  }

  /** In the order in which they were planned, in flat memory. */
  changes(planId: string, filter: PartFilter = {}): IterableIterator<Change> {
    const { last_change: lastKey, changes: count } = this.#whole(planId);
    const isWanted = isAbout(filter.definitionIds);
    return take(
      parsed(this.#parts.changes({ lastKey, count }, filter), unpackChange),
      ({ edits }) => edits.some(isWanted),
      filter.limit,
    );
  }

  /** As `changes`. */
  flags(planId: string, filter: PartFilter = {}): IterableIterator<Flag> {
    const { last_flag: lastKey, flags: count } = this.#whole(planId);
    return take(
      parsed(this.#parts.flags({ lastKey, count }, filter), unpackFlag),
      isAbout(filter.definitionIds),
      filter.limit,
    );
  }

  optionChanges(planId: string): OptionChange[] {
    const { plan_key: key } = this.#whole(planId);
    return this.#parts.optionChanges(key).map(({ text }): OptionChange => JSON.parse(text));
  }

  /** Throws `UserError` where the digest is not the plan's: what was looked at is not what would be done. */
  approve(planId: string, approval: Approval): void {
    const row = this.#whole(planId);
    if (approval.digest !== row.digest) throw wrongDigest(planId, approval.digest);
    const { digest, by, how, at } = approval;
    this.#store.transaction(() =>
      this.#chain.append(
        'approval',
        { planKey: row.plan_key },
        {
          planId,
          digest,
          contentHash: row.content_hash,
          frameHash: frameHashOf(row, this.#codec),
          isTwoPerson: row.is_two_person === 1,
          by,
          how,
          at,
        },
      ),
    );
  }

  /** The latest; null where nobody approved it. */
  approval(planId: string): Approval | null {
    const entry = this.#store
      .all<{ text: string }>(
        `SELECT text FROM entries WHERE kind = 'approval' AND plan_key = ? AND text IS NOT NULL
       ORDER BY entry_key DESC LIMIT 1`,
        this.row(planId).plan_key,
      )
      .at(0);
    if (entry === undefined) return null;
    const { digest, by, how, at }: Approval = JSON.parse(entry.text);
    return { digest, by, how, at };
  }

  /** For the other parts of the journal. Throws `UserError` for an unknown id. */
  row(planId: string): PlanRow {
    const row = this.#store
      .all<PlanRow>('SELECT * FROM plans WHERE plan_key = ?', keyOf('plan', planId) ?? null)
      .at(0);
    if (row === undefined) throw this.#unknown(planId);
    return row;
  }

  #planner(planKey: number): string | null {
    const entry = this.#store
      .all<{ text: string }>(
        `SELECT text FROM entries WHERE kind = 'planned' AND plan_key = ? AND text IS NOT NULL`,
        planKey,
      )
      .at(0);
    if (entry === undefined) return null;
    const { by }: { by: string } = JSON.parse(entry.text);
    return by;
  }

  #newest(): PlanRow | undefined {
    return this.#store
      .all<PlanRow>(
        `SELECT * FROM plans WHERE rolls_back IS NULL AND purged_at IS NULL
       ORDER BY plan_key DESC LIMIT 1`,
      )
      .at(0);
  }

  #whole(planId: string): PlanRow {
    const row = this.row(planId);
    if (row.purged_at !== null) {
      throw purged(planId, row.purged_at, 'Make a new plan: `clio-fields plan`.');
    }
    return row;
  }

  #unknown(planId: string | undefined): UserError {
    const known = this.#store
      .all<{ key: number }>('SELECT plan_key AS key FROM plans ORDER BY plan_key DESC LIMIT 6')
      .map(({ key }) => idOf('plan', key));
    return unknownId('plan', planId, known, 'clio-fields plan');
  }

  #planOf(row: PlanRow): Plan {
    const summary = readStored(
      this.#store.path,
      (): Pick<Plan, 'counts' | 'fields' | 'needs'> & Partial<Pick<Plan, 'review'>> =>
        JSON.parse(this.#codec.decode(row.summary)),
    );
    return {
      planId: idOf('plan', row.plan_key),
      digest: row.digest,
      createdAt: row.created_at,
      origin: row.origin,
      inventoryId: idOf('inventory', row.inventory_key),
      rollsBack: row.rolls_back === null ? null : idOf('run', row.rolls_back),
      reviewOf: row.review_of === null ? null : idOf('plan', row.review_of),
      isForced: row.is_forced === 1,
      madeBy: this.#planner(row.plan_key),
      isTwoPerson: row.is_two_person === 1,
      ...summary,
      review: reviewOf(summary.review ?? null),
    };
  }
}

/** A digest that was looked at is not that of the plan at hand. */
export function wrongDigest(planId: string, digest: string): UserError {
  return new UserError(
    'digest_mismatch',
    `The digest "${digest}" is not that of ${planId}. Nothing was written.`,
    `Look at the plan with \`clio-fields show ${planId}\`, and give the digest that it shows.`,
  );
}

/** Of a review before values could be cleared there, none was. */
function reviewOf(review: Plan['review']): Plan['review'] {
  return review && { ...review, counts: { ...review.counts, cleared: review.counts.cleared ?? 0 } };
}

function* parsed<Part>(
  texts: Iterable<string>,
  parse: (text: string) => Part,
): IterableIterator<Part> {
  for (const text of texts) yield parse(text);
}

function unpackFlag(text: string): Flag {
  return JSON.parse(text);
}
