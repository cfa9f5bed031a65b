import type { MessKind } from '../../model/mess.ts';
import { type Reason, say } from '../reason.ts';
import { dayOfExcelSerial, dayOfYear, isoOf } from './calendar.ts';
import type { DateText } from './date-text.ts';
import { englishMonth, type Names } from './names.ts';
import { canHoldDate, readDate } from './read.ts';
import { type Atom, scan, tidy } from './scan.ts';

/** Why a person must decide, and the dates that may be meant, as `YYYY-MM-DD` and best first. */
export interface Explanation {
  readonly reason: Reason;
  readonly suggestions: readonly string[];
}

/** So much of a long text is looked at. */
const LONGEST_LOOK = 300;

/** The days, as `YYYY-MM-DD` and best first, that a date inside of a longer text may mean. */
type DaysOf = (date: DateText) => readonly string[];

/** For a text that is not one date and nothing else; the first reason that fits is given. */
export function explain(text: string, names: Names, daysOf: DaysOf): Explanation {
  const tidied = tidy(text.slice(0, LONGEST_LOOK));
  if (tidied === '') return plain('nothing', 'nothing to read: the value is blank');
  if (ZEROS.test(tidied)) return plain('nothing', 'zeros stand for no date');
  const dates = findDates(tidied, names);
  const suggestions = suggest(dates, daysOf);
  if (dates.length > 1) return { reason: say('several', 'holds more than one date'), suggestions };
  const sign = SIGNS.find(({ pattern }) => pattern.test(tidied));
  if (sign !== undefined) return { reason: sign.reason, suggestions };
  if (dates.length === 1)
    return {
      reason: say('notes', 'says more than a date, and the rest would be lost'),
      suggestions,
    };
  return (
    explainNumber(tidied) ??
    explainSlip(tidied, names, daysOf) ??
    explainPart(tidied, names) ??
    plain('unclear', 'no date that can be read with certainty')
  );
}

function plain(kind: MessKind, because: string): Explanation {
  return { reason: say(kind, because), suggestions: [] };
}

const ZEROS = /^0+(?:[-/. :]+0+)*$/;

const RELATIVE = say('inexact', 'relative: which day is meant depends on when it was written');
const UNCERTAIN = say('inexact', 'uncertain: an exact date would claim more than is known');

/** What people write where they do not know, or mean more or less than one day. */
const SIGNS: readonly { readonly pattern: RegExp; readonly reason: Reason }[] = [
  {
    pattern: words(
      'tbd|tba|tbc|n/a|none|nil|pending|unknown|not (?:yet|known|set)|no date|undated',
    ),
    reason: say('nothing', 'says that there is no date, or none yet'),
  },
  {
    pattern: words(
      'today|tomorrow|yesterday|tonight|now|ago|hence|next|last|this|later|upcoming|past|coming|within',
    ),
    reason: RELATIVE,
  },
  { pattern: /^[+-] ?\d+ ?[a-z]/i, reason: RELATIVE },
  {
    pattern: words(
      'circa|ca|c|approx|approximately|about|around|environ|vers|maybe|perhaps|probably|possibly|presumed|uncertain|unsure|est|estimated|guess|roughly',
    ),
    reason: UNCERTAIN,
  },
  { pattern: /[?~]/, reason: UNCERTAIN },
  {
    pattern: words(
      'before|after|until|till|since|prior|by|earlier|than|from|between|avant|depuis|vor|nach|seit',
    ),
    reason: say('inexact', 'a bound or a span, not one day'),
  },
  {
    pattern: words('or|and|to|through|thru|ou|und|oder|bis|et'),
    reason: say('inexact', 'a span, or more than one date'),
  },
  {
    pattern: /\d ?(?:-|\.\.|&) ?[\p{L}\d].*\d{4}/u,
    reason: say('ambiguous', 'perhaps a span, or more than one date'),
  },
  {
    pattern: words('spring|summer|autumn|fall|winter|century|decade|quarter|\\d{2,4}s|q[1-4]'),
    reason: say('inexact', 'partial: no single day is named'),
  },
  {
    pattern: /\d ?: ?\d|\d ?[ap]\.? ?m(?!\p{L})/iu,
    reason: say('notes', 'holds a time of day, which would be lost'),
  },
  {
    pattern: /[[({]/,
    reason: say('notes', 'holds something in brackets, which would be lost'),
  },
];

/** Each as a whole word. */
function words(alternatives: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${alternatives})(?![\p{L}\d])`, 'iu');
}

/** The dates inside a text: three neighbouring parts that are one, none of them used twice. */
function findDates(text: string, names: Names): DateText[] {
  if (!canHoldDate(text)) return [];
  const { atoms } = scan(text);
  const dates: DateText[] = [];
  let start = 0;
  while (start + 2 < atoms.length) {
    const date = readPart(atoms.slice(start, start + 3), names);
    if (date !== null) dates.push(date);
    start += date === null ? 1 : 3;
  }
  return dates;
}

function readPart(atoms: readonly Atom[], names: Names): DateText | null {
  if (atoms.filter(({ isNumber }) => isNumber).length < 2) return null;
  const parts = atoms.map(({ gap, text }, index) => (index === 0 ? '' : gap) + text);
  const date = readDate(parts.join(''), names);
  return date === null || date.readings.length === 0 ? null : date;
}

const MOST_SUGGESTIONS = 6;

function suggest(dates: readonly DateText[], daysOf: DaysOf): string[] {
  return [...new Set(dates.flatMap(daysOf))].slice(0, MOST_SUGGESTIONS);
}

/** Days that Excel counts from 1927 to 2099: below, a number is rather a year. */
const EXCEL_SERIALS = { first: 10_000, last: 73_050 } as const;

function explainNumber(text: string): Explanation | null {
  if (/^\d{4}$/.test(text)) return plain('inexact', 'partial: a year without month and day');
  if (/^(?:\d{4}[-/. ]\d{1,2}|\d{1,2}[-/. ]\d{4})$/.test(text))
    return plain('inexact', 'partial: a month and a year without a day');
  if (/^\d{1,2}[-/.]\d{1,2}$/.test(text))
    return plain('inexact', 'partial: a day and a month without a year');
  if (/^\d{4}-\d{3}$/.test(text)) {
    const day = dayOfYear(Number(text.slice(0, 4)), Number(text.slice(5)));
    return {
      reason: say('ambiguous', 'perhaps a year and a day of the year, perhaps another number'),
      suggestions: day === null ? [] : [isoOf(day)],
    };
  }
  if (/^-?\d{10}(?:\d{3}|\d{6})?$/.test(text))
    return plain('ambiguous', "perhaps a computer's time stamp: it is never guessed at");
  if (/^\d{5}$/.test(text) && isExcelSerial(Number(text)))
    return {
      reason: say(
        'spreadsheet',
        'perhaps a day number of Excel, which is read only with excelSerials: true',
      ),
      suggestions: [isoOf(dayOfExcelSerial(Number(text)))],
    };
  return /^[\d.,]+$/.test(text) ? plain('impossible', 'a number, not a date') : null;
}

export function isExcelSerial(serial: number): boolean {
  return serial >= EXCEL_SERIALS.first && serial <= EXCEL_SERIALS.last;
}

/** A month and a year, a day without a year. */
function explainPart(text: string, names: Names): Explanation | null {
  const { atoms } = scan(text);
  const hasMonth = atoms.some((atom) => !atom.isNumber && names.monthsNamed(atom.text).length > 0);
  const numbers = atoms.filter((atom) => atom.isNumber);
  const isShort = atoms.length <= 4;
  if (isShort && hasMonth && numbers.some((atom) => atom.text.length === 4))
    return plain('inexact', 'partial: a month and a year without a day');
  if (isShort && hasMonth)
    return plain('inexact', 'partial: no complete date with day, month and year');
  if (isShort && numbers.length > 0 && numbers.length === atoms.length)
    return plain(
      'ambiguous',
      'no complete date: day, month and year cannot be told from these numbers',
    );
  if (isShort && atoms.some((atom) => !atom.isNumber && names.weekdaysNamed(atom.text).length > 0))
    return plain('inexact', 'relative: a weekday without a date');
  return null;
}

/** "15 Janury 2025": what it would be if a word that begins like one month were that month. */
function explainSlip(text: string, names: Names, daysOf: DaysOf): Explanation | null {
  const word = scan(text).atoms.find((atom) => !atom.isNumber && atom.text.length >= SHORTEST_SLIP);
  if (word === undefined) return null;
  const [month, ...others] = names.monthsNamed(word.text.slice(0, 3));
  if (month === undefined || others.length > 0 || names.monthsNamed(word.text).length > 0)
    return null;
  const date = readDate(text.replace(word.text, englishMonth(month)), names);
  return date === null
    ? null
    : {
        reason: say('ambiguous', `perhaps ${englishMonth(month)}, misspelt as ${word.text}`),
        suggestions: suggest([date], daysOf),
      };
}

const SHORTEST_SLIP = 4;
