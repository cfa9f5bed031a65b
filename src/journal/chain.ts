import type { Codec } from './codec.ts';
import { type Head, linkHash, type OutcomeEntry, outcomeText, readHead } from './link.ts';
import type { Store } from './store.ts';
import { verifyChain, type Verification } from './verify.ts';

type EntryKind =
  | 'planned'
  | 'decision'
  | 'decisionUndone'
  | 'approval'
  | 'runStarted'
  | 'canarySet'
  | 'canaryPassed'
  | 'runFinished'
  | 'filed'
  | 'purge';

/** What an entry is about, to find it again. */
interface Keys {
  readonly planKey?: number;
  readonly runKey?: number;
}

/**
 * The record that holds up: each plan, decision, approval, run's start and end, outcome and purge binds all before it by SHA-256.
 * Clients' values are bound by hash alone, so that they can be deleted and the chain still be verified.
 */
export class Chain {
  readonly #store: Store;
  readonly #codec: Codec;

  constructor(store: Store, codec: Codec) {
    this.#store = store;
    this.#codec = codec;
  }

  /** Whether every entry, and everything that the entries speak of, still is what was written. */
  verify(): Verification {
    return verifyChain(this.#store, this.#codec);
  }

  /** The number of the entry with this hash, counted from 1; null where there is none: what an earlier certificate saw is gone. */
  positionOf(hash: string): number | null {
    const [entry] = this.#store.all<{ key: number }>(
      'SELECT entry_key AS key FROM entries WHERE hash = ?',
      hash.toLowerCase(),
    );
    return entry?.key ?? null;
  }

  /** Only inside the transaction that does what is said: both stand, or neither. */
  append(kind: EntryKind, keys: Keys, content: Readonly<Record<string, unknown>>): void {
    const text = JSON.stringify({ kind, ...content });
    const { entryKey, hash } = this.#link(text);
    this.#store.run(
      'INSERT INTO entries (entry_key, kind, plan_key, run_key, text, hash) VALUES (?, ?, ?, ?, ?, ?)',
      entryKey,
      kind,
      keys.planKey ?? null,
      keys.runKey ?? null,
      text,
      hash,
    );
  }

  /** As `append`; verifying makes the text again from the outcome's own row. */
  appendOutcome(
    runKey: number,
    subject: { readonly changeKey: number } | { readonly optionKey: number },
    outcome: OutcomeEntry,
  ): void {
    const { entryKey, hash } = this.#link(outcomeText(outcome));
    this.#store.run(
      `INSERT INTO entries (entry_key, kind, run_key, change_key, option_key, hash)
       VALUES (?, 'outcome', ?, ?, ?, ?)`,
      entryKey,
      runKey,
      'changeKey' in subject ? subject.changeKey : null,
      'optionKey' in subject ? subject.optionKey : null,
      hash,
    );
  }

  /** Moves the head on. It is read each time, for a transaction that failed took its entries back. */
  #link(text: string): Head {
    const head = readHead(this.#store);
    const next = { entryKey: head.entryKey + 1, hash: linkHash(head.hash, text) };
    this.#store.run(
      `INSERT INTO chain_head (one, entry_key, hash) VALUES (1, ?, ?)
       ON CONFLICT DO UPDATE SET entry_key = excluded.entry_key, hash = excluded.hash`,
      next.entryKey,
      next.hash,
    );
    return next;
  }
}
