import { EXIT } from '../../errors.ts';
import { coverageOf } from '../../operations/record/views.ts';
import { runsAsJson } from '../../report/json.ts';
import { runsAsText } from '../../report/text/runs.ts';
import type { Action } from '../context.ts';
import { withJournal } from '../session.ts';

export const runs: Action<object> = (context) =>
  withJournal(context, 'read', 'runs', async (journal) => {
    const list = journal.runs.list().map((run) => ({
      run,
      coverage: coverageOf(journal, journal.plans.find(run.planId)),
    }));
    if (context.output.isJson) await context.output.json(runsAsJson(list));
    else await context.output.result(runsAsText(list, context.stdoutLook));
    return EXIT.done;
  });
