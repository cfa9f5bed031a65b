import type { Journal } from '../../journal/index.ts';
import type { Platform } from '../../platforms/types.ts';
import type { Progress } from '../progress.ts';

/** What a run is carried out with. */
export interface Executor {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly progress: Progress;
  /** Ends the pauses between requests; what is under way is finished and journaled. */
  readonly stop: AbortSignal;
}
