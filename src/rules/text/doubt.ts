import type { Reason } from '../reason.ts';

/** A place where a text can be read in two ways, and how it would stand in each. */
export interface Doubt {
  readonly reason: Reason;
  readonly readings: readonly string[];
}

/** What a step made of a text, and what it would not decide. */
export interface Reading {
  readonly text: string;
  readonly doubts: readonly Doubt[];
}
