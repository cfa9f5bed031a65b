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
    const text = (column: RowColumn): string =>
      textOf(row.getCell(ROW_COLUMNS.indexOf(column) + 1));
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
    yield {
      cells,
      place: (column) =>
        `sheet ${name}, cell ${row.getCell(ROW_COLUMNS.indexOf(column) + 1).address}`,
    };
  }
}

/** What a person sees in a cell: a program may have made a date, a number or coloured text of what was typed. */
function textOf({ value, text }: ExcelJS.Cell): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return isoOf(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && 'richText' in value)
    return value.richText.map((part) => part.text).join('');
  if (typeof value === 'object' && 'result' in value && value.result instanceof Date) {
    return isoOf(value.result);
  }
  return text;
}

/** A date cell is a day; one with a time of day says so, and is refused by its field. */
function isoOf(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
}
