import { type Day, isoOf } from './calendar.ts';
import { type CenturyRules, chooseCentury, usualFirst } from './century.ts';
import { type Evidence, ORDER_WORDS, withWeekday } from './evidence.ts';
import { englishMonth, englishWeekday } from './names.ts';
import type { DateText, Order, Reading } from './read.ts';

/** What the rules file says about how dates are to be read. */
export interface Preferences extends CenturyRules {
  readonly order: Order | 'infer';
  readonly locale: string;
  /** What the rules file's locale says of day and month; null where it says nothing. */
  readonly localeOrder: Order | null;
}

interface Chosen {
  readonly day: Day;
  readonly because: readonly string[];
}

interface Open {
  readonly day: null;
  readonly reason: string;
  readonly suggestions: readonly string[];
}

export type Choice = Chosen | Open;

/** Which day a text means: by its weekday, then by the order of day and month, then by the century. */
export function chooseDay(text: DateText, preferences: Preferences, evidence: Evidence): Choice {
  const { impossible } = text;
  if (impossible !== null)
    return {
      day: null,
      reason: `no such day: ${impossible.because}`,
      suggestions: impossible.suggestions,
    };
  const onWeekday = withWeekday(text);
  if (onWeekday.length === 0) return contradictsWeekday(text, preferences);
  const inOneOrder = chooseOrder(text, onWeekday, preferences, evidence);
  if ('reason' in inOneOrder) return inOneOrder;
  const { readings, because } = inOneOrder;
  const [first, ...others] = readings;
  if (first !== undefined && others.length === 0 && !first.isShortYear)
    return { day: first.day, because };
  if (!isSettled(readings))
    return ambiguous(readings, preferences, 'languages disagree on the name of the month');
  const century = chooseCentury(readings, preferences, evidence);
  if (century.day === null) return open(century.because, readings, preferences);
  return { day: century.day, because: [...because, century.because] };
}

function open(reason: string, readings: readonly Reading[], { pivot }: Preferences): Open {
  return {
    day: null,
    reason,
    suggestions: inUsualOrder(readings, pivot).map(({ day }) => isoOf(day)),
  };
}

function inUsualOrder(
  readings: readonly Reading[],
  pivot: Preferences['pivot'],
): readonly Reading[] {
  return readings.every(({ isShortYear }) => isShortYear) ? usualFirst(readings, pivot) : readings;
}

function contradictsWeekday(text: DateText, preferences: Preferences): Open {
  const named = text.weekdays.map(englishWeekday).join(' or ');
  return open(
    `the weekday contradicts the date: ${listed(text.readings, preferences)} is no ${named}`,
    text.readings,
    preferences,
  );
}

interface InOneOrder {
  readonly readings: readonly Reading[];
  readonly because: readonly string[];
}

/** The rules file first, then the value itself, then the column, then the locale. */
function chooseOrder(
  text: DateText,
  readings: readonly Reading[],
  preferences: Preferences,
  evidence: Evidence,
): InOneOrder | Open {
  const orders = [...new Set(readings.flatMap((reading) => reading.orders))];
  if (orders.length === 0) return { readings, because: [] };
  if (preferences.order !== 'infer') return followRules(readings, preferences.order, preferences);
  const finding = evidence.orderOf(text.shape);
  const namedOrders = orders.map((order) => ORDER_WORDS[order]).join(' or ');
  if (isSettled(readings)) {
    if (finding.usual !== null && inOrder(readings, finding.usual).length === 0)
      return open(`can only be ${namedOrders}, but ${finding.because}`, readings, preferences);
    if (text.weekdays.length > 0) return { readings, because: ['its weekday fits'] };
    if (preferences.pivot !== 'infer' || readings.every((each) => !each.isShortYear))
      return { readings, because: orders.length === 1 ? [`can only be ${namedOrders}`] : [] };
  }
  const fitting = finding.order === null ? [] : inOrder(readings, finding.order);
  if (fitting.length > 0) return { readings: fitting, because: [finding.because] };
  const { localeOrder } = preferences;
  if (
    localeOrder !== null &&
    finding.order === null &&
    canFollowLocale(text, localeOrder, readings)
  )
    return {
      readings: inOrder(readings, localeOrder),
      because: [`${ORDER_WORDS[localeOrder]}, as the locale ${preferences.locale} writes it`],
    };
  return isSettled(readings)
    ? open('a year of two digits in a date whose order nothing vouches for', readings, preferences)
    : ambiguous(readings, preferences, finding.because);
}

function followRules(
  readings: readonly Reading[],
  order: Order,
  preferences: Preferences,
): InOneOrder | Open {
  const fitting = inOrder(readings, order);
  if (fitting.length > 0)
    return { readings: fitting, because: [`${ORDER_WORDS[order]}, as the rules file says`] };
  return open(
    `cannot be read ${ORDER_WORDS[order]}, as the rules file says (order: ${order})`,
    readings,
    preferences,
  );
}

function inOrder(readings: readonly Reading[], order: Order): readonly Reading[] {
  return readings.filter(({ orders }) => orders.length === 0 || orders.includes(order));
}

/** Whether all readings are the same day, but for the century. */
function isSettled(readings: readonly Reading[]): boolean {
  const [first] = readings;
  return readings.every(
    ({ day, isShortYear }) =>
      day.month === first?.day.month &&
      day.day === first.day.day &&
      (day.year === first.day.year || (isShortYear && (day.year - first.day.year) % 100 === 0)),
  );
}

/** A locale that writes months first does not vouch for dots, which its people hardly use; nor for digits alone. */
function canFollowLocale(text: DateText, order: Order, readings: readonly Reading[]): boolean {
  if (text.shape === 'digits' || (text.shape === '.' && order === 'MDY')) return false;
  return inOrder(readings, order).length > 0;
}

function ambiguous(readings: readonly Reading[], preferences: Preferences, because: string): Open {
  const clause = because === '' ? '' : `; ${because}`;
  return open(
    `can be read in more than one way: ${listed(readings, preferences)}${clause}`,
    readings,
    preferences,
  );
}

/** The days in words; with two-digit years those of the usual century, so that the list stays short. */
function listed(readings: readonly Reading[], { pivot }: Preferences): string {
  const ordered = inUsualOrder(readings, pivot);
  const shown = ordered.some(({ isShortYear }) => isShortYear)
    ? ordered.slice(0, Math.ceil(ordered.length / 2))
    : ordered;
  return shown.map(({ day }) => writtenOut(day)).join(' or ');
}

export function writtenOut({ year, month, day }: Day): string {
  return `${day} ${englishMonth(month)} ${year}`;
}
