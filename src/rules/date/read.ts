import { type Day, dayOfIsoWeek, daysInMonth, isRealDay, isoOf } from './calendar.ts';
import { englishMonth, type Names } from './names.ts';
import { type Atom, scan, tidy } from './scan.ts';
import { splitTime, type Timed } from './time-of-day.ts';

export const ORDERS = ['MDY', 'DMY', 'YMD'] as const;

/** In which order a date in digits names month, day and year. */
export type Order = (typeof ORDERS)[number];

/** One day that a text can mean. */
export interface Reading {
  readonly day: Day;
  /** The orders that lead to this day; empty where the text itself says which number is which. */
  readonly orders: readonly Order[];
  /** The year was written with two digits, and this reading's century is a guess. */
  readonly isShortYear: boolean;
}

/** How a date is written, where that bears on what it means; `words` names its month. */
export type Shape = '/' | '-' | '.' | ' ' | 'digits' | 'words' | 'year first' | 'week';

/** A text that is one date, and nothing else but perhaps a weekday and a time of day. */
export interface DateText {
  readonly shape: Shape;
  /** All that it can mean; empty where there is no such day. */
  readonly readings: readonly Reading[];
  /** 0 (Sunday) to 6; empty where none is named, several where languages disagree on the word. */
  readonly weekdays: readonly number[];
  readonly time: Timed | null;
  /** Where there is no such day: why, and what may be meant. */
  readonly impossible: Impossible | null;
}

export interface Impossible {
  readonly because: string;
  readonly suggestions: readonly string[];
}

/** Longer texts are not dates; the longest date with weekday, time and zone stays below. */
const LONGEST_DATE = 100;

/** Null where `text` is not one date and nothing else. */
export function readDate(text: string, names: Names): DateText | null {
  if (text.length > LONGEST_DATE * 2 || !canHoldDate(text)) return null;
  const tidied = trimOuter(tidy(text));
  if (tidied === '' || tidied.length > LONGEST_DATE) return null;
  const whole = readDay(tidied, names);
  if (whole !== null) return whole;
  const timed = splitTime(tidied);
  if (timed === null) return null;
  const day = readDay(trimOuter(timed.rest), names);
  return day === null ? null : { ...day, time: timed };
}

/** A quick look that spares most texts the reading: every date has two numbers, or eight digits. */
export function canHoldDate(text: string): boolean {
  return /\d\D+\d|\d{8}/.test(text);
}

/** Quotation marks around the whole, Excel's leading apostrophe and closing punctuation say nothing. */
function trimOuter(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING.includes(text.charAt(end - 1))) end -= 1;
  let start = 0;
  while (start < end && OPENING.includes(text.charAt(start))) start += 1;
  return text.slice(start, end);
}

const CLOSING = ' .,;\'"';
const OPENING = ' \'"';

function readDay(text: string, names: Names): DateText | null {
  return readNumbers(text) ?? readWeek(text) ?? readWords(text, names);
}

const YEAR_FIRST = /^(\d{4})(?:( ?[-/. ] ?)(\d{1,2})\2(\d{1,2})|年 ?(\d{1,2})月 ?(\d{1,2})日?)$/;
const YEAR_LAST = /^(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{1,2})$/;
const EIGHT_DIGITS = /^\d{8}$/;

/** A date in digits alone. */
function readNumbers(text: string): DateText | null {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year, , month, day, eastMonth, eastDay] = yearFirst;
    return certain('year first', {
      year: Number(year),
      month: Number(month ?? eastMonth),
      day: Number(day ?? eastDay),
    });
  }
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) {
    const [, first = '', separator = '', second = '', third = ''] = yearLast;
    return readTriple(first, second, third, separatorShape(separator));
  }
  return EIGHT_DIGITS.test(text) ? readEightDigits(text) : null;
}

function separatorShape(separator: string): Shape {
  return separator === '/' || separator === '-' || separator === '.' ? separator : ' ';
}

/** Three numbers of which the first is no year of four digits. */
function readTriple(first: string, second: string, third: string, shape: Shape): DateText | null {
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  if (third.length === 4) {
    const readings = dated([
      [c, a, b, 'MDY'],
      [c, b, a, 'DMY'],
    ]);
    return {
      ...PLAIN,
      shape,
      readings,
      impossible: readings.length > 0 ? null : noSuchDay(c, a, b),
    };
  }
  const readings = dated([
    ...(third.length === 2 ? inBothCenturies(c, a, b, 'MDY') : []),
    ...(third.length === 2 ? inBothCenturies(c, b, a, 'DMY') : []),
    ...(first.length === 2 ? inBothCenturies(a, b, c, 'YMD') : []),
  ]).map((reading) => ({ ...reading, isShortYear: true }));
  return readings.length === 0 ? null : { ...PLAIN, shape, readings };
}

const PLAIN = { weekdays: [], time: null, impossible: null } as const;

type Numbers = readonly [year: number, month: number, day: number, order: Order | null];

function inBothCenturies(year: number, month: number, day: number, order: Order): Numbers[] {
  return [
    [1900 + year, month, day, order],
    [2000 + year, month, day, order],
  ];
}

/** The days that exist, each once. */
function dated(candidates: readonly Numbers[]): Reading[] {
  const readings: Reading[] = [];
  for (const [year, month, day, order] of candidates) {
    const reading = {
      day: { year, month, day },
      orders: order === null ? [] : [order],
      isShortYear: false,
    };
    if (!isRealDay(reading.day)) continue;
    const same = readings.findIndex((each) => isSameDay(each.day, reading.day));
    const present = readings[same];
    if (present === undefined) readings.push(reading);
    else readings[same] = { ...present, orders: [...present.orders, ...reading.orders] };
  }
  return readings;
}

function isSameDay(left: Day, right: Day): boolean {
  return left.year === right.year && left.month === right.month && left.day === right.day;
}

function certain(shape: Shape, day: Day): DateText {
  const readings = dated([[day.year, day.month, day.day, null]]);
  const impossible = readings.length > 0 ? null : noSuchDay(day.year, day.month, day.day);
  return { ...PLAIN, shape, readings, impossible };
}

function noSuchDay(year: number, month: number, day: number): Impossible {
  if (month === 0 || day === 0)
    return { because: 'zeros stand for what is not known', suggestions: [] };
  const last = daysInMonth(year, month);
  if (last > 0 && day > last && day <= 31)
    return {
      because: `${englishMonth(month)} ${year} has only ${last} days`,
      suggestions: [isoOf({ year, month, day: last })],
    };
  const swapped = { year, month: day, day: month };
  return {
    because: `there is no month ${month} with a day ${day}`,
    suggestions: isRealDay(swapped) ? [isoOf(swapped)] : [],
  };
}

/** Years that eight digits may begin with and still be a date beyond doubt. */
const EVIDENT_YEARS = { first: 1800, last: 2099 } as const;

/** 20190501 is year first; other orders of eight digits count only where the rules file names them. */
function readEightDigits(text: string): DateText | null {
  const at = (start: number, end: number) => Number(text.slice(start, end));
  const yearFirst = dated([[at(0, 4), at(4, 6), at(6, 8), null]]).filter(isEvident);
  if (yearFirst.length > 0) return { ...PLAIN, shape: 'year first', readings: yearFirst };
  const readings = dated([
    [at(4, 8), at(0, 2), at(2, 4), 'MDY'],
    [at(4, 8), at(2, 4), at(0, 2), 'DMY'],
  ]).filter(isEvident);
  return readings.length === 0 ? null : { ...PLAIN, shape: 'digits', readings };
}

function isEvident({ day }: Reading): boolean {
  return day.year >= EVIDENT_YEARS.first && day.year <= EVIDENT_YEARS.last;
}

const WEEK_DATE = /^(\d{4})-?W(\d{2})-?([1-7])$/;

/** An ISO 8601 week date with its day: 2019-W18-3. */
function readWeek(text: string): DateText | null {
  const match = WEEK_DATE.exec(text);
  if (match === null) return null;
  const [, year, week, weekday] = match;
  const day = dayOfIsoWeek(Number(year), Number(week), Number(weekday));
  return day === null ? null : certain('week', day);
}

/** Little words around and inside dates that say nothing more. */
const LEADING = new Set([
  'on',
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

/** A date with its month in words, or digits with a weekday. */
function readWords(text: string, names: Names): DateText | null {
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
  return readNamed(dropInner(atoms), names) ?? readNumbers(textOf(atoms));
}

function textOf(atoms: readonly Atom[]): string {
  return atoms.map((atom) => atom.gap + atom.text).join('');
}

/** Without "of" between the parts, and without the endings of ordinal numbers. */
function dropInner(atoms: readonly Atom[]): Atom[] {
  return atoms.filter(({ text, gap }, index) => {
    const word = text.toLowerCase();
    const isEnding = gap === '' && ORDINAL.test(word) && atoms[index - 1]?.isNumber === true;
    return !isEnding && !(index > 0 && INNER.has(word) && /^[.,]? $/.test(gap));
  });
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

/** What may stand between the parts of a date: a space, a dash, a slash, a full stop, a comma. */
const JOINING = /^(?:\.?,? ?'?|[.,] ?| ?[-/] ?| ?\. ?)$/;

function isJoining(gap: string): boolean {
  return JOINING.test(gap);
}

/** A dash or slash with spaces around it, once, joins two things rather than the parts of one date. */
function isSpan([left, right]: readonly [string, string]): boolean {
  return left.trim() !== right.trim() && (/ [-/]|[-/] /.test(left) || / [-/]|[-/] /.test(right));
}

/** With a year of four digits nothing else can be the year, whatever the order. */
function readLongYear({ months, early, late }: NamedParts): DateText | null {
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
