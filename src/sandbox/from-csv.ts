import { CsvError, parse } from 'csv-parse/sync';
import { UserError } from '../errors.ts';
import type { Account, AccountDefinition, AccountRecord, AccountRow } from './account.ts';
import { decodeTable, findDelimiter } from './csv-encoding.ts';
import { FIRST_DEFINITION_ID, FIRST_RECORD_ID, FIRST_ROW_ID } from './number-spaces.ts';

export interface CsvOptions {
  /** The account's name, and how errors call the table. */
  readonly name?: string;
  /** Told what was guessed, such as the encoding. */
  readonly onWarning?: (message: string) => void;
}

/**
 * An account from a table of somebody's own, a file's bytes or text: one matter a row, one text field a column.
 * Throws `UserError` for what is not such a table.
 */
export function accountFromCsv(table: Uint8Array | string, options: CsvOptions = {}): Account {
  const { name = 'table', onWarning = () => {} } = options;
  const text = decodeTable(table, name, onWarning);
  const [header, ...rows] = parseTable(text, name);
  const body = rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
  const columns = nameColumns(usedCells(header, body), body);
  refuseOverfullRows(columns, body, name);
  const definitions = columns.map((column, index) => makeDefinition(column, index));
  return {
    account: { id: 700_002, name },
    user: { id: 344_000_007, name: 'Sam Sample', email: 'sam.sample@example.com' },
    definitions,
    records: makeRecords(body, definitions, labelColumn(columns)),
  };
}

interface TableRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  readonly number: number;
  readonly cells: readonly string[];
}

interface TableColumn {
  readonly name: string;
  readonly isLong: boolean;
}

const TABLE_READ = '2026-01-01T00:00:00Z';
/** A one-line text of Clio is taken to hold this much at most. */
const LINE_LIMIT = 255;
const NAME_LIMIT = 100;
const LABEL_LIMIT = 60;

function parseTable(text: string, name: string): [TableRow, ...TableRow[]] {
  const { delimiter, body } = findDelimiter(text);
  const [header, ...rows] = parseCells(body, delimiter, name).map((cells, index) => ({
    number: index + 1,
    cells,
  }));
  if (header === undefined || header.cells.every((cell) => cell.trim() === '')) {
    throw tableError(name, 'has no header row', 'Put the names of the columns in the first row.');
  }
  return [header, ...rows];
}

function parseCells(text: string, delimiter: string, name: string): string[][] {
  try {
    return parse(text, { delimiter, relax_column_count: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    // The parser's own message can hold the cell.
    throw tableError(
      name,
      `has a quote out of place near line ${Number(cause['lines'])}`,
      'A cell with a quote, a delimiter or a line break stands in double quotes, and a quote in it is doubled.',
      cause,
    );
  }
}

/** The header without the empty columns at its end that spreadsheets leave. */
function usedCells({ cells }: TableRow, body: readonly TableRow[]): readonly string[] {
  let length = cells.length;
  const isUsed = (column: number) =>
    (cells[column] ?? '').trim() !== '' || body.some((row) => (row.cells[column] ?? '') !== '');
  while (length > 0 && !isUsed(length - 1)) length -= 1;
  return cells.slice(0, length);
}

function nameColumns(header: readonly string[], body: readonly TableRow[]): TableColumn[] {
  const taken = new Set<string>();
  return header.map((cell, index) => {
    const wanted = cut(oneLine(cell), NAME_LIMIT) || `Column ${columnLetters(index)}`;
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted} (${count})`;
    taken.add(name);
    return { name, isLong: body.some(({ cells }) => needsTextArea(cells[index] ?? '')) };
  });
}

/** Rows that are too short lack only empty cells at the end; rows that are too long have lost a quote or a delimiter. */
function refuseOverfullRows(
  columns: readonly TableColumn[],
  body: readonly TableRow[],
  name: string,
): void {
  for (const { number, cells } of body) {
    const filled = cells.findLastIndex((cell) => cell !== '') + 1;
    if (filled <= columns.length) continue;
    throw tableError(
      name,
      `has ${filled} cells in row ${number}, but ${columns.length} columns in its header`,
      'Quote the cells that hold the delimiter, or name the further columns in the header.',
    );
  }
}

function makeDefinition({ name, isLong }: TableColumn, index: number): AccountDefinition {
  return {
    id: FIRST_DEFINITION_ID + index,
    name,
    parentType: 'Matter',
    fieldType: isLong ? 'text_area' : 'text_line',
    displayed: false,
    required: false,
    deleted: false,
    displayOrder: index + 1,
    createdAt: TABLE_READ,
    updatedAt: TABLE_READ,
    options: [],
  };
}

function makeRecords(
  body: readonly TableRow[],
  definitions: readonly AccountDefinition[],
  label: number,
): AccountRecord[] {
  let rowId = FIRST_ROW_ID;
  return body.map(({ number, cells }, index) => ({
    id: FIRST_RECORD_ID + index,
    parentType: 'Matter',
    label: cut(oneLine(cells[label] ?? ''), LABEL_LIMIT) || `Row ${number}`,
    description: null,
    status: 'Open',
    access: 'write',
    createdAt: TABLE_READ,
    updatedAt: TABLE_READ,
    rows: definitions.flatMap((definition, column): AccountRow[] => {
      const value = cells[column] ?? '';
      if (value === '') return [];
      const row = { id: rowId, definitionId: definition.id, value };
      rowId += 1;
      return [{ ...row, createdAt: TABLE_READ, updatedAt: TABLE_READ }];
    }),
  }));
}

/** The column called Matter, else the first. */
function labelColumn(columns: readonly TableColumn[]): number {
  return Math.max(
    0,
    columns.findIndex(({ name }) => name.toLowerCase() === 'matter'),
  );
}

function needsTextArea(cell: string): boolean {
  return cell.length > LINE_LIMIT || /[\r\n]/u.test(cell);
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** Never through the middle of a character. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** As spreadsheets count columns: A, B, ..., Z, AA. */
function columnLetters(index: number): string {
  const last = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? last : columnLetters(Math.floor(index / 26) - 1) + last;
}

function tableError(name: string, what: string, hint: string, cause?: unknown): UserError {
  return new UserError('csv_table', `The table ${name} ${what}.`, hint, undefined, { cause });
}
