import { counted } from '../../counted.ts';
import { minuteOf } from '../../minute-of.ts';
import type { ChangeStatus, Problem, Run } from '../../model/run.ts';
import { groupProblems } from '../group-problems.ts';
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

/** How a run ended: its counts, why changes could not be made, and what to do then. */
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
  yield* problemLines(page, run, problems);
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

function* problemLines(page: Page, run: Run, problems: Iterable<Problem>): Iterable<string> {
  const groups = groupProblems(problems);
  if (groups.length === 0) return;
  yield `\n${page.paint.bold('Could not be made')}\n`;
  for (const { fieldName, status, reason, count, first } of groups) {
    const times = count === 1 ? '' : ` (${number(count)})`;
    yield* page.indented(
      `${visible(fieldName)}: ${statusWords(page, status)}, ${visible(reason ?? '')}${times}`,
      2,
    );
    for (const problem of first) yield* page.indented(whereAndWhat(page, problem), 4);
    const more = count - first.length;
    if (more > 0) yield `    … and ${number(more)} more\n`;
  }
  if (run.counts.pending === 0) yield* page.indented(`Next: ${afterProblems(run)}`, 0);
}

function whereAndWhat(page: Page, { recordId, recordLabel, shows }: Problem): string {
  const where =
    recordId === null ? 'options of the field' : `${visible(recordLabel ?? '')} (${recordId})`;
  if (shows === null) return where;
  if (shows === '') return `${where}; it shows nothing`;
  return `${where}; it shows: ${page.isScreen ? inShort(shows) : visible(shows)}`;
}

function afterProblems({ runId, rollsBack, counts }: Run): string {
  const each = `\`clio-fields show ${runId}\` tells of each`;
  if (rollsBack === null)
    return `${each}. With the reasons mended, \`clio-fields inventory\` and \`clio-fields plan\` take up what is left.`;
  return counts.conflict === 0
    ? `${each}. With the reasons mended, run \`clio-fields rollback ${rollsBack}\` again.`
    : `${each}. What was changed since, \`clio-fields rollback ${rollsBack} --force\` restores all the same; see first with --dry-run.`;
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
