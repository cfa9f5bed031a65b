import { hashOf } from './codec.ts';
import type { Store } from './store.ts';

/** The chain's last entry. */
export interface Head {
  readonly entryKey: number;
  readonly hash: string;
}

/** What the first entry binds. */
export const START: Head = { entryKey: 0, hash: '0'.repeat(64) };

/** What an outcome says in the chain: everything but clients' values, which it only binds by their salted hash. */
export interface OutcomeEntry {
  readonly runId: string;
  /** A change's id, or `option-<key>`: an option's label can be a client's word. */
  readonly changeId: string;
  readonly status: string;
  readonly at: string;
  readonly bodyHash: string;
}

export function readHead(store: Store): Head {
  return (
    store.all<Head>('SELECT entry_key AS entryKey, hash FROM chain_head WHERE one = 1').at(0) ??
    START
  );
}

/** An entry's hash binds its text and, through the hash before it, all earlier ones. */
export function linkHash(previous: string, text: string): string {
  return hashOf(previous, '\n', text);
}

/** One form of an outcome, whoever makes it. */
export function outcomeText({ runId, changeId, status, at, bodyHash }: OutcomeEntry): string {
  return JSON.stringify({ kind: 'outcome', runId, changeId, status, at, bodyHash });
}
