import { createHash } from 'node:crypto';

/** What the chain binds of decisions that were made at once: each item, what was decided of it, and the hash of its text. */
export class DecisionHash {
  readonly #hash = createHash('sha256');
  #count = 0;

  add(itemId: string, kind: string, bodyHash: string): void {
    this.#hash.update(JSON.stringify([itemId, kind, bodyHash])).update('\n');
    this.#count += 1;
  }

  /** Called once. */
  end(): { readonly count: number; readonly decisionsHash: string } {
    return { count: this.#count, decisionsHash: this.#hash.digest('hex') };
  }
}
