/** A column of a text table. */
export interface TableColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Gives way where the line is too short. */
  readonly isElastic?: boolean;
  /** Of the elastic ones it gives way before the others: it can best be spared. */
  readonly givesFirst?: boolean;
  /** What an elastic one is wider than, in characters, it gives before any other has to. */
  readonly ample?: number;
  /** How far an elastic one gives way, in characters; 12 where nothing is said. */
  readonly narrowest?: number;
  /** Never cut: lines grow beyond the width instead. */
  readonly isWhole?: boolean;
}

const GAP = '  ';
const NARROWEST_ELASTIC = 12;

/**
 * Rows under titles, no wider than `width` characters, unless a column is to stay whole; where the elastic columns cannot give way so
 * far, a row is a block of its own.
 */
export function* table(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
  paintTitle: (title: string) => string,
): Iterable<string> {
  const widths = fit(columns, rows, width);
  if (sumOf(widths) > width && columns.every(({ isWhole }) => isWhole !== true)) {
    yield* blocks(columns, rows, width, paintTitle);
    return;
  }
  const line = (cells: readonly string[], paint: (text: string) => string): string =>
    columns
      .map(({ align }, index) => {
        const cell = shorten(cells[index] ?? '', widths[index] ?? 0);
        const padding = ' '.repeat((widths[index] ?? 0) - lengthOf(cell));
        if (align === 'right') return padding + paint(cell);
        return index === columns.length - 1 ? paint(cell) : paint(cell) + padding;
      })
      .join(GAP)
      .trimEnd();
  yield `${line(
    columns.map(({ title }) => title),
    paintTitle,
  )}\n`;
  for (const row of rows) yield `${line(row, (text) => text)}\n`;
}

/** The first cell of each row as its title, the others below it, each behind its column's title. */
function* blocks(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
  paintTitle: (title: string) => string,
): Iterable<string> {
  for (const [name = '', ...cells] of rows) {
    const told = cells.flatMap((cell, index) =>
      cell === '' ? [] : [`${columns[index + 1]?.title ?? ''} ${cell}`],
    );
    if (name !== '') yield `${paintTitle(shorten(name, width))}\n`;
    for (const line of wrap(told.join(', '), width - GAP.length)) yield `${GAP}${line}\n`;
  }
}

/** `text` in at most `length` characters, its end cut with an ellipsis. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text);
  return characters.length <= length
    ? text
    : `${characters.slice(0, Math.max(length - 1, 0)).join('')}…`;
}

/** `text` in lines of at most `length` characters, broken at spaces where there are any. */
export function wrap(text: string, length: number): string[] {
  // Nearly every text of a diff fits: a fifth of the time that a diff of a million values takes.
  if (text.length <= length && !text.startsWith(' ')) return [text];
  const lines: string[] = [];
  const measure = PAIRS.test(text) ? lengthOf : lengthInUnits;
  let line = '';
  let lineLength = 0;
  for (const word of text.split(' ')) {
    let rest = word;
    let restLength = measure(rest);
    if (line !== '' && lineLength + 1 + restLength > length) {
      // A word that no line is long enough for begins where it stands, if there is room to speak of.
      const room = length - lineLength - 1;
      const start =
        restLength > length && room >= length / 2 ? Array.from(rest).slice(0, room) : [];
      lines.push(start.length === 0 ? line : `${line} ${start.join('')}`);
      line = '';
      rest = rest.slice(start.join('').length);
      restLength -= start.length;
    }
    while (restLength > length) {
      const characters = Array.from(rest);
      lines.push(characters.slice(0, length).join(''));
      rest = characters.slice(length).join('');
      restLength -= length;
    }
    lineLength = line === '' ? restLength : lineLength + 1 + restLength;
    line = line === '' ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}

function fit(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): number[] {
  const widths = columns.map(({ title }, index) =>
    rows.reduce((widest, row) => Math.max(widest, lengthOf(row[index] ?? '')), lengthOf(title)),
  );
  for (const turn of TURNS) {
    const giving = columns.flatMap((column, index) => {
      const narrowest = column.isElastic === true ? turn(column) : null;
      return narrowest === null ? [] : [{ index, narrowest }];
    });
    narrow(widths, giving, sumOf(widths) - width);
  }
  return widths;
}

/** How far an elastic column gives way at each turn; null where it is not its turn. */
const TURNS: readonly ((column: TableColumn) => number | null)[] = [
  ({ ample }) => ample ?? null,
  ({ givesFirst, narrowest }) => (givesFirst === true ? (narrowest ?? NARROWEST_ELASTIC) : null),
  ({ givesFirst, narrowest }) => (givesFirst === true ? null : (narrowest ?? NARROWEST_ELASTIC)),
];

/** Takes `excess` characters from the columns that are giving, always from the widest; fewer where none can give more. */
function narrow(
  widths: number[],
  giving: readonly { readonly index: number; readonly narrowest: number }[],
  excess: number,
): void {
  for (let left = excess; left > 0; left -= 1) {
    const [widest] = giving
      .filter(({ index, narrowest }) => (widths[index] ?? 0) > narrowest)
      .toSorted((one, other) => (widths[other.index] ?? 0) - (widths[one.index] ?? 0));
    if (widest === undefined) return;
    widths[widest.index] = (widths[widest.index] ?? 0) - 1;
  }
}

/** How wide columns are with the gaps between them. */
function sumOf(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, GAP.length * (widths.length - 1));
}

function lengthOf(text: string): number {
  return PAIRS.test(text) ? Array.from(text).length : text.length;
}

function lengthInUnits(text: string): number {
  return text.length;
}

/** Halves of characters: without any, a text has as many characters as code units. */
const PAIRS = /[\ud800-\udfff]/;
