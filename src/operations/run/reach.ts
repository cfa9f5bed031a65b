import type { Platform } from '../../platforms/types.ts';

/**
 * How many records one reading may cover. Where a write moves the record's version tag, the tag protects what others do
 * between the reading and the write, and a reading covers all that one request reads. Where it does not move, only a short time
 * does: a reading then covers no more than can be sent at once within the platform's allowance, instead of minutes of writing.
 * Whether it moves is learned from the first few writes of the first reading; the rest of that reading waits for them.
 */
export class Reach {
  readonly #platform: Platform;
  #isProtected: boolean | null;
  #trials = 0;

  constructor(platform: Platform) {
    this.#platform = platform;
    this.#isProtected = platform.capabilities.conditionalWrites ? null : false;
  }

  /** One write without a move of the tag is proof that it does not protect; a move proves nothing against that. */
  learn(didEtagMove: boolean): void {
    this.#isProtected = didEtagMove && this.#isProtected !== false;
  }

  /** For how many records the next reading is. */
  get ofReading(): number {
    const { capabilities, allowance } = this.#platform;
    if (this.#isProtected !== false) return capabilities.recordsPerRead;
    const { perWindow, remaining } = allowance;
    const sendable = remaining !== null && remaining > 1 ? remaining : (perWindow ?? UNPROTECTED);
    return Math.min(Math.max(sendable - 1, 1), UNPROTECTED, capabilities.recordsPerRead);
  }

  /** Whether a reading that was made for as many as one request reads is too old for what has not been written yet. */
  get isExceeded(): boolean {
    return this.#isProtected === false;
  }

  /** How many of a reading's records may be written now: a few, as long as it is to be learned from them. */
  takeTurn(): number {
    if (this.#isProtected !== null || this.#trials >= TRIALS) return Number.POSITIVE_INFINITY;
    this.#trials += 1;
    return TRIAL_RECORDS;
  }
}

/** Writes that change nothing teach nothing; then the tag is trusted. */
const TRIALS = 2;
const TRIAL_RECORDS = 5;
/** Records that a reading covers at most where nothing but time protects them. */
const UNPROTECTED = 50;
