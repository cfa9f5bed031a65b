import Bottleneck from 'bottleneck';
import { AllowanceModel } from './allowance.ts';
import type { Observation } from './allowance.ts';
import type { Stopping } from './stopping.ts';
import type { Timing } from './timing.ts';

/**
 * Lets requests leave as fast as the platform allows and no faster. Bottleneck holds the queue and counts what may leave (its
 * reservoir); `AllowanceModel` says how much that is, and after every answer the one is set to the other.
 */
export class Pacer {
  readonly #limiter: Bottleneck;
  readonly #model = new AllowanceModel();
  readonly #timing: Timing;
  readonly #stopping: Stopping;
  #inFlightLimit = 1;
  #isAdjusting = false;
  #mustAdjustAgain = false;
  #cancelWakeUp = (): void => undefined;

  /** `rate` caps requests a minute from below the platform's own limit; they are then spaced evenly. */
  constructor(options: { timing: Timing; stopping: Stopping; rate: number | null }) {
    this.#timing = options.timing;
    this.#stopping = options.stopping;
    this.#limiter = new Bottleneck({
      reservoir: 0,
      maxConcurrent: this.#inFlightLimit,
      minTime: options.rate === null ? 0 : 60_000 / options.rate,
    });
    this.#stopping.onStop(() => {
      this.#cancelWakeUp();
    });
  }

  /**
   * Waits for its turn, then runs `send`, which calls `leave` at the moment that the request leaves.
   *
   * @throws PlatformError `aborted`, or `heldBack` where `hold` ended the wait
   */
  async run<Result>(
    urgency: 'next' | 'inTurn',
    send: (leave: () => void) => Promise<Result>,
    hold?: AbortSignal,
  ): Promise<Result> {
    return this.#stopping.untilLeft(async (leave) => {
      for (;;) {
        const job = this.#limiter.schedule({ priority: urgency === 'next' ? 1 : 5 }, async () =>
          this.#runNow(leave, send),
        );
        void this.#adjust();
        const outcome = await job.finally(() => void this.#adjust());
        if (outcome !== HELD_BACK) return outcome;
      }
    }, hold);
  }

  noteAnswer(seen: Observation): void {
    this.#model.noteAnswer(seen);
  }

  /** The platform asked everybody to wait until `untilMs`. */
  noteRefused(seen: Observation, untilMs: number): void {
    this.#model.noteRefused(seen, untilMs);
  }

  get known(): AllowanceModel['known'] {
    return this.#model.known;
  }

  async #runNow<Result>(
    leave: () => void,
    send: (leave: () => void) => Promise<Result>,
  ): Promise<Result | typeof HELD_BACK> {
    // A job that got its turn just before the platform asked for a pause has not left yet.
    if (this.#model.isPaused(this.#timing.monotonicMs())) return HELD_BACK;
    let hasLeft = false;
    try {
      return await send(() => {
        leave();
        hasLeft = true;
        this.#model.noteSent();
      });
    } finally {
      if (hasLeft) this.#model.noteEnded();
    }
  }

  /**
   * Brings Bottleneck in line with the model. Its counters answer a tick later, and jobs may start in between; so the
   * reservoir is moved by a difference, which a job that starts meanwhile does not falsify, and never set outright.
   */
  async #adjust(): Promise<void> {
    this.#mustAdjustAgain = true;
    if (this.#isAdjusting) return;
    this.#isAdjusting = true;
    while (this.#mustAdjustAgain) {
      this.#mustAdjustAgain = false;
      await this.#adjustOnce();
    }
    this.#isAdjusting = false;
    this.#armWakeUp();
  }

  async #adjustOnce(): Promise<void> {
    const inFlightLimit = this.#model.inFlightLimit(this.#timing.monotonicMs());
    if (inFlightLimit !== this.#inFlightLimit) {
      this.#inFlightLimit = inFlightLimit;
      this.#limiter.updateSettings({ maxConcurrent: inFlightLimit });
    }
    const reservoir = (await this.#limiter.currentReservoir()) ?? 0;
    // A job that starts between the two readings makes the result too small, never too large; the next adjustment mends it.
    const running = await this.#limiter.running();
    const permitted = this.#model.permits(this.#timing.monotonicMs(), running);
    if (permitted !== reservoir) await this.#limiter.incrementReservoir(permitted - reservoir);
  }

  /** No timer while nobody waits: it would keep the process alive. */
  #armWakeUp(): void {
    this.#cancelWakeUp();
    if (this.#stopping.isStopped || this.#limiter.empty()) return;
    const nowMs = this.#timing.monotonicMs();
    const delayMs = Math.max(this.#model.risesAtMs(nowMs) - nowMs, 1);
    this.#cancelWakeUp = this.#timing.after(delayMs, () => void this.#adjust());
  }
}

const HELD_BACK = Symbol('held back');
