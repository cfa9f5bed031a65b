import type { Journal, PendingRecord } from '../../journal/index.ts';

/** A record whose writes keep failing. */
export interface Failing {
  readonly pending: PendingRecord;
  /** What speaks against the record itself; null where the platform may have been down all the while: then it comes again as if for the first time. */
  readonly fault: Fault | null;
}

/** Of a record that failed and failed again while others were taken. */
export interface Fault {
  /** How often it was sent in vain. */
  readonly tries: number;
  /** The moment of its first failure, by `ProofOfLife`. */
  readonly failedAt: number;
}

export interface NextBatch {
  readonly batch: readonly PendingRecord[];
  /** They were set aside before: what fails now is not set aside again. */
  readonly isRetry: boolean;
  /** No records are left but these and those that were set aside. */
  readonly isTail: boolean;
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

  /** What speaks against a record from before it was set aside. */
  faultOf(pending: PendingRecord): Fault | null {
    return this.#aside.get(keyOf(pending))?.fault ?? null;
  }

  /** The next records with work left; those that were set aside once no others are left. */
  next(limit: number): NextBatch {
    const others = this.#nextBut(limit, []);
    if (others.length === 0) {
      const batch = this.#journal.runs.nextRecords(this.#runId, limit);
      return { batch, isRetry: batch.length > 0, isTail: true };
    }
    const isTail = others.length < limit && this.#nextBut(1, others).length === 0;
    return { batch: others, isRetry: false, isTail };
  }

  /** The next that are neither set aside nor among `taken`. */
  #nextBut(limit: number, taken: readonly PendingRecord[]): PendingRecord[] {
    const keys = new Set(taken.map(keyOf));
    return this.#journal.runs.nextRecords(this.#runId, limit, {
      count: this.#aside.size + keys.size,
      has: (record) => this.#aside.has(keyOf(record)) || keys.has(keyOf(record)),
    });
  }
}

function keyOf({ parentType, recordId }: PendingRecord): string {
  return `${parentType} ${recordId}`;
}
