import { extname } from 'node:path';
import { UserError } from '../errors.ts';
import type { Format } from '../report/index.ts';

/** What a file's name asks for: a page is a page, whatever is printed beside. */
export function formatOf(out: string | undefined): Format | null {
  return out === undefined ? null : (FORMATS.get(endingOf(out)) ?? null);
}

interface FormatFlags {
  readonly format?: Format;
  readonly out?: string;
  readonly json: boolean;
  /** Whether like changes are to be shown together. */
  readonly group?: boolean;
}

/** Refuses, before anything is done, flags that ask for two formats at once, or for one that no report has. */
export function refuseUnclearFormat(
  { format, out, json, group }: FormatFlags,
  isStdoutJson: boolean,
): void {
  const asked = format ?? formatOf(out) ?? (json ? 'json' : 'text');
  if (group === true && (asked === 'json' || asked === 'csv')) {
    throw contradiction(
      `--group is for people: ${asked.toUpperCase()} has each change of its own.`,
      'Leave --group out, or take text or a page: --out NAME.html',
    );
  }
  if (out !== undefined) refuseUnclearName(out, format);
  else if (json && isStdoutJson && format !== undefined && format !== 'json') {
    throw contradiction(
      `--json prints JSON, and --format ${format} asks for something else.`,
      `Leave one of them out, or have the report written to a file as well: --out NAME.${ENDINGS[format]}`,
    );
  }
}

function refuseUnclearName(out: string, format: Format | undefined): void {
  const ending = endingOf(out);
  if (ending === '') return;
  const named = FORMATS.get(ending);
  if (named !== undefined && (format === undefined || format === named)) return;
  if (named !== undefined && format !== undefined) {
    throw contradiction(
      `--format ${format} asks for another format than the name ${out}.`,
      `Leave --format out, or let the name end with .${ENDINGS[format]}.`,
    );
  }
  if (format !== undefined && !MADE_ELSEWHERE.has(ending)) return;
  throw contradiction(
    `No report can be written as .${ending}: ${out} was not written.`,
    `${MADE_ELSEWHERE.get(ending) ?? ''}Let the name end with .txt, .json, .csv or .html.`,
  );
}

function contradiction(message: string, hint: string): UserError {
  return new UserError('usage', message, hint);
}

function endingOf(out: string): string {
  return extname(out).slice(1).toLowerCase();
}

const ENDINGS = { text: 'txt', json: 'json', csv: 'csv', html: 'html' } as const satisfies Record<
  Format,
  string
>;

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['txt', 'text'],
  ['text', 'text'],
  ['json', 'json'],
  ['csv', 'csv'],
  ['html', 'html'],
  ['htm', 'html'],
]);

const PRINTED = 'A browser makes a PDF of the page: Print, Save as PDF. ';
const WORKBOOK = 'A workbook to decide in is made by `clio-fields review export`. ';

/** Formats that a program would refuse to open where something else is inside; with a word on the way there. */
const MADE_ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['pdf', PRINTED],
  ['xlsx', WORKBOOK],
  ['xls', WORKBOOK],
  ['ods', WORKBOOK],
  ['doc', ''],
  ['docx', ''],
  ['odt', ''],
  ['zip', ''],
  // A slip would write over the journal, or the rules.
  ['sqlite', ''],
  ['yaml', ''],
  ['yml', ''],
]);
