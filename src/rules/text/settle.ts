import { say } from '../reason.ts';
import { flagged, type Verdict } from '../types.ts';

/** Two steps that undo each other show themselves within a few rounds. */
const ROUNDS = 4;

/**
 * Makes "twice is once" hold for any combination of steps: a change is given out only once its result decides as
 * unchanged. A result that the rule would flag is flagged at once, and steps that never come to rest are too.
 */
export function settle(value: string, decideOnce: (value: string) => Verdict): Verdict {
  const first = decideOnce(value);
  if (first.outcome !== 'changed') return first;
  let { after } = first;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = decideOnce(after);
    if (next.outcome === 'unchanged') return { ...first, after };
    if (next.outcome !== 'changed') return next;
    after = next.after;
  }
  return flagged(say('unclear', 'the steps asked for undo each other on this value'), [after]);
}
