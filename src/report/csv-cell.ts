/** One line of CSV (RFC 4180), every cell guarded. */
export function csvLine(cells: readonly string[]): string {
  let line = '';
  let separator = '';
  for (const cell of cells) {
    line += separator;
    // Many cells are empty, and many lines are written.
    if (cell !== '') line += quote(cell);
    separator = ',';
  }
  return `${line}\r\n`;
}

/**
 * A spreadsheet takes a cell that begins with one of `= + - @` or a control character for a formula, in quotes or not
 * (OWASP, CSV Injection). An apostrophe in front stops that; a cell that begins with one gets a second, so that
 * taking one away from every cell that has one gives the value back.
 */
function quote(cell: string): string {
  const guarded = GUARDED.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** The value of a guarded cell; one that a person typed without a guard is left as it is. */
export function unguard(cell: string): string {
  return cell.startsWith("'") && GUARDED.test(cell.slice(1)) ? cell.slice(1) : cell;
}

const GUARDED = /^[=+\-@\t\r\n']/u;
