import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { ReadRow } from '../../src/model/review-row.ts';
import { importRows, planOfRows } from '../../src/operations/review/import-rows.ts';
import { picklistOptions } from '../../src/operations/review/picklist-options.ts';
import type { Review } from '../../src/operations/review/review.ts';
import { type Prefill, reviewRows } from '../../src/operations/review/rows.ts';
import { cellsOf } from '../../src/report/sheet/cells.ts';
import { csvOfRows, readCsvRows } from '../../src/report/sheet/csv-rows.ts';
import { readWorkbook } from '../../src/report/sheet/read-workbook.ts';
import { writeWorkbook } from '../../src/report/sheet/write-workbook.ts';
import { errorOf, openJournal } from '../journal/files.ts';
import { desk, planOn, reviewOf } from '../operations/desk.ts';
import { snapshot } from '../support/builders.ts';

async function workbookOf(review: Review, prefill?: Prefill): Promise<ExcelJS.Workbook> {
  const head = { plan: review.plan, counts: review.counts(), options: picklistOptions(review) };
  const bytes = await writeWorkbook(head, (kind) => reviewRows(review, kind, prefill));
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
}

function sheetOf(workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`no sheet ${name}`);
  return sheet;
}

async function rowsOf(workbook: ExcelJS.Workbook): Promise<readonly ReadRow[]> {
  return readWorkbook(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

function take(review: Review, rows: readonly ReadRow[], isDryRun = false) {
  return importRows(review, { rows, cellsOf, by: 'Ann Example', how: 'spreadsheet', isDryRun });
}

function csvText(review: Review, prefill?: Prefill): string {
  return [
    ...csvOfRows([
      ...reviewRows(review, 'change', prefill),
      ...reviewRows(review, 'flag', prefill),
    ]),
  ].join('');
}

function readCsv(text: string): readonly ReadRow[] {
  return readCsvRows(new TextEncoder().encode(text));
}

describe('a workbook to decide in', () => {
  it('says of each sheet what may be written into, and where it can be chosen', async () => {
    const { review } = desk();
    const workbook = await workbookOf(review);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([
      'Start here',
      'Changes',
      'Flags',
      'Options',
    ]);
    const sheet = sheetOf(workbook, 'Flags');
    expect(sheet.getCell('E2').protection).toMatchObject({ locked: false });
    expect(sheet.getCell('C2').protection?.locked ?? true).toBe(true);
    expect(sheet.getColumn('I').hidden).toBe(true);
    expect(sheet.getCell('E5').dataValidation).toMatchObject({
      type: 'list',
      formulae: ['"accept,skip,edit,clear,later"'],
    });
    expect(sheet.getCell('F4').dataValidation).toMatchObject({ formulae: ['$K2:$O2'] });
    expect(sheet.getCell('K4').value).toBe('2019-03-04');
    expect(sheetOf(workbook, 'Options').getCell('A3').value).toBe('E.D.N.Y.');
    const [first] = sheetOf(workbook, 'Changes').views;
    expect(first).toMatchObject({ state: 'frozen', ySplit: 1 });
  });

  it('keeps every value as text, and shows what cannot be seen', async () => {
    const journal = openJournal();
    const values = ['=1+1  x', '+49  123', '0012345678901234567890  ', '\u202e  abc', '-5  -'];
    planOn(journal, {
      records: values.map((value, at) =>
        snapshot({ recordId: String(1001 + at), values: { '505': value } }),
      ),
    });
    const review = reviewOf(journal);
    const workbook = await workbookOf(review);
    const sheets = ['Changes', 'Flags'].map((name) => sheetOf(workbook, name));
    const cells = sheets.flatMap((sheet) =>
      Array.from({ length: sheet.rowCount - 1 }, (_, at) => sheet.getCell(`C${at + 2}`)),
    );
    expect(cells.map(({ type }) => type)).toEqual(values.map(() => ExcelJS.ValueType.String));
    expect(cells.map(({ numFmt }) => numFmt)).toEqual(values.map(() => '@'));
    expect(new Set(cells.map(({ value }) => value))).toEqual(
      new Set(['+49··123', '-5··-', '0012345678901234567890··', '=1+1··x', '\\u{202e}··abc']),
    );
    expect(take(review, await rowsOf(workbook))).toMatchObject({ blank: 5, missing: 0 });
  });

  it('takes over what was filled in, in any order of rows, and the same again changes nothing', async () => {
    const { journal, review } = desk();
    const workbook = await workbookOf(review, 'accept');
    const flags = sheetOf(workbook, 'Flags');
    flags.getCell('E2').value = 'Edit';
    flags.getCell('F2').value = 'E.D.N.Y.';
    flags.getCell('E3').value = ' accept';
    flags.getCell('E4').value = 'edit';
    // As a program does with a day that is pasted from elsewhere.
    flags.getCell('F4').numFmt = 'yyyy-mm-dd';
    flags.getCell('F4').value = new Date('2019-04-03T00:00:00.000Z');
    flags.getCell('E5').value = 'later';
    sheetOf(workbook, 'Changes').getCell('E3').value = 'skip';
    const rows = await rowsOf(workbook);
    expect(planOfRows(rows)).toBe('plan-1');
    expect(take(review, rows.toReversed(), true).decided).toEqual({
      accept: 4,
      skip: 1,
      edit: 2,
      clear: 0,
      later: 1,
    });
    expect(journal.decisions.areThereAny()).toBe(false);
    take(review, rows.toReversed());
    expect(review.counts()).toEqual({
      accepted: 4,
      edited: 2,
      cleared: 0,
      skipped: 1,
      later: 1,
      undecided: 1,
    });
    expect(take(review, rows)).toMatchObject({ asBefore: 8, blank: 1, decided: { accept: 0 } });
    const again = await workbookOf(review);
    expect(sheetOf(again, 'Flags').getCell('F2').value).toBe('E.D.N.Y.');
    expect(sheetOf(again, 'Changes').getCell('H3').value).toBe('2026-01-05, Ann Example: skip');
  });

  it('takes a value away where somebody wrote clear, but not where there is a value beside it, or one that the rules keep', async () => {
    const { review } = desk();
    const workbook = await workbookOf(review);
    const flags = sheetOf(workbook, 'Flags');
    flags.getCell('E4').value = 'Clear';
    expect(take(review, await rowsOf(workbook))).toMatchObject({ decided: { clear: 1 } });
    expect(review.item('flag-3')?.decision?.ruling).toEqual({ kind: 'clear' });
    expect(sheetOf(await workbookOf(review), 'Flags').getCell('E4').value).toBe('clear');
    flags.getCell('F4').value = '2019-04-03';
    flags.getCell('E2').value = 'clear';
    const rows = await rowsOf(workbook);
    expect(errorOf(() => take(review, rows)).message.split('\n')).toEqual([
      expect.stringMatching(
        /^sheet Flags, cell E4: clear takes the value away, but there is a value/u,
      ),
      expect.stringMatching(/^sheet Flags, cell E2: .*the rules file keeps what "Court \(old\)"/u),
      'Nothing was imported.',
    ]);
  });

  it('is refused whole where it was damaged, with every cell that is wrong', async () => {
    const { journal, review } = desk();
    const workbook = await workbookOf(review, 'accept');
    const changes = sheetOf(workbook, 'Changes');
    const flags = sheetOf(workbook, 'Flags');
    changes.getCell('C2').value = 'other';
    changes.getCell('D3').value = 'A  B';
    changes.getCell('E4').value = 'perhaps';
    changes.getCell('J5').value = 'x';
    flags.getCell('E2').value = 'edit';
    flags.getCell('E4').value = 'edit';
    flags.getCell('F4').value = 'soon';
    flags.getCell('F3').value = '7';
    flags.getCell('I5').value = flags.getCell('I6').value;
    const rows = await rowsOf(workbook);
    const { code, message } = errorOf(() => take(review, rows));
    expect(code).toBe('sheet_damaged');
    const cells = message.split('\n').map((line) => line.split(':')[0]);
    expect(cells).toEqual([
      'sheet Changes, cell C2',
      'sheet Changes, cell D3',
      'sheet Changes, cell E4',
      'sheet Changes, cell J5',
      'sheet Flags, cell F2',
      'sheet Flags, cell E3',
      'sheet Flags, cell J5',
      'sheet Flags, cell I6',
      'sheet Flags, cell F4',
      'Nothing was imported.',
    ]);
    expect(journal.decisions.areThereAny()).toBe(false);
  });

  it('of another plan, or of a plan that has changed, is refused', async () => {
    const { review } = desk();
    const rows = await rowsOf(await workbookOf(review, 'accept'));
    const other = openJournal();
    planOn(other, { records: [snapshot({ values: { '505': ' A  C ' } })] });
    expect(errorOf(() => take(reviewOf(other), rows)).message).toContain('plan-1 has no item');
    expect(errorOf(() => take(reviewOf(other), rows)).message).toContain('does not belong to');
    await expect(readWorkbook(new Uint8Array([1, 2, 3]))).rejects.toThrow('no workbook');
  });

  it.each([
    { shown: '02134', number: 2134, format: '00000' },
    { shown: '001', number: 1, format: '000' },
    { shown: '5%', number: 0.05, format: '0%' },
    { shown: '1,250.50', number: 1250.5, format: '#,##0.00' },
    { shown: '12.50', number: 12.5, format: '0.00' },
    { shown: '13', number: 12.5, format: '0' },
    { shown: '1234567890123460000', number: 1234567890123460000, format: 'General' },
    { shown: '1234567890123456', number: 1234567890123456, format: '@' },
    { shown: '1E+21', number: 1e21, format: 'General' },
  ])('is refused where a number is shown as $shown and is not that', async ({ number, format }) => {
    const { review } = desk();
    const workbook = await workbookOf(review);
    const cell = sheetOf(workbook, 'Flags').getCell('F2');
    cell.numFmt = format;
    for (const value of [number, { formula: 'A1', result: number }]) {
      cell.value = value;
      await expect(rowsOf(workbook)).rejects.toThrow(
        /^sheet Flags, cell F2 holds the number [^:]+: type it as text/u,
      );
    }
  });

  it.each([
    { number: 2134, format: 'General' },
    { number: -7.25, format: '@' },
    { number: 12.25, format: '0.00' },
    { number: 0.5, format: 'General' },
  ])(
    'takes the number $number in the format $format as it is shown',
    async ({ number, format }) => {
      const { review } = desk();
      const workbook = await workbookOf(review);
      const cell = sheetOf(workbook, 'Flags').getCell('F2');
      cell.numFmt = format;
      cell.value = number;
      const values = (await rowsOf(workbook)).map(({ cells }) => cells.value);
      expect(values).toContain(String(number));
    },
  );

  it('says how many items it has no row for', async () => {
    const { review } = desk();
    const workbook = await workbookOf(review, 'accept');
    sheetOf(workbook, 'Changes').spliceRows(2, 2);
    expect(take(review, await rowsOf(workbook))).toMatchObject({ missing: 2 });
  });
});

describe('a CSV to decide in', () => {
  it('is guarded against formulas, and comes back as it was', () => {
    const journal = openJournal();
    const values = ["=cmd|'/c calc'!A0  x", "'t  Hooft", '@sum  ', '"a";  b,\nc'];
    planOn(journal, {
      records: values.map((value, at) =>
        snapshot({ recordId: String(1001 + at), values: { '505': value } }),
      ),
    });
    const review = reviewOf(journal);
    const text = csvText(review);
    for (const line of text.split('\r\n')) expect(line).not.toMatch(/(?:^|,)"?[=@]/u);
    expect(take(review, readCsv(text))).toMatchObject({ blank: 4, missing: 0 });
  });

  it('gives the same plan as the workbook, with semicolons, too, and names its cells by line', async () => {
    const { review } = desk();
    const rows = await rowsOf(await workbookOf(review, 'accept'));
    take(review, rows);
    const other = desk().review;
    const text = csvText(other, 'accept');
    const lines = readCsv(text);
    const table: string[][] = parseCsv(text, { bom: true });
    const semicolons = table
      .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';'))
      .join('\n');
    expect(readCsv(semicolons).map(({ cells }) => cells)).toEqual(lines.map(({ cells }) => cells));
    take(other, lines);
    expect(other.finish().digest).toBe(review.finish().digest);
    expect(lines[1]?.place('decision')).toBe('line 3, column decision');
    const broken = readCsv(text.replace('SDNY', 'EDNY'));
    expect(errorOf(() => take(other, broken)).message).toMatch(/^line 2, column before:/u);
  });

  it('that is not UTF-8, lacks a column or mixes plans is told apart', () => {
    const { review } = desk();
    const text = csvText(review);
    expect(() => readCsvRows(new Uint8Array([0x72, 0xe9]))).toThrow('not UTF-8');
    expect(() => readCsv(text.replace('decision', 'x'))).toThrow('lacks the columns decision');
    const mixed = readCsv(text.replace('plan-1/change-1,', 'plan-2/change-1,'));
    expect(errorOf(() => planOfRows(mixed)).code).toBe('sheet_mixed');
    expect(errorOf(() => planOfRows([])).code).toBe('sheet_unknown');
  });
});
