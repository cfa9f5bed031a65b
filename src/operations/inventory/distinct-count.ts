/** A power of two, of which no more than `MOST` are taken, so that a free place is never far. */
const PLACES = 32_768;
const MOST = 20_000;
const FIRST_PLACES = 1_024;

/**
 * Counts different texts, up to `MOST`, by a hash of each: eight bytes for a text of any length, where a set of the texts
 * would take as much memory as the column itself. That two of them share their 53 bits, and count as one, happens once in
 * some ten million columns.
 */
export class DistinctCount {
  #size = 0;
  /** Open addressing; 0 is a free place. */
  #places = new Float64Array(0);

  get size(): number {
    return this.#size;
  }

  /** Whether there may be more than `size`. */
  get isFull(): boolean {
    return this.#size === MOST;
  }

  add(text: string): void {
    if (this.isFull) return;
    if (this.#size * 8 >= this.#places.length * 5) this.#grow();
    if (put(this.#places, hashOf(text))) this.#size += 1;
  }

  #grow(): void {
    const grown = new Float64Array(
      Math.min(Math.max(this.#places.length * 2, FIRST_PLACES), PLACES),
    );
    for (const hash of this.#places) if (hash !== 0) put(grown, hash);
    this.#places = grown;
  }
}

/** Whether it was not there yet. */
function put(places: Float64Array, hash: number): boolean {
  const last = places.length - 1;
  for (let place = hash % places.length; ; place = place === last ? 0 : place + 1) {
    if (places[place] === hash) return false;
    if (places[place] !== 0) continue;
    places[place] = hash;
    return true;
  }
}

/** 53 bits, never 0. Two lanes of multiplication and mixing (cyrb53, in the public domain, by bryc). */
function hashOf(text: string): number {
  let left = 0xdeadbeef;
  let right = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    left = Math.imul(left ^ code, 2_654_435_761);
    right = Math.imul(right ^ code, 1_597_334_677);
  }
  left =
    Math.imul(left ^ (left >>> 16), 2_246_822_507) ^
    Math.imul(right ^ (right >>> 13), 3_266_489_909);
  right =
    Math.imul(right ^ (right >>> 16), 2_246_822_507) ^
    Math.imul(left ^ (left >>> 13), 3_266_489_909);
  return 4_294_967_296 * (right & 2_097_151) + (left >>> 0) || 1;
}
