import type { Journal } from '../../journal/index.ts';
import type { Run } from '../../model/run.ts';

/** How many changes of a rollback left a field empty without the empty row that it had: applied, and yet with a reason. */
export function countRowsNotKept(journal: Journal, { runId, rollsBack }: Run): number {
  if (rollsBack === null) return 0;
  let count = 0;
  for (const { outcome } of journal.runs.applied(runId))
    if (outcome.status === 'applied' && outcome.reason !== null) count += 1;
  return count;
}
