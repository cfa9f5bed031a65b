import type { Written } from './change.ts';
import type { Content } from './field.ts';
import type { Window } from './window.ts';

/** What became of a change. */
export type SettledStatus =
  /** The platform's answer, or a fresh reading, shows the planned value. */
  | 'applied'
  /** It was the planned value already; rollback leaves it alone. */
  | 'alreadyThere'
  /** Somebody changed it since: left out. */
  | 'conflict'
  /** The platform refused it, or accepted it and shows another value. */
  | 'rejected'
  /** This user may not write, or cannot see, the record. */
  | 'noAccess';

export type ChangeStatus = SettledStatus | 'pending';

/** What is about to be sent for a change, journaled before it leaves. */
export interface Intent {
  readonly changeId: string;
  /** What each of its values really held at that moment, by definition id: what undo must restore, even after a lost answer. */
  readonly before: Readonly<Record<string, Content>>;
}

/** How a change ended. */
export interface Outcome {
  readonly changeId: string;
  readonly status: SettledStatus;
  /** In words, for people; null where the status says it all. */
  readonly reason: string | null;
  /**
   * What was done to each of the change's values: for `applied`, and for `rejected` where the platform stored something else. Of a sending
   * without an answer, of which no reading tells, what it may have done.
   */
  readonly written: readonly Written[];
}

/** A change that could not be made, or a change of options. */
export interface Problem {
  readonly changeId: string;
  /** Null for a change of a picklist's options. */
  readonly recordId: string | null;
  readonly recordLabel: string | null;
  readonly fieldName: string;
  readonly status: SettledStatus;
  readonly reason: string | null;
  /** What the platform shows instead of the planned value; null where it does not matter. */
  readonly shows: string | null;
}

/** How a canary ended. */
export interface CanaryEnd {
  /** Records that were written and read again. */
  readonly records: number;
  /** `yes`: somebody said to go on; `told`: shown, and stopped for whoever resumes it; `over`: the run had no more than these. */
  readonly how: 'yes' | 'told' | 'over';
}

/** Limits that a run keeps over all its resumes, until others are given. */
export interface KeptLimits {
  readonly stopAfterProblems: number;
  /** Null: at any time. */
  readonly window: Window | null;
  /** Null: the usual one, beside the journal. */
  readonly pauseFile: string | null;
  /** Requests; null: as many as the platform allows. */
  readonly ratePerMinute: number | null;
}

export type RunCounts = Readonly<Record<SettledStatus, number>> & { readonly pending: number };

export type RunStatus = 'running' | 'completed' | 'incomplete';

/** One execution of a plan, or of a run's inverse. */
export interface Run {
  readonly runId: string;
  readonly planId: string;
  /** The run that this one undoes. */
  readonly rollsBack: string | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly status: RunStatus;
  readonly counts: RunCounts;
  /** How many first records somebody looks at before the rest is written, and whether it may go on; null where there is none. */
  readonly canary: { readonly records: number; readonly isPassed: boolean } | null;
  /** Null where a journal of before they were kept does not say. */
  readonly limits: KeptLimits | null;
  readonly requests: {
    readonly reads: number;
    readonly writes: number;
    readonly retries: number;
    readonly throttled: number;
  };
}
