import type { SimulatedTime } from './simulated-time.ts';

export interface LimitOptions {
  /** Requests allowed in the window that starts `sinceStartMs` after the first. */
  readonly limitAt: (sinceStartMs: number) => number;
  /** There and back together; half of it is the way there. */
  readonly latencyMs: () => number;
  /** What other programs take out of each window, evenly over it. */
  readonly othersPerWindow: number;
  /** How `Reset` gets to be a whole second. */
  readonly rounding: 'up' | 'down';
  /** Whether windows follow each other without a gap, or begin with the first request after the last one ended. */
  readonly begins: 'byTheClock' | 'withARequest';
  readonly clockErrorMs: number;
}

/** Counts requests as Clio does, a minute at a time, and keeps the books. */
export class SimulatedLimit {
  readonly windows: { allowed: number; used: number; refused: number }[] = [];
  readonly #time: SimulatedTime;
  readonly #options: LimitOptions;
  #startedAtMs: number;
  #others = 0;

  constructor(time: SimulatedTime, options: LimitOptions) {
    this.#time = time;
    this.#options = options;
    this.#startedAtMs = time.wallMs;
    this.#open();
  }

  get fetch(): typeof fetch {
    return async () => {
      const latencyMs = this.#options.latencyMs();
      await this.#time.sleep(latencyMs / 2);
      const response = this.#answer();
      await this.#time.sleep(latencyMs / 2);
      return response;
    };
  }

  #answer(): Response {
    this.#turnWindow();
    const window = this.windows.at(-1);
    if (window === undefined) throw new Error('no window is open');
    const elapsedMs = this.#time.wallMs - this.#startedAtMs;
    const limit = this.#options.limitAt(elapsedMs + (this.windows.length - 1) * WINDOW_MS);
    window.allowed = Math.max(limit, window.used);
    this.#takeForOthers(window, elapsedMs);
    const isAllowed = window.used < limit;
    if (isAllowed) window.used += 1;
    else window.refused += 1;
    const resetMs = this.#startedAtMs + WINDOW_MS + this.#options.clockErrorMs;
    const round = this.#options.rounding === 'up' ? Math.ceil : Math.floor;
    const headers = {
      date: new Date(this.#time.wallMs + this.#options.clockErrorMs).toUTCString(),
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(limit - window.used, 0)),
      'x-ratelimit-reset': String(round(resetMs / 1_000)),
    };
    if (isAllowed) return new Response('{"data":{"id":1}}', { headers });
    const retryAfter = String(Math.ceil((WINDOW_MS - elapsedMs) / 1_000));
    return new Response('{}', { status: 429, headers: { ...headers, 'retry-after': retryAfter } });
  }

  #turnWindow(): void {
    while (this.#time.wallMs - this.#startedAtMs >= WINDOW_MS) {
      const last = this.windows.at(-1);
      if (last !== undefined) this.#takeForOthers(last, WINDOW_MS);
      this.#startedAtMs =
        this.#options.begins === 'byTheClock' ? this.#startedAtMs + WINDOW_MS : this.#time.wallMs;
      this.#open();
    }
  }

  #open(): void {
    this.#others = 0;
    this.windows.push({
      allowed: this.#options.limitAt(this.windows.length * WINDOW_MS),
      used: 0,
      refused: 0,
    });
  }

  /** The other program's refusals are its own affair. */
  #takeForOthers(window: { allowed: number; used: number }, elapsedMs: number): void {
    const due = Math.floor((this.#options.othersPerWindow * elapsedMs) / WINDOW_MS);
    const taken = Math.min(due - this.#others, Math.max(window.allowed - window.used, 0));
    window.used += taken;
    this.#others = due;
  }
}

export const WINDOW_MS = 60_000;
