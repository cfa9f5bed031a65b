import {
  certain,
  type DateText,
  dated,
  inBothCenturies,
  type Numbers,
  PLAIN,
} from './date-text.ts';
import { readDigits } from './digits.ts';
import type { Names } from './names.ts';
import { type Atom, scan } from './scan.ts';

/** A date with its month in words, or digits with a weekday. */
export function readWords(text: string, names: Names): DateText | null {
  const { atoms, tail } = scan(text);
  if (atoms.length < 3 || atoms.length > 10) return null;
  const day = dropLeading(atoms);
  const last = day.at(-1);
  const isBracketed = last?.gap.endsWith('(') === true && tail === ')';
  if (tail !== '' && !isBracketed) return null;
  return (
    (isBracketed ? null : readDayAtoms(day, names)) ??
    readWithWeekday(dropLeading(day.slice(1)), day[0], day[1]?.gap, names) ??
    readWithWeekday(day.slice(0, -1), last, last?.gap, names)
  );
}

/** Little words around and inside dates that say nothing more. */
const LEADING = new Set([
  'on',
  'this',
  'the',
  'dated',
  'date',
  'le',
  'el',
  'il',
  'den',
  'der',
  'op',
  'am',
  'em',
]);
const INNER = new Set(['of', 'the', 'de', 'del', 'den']);
const ORDINAL = /^(?:st|nd|rd|th|er|ste|º|ª)$/i;
/** The ones that may stand apart from their number: "14 th". */
const ENGLISH_ORDINAL = /^(?:st|nd|rd|th)$/i;

const AFTER_LEADING = /^[.:,]? ?$/;

/** Without the articles and the like before the date. */
function dropLeading(atoms: readonly Atom[]): Atom[] {
  const start = atoms.findIndex(
    (atom) => !LEADING.has(atom.text.toLowerCase()) || !AFTER_LEADING.test(atom.gap),
  );
  const [first, ...rest] = start === -1 ? [] : atoms.slice(start);
  if (first === undefined) return [];
  return [AFTER_LEADING.test(first.gap) ? { ...first, gap: '' } : first, ...rest];
}

function readDayAtoms(atoms: readonly Atom[], names: Names): DateText | null {
  return readNamed(dropInner(atoms), names) ?? readDigits(textOf(atoms));
}

function textOf(atoms: readonly Atom[]): string {
  return atoms.map((atom) => atom.gap + atom.text).join('');
}

/** Without "of" and "day of" between the parts, and without the endings of ordinal numbers. */
function dropInner(atoms: readonly Atom[]): Atom[] {
  return atoms.filter((atom, index) => {
    const before = atoms[index - 1];
    if (before === undefined) return true;
    return !(isEnding(atom, before) || isInner(atom, atoms[index + 1]));
  });
}

function isEnding({ text, gap }: Atom, before: Atom): boolean {
  if (!before.isNumber) return false;
  return gap === '' ? ORDINAL.test(text) : gap === ' ' && ENGLISH_ORDINAL.test(text);
}

function isInner({ text, gap }: Atom, after: Atom | undefined): boolean {
  const word = text.toLowerCase();
  const isDayOf = word === 'day' && after?.text.toLowerCase() === 'of';
  return (isDayOf || INNER.has(word)) && /^[.,]? $/.test(gap);
}

const AROUND_WEEKDAY = /^(?:[,.]{0,2} ?\(?|,)$/;

function readWithWeekday(
  rest: readonly Atom[],
  named: Atom | undefined,
  gap: string | undefined,
  names: Names,
): DateText | null {
  if (named === undefined || named.isNumber || gap === undefined || !AROUND_WEEKDAY.test(gap))
    return null;
  const weekdays = names.weekdaysNamed(named.text);
  if (weekdays.length === 0) return null;
  const day = readDayAtoms(rest, names);
  if (day === null) return null;
  const isEnglish = names.isEnglish(named.text);
  if (day.shape !== 'words' && !isEnglish && isAbbreviated(named.text)) return null;
  return { ...day, weekdays };
}

/** Three parts, of which one is a month's name. */
function readNamed(atoms: readonly Atom[], names: Names): DateText | null {
  const [first, second, third] = atoms;
  if (atoms.length !== 3 || first === undefined || second === undefined || third === undefined)
    return null;
  if (first.gap !== '') return null;
  const named = atoms.findIndex((atom) => !atom.isNumber);
  const word = atoms[named];
  const numbers = atoms.filter((atom) => atom.isNumber);
  const [early, late] = numbers;
  if (word === undefined || early === undefined || late === undefined) return null;
  const gaps = [second.gap, third.gap] as const;
  if (!gaps.every(isJoining) || isSpan(gaps)) return null;
  const months = names.monthsNamed(word.text);
  if (
    months.length === 0 ||
    (named === 0 && isAbbreviated(word.text) && !names.isEnglish(word.text))
  )
    return null;
  const parts = { months, early, late, position: named, gaps };
  return readLongYear(parts) ?? readShortYear(parts);
}

/**
 * In other languages than English, short names are common words too (`set`, `out`, `do`, `so`):
 * they are months at the start of a date only where they are written in full, and weekdays only beside a month's name.
 */
function isAbbreviated(word: string): boolean {
  return word.length <= 3;
}

interface NamedParts {
  readonly months: readonly number[];
  /** The two numbers, in the order of the text. */
  readonly early: Atom;
  readonly late: Atom;
  /** Where the month's name stands: 0, 1 or 2. */
  readonly position: number;
  readonly gaps: readonly [string, string];
}

/** What may stand between the parts of a date: a space, a dash, a slash, a full stop, a comma (with a space too many before it). */
const JOINING = /^(?:\.? ?,? ?'?|[.,] ?| ?[-/] ?| ?\. ?)$/;

function isJoining(gap: string): boolean {
  return JOINING.test(gap);
}

/** A dash or slash with spaces around it, once, joins two things rather than the parts of one date. */
function isSpan([left, right]: readonly [string, string]): boolean {
  return left.trim() !== right.trim() && (/ [-/]|[-/] /.test(left) || / [-/]|[-/] /.test(right));
}

/** With a year of four digits nothing else can be the year; but what follows "Aug 1868" is rather another year than a day. */
function readLongYear({ months, early, late, position }: NamedParts): DateText | null {
  if (position === 0 && early.text.length === 4) return null;
  const [year, day] = early.text.length === 4 ? [early, late] : [late, early];
  if (year.text.length !== 4 || day.text.length > 2) return null;
  const [month] = months;
  if (months.length === 1 && month !== undefined)
    return certain('words', { year: Number(year.text), month, day: Number(day.text) });
  const readings = dated(
    months.map((each): Numbers => [Number(year.text), each, Number(day.text), null]),
  );
  return { ...PLAIN, shape: 'words', readings };
}

/** 24-Sep-01, Aug 9, '96: the day stands beside the month and the year last, as courts and Excel write it. */
function readShortYear({ months, early, late, position, gaps }: NamedParts): DateText | null {
  if (position > 1 || late.text.length !== 2 || early.text.length > 2) return null;
  const hasMark = gaps[1].includes("'") || (position === 0 && gaps[1].includes(','));
  const isUniform = gaps[0].trim() === gaps[1].trim() && /[-/.]/.test(gaps[0]);
  const canBeYear = hasMark || Number(late.text) > 31 || (position === 1 && isUniform);
  if (!canBeYear || (position === 0 && /[-/]/.test(gaps[1]))) return null;
  const readings = dated(
    months.flatMap((month) => inBothCenturies(Number(late.text), month, Number(early.text), 'DMY')),
  ).map((reading) => ({ ...reading, orders: [], isShortYear: true }));
  return readings.length === 0 ? null : { ...PLAIN, shape: 'words', readings };
}
