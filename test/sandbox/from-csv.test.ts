import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import type { Account } from '../../src/sandbox/account.ts';
import { accountFromCsv, type CsvOptions } from '../../src/sandbox/from-csv.ts';

/** The account as a table again: the fields' names, then each matter's label and what it holds. */
function tableOf(account: Account): { fields: string[]; matters: [string, ...string[]][] } {
  return {
    fields: account.definitions.map(({ name }) => name),
    matters: account.records.map(({ label, rows }) => [
      label,
      ...account.definitions.map(({ id }) =>
        String(rows.find(({ definitionId }) => definitionId === id)?.value ?? '-'),
      ),
    ]),
  };
}

function labelsOf(table: string): string[] {
  return accountFromCsv(table).records.map(({ label }) => label);
}

function typesOf(account: Account): string[] {
  return account.definitions.map(({ fieldType }) => fieldType);
}

function errorOf(table: Uint8Array | string, options?: CsvOptions): UserError {
  try {
    accountFromCsv(table, options);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('the table was taken');
}

describe('an account from a table', () => {
  test('has a matter for each row and a text field for each column', () => {
    const account = accountFromCsv('Client,Court\nNotreal,SDNY\nDummond,EDNY\n', {
      name: 'My firm',
    });
    expect(account.account.name).toBe('My firm');
    expect(tableOf(account)).toEqual({
      fields: ['Client', 'Court'],
      matters: [
        ['Notreal', 'Notreal', 'SDNY'],
        ['Dummond', 'Dummond', 'EDNY'],
      ],
    });
    expect(typesOf(account)).toEqual(['text_line', 'text_line']);
    expect(
      account.records.every(
        ({ access, parentType }) => access === 'write' && parentType === 'Matter',
      ),
    ).toBe(true);
  });

  test('has no row for an empty cell, and keeps spaces as they stand', () => {
    expect(tableOf(accountFromCsv('A,B\n1,\n , 2 \n')).matters).toEqual([
      ['1', '1', '-'],
      ['Row 3', ' ', ' 2 '],
    ]);
  });

  test('numbers rows through the numbers of fields, each once', () => {
    const account = accountFromCsv(`A,B\n${'x,y\n'.repeat(100)}`);
    const rowIds = account.records.flatMap(({ rows }) => rows.map(({ id }) => id));
    expect(new Set(rowIds).size).toBe(200);
    expect(rowIds).toContain(account.definitions[0]?.id);
  });

  test('names matters after a column called Matter, wherever it stands, else after the first', () => {
    expect(labelsOf('Court,matter\nSDNY,00001-Notreal\n')).toEqual(['00001-Notreal']);
    expect(labelsOf('Court,Client\nSDNY,Notreal\n')).toEqual(['SDNY']);
  });

  test('names a matter by its row, as a spreadsheet counts, where that cell is empty', () => {
    expect(tableOf(accountFromCsv('A,B\n1,x\n,y\n')).matters.map(([label]) => label)).toEqual([
      '1',
      'Row 3',
    ]);
  });

  test('cuts long names of matters and takes line breaks out of them', () => {
    const [label = ''] =
      tableOf(accountFromCsv(`A\n"two\nlines ${'x'.repeat(99)}"\n`)).matters[0] ?? [];
    expect(label).toMatch(/^two lines x+…$/u);
    expect(label).toHaveLength(60);
  });

  test('takes a column with a line break or more than 255 characters as text area', () => {
    const table = `A,B,C,D\n"one\ntwo",${'x'.repeat(255)},${'x'.repeat(256)},z\n`;
    expect(typesOf(accountFromCsv(table))).toEqual([
      'text_area',
      'text_line',
      'text_area',
      'text_line',
    ]);
  });
});

describe('the header of a table', () => {
  test.each([
    ['trimmed, and in one line', ' Client ,"Date\n of  Loss"', ['Client', 'Date of Loss']],
    [
      'numbered where it repeats a name',
      'Notes,Notes,Notes (2),Notes',
      ['Notes', 'Notes (2)', 'Notes (2) (2)', 'Notes (3)'],
    ],
    ['lettered where it is empty', 'A,,C', ['A', 'Column B', 'C']],
    ['cut where it is long', 'n'.repeat(120), [`${'n'.repeat(99)}…`]],
  ])('is %s', (_what, header, fields) => {
    expect(
      tableOf(accountFromCsv(`${header}\n1,2,3,4`.slice(0, header.length + 2 * fields.length)))
        .fields,
    ).toEqual(fields);
  });

  test('may end in empty columns, which spreadsheets leave', () => {
    expect(tableOf(accountFromCsv('A,B,,\n1,2,,\n')).fields).toEqual(['A', 'B']);
  });

  test('names empty columns beyond Z as spreadsheets do', () => {
    const account = accountFromCsv(`${'x,'.repeat(27)}\n${'1,'.repeat(27)}1\n`);
    expect(account.definitions.at(-1)?.name).toBe('Column AB');
  });

  test('must be there', () => {
    expect(errorOf('', { name: 'empty.csv' })).toMatchObject({
      code: 'csv_table',
      message: 'The table empty.csv has no header row.',
    });
    expect(errorOf(',,\n1,2,3\n').message).toContain('no header row');
  });

  test('may stand alone', () => {
    expect(accountFromCsv('A,B\n').records).toEqual([]);
  });
});

describe('the form of a table', () => {
  const expected = {
    fields: ['A', 'B'],
    matters: [
      ['x, "y"', 'x, "y"', '1;2'],
      ['z', 'z', '-'],
    ],
  };

  test.each([
    ['commas', 'A,B\n"x, ""y""",1;2\nz,\n'],
    ['semicolons', 'A;B\n"x, ""y""";"1;2"\nz;\n'],
    ['tabs', 'A\tB\n"x, ""y"""\t1;2\nz\t\n'],
    ['vertical bars', 'A|B\n"x, ""y"""|1;2\nz|\n'],
    ["Excel's sep line", 'sep=;\r\nA;B\r\n"x, ""y""";"1;2"\r\nz;\r\n'],
    ['CRLF', 'A,B\r\n"x, ""y""",1;2\r\nz,\r\n'],
    ['no line end at the end', 'A,B\n"x, ""y""",1;2\nz,'],
    ['a byte order mark', '\uFEFFA,B\n"x, ""y""",1;2\nz,\n'],
    ['blank lines', 'A,B\n\n"x, ""y""",1;2\n,\nz,\n\n\n'],
    ['rows that are too short', 'A,B\n"x, ""y""",1;2\nz\n'],
    ['rows with empty cells too many', 'A,B\n"x, ""y""",1;2,,\nz,\n'],
  ])('may have %s', (_what, table) => {
    expect(tableOf(accountFromCsv(table))).toEqual(expected);
    expect(tableOf(accountFromCsv(Buffer.from(table)))).toEqual(expected);
  });

  test('keeps line breaks inside quotes as they stand', () => {
    expect(tableOf(accountFromCsv('A,B\r\n"one\r\ntwo",x\r\n')).matters).toEqual([
      ['one two', 'one\r\ntwo', 'x'],
    ]);
  });

  test('is not misled by delimiters inside quotes', () => {
    expect(tableOf(accountFromCsv('A;B\n"1,2,3,4";"5,6,7"\n"1,2,3";"4,5"\n')).fields).toEqual([
      'A',
      'B',
    ]);
  });

  test('may be one column', () => {
    expect(tableOf(accountFromCsv('Amount\n$5\n')).matters).toEqual([['$5', '$5']]);
  });

  test('must not have a row with more cells than the header names', () => {
    const error = errorOf('A,B\n1,2\n3,4,5\n', { name: 'wide.csv' });
    expect(error.message).toBe(
      'The table wide.csv has 3 cells in row 3, but 2 columns in its header.',
    );
    expect(error.hint).toContain('Quote the cells');
  });

  test.each(['A,B\n1,"2\n', 'A,B\n1,"2"x\n', 'A,B\nx"2",1\n'])(
    'must not have a quote out of place: %j',
    (table) => {
      const error = errorOf(table, { name: 'quotes.csv' });
      expect(error.message).toMatch(
        /^The table quotes\.csv has a quote out of place near line \d+\.$/u,
      );
    },
  );
});

describe('the encoding of a table', () => {
  const warnings: string[] = [];
  const options = { name: 'old.csv', onWarning: (warning: string) => warnings.push(warning) };

  test('may be UTF-8, without a word', () => {
    warnings.length = 0;
    expect(tableOf(accountFromCsv(Buffer.from('Näme\nRené – 5 €\n'), options)).matters).toEqual([
      ['René – 5 €', 'René – 5 €'],
    ]);
    expect(warnings).toEqual([]);
  });

  test('may be Windows-1252, with a warning', () => {
    warnings.length = 0;
    const bytes = Buffer.from([...Buffer.from('Name\nRen'), 0xe9, 0x20, 0x96, 0x20, 0x80, 0x0a]);
    expect(tableOf(accountFromCsv(bytes, options)).matters).toEqual([['René – €', 'René – €']]);
    expect(warnings).toEqual([
      'old.csv is not UTF-8; it was read as Windows-1252. Check a value with an accent.',
    ]);
  });

  test('may be what Excel calls Unicode text', () => {
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from('Name\tX\nRené\t1\n', 'utf16le'),
    ]);
    expect(tableOf(accountFromCsv(bytes)).matters).toEqual([['René', 'René', '1']]);
  });
});

test('whatever is written as CSV is read back to the letter', () => {
  const cell = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0'));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1 }),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      (rows, delimiter, end) => {
        const kept = rows.filter(([left, right]) => left !== '' || right !== '');
        const lines = [['A', 'B'], ...rows].map((row) => row.map(quote).join(delimiter));
        const account = accountFromCsv(lines.join(end));
        const [first, second] = account.definitions;
        const read = account.records.map(({ rows: held }) =>
          [first, second].map(
            (field) => held.find(({ definitionId }) => definitionId === field?.id)?.value ?? '',
          ),
        );
        expect(read).toEqual(kept);
      },
    ),
  );
});

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
