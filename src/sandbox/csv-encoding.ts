/** What a CSV file does not say of itself: its encoding and its delimiter. */

/** Text of a table's bytes: UTF-8, UTF-16 with a byte order mark, else Windows-1252, which every byte fits. */
export function decodeTable(
  table: Uint8Array | string,
  name: string,
  onWarning: (message: string) => void,
): string {
  if (typeof table === 'string') return table.replace(/^\uFEFF/u, '');
  if (table[0] === 0xff && table[1] === 0xfe) return new TextDecoder('utf-16le').decode(table);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(table);
  } catch {
    onWarning(`${name} is not UTF-8; it was read as Windows-1252. Check a value with an accent.`);
    return decodeWindows1252(table);
  }
}

/**
 * By hand, because TextDecoder('windows-1252') of Node 20 takes the bytes from 0x80 to 0x9f for control characters,
 * where quotes, dashes and the euro sign stand. The five bytes without a meaning stay what they are, as WHATWG says.
 */
function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/gu, (control) => HIGH_1252.charAt(control.charCodeAt(0) - 0x80));
}

const HIGH_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const DELIMITERS = [',', ';', '\t', '|'] as const;
const SAMPLE_RECORDS = 50;
const SAMPLE_CHARACTERS = 100_000;

/** The delimiter that divides the first rows most alike, and the table without Excel's `sep=` line, which names it. */
export function findDelimiter(text: string): { delimiter: string; body: string } {
  const named = /^sep=([,;|\t])\r?\n/iu.exec(text);
  if (named?.[1] !== undefined) return { delimiter: named[1], body: text.slice(named[0].length) };
  let best: string = DELIMITERS[0];
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const score = evenness(countInRecords(text, delimiter));
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return { delimiter: best, body: text };
}

/** How many of the first rows have as many cells as the header, which must have two at least; more columns break a tie. */
function evenness(counts: readonly number[]): number {
  const header = counts[0] ?? 0;
  if (header === 0) return 0;
  const alike = counts.filter((count) => count === header).length;
  return alike / counts.length + Math.min(header, 999) / 1000;
}

/** How often `delimiter` stands outside quotes in each of the first rows. */
function countInRecords(text: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  const end = Math.min(text.length, SAMPLE_CHARACTERS);
  for (let index = 0; index < end && counts.length < SAMPLE_RECORDS; index += 1) {
    const character = text[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) count += 1;
    else if (character === '\n') {
      counts.push(count);
      count = 0;
    }
  }
  if (counts.length === 0) counts.push(count);
  return counts;
}
