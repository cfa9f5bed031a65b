import type { Journal, PendingRecord } from '../../journal/index.ts';

/** What is known of a record whose writes keep failing. */
export interface Failing {
  readonly pending: PendingRecord;
  /** How often it was sent in vain. */
  readonly tries: number;
  /** The moment of its first failure, by `ProofOfLife`. */
  readonly failedAt: number;
}

/** More of them at once is the platform's trouble, not the records'. */
const MOST = 50;

/** Records that are set aside so that others can go on; they come last. */
export class FailingRecords {
  readonly #journal: Journal;
  readonly #runId: string;
  readonly #aside = new Map<string, Failing>();

  constructor(journal: Journal, runId: string) {
    this.#journal = journal;
    this.#runId = runId;
  }

  get isFull(): boolean {
    return this.#aside.size >= MOST;
  }

  setAside(failing: readonly Failing[]): void {
    for (const each of failing) this.#aside.set(keyOf(each.pending), each);
  }

  /** What is known of a record from before it was set aside. */
  knownOf(pending: PendingRecord): Failing | undefined {
    return this.#aside.get(keyOf(pending));
  }

  /** The next records with work left; those that were set aside once no others of their kind are left. */
  next(limit: number): { readonly batch: readonly PendingRecord[]; readonly isRetry: boolean } {
    const pending = this.#journal.runs.nextRecords(this.#runId, limit + this.#aside.size);
    const others = pending.filter((record) => !this.#aside.has(keyOf(record)));
    const isRetry = others.length === 0 && pending.length > 0;
    return { batch: isRetry ? pending : others.slice(0, limit), isRetry };
  }
}

function keyOf({ parentType, recordId }: PendingRecord): string {
  return `${parentType} ${recordId}`;
}
