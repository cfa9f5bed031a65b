import { parse } from 'csv-parse/sync';
import {
  type ReadRow,
  type ReviewRow,
  ROW_COLUMNS,
  type RowColumn,
} from '../../model/review-row.ts';
import { csvLine, unguard } from '../csv-cell.ts';
import { cellsOf } from './cells.ts';
import { SheetUnreadable } from './sheet-unreadable.ts';

/** Excel takes a CSV for UTF-8 only where it begins with this. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The plain form of the workbook: one table, changes first, guarded against formulas. */
export function* csvOfRows(rows: Iterable<ReviewRow>): Iterable<string> {
  yield BYTE_ORDER_MARK + csvLine([...ROW_COLUMNS]);
  for (const row of rows) {
    const cells = cellsOf(row);
    yield csvLine(ROW_COLUMNS.map((column) => cells[column]));
  }
}

/** The rows of a CSV that `csvOfRows` made, whatever program saved it since: commas or semicolons. Throws `SheetUnreadable`. */
export function readCsvRows(bytes: Uint8Array): readonly ReadRow[] {
  const lines = parseLines(decode(bytes));
  const [header, ...rows] = lines;
  const places = new Map(
    ROW_COLUMNS.map((column) => [
      column,
      header?.record.map((cell) => cell.trim()).indexOf(column) ?? -1,
    ]),
  );
  const gone = ROW_COLUMNS.filter((column) => (places.get(column) ?? -1) < 0);
  if (gone.length > 0) throw new SheetUnreadable(`it lacks the columns ${gone.join(', ')}`);
  return rows
    .filter(({ record }) => record.some((cell) => cell !== ''))
    .map(({ record, line }) => {
      const cell = (column: RowColumn): string => unguard(record[places.get(column) ?? -1] ?? '');
      return {
        cells: {
          record: cell('record'),
          field: cell('field'),
          before: cell('before'),
          after: cell('after'),
          decision: cell('decision'),
          value: cell('value'),
          why: cell('why'),
          decided: cell('decided'),
          id: cell('id'),
          check: cell('check'),
        },
        place: (column) => `line ${line}, column ${column}`,
      };
    });
}

interface Line {
  readonly record: readonly string[];
  /** Where it begins in the file, from 1. */
  readonly line: number;
}

function parseLines(text: string): readonly Line[] {
  const firstLine = /^[^\r\n]*/u.exec(text)?.[0] ?? '';
  const delimiter = [',', ';', '\t'].toSorted(
    (left, right) => firstLine.split(right).length - firstLine.split(left).length,
  )[0];
  const lines: Line[] = [];
  let line = 1;
  try {
    parse(text, {
      bom: true,
      ...(delimiter !== undefined && { delimiter }),
      relax_column_count: true,
      on_record: (record: readonly string[], { lines: last }) => {
        lines.push({ record, line });
        line = last + 1;
        return null;
      },
    });
    return lines;
  } catch (cause) {
    throw new SheetUnreadable(
      `it is no CSV: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new SheetUnreadable(
      'it is not UTF-8; in Excel, save it as "CSV UTF-8 (comma delimited)"',
      { cause },
    );
  }
}
