import ExcelJS from 'exceljs';
import { RULING_KINDS } from '../../model/decision.ts';
import {
  type ReviewRow,
  ROW_COLUMNS,
  type RowCells,
  type RowColumn,
} from '../../model/review-row.ts';
import { cellsOf, COLUMN_LOOKS } from './cells.ts';
import { headLines, HOW_TO, type SheetHead } from './summary.ts';

/** The names of the sheets, by what their rows are. */
export const SHEET_NAMES = { change: 'Changes', flag: 'Flags' } as const;

/** A workbook is made in memory, some 20 kB a row: so many take about 1 GB. A CSV takes any number. */
export const MOST_ROWS = 50_000;

/**
 * A workbook to decide in: text cells, so that no value is taken for a number, a date or a formula; ids and checks hidden and
 * locked; drop-downs where something can be chosen.
 */
export async function writeWorkbook(
  head: SheetHead,
  rows: (kind: ReviewRow['kind']) => Iterable<ReviewRow>,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.creator = 'clio-fields';
  addSummary(workbook, head);
  await addRows(workbook, 'change', rows('change'));
  await addRows(workbook, 'flag', rows('flag'));
  if (head.options.size > 0) addOptions(workbook, head.options);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** ARGB: the colours of the HTML report, on white. */
const COLOURS = {
  header: 'FF1F3A5F',
  headerText: 'FFFFFFFF',
  input: 'FFFFF8DC',
  before: 'FFFDECEA',
  beforeText: 'FF9B1C1C',
  after: 'FFE8F5E9',
  afterText: 'FF1B5E20',
  quiet: 'FF6B7280',
  line: 'FFD1D5DB',
} as const;

/** Named each time: without a name a bold cell falls back to another font. */
const FONT: Partial<ExcelJS.Font> = { name: 'Calibri', family: 2, size: 11 };

const TEXT: Partial<ExcelJS.Style> = {
  font: FONT,
  numFmt: '@',
  alignment: { vertical: 'top', wrapText: true },
  border: { bottom: { style: 'hair', color: { argb: COLOURS.line } } },
};

const SHOWN_COLUMNS = ROW_COLUMNS.filter((column) => column !== 'id' && column !== 'check');

/** Everything may be done with a sheet but write into what is locked. No password: this guards against slips, not people. */
const PROTECTION: Partial<ExcelJS.WorksheetProtection> = {
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatColumns: true,
  formatRows: true,
  autoFilter: true,
  sort: true,
};

/** So many suggestions can be chosen from; the others stand in the cell beside. */
const CHOICES = 5;

async function addRows(
  workbook: ExcelJS.Workbook,
  kind: ReviewRow['kind'],
  rows: Iterable<ReviewRow>,
): Promise<void> {
  const sheet = workbook.addWorksheet(SHEET_NAMES[kind], {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  const choices =
    kind === 'flag' ? Array.from({ length: CHOICES }, (_, at) => `choice ${at + 1}`) : [];
  sheet.columns = [
    ...ROW_COLUMNS.map((column) => ({
      key: column,
      header: titleOf(column, kind),
      width: COLUMN_LOOKS[column].width,
      hidden: column === 'id' || column === 'check',
      style: styleOf(column, kind),
    })),
    ...choices.map((key) => ({ key, header: key, width: 12, hidden: true, style: TEXT })),
  ];
  styleHeader(sheet.getRow(1));
  for (const row of rows) {
    const cells = cellsOf(row);
    const added = sheet.addRow([
      ...ROW_COLUMNS.map((column) => cells[column]),
      ...row.suggestions.slice(0, choices.length),
    ]);
    added.height = heightOf(cells);
  }
  const last = Math.max(sheet.rowCount, 2);
  sheet.autoFilter = { from: 'A1', to: { row: last, column: ROW_COLUMNS.length + choices.length } };
  addChoices(sheet, kind, last);
  await sheet.protect('', PROTECTION);
}

const LINE_POINTS = 15;
const MOST_LINES = 12;

/** As high as the highest of its wrapped texts, for not every program finds that out by itself. */
function heightOf(cells: RowCells): number {
  const lines = SHOWN_COLUMNS.map((column) =>
    cells[column]
      .split('\n')
      .reduce((sum, line) => sum + linesOf(line, COLUMN_LOOKS[column].width), 0),
  );
  return LINE_POINTS * Math.min(Math.max(1, ...lines), MOST_LINES);
}

function linesOf(text: string, width: number): number {
  return Math.max(1, Math.ceil(text.length / (width - 2)));
}

function titleOf(column: RowColumn, kind: ReviewRow['kind']): string {
  if (kind === 'flag' && column === 'before') return 'Value';
  if (kind === 'flag' && column === 'after') return 'Suggestions';
  return COLUMN_LOOKS[column].title;
}

function styleOf(column: RowColumn, kind: ReviewRow['kind']): Partial<ExcelJS.Style> {
  switch (column) {
    case 'decision':
    case 'value':
      return { ...TEXT, fill: fillOf(COLOURS.input), protection: { locked: false } };
    case 'before':
      return {
        ...TEXT,
        fill: fillOf(COLOURS.before),
        font: { ...FONT, color: { argb: COLOURS.beforeText } },
      };
    case 'after':
      return kind === 'flag'
        ? TEXT
        : {
            ...TEXT,
            fill: fillOf(COLOURS.after),
            font: { ...FONT, color: { argb: COLOURS.afterText } },
          };
    case 'why':
    case 'decided':
    case 'id':
    case 'check':
      return { ...TEXT, font: { ...FONT, color: { argb: COLOURS.quiet } } };
    case 'record':
    case 'field':
      return TEXT;
  }
}

function styleHeader(row: ExcelJS.Row): void {
  row.height = 22;
  row.eachCell((cell) => {
    cell.style = {
      font: { ...FONT, bold: true, color: { argb: COLOURS.headerText } },
      fill: fillOf(COLOURS.header),
      alignment: { vertical: 'middle' },
      protection: { locked: true },
    };
  });
}

/** The drop-downs: the four words, and a flag's own suggestions, beside which any text may be typed. */
function addChoices(sheet: ExcelJS.Worksheet, kind: ReviewRow['kind'], last: number): void {
  const decision = letterOf('decision');
  const value = letterOf('value');
  const ranges = validationsOf(sheet);
  ranges.add(`${decision}2:${decision}${last}`, {
    type: 'list',
    allowBlank: true,
    formulae: [`"${RULING_KINDS.join(',')}"`],
    showErrorMessage: true,
    errorTitle: 'Decision',
    error: `Choose one of ${RULING_KINDS.join(', ')}, or leave it empty.`,
  });
  if (kind === 'flag') {
    const [from, to] = [ROW_COLUMNS.length + 1, ROW_COLUMNS.length + CHOICES].map(
      (column) => sheet.getColumn(column).letter,
    );
    ranges.add(`${value}2:${value}${last}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`$${from}2:$${to}2`],
      showErrorMessage: false,
    });
  }
  for (const [word, colour] of Object.entries(WORD_COLOURS)) {
    sheet.addConditionalFormatting({
      ref: `${decision}2:${decision}${last}`,
      rules: [
        {
          type: 'expression',
          priority: 1,
          formulae: [`$${decision}2="${word}"`],
          style: { font: { bold: true, color: { argb: colour } } },
        },
      ],
    });
  }
}

const WORD_COLOURS = {
  accept: COLOURS.afterText,
  skip: COLOURS.beforeText,
  edit: COLOURS.header,
  clear: COLOURS.beforeText,
  later: COLOURS.quiet,
} as const;

/** The library keeps a sheet's drop-downs by range; its types say nothing of it. */
function validationsOf(sheet: ExcelJS.Worksheet): {
  add(range: string, validation: ExcelJS.DataValidation): void;
} {
  if (!('dataValidations' in sheet)) throw new Error('exceljs keeps no data validations');
  return sheet.dataValidations as ReturnType<typeof validationsOf>;
}

function letterOf(column: RowColumn): string {
  return String.fromCodePoint('A'.charCodeAt(0) + ROW_COLUMNS.indexOf(column));
}

function addSummary(workbook: ExcelJS.Workbook, head: SheetHead): void {
  const sheet = workbook.addWorksheet('Start here', {
    properties: { tabColor: { argb: COLOURS.header } },
    views: [{ showGridLines: false }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = [{ width: 24 }, { width: 16 }, { width: 16 }, { width: 60 }];
  sheet.addRow([`Review of ${head.plan.planId}`]).font = {
    ...FONT,
    bold: true,
    size: 16,
    color: { argb: COLOURS.header },
  };
  sheet.addRow([]);
  for (const [name, value] of headLines(head)) {
    const row = sheet.addRow([name, value]);
    row.getCell(1).font = { ...FONT, bold: true };
    row.getCell(2).numFmt = '@';
    row.getCell(2).font = FONT;
  }
  sheet.addRow([]);
  sheet.addRow(['How to fill it in']).font = {
    ...FONT,
    bold: true,
    size: 13,
    color: { argb: COLOURS.header },
  };
  for (const sentence of HOW_TO) {
    const row = sheet.addRow([sentence]);
    sheet.mergeCells(row.number, 1, row.number, 4);
    row.getCell(1).alignment = { wrapText: true, vertical: 'top' };
    row.getCell(1).font = FONT;
    row.height = sentence.length > 112 ? 31 : 16;
  }
  sheet.addRow([]);
  styleHeader(sheet.addRow(['Field', 'To change', 'Flagged', 'Rule']));
  for (const { fieldName, changed, flagged, rule } of head.plan.fields) {
    if (changed + flagged > 0) sheet.addRow([fieldName, changed, flagged, rule]).font = FONT;
  }
}

/** The options of each picklist, to be copied from: they must be typed to the letter. */
function addOptions(workbook: ExcelJS.Workbook, options: SheetHead['options']): void {
  const sheet = workbook.addWorksheet('Options', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [...options.keys()].map((header) => ({
    header,
    width: 34,
    style: { numFmt: '@', font: FONT },
  }));
  styleHeader(sheet.getRow(1));
  const longest = Math.max(...[...options.values()].map(({ length }) => length));
  for (let at = 0; at < longest; at += 1)
    sheet.addRow([...options.values()].map((labels) => labels[at] ?? null));
}

function fillOf(argb: string): ExcelJS.Fill {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}
