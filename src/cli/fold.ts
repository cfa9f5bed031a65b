/** Narrower than this, every word would stand on a line of its own. */
const NARROWEST = 40;

/**
 * Lines that fit a terminal, broken between words and not within a command that is to be typed. A pipe gets them whole, and so does a
 * terminal that does not tell its width. What is indented is a layout of its own.
 */
export function fold(
  text: string,
  { isTTY, columns }: { readonly isTTY?: boolean; readonly columns?: number },
): string {
  if (isTTY !== true || columns === undefined || columns === 0) return text;
  const width = Math.max(columns, NARROWEST);
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith(' ') ? [line] : foldLine(line, width)))
    .join('\n');
}

/** A word that no line is long enough for, such as an address to open, stays whole. */
function foldLine(line: string, width: number): string[] {
  const words = line.replaceAll(/`[^`]+`/gu, (command) => command.replaceAll(' ', HELD)).split(' ');
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((each) => each.replaceAll(HELD, ' '));
}

/** For a space that no line breaks at; no message holds it. */
const HELD = '\u0001';
