import { isoOf, weekdayOf } from './calendar.ts';
import type { DateText, Order, Reading, Shape } from './read.ts';

/**
 * What a column shows. Dotted dates are judged apart from the others: they often come from another source,
 * and are written day first far more often.
 */
export interface Evidence {
  observe(text: DateText): void;
  orderOf(shape: Shape): OrderFinding;
  centuryOf(later: Reading, earlier: Reading): CenturyFinding;
  sentences(): string[];
}

export interface OrderFinding {
  /** Null where the column does not tell. */
  readonly order: Order | null;
  /** What was counted, as a clause. */
  readonly because: string;
  /** The order that nearly all values show, where single ones contradict. */
  readonly usual: Order | null;
}

export interface CenturyFinding {
  readonly isCertain: boolean;
  readonly because: string;
}

/**
 * How many different dates must be possible in one order only, with none against.
 * Of all days, 61 % have a number above 12. If one column in ten mixes two orders, in any proportion,
 * then after n witnesses and no contradiction the share of its contrary values is expected to be below
 * 0.1 / ((n + 1) (n + 2)); of these, 39 % are open and could go wrong. With three, that is 0.2 % of all values.
 */
const FEWEST_WITNESSES = 3;
/** Fewer witnesses among the values that depend on the order may be slips of the pen. */
const SMALLEST_SHARE = 0.05;

/** The two-digit years that the usual window would leave in doubt; see `choose.ts`. */
export const DOUBTFUL_YEARS = { first: 30, last: 49 } as const;

type Family = 'dotted' | 'other';

interface Witnesses {
  total: number;
  /** The different days, as many as are needed to decide. */
  readonly days: Set<string>;
}

interface Count {
  readonly witnesses: Record<Order, Witnesses>;
  /** Values that could be read in more than one order. */
  open: number;
}

export function gatherEvidence(): Evidence {
  const counts: Record<Family, Count> = { dotted: newCount(), other: newCount() };
  let earliestYear = Number.POSITIVE_INFINITY;
  let latestYear = Number.NEGATIVE_INFINITY;
  let shortYears = 0;
  let doubtfulShortYears = 0;

  function observe(text: DateText): void {
    const readings = withWeekday(text);
    const [first] = readings;
    if (first === undefined) return;
    if (first.isShortYear) {
      shortYears += 1;
      if (readings.every(isDoubtful)) doubtfulShortYears += 1;
    } else if (isPlausibleYear(first.day.year)) {
      earliestYear = Math.min(earliestYear, first.day.year);
      latestYear = Math.max(latestYear, first.day.year);
    }
    const family = familyOf(text.shape);
    if (family !== null) countOrder(counts[family], readings);
  }

  function orderOf(shape: Shape): OrderFinding {
    const family = familyOf(shape);
    if (family === null) return { order: null, because: '', usual: null };
    const own = judge(counts[family]);
    const rest = judge(counts[family === 'dotted' ? 'other' : 'dotted']);
    if (own.order !== null || hasWitness(counts[family]) || rest.order === null) return own;
    return family === 'dotted' && rest.order !== 'DMY' ? own : rest;
  }

  function centuryOf(usual: Reading, other: Reading): CenturyFinding {
    if (doubtfulShortYears > 0)
      return {
        isCertain: false,
        because: `${values(doubtfulShortYears)} of this field ${have(doubtfulShortYears)} a year from ${DOUBTFUL_YEARS.first} to ${DOUBTFUL_YEARS.last}, so that its two-digit years do not tell the century`,
      };
    if (latestYear < earliestYear) return { isCertain: true, because: '' };
    const span = `the field's four-digit years run from ${earliestYear} to ${latestYear}`;
    return { isCertain: distance(usual.day.year) < distance(other.day.year), because: span };
  }

  function distance(year: number): number {
    return Math.max(0, earliestYear - year, year - latestYear);
  }

  function sentences(): string[] {
    return [
      ...(hasDigits(counts.other) ? [judge(counts.other).because] : []),
      ...(hasDigits(counts.dotted) ? [`dates with dots: ${judge(counts.dotted).because}`] : []),
      ...(shortYears > 0 ? [`${values(shortYears)} ${have(shortYears)} a two-digit year`] : []),
    ];
  }

  return { observe, orderOf, centuryOf, sentences };
}

/** The readings that agree with the weekday that stands beside the date; all where none is named. */
export function withWeekday({ readings, weekdays }: DateText): readonly Reading[] {
  if (weekdays.length === 0) return readings;
  return readings.filter(({ day }) => weekdays.includes(weekdayOf(day)));
}

function newCount(): Count {
  return { witnesses: { MDY: noWitnesses(), DMY: noWitnesses(), YMD: noWitnesses() }, open: 0 };
}

function noWitnesses(): Witnesses {
  return { total: 0, days: new Set() };
}

function familyOf(shape: Shape): Family | null {
  if (shape === '.') return 'dotted';
  return shape === '/' || shape === '-' || shape === ' ' ? 'other' : null;
}

function countOrder(count: Count, readings: readonly Reading[]): void {
  const orders = new Set(readings.flatMap((reading) => reading.orders));
  const [only, ...others] = orders;
  if (only === undefined) return;
  if (others.length > 0) {
    if (new Set(readings.map(({ day }) => isoOf(day).slice(2))).size > 1) count.open += 1;
    return;
  }
  const witnesses = count.witnesses[only];
  witnesses.total += 1;
  const [first] = readings;
  if (first !== undefined && witnesses.days.size < FEWEST_WITNESSES)
    witnesses.days.add(isoOf(first.day));
}

/** One order with enough witnesses and none for another, or nothing. */
function judge(count: Count): OrderFinding {
  const { MDY, DMY, YMD } = count.witnesses;
  const ranked = ORDER_NAMES.toSorted(
    ([left], [right]) => count.witnesses[right].total - count.witnesses[left].total,
  );
  const [leading, second] = ranked;
  if (leading === undefined || second === undefined || count.witnesses[leading[0]].total === 0)
    return { order: null, because: 'no value shows the order of day and month', usual: null };
  const [order, name] = leading;
  const most = count.witnesses[order];
  const against = MDY.total + DMY.total + YMD.total - most.total;
  const share = most.total / (most.total + count.open);
  const because = `${values(most.total)} of this field can only be ${name}, ${
    against === 0 ? `none only ${second[1]}` : `${against} only otherwise`
  }`;
  if (against > 0)
    return {
      order: null,
      because: `the field contradicts itself: ${because}`,
      usual: isRare(against, most) ? order : null,
    };
  if (most.days.size < FEWEST_WITNESSES || share < SMALLEST_SHARE)
    return { order: null, because: `too few values show the order: ${because}`, usual: null };
  return { order, because: `${name}: ${because}`, usual: order };
}

const ORDER_NAMES = [
  ['MDY', 'month first'],
  ['DMY', 'day first'],
  ['YMD', 'year first'],
] as const satisfies readonly (readonly [Order, string])[];

/** Single values against an order that many show are more likely slips than a second order. */
function isRare(against: number, most: Witnesses): boolean {
  return most.days.size >= FEWEST_WITNESSES && against <= most.total * SMALLEST_SHARE;
}

function hasWitness({ witnesses }: Count): boolean {
  return witnesses.MDY.total + witnesses.DMY.total + witnesses.YMD.total > 0;
}

function hasDigits(count: Count): boolean {
  return hasWitness(count) || count.open > 0;
}

function isDoubtful({ day }: Reading): boolean {
  const short = day.year % 100;
  return short >= DOUBTFUL_YEARS.first && short <= DOUBTFUL_YEARS.last;
}

/** Slips like 0202 and 2109 do not stretch the years of a field. */
function isPlausibleYear(year: number): boolean {
  return year >= 1800 && year <= 2099;
}

function values(count: number): string {
  return count === 1 ? '1 value' : `${count} values`;
}

function have(count: number): string {
  return count === 1 ? 'has' : 'have';
}
