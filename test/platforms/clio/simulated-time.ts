import { setImmediate as nextTurn } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Timing } from '../../../src/platforms/clio/timing.ts';

/**
 * Time that runs only as fast as there is something to do: every timer of the process fires in order, and the clock stands
 * still in between. Ten minutes take a second, and every run is the same.
 */
export class SimulatedTime {
  nowMs = 0;
  readonly #timers: Timer[] = [];
  #lastId = 0;

  /** Takes over the timers that libraries use; `wallErrorMs` is by how much this machine's clock is wrong. */
  constructor(wallErrorMs: number) {
    vi.stubGlobal('setTimeout', (callback: () => void, delayMs?: number) =>
      this.#add(callback, delayMs ?? 0),
    );
    vi.stubGlobal('clearTimeout', (timer: Timer | undefined) => {
      if (timer !== undefined) timer.isCancelled = true;
    });
    vi.spyOn(Date, 'now').mockImplementation(() => Math.floor(this.wallMs + wallErrorMs));
  }

  /** The true time, in milliseconds since the epoch. */
  get wallMs(): number {
    return EPOCH_MS + this.nowMs;
  }

  get timing(): Timing {
    return {
      monotonicMs: () => this.nowMs,
      wallMs: () => Date.now(),
      after: (delayMs, callback) => {
        const timer = this.#add(callback, delayMs);
        return () => {
          timer.isCancelled = true;
        };
      },
    };
  }

  async sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#add(resolve, delayMs);
    });
  }

  /** Lets time pass until `work` is done. */
  async run(work: Promise<unknown>): Promise<void> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    for (;;) {
      await nextTurn();
      if (isDone) break;
      const timer = this.#timers.shift();
      if (timer === undefined) throw new Error('nothing is left that could wake the work up');
      if (timer.isCancelled) continue;
      this.nowMs = Math.max(this.nowMs, timer.atMs);
      timer.callback();
    }
    await done;
  }

  restore(): void {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  }

  #add(callback: () => void, delayMs: number): Timer {
    this.#lastId += 1;
    const timer = new Timer(this.#lastId, this.nowMs + Math.max(delayMs, 1), callback);
    let index = this.#timers.length;
    while (index > 0 && (this.#timers[index - 1]?.atMs ?? 0) > timer.atMs) index -= 1;
    this.#timers.splice(index, 0, timer);
    return timer;
  }
}

class Timer {
  readonly id: number;
  readonly atMs: number;
  readonly callback: () => void;
  isCancelled = false;

  constructor(id: number, atMs: number, callback: () => void) {
    this.id = id;
    this.atMs = atMs;
    this.callback = callback;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

const EPOCH_MS = Date.UTC(2030, 0, 7, 12, 0, 17, 340);
