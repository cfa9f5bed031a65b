/**
 * Tells a record that alone keeps failing from a platform that is down: a write that left after the record's first failure, and got an
 * answer that can be used, proves that the platform takes writes. Moments are counted, not timed.
 */
export class ProofOfLife {
  #moment = 0;
  #lastGoodLeft = 0;

  /** A write leaves; the moment is told again with its answer. */
  leave(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** A write that left at `leftAt` got an answer that can be used, whatever it says. */
  answered(leftAt: number): void {
    this.#lastGoodLeft = Math.max(this.#lastGoodLeft, leftAt);
  }

  /** A write failed; answers with the moment. */
  failed(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** Whether the platform is known to have taken a write that left after `moment`. */
  isSince(moment: number): boolean {
    return this.#lastGoodLeft > moment;
  }
}
