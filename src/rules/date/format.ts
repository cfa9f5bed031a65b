import { type Day, isRealDay, pad } from './calendar.ts';
import { englishMonth } from './names.ts';

/** How dates are written into a text field, and read back from there. */
export interface DateFormat {
  print(day: Day): string;
  /** Null unless `text` is exactly what `print` makes of a day. */
  parse(text: string): Day | null;
}

const TOKEN = /YYYY|MMMM|MMM|MM|M|DD|D|[A-Za-z]+|[^A-Za-z]+/g;

type Part = 'year' | 'month' | 'day';

interface Token {
  readonly part: Part;
  readonly pattern: string;
  readonly print: (day: Day) => string;
}

const MONTH_NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const MONTH_NAMES = MONTH_NUMBERS.map(englishMonth);
const SHORT_MONTH_NAMES = MONTH_NAMES.map((name) => name.slice(0, 3));

const TOKENS: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['YYYY', { part: 'year', pattern: String.raw`\d{4}`, print: ({ year }) => pad(year, 4) }],
  [
    'MMMM',
    { part: 'month', pattern: MONTH_NAMES.join('|'), print: ({ month }) => englishMonth(month) },
  ],
  [
    'MMM',
    {
      part: 'month',
      pattern: SHORT_MONTH_NAMES.join('|'),
      print: ({ month }) => englishMonth(month).slice(0, 3),
    },
  ],
  ['MM', { part: 'month', pattern: String.raw`\d{2}`, print: ({ month }) => pad(month, 2) }],
  ['M', { part: 'month', pattern: String.raw`[1-9]\d?`, print: ({ month }) => String(month) }],
  ['DD', { part: 'day', pattern: String.raw`\d{2}`, print: ({ day }) => pad(day, 2) }],
  ['D', { part: 'day', pattern: String.raw`[1-9]\d?`, print: ({ day }) => String(day) }],
]);

/** What is wrong with a format, in words; null where nothing is. */
export function faultOf(format: string): string | null {
  const pieces = format.match(TOKEN) ?? [];
  const tokens = pieces.flatMap((piece) => TOKENS.get(piece) ?? []);
  if (pieces.some((piece) => /[A-Za-z]/.test(piece) && !TOKENS.has(piece)))
    return 'knows only YYYY, MMMM, MMM, MM, M, DD and D';
  if (pieces.some((piece) => /\d/.test(piece))) return 'must hold no digits';
  if (
    tokens
      .map(({ part }) => part)
      .toSorted()
      .join(' ') !== 'day month year'
  )
    return 'must hold the year (YYYY), the month and the day once each';
  const touches = pieces.some(
    (piece, index) => isBare(piece) && TOKENS.has(pieces[index + 1] ?? ''),
  );
  const isTouched = pieces.some((piece, index) => TOKENS.has(piece) && isBare(pieces[index + 1]));
  if (touches || isTouched) return 'must have something between M or D and its neighbours';
  return null;
}

/** A number that is one digit long or two. */
function isBare(piece: string | undefined): boolean {
  return piece === 'M' || piece === 'D';
}

/** In which order a format names month and day in digits; null where no order could be mistaken. */
export function orderOf(format: string): 'MDY' | 'DMY' | null {
  if (format.startsWith('YYYY') || format.includes('MMM')) return null;
  return format.indexOf('M') < format.indexOf('D') ? 'MDY' : 'DMY';
}

export function dateFormat(format: string): DateFormat {
  const pieces = format.match(TOKEN) ?? [];
  const tokens = pieces.flatMap((piece) => TOKENS.get(piece) ?? []);
  const pattern = pieces.map((piece) => patternOf(piece)).join('');
  const expression = new RegExp(`^${pattern}$`);

  function print(day: Day): string {
    return pieces.map((piece) => TOKENS.get(piece)?.print(day) ?? piece).join('');
  }

  function parse(text: string): Day | null {
    const groups = expression.exec(text)?.slice(1);
    if (groups === undefined) return null;
    const found: Record<Part, number> = { year: 0, month: 0, day: 0 };
    for (const [index, token] of tokens.entries())
      found[token.part] = numberOf(groups[index] ?? '');
    return isRealDay(found) && print(found) === text ? found : null;
  }

  return { print, parse };
}

function patternOf(piece: string): string {
  const token = TOKENS.get(piece);
  return token === undefined
    ? piece.replaceAll(/[^\p{L}\p{N}\s]/gu, String.raw`\$&`)
    : `(${token.pattern})`;
}

function numberOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return MONTH_NAMES.findIndex((name) => name.startsWith(text)) + 1;
}
