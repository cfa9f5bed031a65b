import { createHmac, randomBytes } from 'node:crypto';
import type { Decision, DecisionWay, Ruling, RulingKind } from '../model/decision.ts';
import type { Chain } from './chain.ts';
import { type Codec, hashOf, makeSalt } from './codec.ts';
import type { Cell } from './connection.ts';
import { DecisionHash } from './decision-hash.ts';
import { idOf } from './ids.ts';
import type { Plans } from './plans.ts';
import type { Store } from './store.ts';

/** One decision about to be stored. */
export interface NewDecision {
  readonly itemId: string;
  /** What it is about (`subjectOf`): where the same is proposed again, the decision still holds. */
  readonly subject: string;
  readonly ruling: Ruling;
}

/** Who decided, how and when; ISO 8601. */
export interface DecidedBy {
  readonly by: string;
  readonly how: DecisionWay;
  readonly at: string;
}

/** What of a decision stands in the file in the codec's form. */
interface Body {
  readonly fingerprint: string;
  readonly value?: string;
  readonly salt: string;
}

interface Row {
  readonly item_id: string;
  readonly kind: RulingKind;
  readonly fingerprint: string;
  readonly body: Cell;
  readonly plan_key: number;
  readonly decided_by: string;
  readonly how: DecisionWay;
  readonly decided_at: string;
}

/**
 * What people decided of plans' changes and flags: durable, bound by the chain, and found again by what it is about, so that it
 * carries over to later plans. The latest counts. What was decided at once is undone at once.
 */
export class Decisions {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;
  readonly #plans: Plans;
  #key: Uint8Array | undefined;

  constructor(store: Store, codec: Codec, chain: Chain, plans: Plans) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
    this.#plans = plans;
  }

  /** Stores all of them, or none. */
  add(planId: string, decisions: readonly NewDecision[], { by, how, at }: DecidedBy): void {
    if (decisions.length === 0) return;
    const { plan_key: planKey } = this.#plans.row(planId);
    try {
      this.#store.transaction(() => {
        const key = this.#findKey() ?? this.#makeKey();
        const batchKey = this.#store.insert(
          'INSERT INTO decision_batches (plan_key, decided_by, how, decided_at) VALUES (?, ?, ?, ?)',
          planKey,
          by,
          how,
          at,
        );
        const hash = new DecisionHash();
        for (const decision of decisions) this.#write(batchKey, decision, key, hash);
        this.#chain.append(
          'decision',
          { planKey },
          { planId, batch: batchKey, by, how, at, ...hash.end() },
        );
      });
    } catch (error) {
      // A key that was taken back with the transaction must not be used again.
      this.#key = undefined;
      throw error;
    }
  }

  /** Takes the last decisions made on this plan back. The items that they were about; null where nothing is left to undo. */
  undo(planId: string, { by, how, at }: DecidedBy): readonly string[] | null {
    const { plan_key: planKey } = this.#plans.row(planId);
    const last = this.#store
      .all<{ key: number }>(
        `SELECT batch_key AS key FROM decision_batches WHERE plan_key = ? AND undone_at IS NULL
       ORDER BY batch_key DESC LIMIT 1`,
        planKey,
      )
      .at(0);
    if (last === undefined) return null;
    this.#store.transaction(() => {
      this.#store.run(
        'UPDATE decision_batches SET undone_at = ? WHERE batch_key = ?',
        at,
        last.key,
      );
      this.#chain.append('decisionUndone', { planKey }, { planId, batch: last.key, by, how, at });
    });
    return this.#store
      .all<{ itemId: string }>(
        'SELECT item_id AS itemId FROM decisions WHERE batch_key = ? ORDER BY decision_key',
        last.key,
      )
      .map(({ itemId }) => itemId);
  }

  /** Whether anything was ever decided, so that most can spare themselves the search. */
  areThereAny(): boolean {
    return (
      this.#store.all('SELECT 1 FROM decision_batches WHERE undone_at IS NULL LIMIT 1').at(0) !==
      undefined
    );
  }

  /** The latest decision about each of these subjects, by subject: a bounded list. */
  latest(subjects: readonly string[]): ReadonlyMap<string, Decision> {
    const key = this.#findKey();
    if (key === undefined || subjects.length === 0) return new Map();
    const subjectBy = new Map(subjects.map((subject) => [fingerprintOf(subject, key), subject]));
    const rows = this.#store.all<Row>(LATEST, JSON.stringify([...subjectBy.keys()]));
    return new Map(
      rows.flatMap((row): [string, Decision][] => {
        const subject = subjectBy.get(row.fingerprint);
        return subject === undefined ? [] : [[subject, this.#decisionOf(row)]];
      }),
    );
  }

  #write(
    batchKey: number,
    { itemId, subject, ruling }: NewDecision,
    key: Uint8Array,
    hash: DecisionHash,
  ): void {
    const fingerprint = fingerprintOf(subject, key);
    const text = JSON.stringify({
      fingerprint,
      ...(ruling.kind === 'edit' && { value: ruling.value }),
      salt: makeSalt(),
    } satisfies Body);
    const bodyHash = hashOf(text);
    this.#store.run(
      `INSERT INTO decisions (batch_key, item_id, kind, fingerprint, body, body_hash)
       VALUES (?, ?, ?, ?, ?, ?)`,
      batchKey,
      itemId,
      ruling.kind,
      fingerprint,
      this.#codec.encode(text),
      bodyHash,
    );
    hash.add(itemId, ruling.kind, bodyHash);
  }

  #decisionOf(row: Row): Decision {
    const { value = '' }: Body = JSON.parse(this.#codec.decode(row.body));
    return {
      itemId: row.item_id,
      planId: idOf('plan', row.plan_key),
      ruling: row.kind === 'edit' ? { kind: 'edit', value } : { kind: row.kind },
      by: row.decided_by,
      how: row.how,
      at: row.decided_at,
    };
  }

  /** Undefined where nothing was decided yet. */
  #findKey(): Uint8Array | undefined {
    if (this.#key === undefined) {
      const row = this.#store.all<{ body: Cell }>('SELECT body FROM review_key').at(0);
      if (row !== undefined) this.#key = Buffer.from(this.#codec.decode(row.body), 'base64url');
    }
    return this.#key;
  }

  #makeKey(): Uint8Array {
    const key = randomBytes(KEY_BYTES);
    this.#store.run(
      'INSERT INTO review_key (body) VALUES (?)',
      this.#codec.encode(key.toString('base64url')),
    );
    this.#key = key;
    return key;
  }
}

const KEY_BYTES = 32;

const LATEST = `
  SELECT d.item_id, d.kind, d.fingerprint, d.body, b.plan_key, b.decided_by, b.how, b.decided_at
  FROM decisions AS d JOIN decision_batches AS b USING (batch_key)
  WHERE d.fingerprint IN (SELECT value FROM json_each(?)) AND b.undone_at IS NULL
  ORDER BY d.decision_key`;

function fingerprintOf(subject: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(subject).digest('base64url');
}
