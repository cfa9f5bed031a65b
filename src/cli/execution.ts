import { EXIT, type ExitCode } from '../errors.ts';
import type { Journal } from '../journal/index.ts';
import type { Execution, StopReason } from '../operations/execute.ts';
import { runAsJson } from '../report/json.ts';
import { runSummaryAsText } from '../report/text/run.ts';
import type { Context } from './context.ts';

/** Tells how a run ended, and answers with the code that says it to scripts. */
export async function reportExecution(
  context: Context,
  journal: Journal,
  { run, stopped }: Execution,
): Promise<ExitCode> {
  const problems = journal.runs.problems(run.runId);
  if (context.output.isJson) await context.output.json(runAsJson(run, problems));
  else await context.output.result(runSummaryAsText(run, problems, context.stdoutLook));
  if (stopped === null)
    return hasProblems(run.counts) || [...problems].length > 0 ? EXIT.leftOver : EXIT.done;
  context.output.warn(explain(stopped));
  return stopped.kind === 'platform' && stopped.error.kind === 'signIn'
    ? EXIT.notSignedIn
    : EXIT.stopped;
}

function hasProblems({ conflict, rejected, noAccess }: Execution['run']['counts']): boolean {
  return conflict + rejected + noAccess > 0;
}

function explain(stopped: StopReason): string {
  const goOn = 'Continue with `clio-fields apply --resume`.';
  switch (stopped.kind) {
    case 'asked':
      return `Stopped, with work left. ${goOn}`;
    case 'stopAfter':
      return `Stopped after the asked number of records, with work left. ${goOn}`;
    case 'platform':
      return `Stopped: ${stopped.error.message}\n${stopped.error.hint}\nNothing that was written is lost. ${goOn}`;
  }
}
