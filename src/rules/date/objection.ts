import { say } from '../reason.ts';
import { type Day, isoOf, isRealDay } from './calendar.ts';
import type { Explanation } from './explain.ts';

/** What a rules file expects of the dates of a field; all as `YYYY-MM-DD`. */
export interface Bounds {
  readonly earliest: string;
  readonly latest: string;
  /** Dates that programs write where they have none. */
  readonly placeholders: readonly string[];
}

/** Why a day that was read well should still be looked at by a person; null where nothing speaks against it. */
export function objectionTo(day: Day, bounds: Bounds): Explanation | null {
  const iso = isoOf(day);
  if (bounds.placeholders.includes(iso))
    return { reason: say('nothing', `${iso} often stands for a missing date`), suggestions: [] };
  if (iso < bounds.earliest)
    return {
      reason: say('impossible', `before ${bounds.earliest}, the earliest date expected`),
      suggestions: repairYear(day, bounds),
    };
  if (iso > bounds.latest)
    return {
      reason: say('impossible', `after ${bounds.latest}, the latest date expected`),
      suggestions: repairYear(day, bounds),
    };
  return null;
}

/** 2109 may be 2019, two digits swapped; 0202 and 3019 may be 2002 and 2019, the century mistyped. */
function repairYear(day: Day, { earliest, latest }: Bounds): string[] {
  const short = day.year % 100;
  const years = [...swapDigits(isoOf(day).slice(0, 4)), 2000 + short, 1900 + short];
  return [...new Set(years)]
    .filter((year) => year >= 1900 && year < 2100)
    .map((year) => ({ ...day, year }))
    .filter(isRealDay)
    .map(isoOf)
    .filter((iso) => iso >= earliest && iso <= latest);
}

function swapDigits(year: string): number[] {
  return [0, 1, 2].map((at) => {
    const [left, right] = [year.charAt(at), year.charAt(at + 1)];
    return Number(year.slice(0, at) + right + left + year.slice(at + 2));
  });
}
