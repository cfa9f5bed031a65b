/**
 * How long after the second that `Reset` names the next window is surely open. The header has whole seconds, and whether they are
 * rounded up or down is not documented: a second is enough for both, and costs nothing of a minute. Of a window of seconds, as a
 * sandbox may have, it would be a large part, so it is never more than a tenth.
 */
export class WindowEdge {
  #closedResetMs = Number.NEGATIVE_INFINITY;
  #lengthMs = Number.POSITIVE_INFINITY;

  get marginMs(): number {
    return Math.min(1_000, this.#lengthMs / 10);
  }

  noteClosed(resetMs: number): void {
    this.#closedResetMs = resetMs;
  }

  noteOpened(resetMs: number): void {
    if (this.isPast(resetMs)) {
      this.#lengthMs = Math.min(this.#lengthMs, resetMs - this.#closedResetMs);
    }
  }

  /** Whether a window that ends then is a later one than that which was closed last. */
  isPast(resetMs: number): boolean {
    return resetMs > this.#closedResetMs;
  }
}
