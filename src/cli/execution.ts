import { counted } from '../counted.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Journal } from '../journal/index.ts';
import { countRowsNotKept } from '../operations/record/rows-not-kept.ts';
import { coverageOf, problemsView } from '../operations/record/views.ts';
import type { Execution } from '../operations/run/execute.ts';
import { resumeCommand } from '../operations/run/resume-command.ts';
import type { StopReason } from '../operations/run/stop-reason.ts';
import { runAsJson } from '../report/json.ts';
import { runSummaryAsText } from '../report/text/run.ts';
import type { Context } from './context.ts';

/** Tells how a run ended, and answers with the code that says it to scripts. */
export async function reportExecution(
  context: Context,
  journal: Journal,
  { run, stopped }: Execution,
): Promise<ExitCode> {
  const problems = problemsView(journal, run);
  const why = stopped === null ? null : { reason: stopped.kind, message: explain(stopped) };
  const view = {
    run,
    coverage: coverageOf(journal, journal.plans.find(run.planId)),
    options: journal.runs.optionOutcomes(run.runId),
    rowsNotKept: countRowsNotKept(journal, run),
    problems,
  };
  if (context.output.isJson) await context.output.json(runAsJson(view, why));
  else await context.output.result(runSummaryAsText(view, context.stdoutLook));
  if (stopped === null || why === null)
    return hasProblems(run.counts) || [...problems].length > 0 ? EXIT.leftOver : EXIT.done;
  context.output.warn(
    `${why.message}\nContinue with \`clio-fields ${resumeCommand(journal, run)}\`.`,
  );
  return isSignInProblem(stopped) ? EXIT.notSignedIn : EXIT.stopped;
}

function isSignInProblem(stopped: StopReason): boolean {
  return (
    stopped.kind === 'platform' &&
    (stopped.error.kind === 'signIn' || stopped.error.kind === 'forbidden')
  );
}

function hasProblems({ conflict, rejected, noAccess }: Execution['run']['counts']): boolean {
  return conflict + rejected + noAccess > 0;
}

function explain(stopped: StopReason): string {
  switch (stopped.kind) {
    case 'asked':
      return 'Stopped, with work left.';
    case 'stopAfter':
      return 'Stopped after the asked number of records, with work left.';
    case 'platform':
      return `Stopped: ${stopped.error.message}\n${stopped.error.hint}\nNothing that was written is lost.`;
    case 'paused':
      return `Stopped: the file ${stopped.place} asks for a pause. Nothing is written while it is there: remove it first.`;
    case 'problems':
      return `Stopped: ${stopped.inRow} records in a row could not be changed as planned (one of them: ${stopped.last}). Look into it before you go on; --stop-after-problems sets the limit.`;
    case 'canary':
      return stopped.result.isGood
        ? `Stopped after the canary: ${stopped.result.records === 1 ? '1 record is written and stands. Look at it' : `${stopped.result.records} records are written and stand. Look at them`} in Clio; \`clio-fields rollback ${stopped.result.runId}\` puts back what was written.`
        : `Stopped by the canary: not all of the first ${counted(stopped.result.records, 'record')} came out as planned. \`clio-fields rollback ${stopped.result.runId}\` puts back what was written.`;
  }
}
