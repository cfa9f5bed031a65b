import { dayOfIsoWeek } from './calendar.ts';
import {
  certain,
  type DateText,
  dated,
  inBothCenturies,
  noSuchDay,
  PLAIN,
  type Reading,
  type Shape,
} from './date-text.ts';

const YEAR_FIRST = /^(\d{4})(?:( ?[-/. ] ?)(\d{1,2})\2(\d{1,2})|年 ?(\d{1,2})月 ?(\d{1,2})日?)$/;
const YEAR_LAST = /^(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{1,2})$/;
const EIGHT_DIGITS = /^\d{8}$/;

/** A date in digits alone; null where `text` is none. */
export function readDigits(text: string): DateText | null {
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
  return EIGHT_DIGITS.test(text) ? readEightDigits(text) : readWeek(text);
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
