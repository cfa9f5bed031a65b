/**
 * Days of the Gregorian calendar, by arithmetic alone.
 *
 * date-fns and `Date` reckon in local time, where some days do not exist (30 December 2011 in Samoa),
 * so that the same value could be a date on one machine and none on the next. Only names come from there.
 */
export interface Day {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const MS_PER_DAY = 86_400_000;
/** 1970-01-01 in Excel's count of days, which starts with 1900. */
const EPOCH_SERIAL = 25_569;

export function isRealDay(day: Day): boolean {
  return day.day >= 1 && day.day <= daysInMonth(day.year, day.month);
}

/** Zero for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && isLeapYear(year)) return 29;
  return MONTH_LENGTHS[month - 1] ?? 0;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** `YYYY-MM-DD`; such texts compare as the days do. */
export function isoOf(day: Day): string {
  return `${pad(day.year, 4)}-${pad(day.month, 2)}-${pad(day.day, 2)}`;
}

export function pad(count: number, width: number): string {
  return String(count).padStart(width, '0');
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((daysSinceEpoch(day) + 4) % 7) + 7) % 7;
}

/**
 * Days since 1970-01-01, negative before.
 * Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function daysSinceEpoch({ year, month, day }: Day): number {
  const yearFromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(yearFromMarch / 400);
  const yearOfEra = yearFromMarch - era * 400;
  const dayOfMarchYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfMarchYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function dayAfterEpoch(days: number): Day {
  const date = new Date(days * MS_PER_DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** The day that Excel shows for a whole number of its 1900 system, right from 61 (1 March 1900) on. */
export function dayOfExcelSerial(serial: number): Day {
  return dayAfterEpoch(serial - EPOCH_SERIAL);
}

/** ISO 8601 week date; null where the year has no such week. `weekday` is 1 (Monday) to 7. */
export function dayOfIsoWeek(year: number, week: number, weekday: number): Day | null {
  if (week < 1 || week > 53 || weekday < 1 || weekday > 7) return null;
  const start = startOfIsoYear(year) + (week - 1) * 7;
  return start < startOfIsoYear(year + 1) ? dayAfterEpoch(start + weekday - 1) : null;
}

/** The Monday of the week that holds 4 January. */
function startOfIsoYear(year: number): number {
  const fourth = { year, month: 1, day: 4 };
  return daysSinceEpoch(fourth) - ((weekdayOf(fourth) + 6) % 7);
}

/** Null where the year has no such day. */
export function dayOfYear(year: number, ordinal: number): Day | null {
  const day = dayAfterEpoch(daysSinceEpoch({ year, month: 1, day: 1 }) + ordinal - 1);
  return ordinal >= 1 && day.year === year ? day : null;
}
