import type { SharedKnowledge } from '../gate.ts';
import { OtherPrograms } from './other-programs.ts';
import { ServerClock } from './server-clock.ts';
import { WindowEdge } from './window-edge.ts';

/**
 * What the platform allows at this moment, learned from its answers alone. Pure bookkeeping: time comes in, in milliseconds
 * by one monotonic clock, so that a wrong or jumping clock of this machine changes nothing.
 *
 * Clio counts requests in a fixed window per access token and says in every answer how large the window is, what is left of
 * it, and at which second of Clio's clock it ends. What this makes of it:
 *
 * - A window is used in a burst, not evenly. What a window does not use is lost, so it is spent while there is time to make
 *   up for a slow answer; at the window's edge nothing is in flight, so it never matters on which side of the edge Clio counts
 *   a request; and a job of few requests, as most are, does not wait at all.
 * - The burst is no wider than it takes to be done well before the window ends: the fewer are in flight, the fewer are
 *   refused when the limit falls or another program takes from it.
 * - Each window begins with one request alone, for only its answer tells what the new window allows.
 * - `Remaining` is believed less what is in flight, and less what other programs are likely to take until an answer comes.
 */
export class AllowanceModel {
  readonly #serverClock = new ServerClock();
  readonly #others = new OtherPrograms();
  readonly #edge = new WindowEdge();
  #window: Window | null = null;
  /** False once an answer came without the headers: then nothing but the number in flight is bounded. */
  #isLimited = true;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  /** Since when nothing is known of the window that is open now. */
  #unknownSinceMs = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  #sent = 0;
  #latencyMs = 0;

  /** A request leaves. */
  noteSent(): void {
    this.#inFlight += 1;
    this.#sent += 1;
  }

  /** A request that left has ended, answered or not. */
  noteEnded(): void {
    this.#inFlight -= 1;
  }

  noteAnswer(seen: Observation): void {
    const tookMs = seen.receivedAtMs - seen.sentAtMs;
    this.#latencyMs = this.#latencyMs === 0 ? tookMs : this.#latencyMs * 0.8 + tookMs * 0.2;
    this.#serverClock.note(seen);
    const { limit, remaining } = seen;
    if (limit === null || remaining === null) {
      this.#isLimited = this.#window !== null;
      return;
    }
    this.#isLimited = true;
    this.#noteWindow(seen, limit, remaining, this.#resetMs(seen));
  }

  /** The platform refused a request for its rate: nobody sends before `untilMs`. */
  noteRefused(seen: Observation, untilMs: number): void {
    this.noteAnswer(seen);
    this.#edge.noteClosed(this.#resetMs(seen));
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
    this.#unknownSinceMs = this.#pausedUntilMs;
    this.#window = null;
    this.#isLimited = true;
  }

  /** What all processes that share the limit know and have sent; theirs count as ours, not as other programs'. */
  noteShared({ window, pausedForMs, running, ended }: SharedKnowledge, nowMs: number): void {
    this.#inFlight = running;
    this.#sent = running + ended;
    if (pausedForMs > 0) this.#pausedUntilMs = Math.max(this.#pausedUntilMs, nowMs + pausedForMs);
    if (window === null) return;
    const { limit, remaining, resetSeconds, dateMs } = window;
    const seen = { limit, remaining, resetSeconds, dateMs, sentAtMs: nowMs, receivedAtMs: nowMs };
    this.#serverClock.noteHearsay(dateMs, nowMs);
    this.#noteWindow(seen, limit, remaining, this.#resetMs(seen));
  }

  /** How many more requests may leave now, where `running` are under way; below zero where too many are. */
  permits(nowMs: number, running: number): number {
    this.#closeWindow(nowMs);
    if (nowMs < this.#pausedUntilMs) return 0;
    if (!this.#isLimited) return UNLIMITED;
    if (this.#window === null) return this.#probes(nowMs) - running;
    return this.#window.remaining - running - this.#others.likelyToTake(nowMs, this.#latencyMs);
  }

  /** How many may be under way at a time. */
  inFlightLimit(nowMs: number): number {
    if (!this.#isLimited || this.#window === null) return IN_FLIGHT_UNLIMITED;
    const timeMs = Math.max(this.#endsAtMs(this.#window) - nowMs, 1_000) * WINDOW_SHARE;
    const needed = Math.ceil((this.#window.remaining * this.#latencyMs) / timeMs);
    return Math.min(Math.max(needed, IN_FLIGHT_MIN), IN_FLIGHT_MAX);
  }

  /** When `permits` may rise without an answer: a pause or a window ends, or the first request of a window is overdue. */
  risesAtMs(nowMs: number): number {
    if (nowMs < this.#pausedUntilMs) return this.#pausedUntilMs;
    if (this.#window !== null) return Math.max(this.#endsAtMs(this.#window), nowMs);
    return nowMs + this.#patienceMs();
  }

  isPaused(nowMs: number): boolean {
    return nowMs < this.#pausedUntilMs;
  }

  /** Null where the platform has not said so yet; `resetsAtMs` by the clock that times came in by. */
  get known(): {
    readonly limit: number;
    readonly remaining: number;
    readonly resetsAtMs: number;
  } | null {
    if (this.#window === null) return null;
    const { limit, remaining } = this.#window;
    return { limit, remaining, resetsAtMs: this.#endsAtMs(this.#window) };
  }

  #noteWindow(seen: Observation, limit: number, remaining: number, resetMs: number): void {
    const current = this.#window;
    if (current === null) {
      const isOfClosedWindow = seen.sentAtMs < this.#unknownSinceMs && !this.#edge.isPast(resetMs);
      if (!isOfClosedWindow) this.#openWindow(seen, limit, remaining, resetMs);
      return;
    }
    if (resetMs > current.resetMs + RESET_JITTER_MS) {
      this.#openWindow(seen, limit, remaining, resetMs);
      return;
    }
    if (resetMs < current.resetMs - RESET_JITTER_MS) {
      // An answer out of the last window that took long; or Clio's clock went back, and it is the newest that counts.
      if (seen.sentAtMs > current.openedAtMs) this.#openWindow(seen, limit, remaining, resetMs);
      return;
    }
    if (limit === current.limit) {
      current.remaining = Math.min(current.remaining, remaining);
    } else if (seen.sentAtMs >= current.limitSentAtMs) {
      // Peak hours began or ended: the limit changed within the window.
      current.limit = limit;
      current.remaining = remaining;
      current.limitSentAtMs = seen.sentAtMs;
      this.#others.begin(seen.receivedAtMs, remaining, this.#sent - this.#inFlight + 1);
      return;
    } else {
      return;
    }
    this.#others.note(seen.receivedAtMs, current.remaining, this.#sent);
  }

  #openWindow(seen: Observation, limit: number, remaining: number, resetMs: number): void {
    this.#edge.noteOpened(resetMs);
    this.#window = {
      limit,
      remaining,
      resetMs,
      openedAtMs: seen.receivedAtMs,
      limitSentAtMs: seen.sentAtMs,
    };
    // This request has been counted; those still in flight may or may not have been.
    this.#others.begin(seen.receivedAtMs, remaining, this.#sent - this.#inFlight + 1);
  }

  #closeWindow(nowMs: number): void {
    if (this.#window === null || nowMs < this.#endsAtMs(this.#window)) return;
    this.#edge.noteClosed(this.#window.resetMs);
    this.#others.end();
    this.#window = null;
    this.#unknownSinceMs = nowMs;
  }

  #endsAtMs(window: Window): number {
    const endsAtMs = this.#serverClock.toOursMs(window.resetMs) + this.#edge.marginMs;
    return Math.min(endsAtMs, window.openedAtMs + WINDOW_MAX_MS);
  }

  /** One request learns what the window allows; another may follow when that one does not come back. */
  #probes(nowMs: number): number {
    const waitedMs = nowMs - this.#unknownSinceMs;
    return Number.isFinite(waitedMs) ? 1 + Math.floor(waitedMs / this.#patienceMs()) : 1;
  }

  #patienceMs(): number {
    return Math.max(PROBE_PATIENCE_MS, this.#latencyMs * 3);
  }

  #resetMs(seen: Observation): number {
    if (seen.resetSeconds === null) return this.#window?.resetMs ?? seen.dateMs + 60_000;
    // Clio's is a time; other platforms say how many seconds are left.
    const isDuration = seen.resetSeconds < 1_000_000;
    return isDuration ? seen.dateMs + seen.resetSeconds * 1_000 : seen.resetSeconds * 1_000;
  }
}

/** What an answer's headers said of the allowance, and when it came. */
export interface Observation {
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  /** The platform's clock, whole seconds; this machine's where it did not say. */
  readonly dateMs: number;
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly resetSeconds: number | null;
}

interface Window {
  limit: number;
  /** The least that any answer named. */
  remaining: number;
  /** When it ends, by the platform's clock. */
  readonly resetMs: number;
  readonly openedAtMs: number;
  limitSentAtMs: number;
}

/** Enough that only the number in flight bounds what leaves. */
const UNLIMITED = 1_000_000;
const IN_FLIGHT_UNLIMITED = 8;
/** The part of a window that its burst may take. */
const WINDOW_SHARE = 0.7;
const IN_FLIGHT_MIN = 4;
const IN_FLIGHT_MAX = 64;
/** Some servers round the reset anew for every answer, so that it moves by a second within a window. */
const RESET_JITTER_MS = 1_000;
const PROBE_PATIENCE_MS = 5_000;
/** No window is believed to last longer: a reset a year ahead must not stop the job. */
const WINDOW_MAX_MS = 600_000;
