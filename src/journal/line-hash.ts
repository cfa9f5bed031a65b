import { createHash, type Hash } from 'node:crypto';

/** Lines are short, and each call of the hash costs by itself: they are gathered until the calls no longer count. */
const GATHERED_CHARACTERS = 16_384;

/** SHA-256 over lines, each ended by a line feed. */
export class LineHash {
  readonly #hash: Hash = createHash('sha256');
  #gathered = '';

  add(line: string): void {
    this.#gathered += `${line}\n`;
    if (this.#gathered.length >= GATHERED_CHARACTERS) this.#pass();
  }

  /** Ends the hash; nothing can be added after it. */
  digest(): Buffer {
    this.#pass();
    return this.#hash.digest();
  }

  #pass(): void {
    this.#hash.update(this.#gathered);
    this.#gathered = '';
  }
}
