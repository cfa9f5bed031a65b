/** Time as the adapter sees it; tests bring their own. */
export interface Timing {
  /** Milliseconds by a clock that never jumps. */
  readonly monotonicMs: () => number;
  /** Milliseconds since the epoch by this machine's clock, right or wrong. */
  readonly wallMs: () => number;
  /** Calls back after `delayMs`, unless the returned function is called before. */
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

export const SYSTEM_TIMING: Timing = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
