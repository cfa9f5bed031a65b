import { InvalidArgumentError } from 'commander';
import type { Window } from '../model/window.ts';
import { type Region, regionOf, REGIONS } from '../platforms/base-url.ts';
import { PEAK_HOURS } from '../platforms/peak-hours.ts';
import type { Context } from './context.ts';

/** What `--window` says: hours of the day (of a zone, else of the region), or the region's own off-peak hours. */
export type WindowFlag =
  | 'any'
  | 'off-peak'
  | {
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly timeZone: string | null;
    };

/** `any`, `off-peak`, `19:00-04:00` or `19:00-04:00 Europe/London`. */
export function readWindowFlag(text: string): WindowFlag {
  if (text === 'any' || text === 'off-peak') return text;
  const { from, to, zone } = HOURS.exec(text.trim())?.groups ?? {};
  if (from === undefined || to === undefined) {
    throw new InvalidArgumentError(
      'It must be off-peak, any, or hours such as 19:00-04:00, with a time zone after them if you like: "19:00-04:00 Europe/London".',
    );
  }
  if (minutesOf(from) === minutesOf(to))
    throw new InvalidArgumentError('It begins and ends at the same time of day.');
  if (zone !== undefined && !isTimeZone(zone))
    throw new InvalidArgumentError(`"${zone}" is no time zone; one is Europe/London.`);
  return {
    name: `${from}-${to}`,
    from: minutesOf(from),
    to: minutesOf(to),
    timeZone: zone ?? null,
  };
}

/** The window in the time zone that it is meant in; null for any time. */
export function resolveWindow(context: Context, flag: WindowFlag): Window | null {
  if (flag === 'any') return null;
  const peak = PEAK_HOURS[regionInUse(context)];
  if (flag === 'off-peak') {
    const { timeZone, from, to, freeDays } = peak;
    return { name: 'off-peak hours', timeZone, from: to, to: from, wholeDays: freeDays };
  }
  const { name, from, to, timeZone } = flag;
  return { name, from, to, timeZone: timeZone ?? peak.timeZone, wholeDays: [] };
}

const TIME = String.raw`(?:[01]?\d|2[0-3]):[0-5]\d`;
const HOURS = new RegExp(
  String.raw`^(?<from>${TIME})\s*[-–]\s*(?<to>${TIME}|24:00)(?:\s+(?<zone>\S+))?$`,
  'u',
);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours % 24) * 60 + minutes;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** A sandbox has no region of its own: then the one that was named counts. */
function regionInUse({ settings, flags, environment }: Context): Region {
  const named = (flags.region ?? environment['CLIO_REGION'] ?? '').toLowerCase();
  const known = Object.hasOwn(REGIONS, named) ? (named as Region) : 'us';
  return regionOf(settings.baseUrl) ?? known;
}
