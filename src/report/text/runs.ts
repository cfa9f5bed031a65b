import { minuteOf } from '../../minute-of.ts';
import { coverageInWords, isComplete } from '../coverage.ts';
import type { Look, RunSummaryView } from '../types.ts';
import { number, Page } from './page.ts';

/** Every run, newest first. */
export function* runsAsText(
  runs: readonly Pick<RunSummaryView, 'run' | 'coverage'>[],
  look: Look,
): Iterable<string> {
  if (runs.length === 0) {
    yield 'No runs yet.\n';
    return;
  }
  const page = new Page(look);
  yield* page.table(
    [
      { title: 'Run', align: 'left' },
      { title: 'Of', align: 'left' },
      { title: 'Started (UTC)', align: 'left' },
      { title: 'Status', align: 'left' },
      { title: 'Applied', align: 'right' },
      { title: 'Not made', align: 'right' },
      { title: 'Pending', align: 'right' },
    ],
    runs.map(({ run }) => [
      run.runId,
      run.rollsBack === null ? run.planId : `undoes ${run.rollsBack}`,
      minuteOf(run.startedAt).replace(' UTC', ''),
      // One that was killed still says in the journal that it is running.
      run.status === 'completed' ? 'completed' : 'incomplete',
      number(run.counts.applied),
      number(run.counts.conflict + run.counts.rejected + run.counts.noAccess),
      number(run.counts.pending),
    ]),
  );
  for (const { run, coverage } of runs) {
    for (const each of coverage) {
      if (isComplete(each)) continue;
      yield* page.indented(`${run.runId}: ${coverageInWords(each)}`, 0, page.paint.yellow);
    }
  }
}
