import type { Region } from './base-url.ts';

/** When a region's allowance is at its smallest, by its own clock. */
export interface PeakHours {
  /** IANA. */
  readonly timeZone: string;
  /** Minutes since local midnight. */
  readonly from: number;
  readonly to: number;
  /** Local days without a peak: 0 is Sunday. */
  readonly freeDays: readonly number[];
}

const PACIFIC = {
  timeZone: 'America/Los_Angeles',
  from: 4 * 60,
  to: 19 * 60,
  freeDays: [0, 6],
} as const;

/**
 * Clio's documentation of rate limits: US and Canada 04:00 to 19:00 Pacific from Monday to Friday, EU 07:00 to 22:00 GMT, Australia
 * 06:00 to 21:00 AET. Of the latter two it names no days, so that every day counts as one; GMT knows no summer time.
 */
export const PEAK_HOURS: Readonly<Record<Region, PeakHours>> = {
  us: PACIFIC,
  ca: PACIFIC,
  eu: { timeZone: 'UTC', from: 7 * 60, to: 22 * 60, freeDays: [] },
  au: { timeZone: 'Australia/Sydney', from: 6 * 60, to: 21 * 60, freeDays: [] },
};
