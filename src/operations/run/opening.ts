import { clockTime, doneAt, isOpenAt, nextChangeAfter, type Window } from '../../model/window.ts';
import type { Executor } from './executor.ts';
import type { Limits } from './limits.ts';

/** What Clio allows at peak, where nobody knows better. */
const REQUESTS_PER_MINUTE = 50;
/** A sandbox without a limit says so by a number that nobody reaches. */
const UNLIMITED = 1_000_000;

/** The hours in which a run may write: says when they are, waits for them, and estimates the end. */
export class Opening {
  readonly #executor: Executor;
  readonly #limits: Limits;
  readonly #window: Window;
  /** An estimate for the first wait of a run that begins outside; null where it was given already. */
  #requestsLeft: number | null;

  constructor(executor: Executor, limits: Limits, window: Window, requestsLeft: number) {
    this.#executor = executor;
    this.#limits = limits;
    this.#window = window;
    this.#requestsLeft = this.isOpen ? null : requestsLeft;
    if (this.isOpen) this.#sayEnd(requestsLeft);
  }

  get isOpen(): boolean {
    return isOpenAt(this.#window, this.#nowMs());
  }

  /** Until it opens, the pause switch is set, or the signal comes. */
  async wait(): Promise<void> {
    const { stop, progress } = this.#executor;
    if (this.#requestsLeft !== null) this.#sayStart(this.#requestsLeft);
    this.#requestsLeft = null;
    const opensAtMs = nextChangeAfter(this.#window, this.#nowMs());
    const what = `Waiting until ${clockTime(this.#window, opensAtMs)}`;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        unwatch();
        stop.removeEventListener('abort', end);
        resolve();
      };
      const unwatch = this.#limits.everySecond(() => {
        progress.wait(what, opensAtMs - this.#nowMs());
        if (this.isOpen || this.#limits.pause.isSet()) end();
      });
      stop.addEventListener('abort', end);
      progress.wait(what, opensAtMs - this.#nowMs());
      if (stop.aborted) end();
    });
  }

  #sayStart(requestsLeft: number): void {
    const opensAtMs = nextChangeAfter(this.#window, this.#nowMs());
    this.#executor.progress.say(
      `Outside of ${this.#window.name}. Writing begins ${clockTime(this.#window, opensAtMs)}: ${this.#endInWords(requestsLeft)} Ctrl-C stops the wait at once.`,
    );
  }

  #sayEnd(requestsLeft: number): void {
    const closesAtMs = nextChangeAfter(this.#window, this.#nowMs());
    this.#executor.progress.say(
      `Within ${this.#window.name}, until ${clockTime(this.#window, closesAtMs)}: ${this.#endInWords(requestsLeft)}`,
    );
  }

  #endInWords(requestsLeft: number): string {
    const { allowance } = this.#executor.platform;
    const perMinute = Math.min(
      this.#limits.ratePerMinute ?? Number.POSITIVE_INFINITY,
      allowance.perWindow ?? REQUESTS_PER_MINUTE,
    );
    const workMs = (requestsLeft / perMinute) * 60_000;
    const endMs = doneAt(this.#window, this.#nowMs(), workMs);
    const pace = perMinute < UNLIMITED ? `at ${perMinute} a minute ` : '';
    return `about ${requestsLeft} requests are left, ${pace}they are done about ${clockTime(this.#window, endMs)}.`;
  }

  #nowMs(): number {
    return this.#executor.now().getTime();
  }
}
