import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import type { ChangeStatus, Problem, Run } from '../../model/run.ts';
import { inShort } from '../in-short.ts';
import { rowsNotKeptInWords } from '../rows-not-kept.ts';
import { statusReason } from '../status-reason.ts';
import type { ApprovalView, Look, OptionOutcomeView, RunSummaryView, RunView } from '../types.ts';
import { visible } from '../visible.ts';
import { byRecord, changeLines } from './changes.ts';
import { coverageLines } from './coverage.ts';
import { groupLines } from './groups.ts';
import { number, Page } from './page.ts';
import { describeOption } from './plan.ts';

/** How a run ended: its counts, and every change that could not be made with the reason. */
export function* runSummaryAsText(
  { run, coverage, options, rowsNotKept, problems }: RunSummaryView,
  look: Look,
): Iterable<string> {
  const page = new Page(look);
  yield* runHeader(page, run, null);
  yield* coverageLines(page, coverage);
  yield* optionNotes(page, options);
  if (rowsNotKept > 0)
    yield* page.indented(
      `${rowsNotKeptInWords(rowsNotKept)}; \`clio-fields show ${run.runId}\` says where`,
      0,
      page.paint.yellow,
    );
  yield* problemLines(page, problems);
}

/** What went as planned with an option, and is yet worth a word: that it stands there twice, say. */
function* optionNotes(page: Page, options: readonly OptionOutcomeView[]): Iterable<string> {
  for (const { change, status, reason } of options) {
    if (reason === null || (status !== 'applied' && status !== 'alreadyThere')) continue;
    const words = `Option "${visible(change.label)}" of ${visible(change.fieldName)}: ${visible(reason)}`;
    yield* page.indented(words, 0, page.paint.yellow);
  }
}

export function* runHeader(page: Page, run: Run, approval: ApprovalView | null): Iterable<string> {
  const what = run.rollsBack === null ? `of ${run.planId}` : `undoes ${run.rollsBack}`;
  yield `${page.paint.bold(run.runId)} ${what}, ${minuteOf(run.startedAt)}: ${runStatus(page, run)}\n`;
  if (approval !== null) yield `approved by ${visible(approval.by)}, ${minuteOf(approval.at)}\n`;
  const { applied, alreadyThere, conflict, rejected, noAccess, pending } = run.counts;
  const parts = [
    `${number(applied)} applied`,
    alreadyThere > 0 && `${number(alreadyThere)} already there`,
    conflict > 0 && `${number(conflict)} in conflict`,
    rejected > 0 && `${number(rejected)} rejected`,
    noAccess > 0 && `${number(noAccess)} without access`,
    pending > 0 && `${number(pending)} pending`,
  ].filter((part) => part !== false);
  yield `${parts.join(', ')}\n`;
  const { reads, writes, retries, throttled } = run.requests;
  yield `${counted(reads, 'read')}, ${counted(writes, 'write')}, ${number(retries)} repeated, ${number(throttled)} throttled\n`;
}

/** What became of every change of the plan, in its order. */
export function* outcomes(
  page: Page,
  { run, changes, optionChanges, isGrouped }: RunView,
): Iterable<string> {
  for (const { change, status, reason } of optionChanges()) {
    yield* page.indented(
      `${describeOption(change)}: ${statusWords(page, status)}${reason === null ? '' : `, ${reason}`}`,
      0,
    );
  }
  if (isGrouped === true) {
    yield* groupLines(page, changes(), (status) => statusWords(page, status));
    return;
  }
  yield* byRecord(
    page,
    (function* () {
      for (const line of changes()) yield { ...line.change, line };
    })(),
    ({ line }) => {
      const reason = statusReason(line, run);
      return [
        ...changeLines(page, line.change),
        ...page.indented(
          `${statusWords(page, line.outcome?.status ?? 'pending')}${reason === null ? '' : `: ${visible(reason)}`}`,
          4,
        ),
      ];
    },
  );
}

/** So many problems are told in words; all of them stand in `show`. */
const PROBLEMS_SHOWN = 50;

function* problemLines(page: Page, problems: Iterable<Problem>): Iterable<string> {
  let shown = 0;
  let more = 0;
  for (const { recordId, recordLabel, fieldName, status, reason, shows } of problems) {
    if (shown === PROBLEMS_SHOWN) {
      more += 1;
      continue;
    }
    shown += 1;
    if (shown === 1) yield `\n${page.paint.bold('Could not be made')}\n`;
    const record =
      recordId === null ? 'options of' : `${visible(recordLabel ?? '')} (${recordId}),`;
    const seen =
      shows === null
        ? ''
        : shows === ''
          ? '; it shows nothing'
          : `; it shows: ${page.isScreen ? inShort(shows) : visible(shows)}`;
    yield* page.indented(
      `${record} ${visible(fieldName)}: ${statusWords(page, status)}, ${visible(reason ?? '')}${seen}`,
      2,
    );
  }
  if (more > 0)
    yield `  … and ${number(more)} more: \`clio-fields show\` of the run, or --json, has all of them\n`;
}

function runStatus({ paint }: Page, { status, counts }: Run): string {
  return status === 'completed' && counts.pending === 0
    ? paint.green('completed')
    : paint.yellow('incomplete');
}

function statusWords({ paint }: Page, status: ChangeStatus): string {
  switch (status) {
    case 'applied':
      return paint.green('applied');
    case 'alreadyThere':
      return paint.green('already there');
    case 'conflict':
      return paint.red('conflict');
    case 'rejected':
      return paint.red('rejected');
    case 'noAccess':
      return paint.red('no access');
    case 'pending':
      return paint.yellow('pending');
  }
}
