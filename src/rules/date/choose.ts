import { type Reason, say } from '../reason.ts';
import { type Day, isoOf } from './calendar.ts';
import { type CenturyRules, chooseCentury, usualFirst } from './century.ts';
import type { DateText, Order, Reading } from './date-text.ts';
import { type Evidence, ORDER_WORDS, type OrderFinding, withWeekday } from './evidence.ts';
import { englishMonth, englishWeekday } from './names.ts';

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
  readonly reason: Reason;
  readonly suggestions: readonly string[];
}

export type Choice = Chosen | Open;

/** Which day a text means: by its weekday, then by the order of day and month, then by the century. */
export function chooseDay(text: DateText, preferences: Preferences, evidence: Evidence): Choice {
  const { impossible } = text;
  if (impossible !== null)
    return {
      day: null,
      reason: say(impossible.kind, `no such day: ${impossible.because}`),
      suggestions: impossible.suggestions,
    };
  const onWeekday = withWeekday(text);
  if (onWeekday.length === 0) return contradictsWeekday(text, preferences);
  const inOneOrder = chooseOrder(text, onWeekday, preferences, evidence);
  if ('reason' in inOneOrder) return inOneOrder;
  const { readings, because, isVouchedFor } = inOneOrder;
  const [first, ...others] = readings;
  if (first !== undefined && others.length === 0 && !first.isShortYear)
    return { day: first.day, because };
  if (!isSettled(readings))
    return ambiguous(readings, preferences, 'languages disagree on the name of the month');
  const century = chooseCentury(readings, preferences, isVouchedFor ? evidence : null);
  if (century.day === null)
    return open(say('ambiguous', century.because), inBothCenturies(text, readings), preferences);
  return { day: century.day, because: [...because, century.because] };
}

/**
 * The days that a date inside of a longer text may mean, as `YYYY-MM-DD` and best first: none that the rules file's order leaves out,
 * and one alone where that or the column decides.
 */
export function possibleDays(
  text: DateText,
  preferences: Preferences,
  evidence: Evidence,
): readonly string[] {
  const { order } = preferences;
  if (order !== 'infer' && inOrder(text.readings, order).length === 0) return [];
  const choice = chooseDay(text, preferences, evidence);
  return choice.day === null ? choice.suggestions : [isoOf(choice.day)];
}

/** What a day may mean where its century is open: in the other one too, where its weekday is another. */
function inBothCenturies(
  { readings, weekdays }: DateText,
  chosen: readonly Reading[],
): readonly Reading[] {
  return weekdays.length === 0
    ? chosen
    : readings.filter(({ day }) =>
        chosen.some((each) => each.day.month === day.month && each.day.day === day.day),
      );
}

function open(reason: Reason, readings: readonly Reading[], { pivot }: Preferences): Open {
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
    say(
      'impossible',
      `the weekday contradicts the date: ${listed(text.readings, preferences)} is no ${named}`,
    ),
    text.readings,
    preferences,
  );
}

interface InOneOrder {
  readonly readings: readonly Reading[];
  readonly because: readonly string[];
  /** Whether more than the value itself speaks for the order: a lone 5/13/25 in a field may as well be of 1925. */
  readonly isVouchedFor: boolean;
}

/** The rules file first, then the value itself, then the column, then the locale. */
function chooseOrder(
  text: DateText,
  readings: readonly Reading[],
  preferences: Preferences,
  evidence: Evidence,
): InOneOrder | Open {
  const orders = [...new Set(readings.flatMap((reading) => reading.orders))];
  if (orders.length === 0) return { readings, because: [], isVouchedFor: true };
  if (preferences.order !== 'infer') return followRules(readings, preferences.order, preferences);
  if (text.shape === 'digits')
    return open(
      say('ambiguous', 'eight digits are read only year first, or as the rules file says'),
      readings,
      preferences,
    );
  const finding = evidence.orderOf(
    text.shape,
    readings.some(({ isShortYear }) => isShortYear),
  );
  const vouched =
    followColumn(readings, finding) ?? followLocale(text, readings, preferences, finding);
  if (!isSettled(readings)) return vouched ?? ambiguous(readings, preferences, finding.because);
  const only = `can only be ${orders.map((order) => ORDER_WORDS[order]).join(' or ')}`;
  if (finding.usual !== null && inOrder(readings, finding.usual).length === 0)
    return open(say('notation', `${only}, but ${finding.because}`), readings, preferences);
  if (leavesLocale(text, readings, preferences))
    return open(
      say('notation', `by its weekday it ${only}, unlike the locale ${preferences.locale}`),
      text.readings,
      preferences,
    );
  return {
    readings,
    because: orders.length === 1 ? [only] : [],
    isVouchedFor: vouched !== null,
  };
}

function followRules(
  readings: readonly Reading[],
  order: Order,
  preferences: Preferences,
): InOneOrder | Open {
  const words = `${ORDER_WORDS[order]}, as the rules file says`;
  const fitting = inOrder(readings, order);
  return fitting.length > 0
    ? { readings: fitting, because: [words], isVouchedFor: true }
    : open(say('notation', `cannot be read ${words} (order: ${order})`), readings, preferences);
}

function followColumn(
  readings: readonly Reading[],
  { order, because }: OrderFinding,
): InOneOrder | null {
  const fitting = order === null ? [] : inOrder(readings, order);
  return fitting.length === 0
    ? null
    : { readings: fitting, because: [because], isVouchedFor: true };
}

/**
 * Where no value of the column speaks against it, but for slips.
 * A locale that writes months first does not vouch for dots, which its people hardly use.
 */
function followLocale(
  { shape }: DateText,
  readings: readonly Reading[],
  { localeOrder, locale }: Preferences,
  { excluded, usual }: OrderFinding,
): InOneOrder | null {
  if (localeOrder === null || (shape === '.' && localeOrder === 'MDY')) return null;
  if (excluded.includes(localeOrder) && usual !== localeOrder) return null;
  const fitting = inOrder(readings, localeOrder);
  const because = [`${ORDER_WORDS[localeOrder]}, as the locale ${locale} writes it`];
  return fitting.length === 0 ? null : { readings: fitting, because, isVouchedFor: true };
}

/** Whether nothing but the weekday speaks against the order of the rules file's locale: that may be a slip as well. */
function leavesLocale(
  { shape, readings: all }: DateText,
  readings: readonly Reading[],
  { localeOrder }: Preferences,
): boolean {
  if (localeOrder === null || shape === '.') return false;
  return inOrder(readings, localeOrder).length === 0 && inOrder(all, localeOrder).length > 0;
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

function ambiguous(readings: readonly Reading[], preferences: Preferences, because: string): Open {
  const clause = because === '' ? '' : `; ${because}`;
  return open(
    say('ambiguous', `can be read in more than one way: ${listed(readings, preferences)}${clause}`),
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
