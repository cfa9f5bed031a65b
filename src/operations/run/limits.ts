import type { KeptLimits } from '../../model/run.ts';
import type { Standing } from '../../model/standing.ts';
import type { Window } from '../../model/window.ts';

/** What keeps a run from doing more than a person can look after. */
export interface Limits {
  /** Stops cleanly after so many records. */
  readonly stopAfter?: number | undefined;
  /** Stops after so many records in a row that each had a problem; 0 for never. */
  readonly stopAfterProblems: number;
  /** Records and options at the end of a run whose writes keep failing are given up, also where nothing proves that the platform works. */
  readonly leavesFailing?: boolean;
  /** The first so many records that are written are read anew and shown before the rest; kept with the run. */
  readonly canary?: number | undefined;
  /** Shows how the canary ended, and asks where somebody can be asked. */
  readonly askCanary: (result: CanaryResult) => Promise<CanaryAnswer>;
  /** Writes only while it is open, and waits outside. */
  readonly window?: Window | undefined;
  /** What `--rate` allows, for the estimate of the end. */
  readonly ratePerMinute?: number | undefined;
  /** While it is set, nothing is written. */
  readonly pause: PauseSwitch;
  /** Calls back every second or so until the returned function is called; keeps the process alive meanwhile. */
  readonly everySecond: (callback: () => void) => () => void;
}

/** A switch that anybody can set from outside, whoever started the run. */
export interface PauseSwitch {
  /** Where it is, in words for the person who set it. */
  readonly place: string;
  /** Where somebody chose that it be; null for its usual place, which moves with the journal. */
  readonly chosen: string | null;
  /** How to set it, said when a run begins; empty where nobody can. */
  readonly invitation: string;
  readonly isSet: () => boolean;
}

/** How the first records of a run came out. */
export interface CanaryResult {
  readonly runId: string;
  /** Records that were written. */
  readonly records: number;
  /** A fresh reading of all that was written to them. */
  readonly standing: Standing;
  /** Changes so far that could not be made. */
  readonly problems: number;
  /** All that was to be written was, and stands. */
  readonly isGood: boolean;
}

/** `told`: nobody could be asked, or there was nothing to ask; whoever resumes the run has heard it. */
export type CanaryAnswer = 'yes' | 'no' | 'told';

/** What of the limits stays with a run, for its resumes. */
export function keptOf({ stopAfterProblems, window, pause, ratePerMinute }: Limits): KeptLimits {
  return {
    stopAfterProblems,
    window: window ?? null,
    pauseFile: pause.chosen,
    ratePerMinute: ratePerMinute ?? null,
  };
}

/** Nothing but what the executor itself guards against. */
export const NO_LIMITS: Limits = {
  stopAfterProblems: 0,
  askCanary: async () => 'told',
  pause: { place: 'nowhere', chosen: null, invitation: '', isSet: () => false },
  everySecond: () => () => undefined,
};
