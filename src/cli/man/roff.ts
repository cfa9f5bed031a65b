/** Text as roff shows it: nothing in it is taken for a request, and hyphens stay hyphens, to be copied. */
export function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('’', '\\(cq')
    .replaceAll('…', '...')
    .replace(/^([.'])/gmu, '\\&$1');
}

export function bold(text: string): string {
  return `\\fB${plain(text)}\\fP`;
}

export function section(title: string, ...blocks: readonly string[]): string {
  return [`.SH ${title}`, ...blocks].join('\n');
}

export function paragraph(text: string): string {
  return `.PP\n${plain(text)}`;
}

/** A term in its own line, what it means below it. */
export function item(term: string, text: string): string {
  return `.TP\n${term}\n${plain(text)}`;
}

/** Lines to be copied as they stand. */
export function verbatim(lines: readonly string[]): string {
  return ['.PP', '.RS 4', '.nf', ...lines.map(plain), '.fi', '.RE'].join('\n');
}
