import type { Step } from '../operations/progress.ts';
import type { Allowance } from '../platforms/types.ts';
import { duration, timeOfDay } from '../report/time-of-day.ts';

/** How fast a step goes, and when it will end; a part that nobody knows yet is empty. */
export interface Forecast {
  readonly speed: string;
  readonly allowance: string;
  readonly left: string;
  readonly end: string;
}

/** Before so much time has passed, the speed says nothing. */
const MEASURED_AFTER_MS = 2_000;

/** Foretells the end of each step, from how fast it went since it began; at first, from what its plan expects. */
export class Forecaster {
  readonly #now: () => Date;
  #step = '';
  #startedAtMs = 0;
  #startedWith = 0;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** A pause lies between: what was measured before it counts no more. */
  forget(): void {
    this.#step = '';
  }

  look({ step, done, total, allowance, expectedLeftMs }: Step): Forecast {
    const now = this.#now();
    if (step !== this.#step) {
      this.#step = step;
      this.#startedAtMs = now.getTime();
      this.#startedWith = done;
    }
    const elapsedMs = now.getTime() - this.#startedAtMs;
    const perMs = (done - this.#startedWith) / elapsedMs;
    const isMeasured = elapsedMs >= MEASURED_AFTER_MS && perMs > 0;
    const measuredMs = isMeasured && total !== null ? (total - done) / perMs : null;
    const leftMs = measuredMs ?? (isUnlimited(allowance) ? null : expectedLeftMs);
    const isNear = leftMs !== null && leftMs < 1_000;
    return {
      speed: isMeasured ? `${Math.round(perMs * 60_000).toLocaleString('en-US')}/min` : '',
      allowance: allowanceWords(allowance),
      left:
        leftMs === null || isNear
          ? ''
          : `${measuredMs === null ? 'about ' : ''}${duration(leftMs)} left`,
      end:
        leftMs === null || isNear
          ? ''
          : `until ${timeOfDay(new Date(now.getTime() + leftMs), now)}`,
    };
  }
}

function allowanceWords(allowance: Allowance): string {
  return allowance.remaining === null || isUnlimited(allowance)
    ? ''
    : `${allowance.remaining} of ${allowance.perWindow} requests left`;
}

/** A sandbox without a limit says so by a number that nobody reaches. */
function isUnlimited({ perWindow }: Allowance): boolean {
  return perWindow !== null && perWindow >= 1_000_000;
}
