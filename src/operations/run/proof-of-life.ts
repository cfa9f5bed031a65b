/**
 * Tells a record that alone keeps failing from a platform that is down: a write that left after the record's first failure, and got an
 * answer that can be used, proves that the platform takes writes. Moments are counted, not timed. Where others that
 * failed were taken in the end, it is the platform that fails now and then, and what comes last may only be out of luck.
 */
export class ProofOfLife {
  #moment = 0;
  #lastGoodLeft = 0;
  readonly #failing = new Set<string>();
  #recovered = 0;

  /** A write leaves; the moment is told again with its answer. */
  leave(): number {
    this.#moment += 1;
    return this.#moment;
  }

  /** A write that left at `leftAt` got an answer that can be used, whatever it says. */
  answered(leftAt: number): void {
    this.#lastGoodLeft = Math.max(this.#lastGoodLeft, leftAt);
  }

  /** A write of this record failed; answers with the moment. */
  failed(record: string): number {
    this.#moment += 1;
    this.#failing.add(record);
    return this.#moment;
  }

  /** A record has come to its end, not by being given up. */
  ended(record: string): void {
    if (this.#failing.delete(record)) this.#recovered += 1;
  }

  /** Whether not a few of the records that failed were taken all the same. */
  get isUnsteady(): boolean {
    return this.#recovered * 2 > this.#failing.size;
  }

  /** Whether the platform is known to have taken a write that left after `moment`. */
  isSince(moment: number): boolean {
    return this.#lastGoodLeft > moment;
  }
}
