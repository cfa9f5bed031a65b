import { Chalk } from 'chalk';
import type { Certificate, NotMade } from '../../model/certificate.ts';
import { table, wrap } from '../table.ts';
import type { Look } from '../types.ts';
import { visible } from '../visible.ts';
import {
  CAVEAT,
  fieldsOf,
  isProven,
  MEANING,
  moment,
  number,
  sectionsOf,
  verdictOf,
} from './sections.ts';

/** So many of what was not made are told on a terminal; JSON and HTML have all of them. */
const NOT_MADE_SHOWN = 100;

/** A certificate for a terminal or a plain file. */
export function* certificateAsText(certificate: Certificate, look: Look): Iterable<string> {
  const { bold, dim, green, red } = new Chalk({ level: look.hasColor ? 1 : 0 });
  const { run, program, issuedAt } = certificate;
  const paint = isProven(certificate) ? green : red;
  yield `${bold(`Certificate of ${run.runId}`)}\n`;
  yield* lines(verdictOf(certificate), look, '', paint);
  for (const { title, facts } of sectionsOf(certificate)) {
    yield `\n${bold(title)}\n`;
    for (const [name, fact] of facts)
      yield* lines(visible(fact), look, `  ${name.padEnd(NAME_WIDTH)}`);
  }
  const fields = fieldsOf(certificate);
  if (fields.length > 0) {
    yield `\n${bold('By field, as planned')}\n`;
    yield* fieldTable(fields, look, bold);
  }
  yield* notMadeLines(certificate.notMade(), look, bold);
  yield '\n';
  yield* lines(CAVEAT, look, '', dim);
  yield* lines(`Issued ${moment(issuedAt)} by clio-fields ${program}.`, look, '', dim);
}

/** A hash beside a name fills a line of 80 characters. */
const NAME_WIDTH = 14;

function fieldTable(
  fields: Certificate['plan']['fields'],
  { columns }: Look,
  bold: (text: string) => string,
): Iterable<string> {
  return table(
    [
      { title: 'Field', align: 'left', isElastic: true },
      { title: 'Rule', align: 'left' },
      { title: 'Changes', align: 'right' },
      { title: 'Flagged', align: 'right' },
      { title: 'Unread', align: 'right' },
    ],
    fields.map(({ fieldName, parentType, rule, changed, flagged, unread }) => [
      `${visible(fieldName)} (${parentType})`,
      rule,
      ...[changed, flagged, unread].map(number),
    ]),
    columns,
    bold,
  );
}

function* notMadeLines(
  all: Iterable<NotMade>,
  look: Look,
  bold: (text: string) => string,
): Iterable<string> {
  let count = 0;
  for (const each of all) {
    count += 1;
    if (count === 1) yield `\n${bold('Not made')}\n`;
    if (count <= NOT_MADE_SHOWN) yield* lines(visible(described(each)), look, '  ');
  }
  if (count > NOT_MADE_SHOWN)
    yield `  … and ${number(count - NOT_MADE_SHOWN)} more: --format json or html has all of them\n`;
}

function described({ parentType, recordId, fieldName, status, reason, detail }: NotMade): string {
  const label = detail === null || detail.recordLabel === '' ? '' : ` ${detail.recordLabel}`;
  const record = recordId === null ? 'options of' : `${parentType ?? ''} ${recordId}${label},`;
  const values =
    detail === null ? '' : ` [${detail.before ?? 'empty'} -> ${detail.after ?? 'empty'}]`;
  return `${record} ${fieldName}${values}: ${reason ?? MEANING[status]}`;
}

function* lines(
  text: string,
  { columns }: Look,
  first: string,
  paint: (line: string) => string = (line) => line,
): Iterable<string> {
  for (const [index, line] of wrap(text, columns - first.length).entries())
    yield `${index === 0 ? first : ' '.repeat(first.length)}${paint(line)}\n`;
}
