import type { Platform } from '../../platforms/types.ts';

/**
 * How many records one reading may cover, and for how long. Where a write moves the record's version tag, the tag protects what others do
 * between the reading and the write, and a reading covers all that one request reads. Where it does not move, only a short time
 * does: a reading then covers no more than can be sent at once within the platform's allowance, instead of minutes of writing.
 * Whether it moves is learned from the first few writes of the first reading; the rest of that reading waits for them.
 */
export class Reach {
  readonly #platform: Platform;
  #isProtected: boolean | null;
  #trials = 0;
  #readAtMs = 0;
  #hasServed = true;
  /** Readings in a row that were too old before a single write left. */
  #inVain = 0;

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

  noteReading(atMs: number): void {
    this.#inVain = this.#hasServed ? 0 : this.#inVain + 1;
    this.#hasServed = false;
    this.#readAtMs = atMs;
  }

  /**
   * Asked right before a write leaves, which may have waited long for its turn: whether the reading still protects what others do. Where
   * reading again and again does not help, the run goes on all the same.
   */
  mayLeave(nowMs: number): boolean {
    const isFresh = nowMs - this.#readAtMs <= LASTS_MS;
    const mayLeave = this.#isTrusted || isFresh || (this.#inVain >= IN_VAIN && !this.#hasServed);
    this.#hasServed ||= mayLeave;
    return mayLeave;
  }

  get #isTrusted(): boolean {
    return this.#isProtected ?? this.#trials >= TRIALS;
  }

  /** How many of a reading's records may be written now: a few, as long as it is to be learned from them. */
  takeTurn(): number {
    if (this.#isProtected !== null || this.#isTrusted) return Number.POSITIVE_INFINITY;
    this.#trials += 1;
    return TRIAL_RECORDS;
  }
}

/** Writes that change nothing teach nothing; then the tag is trusted. */
const TRIALS = 2;
const TRIAL_RECORDS = 5;
/** Records that a reading covers at most where nothing but time protects them. */
const UNPROTECTED = 50;
/** So long a reading holds there: enough to send that many at once, too short to wait for the platform's next window. */
const LASTS_MS = 15_000;
const IN_VAIN = 3;
