import { type Day, isoOf } from './calendar.ts';
import { DOUBTFUL_YEARS, type Evidence, ORDER_WORDS, withWeekday } from './evidence.ts';
import { englishMonth, englishWeekday } from './names.ts';
import type { DateText, Order, Reading } from './read.ts';

/** What the rules file says about how dates are to be read. */
export interface Preferences {
  readonly order: Order | 'infer';
  /** What the rules file's locale says of day and month; null where it says nothing. */
  readonly localeOrder: Order | null;
  readonly locale: string;
  readonly pivot: number | 'infer';
  /** `YYYY-MM-DD` */
  readonly earliest: string;
  readonly latest: string;
}

export type Choice =
  | { readonly day: Day; readonly because: readonly string[] }
  | { readonly day: null; readonly reason: string; readonly suggestions: readonly string[] };

/** Which day a text means: by its weekday, then by the order of day and month, then by the century. */
export function chooseDay(text: DateText, preferences: Preferences, evidence: Evidence): Choice {
  if (text.impossible !== null)
    return open(`no such day: ${text.impossible.because}`, text.impossible.suggestions);
  const onWeekday = withWeekday(text);
  if (onWeekday.length === 0) return contradictsWeekday(text);
  const ordered = chooseOrder(text, onWeekday, preferences, evidence);
  if ('reason' in ordered) return ordered;
  const dated = chooseCentury(ordered.readings, preferences, evidence);
  if ('reason' in dated) return dated;
  return { day: dated.day, because: [...ordered.because, ...dated.because] };
}

function open(reason: string, suggestions: readonly string[]): Choice & { day: null } {
  return { day: null, reason, suggestions };
}

function contradictsWeekday({ readings, weekdays }: DateText): Choice {
  const named = weekdays.map(englishWeekday).join(' or ');
  const days = readings.map(({ day }) => writtenOut(day)).join(' or ');
  return open(`the weekday contradicts the date: ${days} is no ${named}`, suggest(readings));
}

interface Ordered {
  readonly readings: readonly Reading[];
  readonly because: readonly string[];
}

function chooseOrder(
  text: DateText,
  readings: readonly Reading[],
  preferences: Preferences,
  evidence: Evidence,
): Ordered | (Choice & { day: null }) {
  const orders = new Set(readings.flatMap((reading) => reading.orders));
  if (orders.size === 0) return { readings, because: [] };
  if (preferences.order !== 'infer') {
    const fitting = inOrder(readings, preferences.order);
    if (fitting.length > 0)
      return {
        readings: fitting,
        because: [`${ORDER_WORDS[preferences.order]}, as the rules file says`],
      };
    return open(
      `cannot be read ${ORDER_WORDS[preferences.order]}, as the rules file says (order: ${preferences.order})`,
      suggest(readings),
    );
  }
  const finding = evidence.orderOf(text.shape);
  const isSettled = onlyOneOrder(readings);
  if (isSettled && finding.usual !== null && inOrder(readings, finding.usual).length === 0)
    return open(`can only be ${namesOf(orders)}, where ${finding.because}`, suggest(readings));
  const isLongYear = readings.every((reading) => !reading.isShortYear);
  if (isSettled && (isLongYear || text.weekdays.length > 0))
    return {
      readings,
      because: [text.weekdays.length > 0 ? 'its weekday fits' : `can only be ${namesOf(orders)}`],
    };
  if (finding.order !== null && inOrder(readings, finding.order).length > 0)
    return { readings: inOrder(readings, finding.order), because: [finding.because] };
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
  return open(ambiguity(readings, finding.because), suggest(readings));
}

function namesOf(orders: ReadonlySet<Order>): string {
  return [...orders].map((order) => ORDER_WORDS[order]).join(' or ');
}

function inOrder(readings: readonly Reading[], order: Order): readonly Reading[] {
  return readings.filter(({ orders }) => orders.length === 0 || orders.includes(order));
}

/** Whether all readings are the same day, but for the century. */
function onlyOneOrder(readings: readonly Reading[]): boolean {
  return new Set(readings.map(({ day }) => isoOf(day).slice(2))).size === 1;
}

/** A locale that writes months first does not vouch for dots, which its people hardly use; nor for digits alone. */
function canFollowLocale(text: DateText, order: Order, readings: readonly Reading[]): boolean {
  if (text.shape === 'digits' || (text.shape === '.' && order === 'MDY')) return false;
  return inOrder(readings, order).length > 0;
}

function ambiguity(readings: readonly Reading[], because: string): string {
  const days = readings.map(({ day }) => writtenOut(day)).join(' or ');
  return `can be read in more than one way: ${days}${because === '' ? '' : `; ${because}`}`;
}

function chooseCentury(
  readings: readonly Reading[],
  { pivot, earliest, latest }: Preferences,
  evidence: Evidence,
): { readonly day: Day; readonly because: readonly string[] } | (Choice & { day: null }) {
  const [first, second] = readings;
  if (first === undefined) return open('no such day', []);
  if (second === undefined && !first.isShortYear) return { day: first.day, because: [] };
  if (!first.isShortYear || readings.some((each) => !isTwin(each, first)))
    return open(ambiguity(readings, ''), suggest(readings));
  const short = first.day.year % 100;
  if (second === undefined) return { day: first.day, because: [`only ${first.day.year} fits`] };
  const within = readings.filter(({ day }) => isoOf(day) >= earliest && isoOf(day) <= latest);
  const [only, ...others] = within;
  if (only !== undefined && others.length === 0)
    return {
      day: only.day,
      because: [`only ${only.day.year} lies between ${earliest} and ${latest}`],
    };
  const wanted = short < (pivot === 'infer' ? DEFAULT_PIVOT : pivot) ? 2000 + short : 1900 + short;
  const usual = readings.find(({ day }) => day.year === wanted);
  const other = readings.find(({ day }) => day.year !== wanted);
  if (usual === undefined || other === undefined)
    return open(ambiguity(readings, ''), suggest(readings));
  if (pivot !== 'infer')
    return {
      day: usual.day,
      because: [`the year ${pad2(short)} is ${wanted} by the rules file's pivot ${pivot}`],
    };
  const finding = evidence.centuryOf(usual, other);
  if (!finding.isCertain)
    return open(
      `the century is open: ${usual.day.year} or ${other.day.year}; ${finding.because}`,
      suggest([usual, other]),
    );
  return { day: usual.day, because: [`the year ${pad2(short)} is ${wanted}`] };
}

/**
 * Two-digit years below it belong to 2000 and later, as Excel and Windows read them
 * (support.microsoft.com, "Change the date system, format, or two-digit year interpretation").
 * From there to 49 the window is in doubt and decides nothing.
 */
const DEFAULT_PIVOT = DOUBTFUL_YEARS.first;

function isTwin(left: Reading, right: Reading): boolean {
  return isoOf(left.day).slice(2) === isoOf(right.day).slice(2);
}

function pad2(short: number): string {
  return String(short).padStart(2, '0');
}

function suggest(readings: readonly Reading[]): string[] {
  return readings.map(({ day }) => isoOf(day));
}

export function writtenOut({ year, month, day }: Day): string {
  return `${day} ${englishMonth(month)} ${year}`;
}
