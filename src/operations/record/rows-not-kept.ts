import type { Journal } from '../../journal/index.ts';
import { losesRow } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';

/** How many changes of a rollback left a field empty without the empty row that it had, those of which only a part was written too. */
export function countRowsNotKept(journal: Journal, { runId, rollsBack }: Run): number {
  if (rollsBack === null) return 0;
  let count = 0;
  for (const { change, outcome } of journal.runs.applied(runId))
    if (losesRow(change, outcome.written)) count += 1;
  return count;
}
