import type { Allowance } from '../platforms/types.ts';

/** How far a long job is. */
export interface Step {
  readonly step: string;
  readonly done: number;
  /** Null where nobody knows it yet. */
  readonly total: number | null;
  readonly allowance: Allowance;
  /** What is left in the plan's own estimate, in milliseconds, until it can be measured; null where nobody estimated. */
  readonly expectedLeftMs: number | null;
}

/** Whoever watches a long job; called often, so it must be cheap. */
export interface Progress {
  report(step: Step): void;
  /** A sentence on the side, worth being read once. */
  say(sentence: string): void;
  /** A sentence about what was left undone or may go wrong: it is told even to somebody who wants no progress. */
  warn(sentence: string): void;
  /** Told every second or so of a long wait: what for, and how many milliseconds are left. */
  wait(what: string, leftMs: number): void;
}
