import ExcelJS from 'exceljs';
import { type ReadRow, ROW_COLUMNS, type RowColumn } from '../../model/review-row.ts';
import { SheetUnreadable } from './sheet-unreadable.ts';
import { SHEET_NAMES } from './write-workbook.ts';

/** The rows of a workbook that `writeWorkbook` made, whatever program saved it since. Throws `SheetUnreadable`. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly ReadRow[]> {
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  } catch (cause) {
    throw new SheetUnreadable('it is no workbook (.xlsx), or it is damaged', { cause });
  }
  const rows: ReadRow[] = [];
  for (const name of Object.values(SHEET_NAMES)) {
    const sheet = workbook.getWorksheet(name);
    if (sheet === undefined) throw new SheetUnreadable(`its sheet ${name} is gone`);
    rows.push(...readSheet(sheet, name));
  }
  return rows;
}

function* readSheet(sheet: ExcelJS.Worksheet, name: string): Iterable<ReadRow> {
  // Columns are told by their place: whoever moves one breaks the check of every row, and is told so.
  for (let number = 2; number <= sheet.rowCount; number += 1) {
    const row = sheet.getRow(number);
    const cellOf = (column: RowColumn): ExcelJS.Cell =>
      row.getCell(ROW_COLUMNS.indexOf(column) + 1);
    const place = (column: RowColumn): string => `sheet ${name}, cell ${cellOf(column).address}`;
    const text = (column: RowColumn): string => textOf(cellOf(column), place(column));
    const cells = {
      record: text('record'),
      field: text('field'),
      before: text('before'),
      after: text('after'),
      decision: text('decision'),
      value: text('value'),
      why: text('why'),
      decided: text('decided'),
      id: text('id'),
      check: text('check'),
    };
    if (Object.values(cells).every((cell) => cell === '')) continue;
    yield { cells, place };
  }
}

/**
 * What a person sees in a cell: a program may have made a date, a number or coloured text of what was typed. Throws `SheetUnreadable`
 * for a number that may be shown as another text.
 */
function textOf({ value, text, numFmt }: ExcelJS.Cell, place: string): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return isoOf(value);
  if (typeof value === 'number') return numberAsShown(value, numFmt, place);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && 'richText' in value)
    return value.richText.map((part) => part.text).join('');
  if (typeof value === 'object' && 'result' in value && value.result instanceof Date) {
    return isoOf(value.result);
  }
  if (typeof value === 'object' && 'result' in value && typeof value.result === 'number') {
    return numberAsShown(value.result, numFmt, place);
  }
  return text;
}

/** A spreadsheet keeps 15 digits of a number, and puts zeros in the place of the others. */
const MOST_DIGITS = 15;
const PLAIN_FORMAT = /^0(?:\.(?<decimals>0+))?$/u;

/** A number as it stands in the cell, where its format shows it so. */
function numberAsShown(value: number, format: string | undefined, place: string): string {
  const plain = String(value);
  const isShort = /^-?[\d.]+$/u.test(plain) && plain.replaceAll(/\D/gu, '').length <= MOST_DIGITS;
  const decimals = PLAIN_FORMAT.exec(format ?? '');
  const isAsShown =
    format === undefined ||
    format === 'General' ||
    format === '@' ||
    (decimals !== null && value.toFixed(decimals.groups?.['decimals']?.length ?? 0) === plain);
  if (isShort && isAsShown) return plain;
  throw new SheetUnreadable(
    `${place} holds the number ${plain}${isAsShown ? '' : `, which the format ${format} shows as another text`}: type it as text (format the cell as Text, then type it again)`,
  );
}

/** A date cell is a day; one with a time of day says so, and is refused by its field. */
function isoOf(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
}
