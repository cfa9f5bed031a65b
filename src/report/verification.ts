import { Chalk, type ChalkInstance } from 'chalk';
import { counted } from '../counted.ts';
import { minuteOf } from '../minute-of.ts';
import type { MovedValue, Standing } from '../model/standing.ts';
import { inShortBeside } from './in-short.ts';
import { optionDone } from './option-done.ts';
import { rowsNotKeptInWords } from './rows-not-kept.ts';
import { table, wrap } from './table.ts';
import type { Look, VerificationView } from './types.ts';
import { unansweredInWords } from './unanswered.ts';
import { visible } from './visible.ts';

/** So many values are told in words; all of them stand in --json and in a CSV file. */
const SHOWN = 50;

/** What a fresh reading shows of what a run wrote: counts by field, and each value that does not stand. */
export function* verificationAsText(view: VerificationView, look: Look): Iterable<string> {
  const paint = painter(look);
  const { run, checkedAt, rolledBackBy, isRolledBackWhole, standing, options, rowsNotKept } = view;
  const { unanswered, requests } = view;
  yield `${paint.bold(run.runId)} read again ${minuteOf(checkedAt)}, ${counted(requests, 'request')}: ${unanswered > 0 && isEmpty(standing) ? 'nothing that it sent was answered' : verdict(standing, paint)}\n`;
  if (rolledBackBy !== null && isRolledBackWhole) {
    yield* lines(
      `${rolledBackBy} has rolled it back in whole, so that nothing of it is to stand. \`clio-fields verify ${rolledBackBy}\` reads what that put back.`,
      0,
      look.columns,
    );
    return;
  }
  if (rolledBackBy !== null) yield `${rolledBackBy} has rolled it back in part\n`;
  if (rowsNotKept > 0) yield* lines(rowsNotKeptInWords(rowsNotKept), 0, look.columns, paint.yellow);
  if (unanswered > 0)
    yield* lines(unansweredInWords(unanswered, run.runId), 0, look.columns, paint.yellow);
  if (standing.fields.length > 0) yield '\n';
  yield* fieldTable(standing, look, paint);
  for (const { change, replacedBy, stands } of options) {
    const done = optionDone(change, replacedBy);
    const paintLine = stands ? paint.green : paint.red;
    const words = `${visible(change.fieldName)}: option "${visible(change.label)}" ${done}, ${stands ? 'still so' : 'no longer so'}`;
    yield* lines(words, 0, look.columns, paintLine);
  }
  yield* notStanding(standing.notStanding, look, paint);
}

/** How the first records of a run came out, for whoever is to say yes or no to the rest. */
export function* canaryAsText(
  {
    runId,
    records,
    standing,
    problems,
    isGood,
  }: {
    readonly runId: string;
    readonly records: number;
    readonly standing: Standing;
    readonly problems: number;
    readonly isGood: boolean;
  },
  look: Look,
): Iterable<string> {
  const paint = painter(look);
  const first = records === 1 ? 'the first record is' : `the first ${number(records)} records are`;
  yield `${paint.bold('Canary')} of ${runId}: ${first} written and read again: ${verdict(standing, paint)}\n`;
  if (problems > 0)
    yield paint.red(
      `${number(problems)} could not be made; \`clio-fields show ${runId}\` says why\n`,
    );
  yield* notStanding(standing.notStanding, look, paint);
  if (!isGood) yield 'This was not expected, so the run stops here.\n';
}

function isEmpty({ stands, moved, unseen }: Standing): boolean {
  return stands + moved + unseen === 0;
}

function verdict(standing: Standing, paint: ChalkInstance): string {
  const { stands, moved, unseen } = standing;
  if (isEmpty(standing)) return 'it wrote no value';
  if (moved + unseen === 0)
    return paint.green(
      stands === 1 ? 'the one value stands' : `all ${number(stands)} values stand`,
    );
  return [
    stands === 1 ? '1 value stands' : `${number(stands)} values stand`,
    ...(moved > 0 ? [paint.red(`${number(moved)} moved since`)] : []),
    ...(unseen > 0 ? [paint.red(`${number(unseen)} cannot be seen`)] : []),
  ].join(', ');
}

function* fieldTable(
  { fields }: Standing,
  { columns }: Look,
  paint: ChalkInstance,
): Iterable<string> {
  if (fields.length === 0) return;
  yield* table(
    [
      { title: 'Field', align: 'left', isElastic: true },
      { title: 'Of', align: 'left' },
      { title: 'Stands', align: 'right' },
      { title: 'Moved', align: 'right' },
      { title: 'Unseen', align: 'right' },
    ],
    fields.map(({ fieldName, parentType, stands, moved, unseen }) => [
      visible(fieldName),
      `${parentType}s`,
      ...[stands, moved, unseen].map(number),
    ]),
    columns,
    paint.bold,
  );
}

function* notStanding(
  values: readonly MovedValue[],
  { columns, isScreen }: Look,
  paint: ChalkInstance,
): Iterable<string> {
  const asShown = (text: string | null, other: string | null): string =>
    text !== null && isScreen ? inShortBeside(text, other ?? undefined) : shown(text);
  if (values.length > 0) yield `\n${paint.bold('Does not stand')}\n`;
  for (const { recordLabel, recordId, fieldName, state, wrote, now } of values.slice(0, SHOWN)) {
    yield* lines(`${visible(recordLabel)} (${recordId}), ${visible(fieldName)}`, 2, columns);
    yield* lines(`written: ${asShown(wrote, now)}`, 4, columns, paint.dim);
    yield* lines(
      `now:     ${state === 'moved' ? asShown(now, wrote) : UNSEEN[state]}`,
      4,
      columns,
      paint.red,
    );
  }
  if (values.length > SHOWN)
    yield `  … and ${number(values.length - SHOWN)} more: --json or --format csv has all of them\n`;
}

const UNSEEN = {
  hidden: '(hidden from this sign-in)',
  gone: '(the record is gone, or not visible to this user)',
} as const;

function shown(text: string | null): string {
  return text === null ? '(empty)' : visible(text);
}

function lines(
  text: string,
  indent: number,
  columns: number,
  paint: (line: string) => string = (line) => line,
): string[] {
  return wrap(text, columns - indent).map((line) => `${' '.repeat(indent)}${paint(line)}\n`);
}

function painter({ hasColor }: Look): ChalkInstance {
  return new Chalk({ level: hasColor ? 1 : 0 });
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
