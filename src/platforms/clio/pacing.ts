import type { Gate, Urgency, WindowNews } from '../gate.ts';
import { AllowanceModel } from './allowance.ts';
import type { Observation } from './allowance.ts';
import type { Stopping } from './stopping.ts';
import type { Timing } from './timing.ts';

/**
 * Lets requests leave as fast as the platform allows and no faster. The gate holds the queue and counts what may leave (its permits);
 * `AllowanceModel` says how much that is, and after every answer the one is set to the other. Where several processes share the
 * gate, they share what they know of the allowance too.
 */
export class Pacer {
  readonly #gate: Gate;
  readonly #model = new AllowanceModel();
  readonly #timing: Timing;
  readonly #stopping: Stopping;
  #inFlightLimit = 1;
  #isAdjusting = false;
  #mustAdjustAgain = false;
  #cancelWakeUp = (): void => undefined;

  constructor(options: {
    readonly timing: Timing;
    readonly stopping: Stopping;
    readonly openGate: (inFlight: number) => Gate;
  }) {
    this.#timing = options.timing;
    this.#stopping = options.stopping;
    this.#gate = options.openGate(this.#inFlightLimit);
    this.#gate.onLoss?.(() => void this.#adjust());
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
    urgency: Urgency,
    send: (leave: () => void) => Promise<Result>,
    hold?: AbortSignal,
  ): Promise<Result> {
    return this.#stopping.untilLeft(async (leave) => {
      for (;;) {
        const job = this.#gate.pass(urgency, async () => this.#runNow(leave, send));
        void this.#adjust();
        const outcome = await job.finally(() => void this.#adjust());
        if (outcome !== HELD_BACK) return outcome;
      }
    }, hold);
  }

  async noteAnswer(seen: Observation): Promise<void> {
    const { limit, remaining, resetSeconds, dateMs } = seen;
    const isNews = limit !== null && remaining !== null && resetSeconds !== null;
    await this.#tell(isNews ? { limit, remaining, resetSeconds, dateMs } : null, 0);
    this.#model.noteAnswer(seen);
  }

  /** The platform asked everybody to wait until `untilMs`. */
  async noteRefused(seen: Observation, untilMs: number): Promise<void> {
    await this.#tell(null, Math.max(Math.ceil(untilMs - this.#timing.monotonicMs()), 0));
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
   * Brings the gate in line with the model. Its counters answer a tick later, and jobs may start in between; so the permits
   * are moved by a difference, which a job that starts meanwhile does not falsify, and never set outright.
   */
  async #adjust(): Promise<void> {
    this.#mustAdjustAgain = true;
    if (this.#isAdjusting) return;
    this.#isAdjusting = true;
    let isDone = true;
    while (this.#mustAdjustAgain) {
      this.#mustAdjustAgain = false;
      isDone = await this.#gate.alone(async () => this.#adjustOnce());
    }
    this.#isAdjusting = false;
    this.#armWakeUp(isDone ? null : ANOTHER_ADJUSTS_MS);
  }

  async #adjustOnce(): Promise<void> {
    const known = await this.#gate.hear();
    if (known !== null) this.#model.noteShared(known, this.#timing.monotonicMs());
    const inFlightLimit = this.#model.inFlightLimit(this.#timing.monotonicMs());
    if (inFlightLimit !== this.#inFlightLimit) {
      this.#inFlightLimit = inFlightLimit;
      this.#gate.limitInFlight(inFlightLimit);
    }
    const permits = await this.#gate.permits();
    // A job that starts between the two readings makes the result too small, never too large; the next adjustment mends it.
    const running = await this.#gate.running();
    const permitted = this.#model.permits(this.#timing.monotonicMs(), running);
    if (permitted !== permits) await this.#gate.addPermits(permitted - permits);
  }

  async #tell(news: WindowNews | null, pauseForMs: number): Promise<void> {
    const known = await this.#gate.tell(news, pauseForMs);
    if (known !== null) this.#model.noteShared(known, this.#timing.monotonicMs());
  }

  /** No timer while nobody waits: it would keep the process alive. */
  #armWakeUp(soonMs: number | null): void {
    this.#cancelWakeUp();
    if (this.#stopping.isStopped || this.#gate.isEmpty) return;
    const nowMs = this.#timing.monotonicMs();
    const delayMs = soonMs ?? Math.max(this.#model.risesAtMs(nowMs) - nowMs, 1);
    this.#cancelWakeUp = this.#timing.after(delayMs, () => void this.#adjust());
  }
}

/** When another process is at the permits, ours are looked at again after this. */
const ANOTHER_ADJUSTS_MS = 10;
const HELD_BACK = Symbol('held back');
