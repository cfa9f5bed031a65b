import { PlatformError } from '../types.ts';
import type { Timing } from './timing.ts';

/** Everything that waits, and that the caller's signal ends at once. One listener serves all, however many wait. */
export class Stopping {
  readonly #signal: AbortSignal;
  readonly #timing: Timing;
  readonly #waiting = new Set<(error: PlatformError) => void>();

  constructor(signal: AbortSignal, timing: Timing) {
    this.#signal = signal;
    this.#timing = timing;
    this.onStop(() => {
      for (const reject of this.#waiting) reject(stopped());
      this.#waiting.clear();
    });
  }

  get isStopped(): boolean {
    return this.#signal.aborted;
  }

  onStop(callback: () => void): void {
    this.#signal.addEventListener('abort', callback, { once: true });
  }

  /** @throws PlatformError `aborted` */
  check(): void {
    if (this.#signal.aborted) throw stopped();
  }

  /** Settles as `work` does, but rejects at once when the signal, or `hold`, comes before `work` calls `leave`. */
  async untilLeft<Result>(
    work: (leave: () => void) => Promise<Result>,
    hold?: AbortSignal,
  ): Promise<Result> {
    this.check();
    if (hold?.aborted === true) throw heldBack();
    return new Promise((resolve, reject) => {
      const onHold = (): void => reject(heldBack());
      const endWait = (): void => {
        this.#waiting.delete(reject);
        hold?.removeEventListener('abort', onHold);
      };
      this.#waiting.add(reject);
      hold?.addEventListener('abort', onHold);
      const leave = (): void => {
        this.check();
        if (hold?.aborted === true) throw heldBack();
        endWait();
      };
      void work(leave).then(resolve, reject).finally(endWait);
    });
  }

  /** @throws PlatformError `aborted` */
  async sleep(delayMs: number): Promise<void> {
    const cancels: (() => void)[] = [];
    try {
      await this.untilLeft(
        () =>
          new Promise<void>((resolve) => {
            cancels.push(this.#timing.after(delayMs, resolve));
          }),
      );
    } finally {
      for (const cancel of cancels) cancel();
    }
  }
}

function stopped(): PlatformError {
  return new PlatformError(
    'aborted',
    'Stopped before the next request left.',
    'Nothing is half done: run the same command again.',
  );
}

export function heldBack(): PlatformError {
  return new PlatformError(
    'heldBack',
    'Held back before it left.',
    'Nothing was sent: run the same command again.',
  );
}
