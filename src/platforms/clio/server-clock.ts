/**
 * Where the platform's clock stands against ours, from `Date` headers. Each has a whole second and lies between sending and
 * receiving, so it bounds the difference from both sides; the bounds of many answers together are tight.
 */
export class ServerClock {
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;
  #notedAtMs = 0;

  note({ dateMs, sentAtMs, receivedAtMs }: Timed): void {
    const driftMs = Math.max(receivedAtMs - this.#notedAtMs, 0) * CLOCK_DRIFT;
    this.#notedAtMs = receivedAtMs;
    const least = dateMs - receivedAtMs;
    const most = dateMs + 1_000 - sentAtMs;
    this.#least = Math.max(this.#least - driftMs, least);
    this.#most = Math.min(this.#most + driftMs, most);
    if (this.#least > this.#most) {
      // One of the clocks jumped, or this machine slept.
      this.#least = least;
      this.#most = most;
    }
  }

  /** What another process heard: good enough until an answer of our own tells better. */
  noteHearsay(dateMs: number, nowMs: number): void {
    if (Number.isFinite(this.#least)) return;
    this.#least = dateMs - nowMs - HEARSAY_MS;
    this.#most = dateMs - nowMs + HEARSAY_MS;
  }

  /** The latest that the platform's `serverMs` can be by our clock. */
  toOursMs(serverMs: number): number {
    return serverMs - this.#least;
  }
}

/** When a request left and its answer came, by our clock, and the time that the answer names, by the platform's. */
interface Timed {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  readonly dateMs: number;
}

/** An answer's way to the process that heard it, and the whole second that its `Date` has. */
const HEARSAY_MS = 3_000;
/** Two ordinary clocks drift apart by less than this. */
const CLOCK_DRIFT = 0.0001;
