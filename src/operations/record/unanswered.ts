import type { Journal } from '../../journal/index.ts';

/** How many changes of a run were sent and never answered, where no reading has told yet whether they were made. */
export function countUnanswered(journal: Journal, runId: string): number {
  return journal.runs
    .begunRecords(runId)
    .reduce((sum, { changes }) => sum + changes.filter(({ begun }) => begun !== null).length, 0);
}
