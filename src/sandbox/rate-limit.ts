import type { Settings } from './options.ts';

export interface Window {
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds by the clock that `take` was given. */
  readonly endsAtMs: number;
}

/** Counts requests in fixed windows; each token has its own count. */
export class RateLimit {
  /** Requests a window; null for no limit. May be changed while it runs. */
  perWindow: number | null;
  readonly #settings: Settings['rateLimit'];
  /** Those still to come, the next one first. */
  readonly #changes: { readonly atRequest: number; readonly perWindow: number }[];
  readonly #startedAtMs: number;
  readonly #used = new Map<string, { window: number; count: number }>();

  constructor(settings: Settings['rateLimit'], nowMs: number) {
    this.#settings = settings;
    this.#changes = settings.changes.toSorted((left, right) => left.atRequest - right.atRequest);
    this.#startedAtMs = nowMs;
    this.perWindow = settings.perWindow;
  }

  /** Takes one request out of the token's allowance, where there is one left. `isAllowed` is false for a 429. */
  take(token: string, requestNumber: number, nowMs: number): Window & { isAllowed: boolean } {
    this.#applyChanges(requestNumber);
    const before = this.look(token, nowMs);
    if (this.perWindow !== null && before.remaining === 0) return { ...before, isAllowed: false };
    this.#count(token, nowMs);
    return { ...this.look(token, nowMs), isAllowed: true };
  }

  /** What is left, without taking anything. */
  look(token: string, nowMs: number): Window {
    const { windowMs, otherPerWindow } = this.#settings;
    const window = this.#windowAt(nowMs);
    const startsAtMs = this.#startedAtMs + window * windowMs;
    const used = this.#used.get(token);
    const own = used?.window === window ? used.count : 0;
    const other = Math.floor((otherPerWindow * (nowMs - startsAtMs)) / windowMs);
    const limit = this.perWindow ?? UNLIMITED;
    return {
      limit,
      remaining: Math.max(0, limit - own - other),
      endsAtMs: startsAtMs + windowMs,
    };
  }

  #windowAt(nowMs: number): number {
    return Math.floor((nowMs - this.#startedAtMs) / this.#settings.windowMs);
  }

  #count(token: string, nowMs: number): void {
    const window = this.#windowAt(nowMs);
    const used = this.#used.get(token);
    this.#used.set(token, { window, count: used?.window === window ? used.count + 1 : 1 });
  }

  #applyChanges(requestNumber: number): void {
    for (let next = this.#changes[0]; next !== undefined; next = this.#changes[0]) {
      if (next.atRequest > requestNumber) return;
      this.perWindow = next.perWindow;
      this.#changes.shift();
    }
  }
}

/** What the headers name where there is no limit: high enough never to be reached in a window. */
const UNLIMITED = 1_000_000_000;
