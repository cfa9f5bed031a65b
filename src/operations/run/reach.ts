import type { Platform } from '../../platforms/types.ts';

/**
 * How many records one reading may cover, and for how long. Where a write moves the record's version tag, the tag protects what others do
 * between the reading and the write, and a reading covers all that one request reads. Where it does not move, only a short time
 * does: a reading then covers no more than can be sent at once within the platform's allowance, instead of minutes of writing.
 * Whether it moves is learned from the first few writes of the first reading; the rest of that reading waits for them.
 */
export class Reach {
  readonly #platform: Platform;
  /** The least time between two requests. */
  readonly #intervalMs: number;
  /** How long a reading holds where nothing but time protects it: long enough for a slow run to write at all. */
  readonly #lastsMs: number;
  #isProtected: boolean | null;
  #trials = 0;
  #askedAtMs = 0;
  #hasHeldBack = false;
  /** Readings in a row that were too old before a single write left. */
  #inVain = 0;

  constructor(platform: Platform, ratePerMinute?: number) {
    this.#platform = platform;
    this.#intervalMs = ratePerMinute === undefined ? 0 : 60_000 / ratePerMinute;
    this.#lastsMs = Math.max(LASTS_MS, this.#intervalMs * 1.5);
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
    const atThisRate = (this.#lastsMs * SAFE_PART) / this.#intervalMs;
    return Math.max(
      Math.floor(Math.min(sendable - 1, atThisRate, UNPROTECTED, capabilities.recordsPerRead)),
      1,
    );
  }

  /** Whether a reading that was made for as many as one request reads is too old for what has not been written yet. */
  get isExceeded(): boolean {
    return this.#isProtected === false;
  }

  /** A reading is here that was asked for then, in milliseconds since the epoch. */
  noteReading(askedAtMs: number): void {
    if (!this.#hasHeldBack) this.#inVain = 0;
    this.#hasHeldBack = false;
    this.#askedAtMs = askedAtMs;
  }

  /**
   * Asked right before a write leaves, which may have waited long for its turn: whether the reading still protects what others do. Where
   * reading again and again does not help, the run goes on all the same, one write a reading.
   */
  mayLeave(nowMs: number): boolean {
    // A clock that was set back meanwhile tells nothing.
    const isFresh = Math.abs(nowMs - this.#askedAtMs) <= this.#lastsMs;
    if (this.#isProtected === true || isFresh) {
      this.#inVain = 0;
      return true;
    }
    if (!this.#hasHeldBack) this.#inVain += 1;
    this.#hasHeldBack = true;
    if (this.#inVain <= IN_VAIN) return false;
    this.#inVain = 0;
    return true;
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
/** So long a reading holds there: enough to send that many at once, too short to wait for the platform's next window. */
const LASTS_MS = 15_000;
/** The part of that time in which the writes of a reading are to leave where they leave one by one. */
const SAFE_PART = 0.8;
const IN_VAIN = 3;
