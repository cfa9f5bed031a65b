import { type Day, isoOf } from './calendar.ts';
import type { Reading } from './date-text.ts';
import { DOUBTFUL_YEARS, type Evidence, isDoubtful } from './evidence.ts';

/**
 * Two-digit years below it belong to 2000 and later, as Excel and Windows read them
 * (support.microsoft.com, "Change the date system, format, or two-digit year interpretation").
 * From there to 49 the window is in doubt and decides nothing; the clock is not asked, for next year it would say otherwise.
 */
const DEFAULT_PIVOT = DOUBTFUL_YEARS.first;

export interface CenturyRules {
  readonly pivot: number | 'infer';
  /** `YYYY-MM-DD` */
  readonly earliest: string;
  readonly latest: string;
  /** Whether the rules file names both; what it leaves out is so wide that it speaks for no century. */
  readonly areBoundsStated: boolean;
}

export type CenturyChoice =
  | { readonly day: Day; readonly because: string }
  | { readonly day: null; readonly because: string };

/**
 * Which century a two-digit year belongs to; `readings` are the same day of both, or of one.
 * Without evidence, which a date must have that nothing but itself vouches for, only the rules file can tell.
 */
export function chooseCentury(
  readings: readonly Reading[],
  rules: CenturyRules,
  evidence: Evidence | null,
): CenturyChoice {
  const [usual, other] = usualFirst(readings, rules.pivot);
  if (usual === undefined) return { day: null, because: 'there is no such day' };
  if (other === undefined) return chooseExisting(usual, rules);
  const [only, ...others] = [usual, other].filter(({ day }) => isWithin(day, rules));
  if (only !== undefined && others.length === 0) return chooseOnly(only, [usual, other], rules);
  const short = shortYear(usual.day);
  if (rules.pivot !== 'infer')
    return {
      day: usual.day,
      because: `the year ${short} is ${usual.day.year} by the pivot ${rules.pivot}`,
    };
  const open = `the century is open, ${usual.day.year} or ${other.day.year}`;
  if (evidence === null || isDoubtful(usual))
    return { day: null, because: `${open}: pivot or earliest and latest can tell` };
  const finding = evidence.centuryOf(usual, other);
  return finding.isCertain
    ? { day: usual.day, because: `the year ${short} is ${usual.day.year}` }
    : { day: null, because: `${open}: ${finding.because}` };
}

/**
 * The day that is there in one century only, as 29 February in 2000, or by its weekday. Against the usual century the
 * weekday is rather a slip: Wednesday, 16 June of the year 94 is of 1994, a Thursday, as well as of 2094.
 */
function chooseExisting({ day }: Reading, { pivot }: CenturyRules): CenturyChoice {
  const usual = inUsualCentury(day.year % 100, pivot);
  return day.year === usual
    ? { day, because: `only in ${day.year} is there such a day` }
    : {
        day: null,
        because: `the weekday fits ${day.year} alone, and ${usual} is the usual reading: one of the two is wrong`,
      };
}

/**
 * The reading that earliest and latest leave. A single bound is meant to find what cannot be: with it alone, a year that
 * lies outside in its usual century is no date of the next or the last one.
 */
function chooseOnly(
  { day }: Reading,
  [usual, other]: readonly [Reading, Reading],
  { earliest, latest, areBoundsStated }: CenturyRules,
): CenturyChoice {
  const among = `of ${usual.day.year} and ${other.day.year} only ${day.year} is between ${earliest} and ${latest}`;
  return day.year === usual.day.year || areBoundsStated
    ? { day, because: among }
    : {
        day: null,
        because: `the century is open: ${among}, but ${usual.day.year} is the usual reading; pivot, or earliest and latest together, can tell`,
      };
}

/** The readings with those of the usual century first. */
export function usualFirst(
  readings: readonly Reading[],
  pivot: number | 'infer',
): readonly Reading[] {
  const isUsual = ({ day }: Reading) => day.year === inUsualCentury(day.year % 100, pivot);
  return [...readings.filter(isUsual), ...readings.filter((reading) => !isUsual(reading))];
}

function inUsualCentury(short: number, pivot: number | 'infer'): number {
  return short < (pivot === 'infer' ? DEFAULT_PIVOT : pivot) ? 2000 + short : 1900 + short;
}

function isWithin(day: Day, { earliest, latest }: CenturyRules): boolean {
  const iso = isoOf(day);
  return iso >= earliest && iso <= latest;
}

function shortYear({ year }: Day): string {
  return String(year % 100).padStart(2, '0');
}
