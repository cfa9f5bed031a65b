import { PlatformError } from '../../platforms/types.ts';

/** So many failures in a row within a round, and the rest of the round stays unsent: the platform is left alone for a while. */
const HOLD_BACK_AFTER = 12;
/** Rounds without a single usable answer, with growing pauses between, before the run stops: about half a minute. */
const ROUNDS = 6;
/** While others are left, one record that fails again and again is that record's trouble, and no reason to stop a run. */
const FAILURES = 12;
/** Where none are left, nothing else can show that the platform works: a failure in each round is enough. */
const FAILURES_AT_END = ROUNDS;

/** Tells a platform that is down from one that now and then fails: counts lost and failed answers that no other interrupts. */
export class FailureStreak {
  #inRow = 0;
  #inRowThisRound = 0;
  #rounds = 0;
  #hasFailed = false;
  #hasAnswer = false;
  #reason = '';

  /** Whether what is not sent yet had better wait for the next round. */
  get holdsBack(): boolean {
    return this.#inRowThisRound >= HOLD_BACK_AFTER;
  }

  /** An answer that can be used, whatever it says. */
  end(): void {
    this.#inRow = 0;
    this.#inRowThisRound = 0;
    this.#rounds = 0;
    this.#hasAnswer = true;
  }

  /** `isItsOwn`: the platform has taken other writes since this record first failed, so that it says nothing of the platform. */
  add(reason: string, isItsOwn = false): void {
    this.#hasFailed = true;
    if (isItsOwn) return;
    this.#inRow += 1;
    this.#inRowThisRound += 1;
    this.#reason = reason;
  }

  /**
   * How often in a row it has failed now, for the length of the pause before the next round; 0 where nothing failed.
   * Throws `PlatformError` `unavailable` where asking on helps nobody. `hasOthers`: the run has more records than those that fail.
   */
  endRound(hasOthers = true): number {
    const attempt = this.#hasFailed ? this.#rounds + 1 : 0;
    if (this.#hasFailed && !this.#hasAnswer) this.#rounds += 1;
    const most = hasOthers ? FAILURES : FAILURES_AT_END;
    if (this.#rounds >= ROUNDS && this.#inRow >= most) throw this.#down(hasOthers);
    this.#inRowThisRound = 0;
    this.#hasFailed = false;
    this.#hasAnswer = false;
    return attempt;
  }

  #down(hasOthers: boolean): PlatformError {
    return new PlatformError(
      'unavailable',
      `${this.#inRow} writes in a row got no usable answer (the last one: ${this.#reason}).`,
      `The platform seems to be in trouble. Nothing is lost: wait a while, then continue.${hasOthers ? '' : ' If the platform works and only these few records keep failing, add --leave-failing: they are then left as they are, and reported.'}`,
    );
  }
}
