import { isoOf, weekdayOf } from './calendar.ts';
import { type DateText, type Order, ORDERS, type Reading, type Shape } from './date-text.ts';

/**
 * What a column shows. Each separator is judged by its own values: dates with slashes, dashes and dots often come
 * from different sources, and a file with 12/31/14 in one place has 27-6-14 in another.
 */
export interface Evidence {
  observe(text: DateText): void;
  /** Of dates with two-digit years more is asked than of others. */
  orderOf(shape: Shape, isShortYear: boolean): OrderFinding;
  /** Whether the field's other years leave the `usual` century of a two-digit year beyond doubt. */
  centuryOf(usual: Reading, other: Reading): CenturyFinding;
  /** How many values have a time of day in universal time; with any, midnights may be times like the others. */
  universalTimes(): number;
  sentences(): string[];
}

export interface OrderFinding {
  /** Null where the column does not tell. */
  readonly order: Order | null;
  /** What was counted, as a clause. */
  readonly because: string;
  /** The order that nearly all values show, where single ones contradict. */
  readonly usual: Order | null;
  /** The orders that some value of the field cannot have, whatever its separator. */
  readonly excluded: readonly Order[];
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
/**
 * More are asked for where another separator of the same field shows another order, for the field does mix;
 * and for two-digit years, where a third order competes and the century hangs on the same dates.
 */
const FEWEST_IN_DOUBT = 20;
/** Fewer witnesses among the values that depend on the order may be slips of the pen. */
const SMALLEST_SHARE = 0.05;

/** Two-digit years whose century is in doubt: the thirties and forties, of one century or the other. */
export const DOUBTFUL_YEARS = { first: 30, last: 49 } as const;

const SEPARATORS = ['/', '-', '.', ' '] as const;

type Separator = (typeof SEPARATORS)[number];

interface Count {
  /** Values that can be read in one order only. */
  readonly witnesses: Record<Order, number>;
  /** Their different days, as many as are needed to decide. */
  readonly days: Record<Order, Set<string>>;
  /** Values that cannot be read in that order. */
  readonly against: Record<Order, number>;
  /** Values that are different days in different orders. */
  open: number;
}

export function gatherEvidence(): Evidence {
  const counts: Record<Separator, Count> = {
    '/': newCount(),
    '-': newCount(),
    '.': newCount(),
    ' ': newCount(),
  };
  let earliestYear = Number.POSITIVE_INFINITY;
  let latestYear = Number.NEGATIVE_INFINITY;
  let shortYears = 0;
  let doubtfulShortYears = 0;
  let universalTimes = 0;
  const judged = new Map<string, OrderFinding>();

  function observe(text: DateText): void {
    judged.clear();
    if (text.time !== null && text.time.isUniversal && !text.time.isMidnight) universalTimes += 1;
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
    if (isSeparator(text.shape)) countOrder(counts[text.shape], readings);
  }

  function orderOf(shape: Shape, isShortYear: boolean): OrderFinding {
    if (!isSeparator(shape)) return NO_FINDING;
    const key = `${shape}${isShortYear}`;
    const present = judged.get(key);
    if (present !== undefined) return present;
    const fewest = isShortYear ? FEWEST_IN_DOUBT : FEWEST_WITNESSES;
    const finding = { ...judge(shape, counts, fewest), excluded: excluded() };
    judged.set(key, finding);
    return finding;
  }

  function excluded(): Order[] {
    return ORDERS.filter((order) => SEPARATORS.some((each) => counts[each].against[order] > 0));
  }

  function centuryOf(usual: Reading, other: Reading): CenturyFinding {
    if (doubtfulShortYears > 0)
      return {
        isCertain: false,
        because: `${values(doubtfulShortYears)} of this field ${have(doubtfulShortYears)} a two-digit year from ${DOUBTFUL_YEARS.first} to ${DOUBTFUL_YEARS.last}, so that they may reach into either century`,
      };
    if (latestYear < earliestYear) return { isCertain: true, because: '' };
    return {
      isCertain: distance(usual.day.year) < distance(other.day.year),
      because: `the field's four-digit years run from ${earliestYear} to ${latestYear}`,
    };
  }

  function distance(year: number): number {
    return Math.max(0, earliestYear - year, year - latestYear);
  }

  function sentences(): string[] {
    const used = SEPARATORS.filter((separator) => hasDigits(counts[separator]));
    const orders = used.map((separator) => {
      const { because } = judge(separator, counts, FEWEST_WITNESSES);
      return used.length === 1 ? because : `${SEPARATOR_NAMES[separator]}: ${because}`;
    });
    const years = `${values(shortYears)} ${have(shortYears)} a two-digit year`;
    const times = `${values(universalTimes)} ${have(universalTimes)} a time of day in universal time`;
    return [...orders, ...(shortYears > 0 ? [years] : []), ...(universalTimes > 0 ? [times] : [])];
  }

  return { observe, orderOf, centuryOf, universalTimes: () => universalTimes, sentences };
}

/** The readings that agree with the weekday that stands beside the date; all where none is named. */
export function withWeekday({ readings, weekdays }: DateText): readonly Reading[] {
  if (weekdays.length === 0) return readings;
  return readings.filter(({ day }) => weekdays.includes(weekdayOf(day)));
}

const NO_FINDING: OrderFinding = { order: null, because: '', usual: null, excluded: [] };

const SEPARATOR_NAMES: Record<Separator, string> = {
  '/': 'dates with slashes',
  '-': 'dates with dashes',
  '.': 'dates with dots',
  ' ': 'dates with spaces',
};

function isSeparator(shape: Shape): shape is Separator {
  return shape === '/' || shape === '-' || shape === '.' || shape === ' ';
}

function newCount(): Count {
  return {
    witnesses: { MDY: 0, DMY: 0, YMD: 0 },
    days: { MDY: new Set(), DMY: new Set(), YMD: new Set() },
    against: { MDY: 0, DMY: 0, YMD: 0 },
    open: 0,
  };
}

function countOrder(count: Count, readings: readonly Reading[]): void {
  const possible = new Set(readings.flatMap(({ orders }) => orders));
  const [only] = possible;
  if (only === undefined) return;
  for (const order of ORDERS)
    if (!possible.has(order) && order !== 'YMD') count.against[order] += 1;
  if (possible.size === 1) {
    count.witnesses[only] += 1;
    const days = count.days[only];
    const [first] = readings;
    if (first !== undefined && days.size < FEWEST_IN_DOUBT) days.add(isoOf(first.day));
  } else if (isOpen(readings)) count.open += 1;
}

/** Whether the readings differ in more than the century. */
function isOpen(readings: readonly Reading[]): boolean {
  return new Set(readings.map(({ day }) => isoOf(day).slice(2))).size > 1;
}

/** What a separator's own values show, more of them being asked for where the field's others show another order. */
function judge(
  separator: Separator,
  counts: Readonly<Record<Separator, Count>>,
  fewest: number,
): OrderFinding {
  const own = counts[separator];
  const order = leadingOrder(own);
  if (order === null) return { ...NO_FINDING, because: NO_WITNESS };
  const others = SEPARATORS.filter((other) => other !== separator).map((other) => counts[other]);
  const shown = describe(own, order);
  const total = own.witnesses[order];
  if (own.against[order] > 0)
    return {
      ...NO_FINDING,
      because: `the field contradicts itself: ${shown}`,
      usual: isSlip(own, order) ? order : null,
    };
  const isMixed = others.some((other) => other.against[order] > 0);
  const agreeing = others.reduce(
    (sum, other) => sum + other.days[order].size,
    own.days[order].size,
  );
  const isEnough = isMixed ? own.days[order].size >= FEWEST_IN_DOUBT : agreeing >= fewest;
  if (isMixed && !isEnough)
    return { ...NO_FINDING, because: `the field contradicts itself, by other values: ${shown}` };
  if (!isEnough || total < (total + own.open) * SMALLEST_SHARE)
    return {
      ...NO_FINDING,
      because: `too few values show the order of day and month: ${shown}, and ${fewest} different ones are needed`,
    };
  return { ...NO_FINDING, order, because: `${ORDER_WORDS[order]}: ${shown}`, usual: order };
}

const NO_WITNESS = 'no value of this kind in the field shows the order of day and month';

export const ORDER_WORDS = {
  MDY: 'month first',
  DMY: 'day first',
  YMD: 'year first',
} as const satisfies Record<Order, string>;

function leadingOrder({ witnesses }: Count): Order | null {
  const [leading] = ORDERS.toSorted((left, right) => witnesses[right] - witnesses[left]);
  return leading === undefined || witnesses[leading] === 0 ? null : leading;
}

function describe({ witnesses, against }: Count, order: Order): string {
  const other = order === 'MDY' ? 'day first' : 'month first';
  const contrary = against[order];
  return `${values(witnesses[order])} of this field can only be ${ORDER_WORDS[order]}, ${
    contrary === 0 ? `none only ${other}` : `${contrary} cannot`
  }`;
}

/** Single values against an order that many show are more likely slips than a second order. */
function isSlip({ days, witnesses, against }: Count, order: Order): boolean {
  return (
    days[order].size >= FEWEST_WITNESSES && against[order] <= witnesses[order] * SMALLEST_SHARE
  );
}

function hasDigits({ witnesses, open }: Count): boolean {
  return open > 0 || ORDERS.some((order) => witnesses[order] > 0);
}

/** Whether the two-digit year may as well belong to the other century. */
export function isDoubtful({ day }: Reading): boolean {
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
