import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { readPhone, tidyPhone } from './read.ts';

/** Where a number without a country code belongs, and who says so. */
export interface Home {
  readonly region: CountryCode | undefined;
  readonly because: string;
}

/** The rules file's region first, then the column's, then the locale's. */
export function chooseRegion(
  wanted: CountryCode | undefined,
  shown: ShownRegions,
  locale: string,
): Home {
  if (wanted !== undefined) return { region: wanted, because: `region ${wanted}, as asked` };
  const fromColumn = shown.home();
  if (fromColumn !== null) return fromColumn;
  const region = regionOf(locale);
  return { region, because: `region ${region}, from the locale ${locale}` };
}

/** How many international numbers of one country, and of no other, a column needs to show that it belongs there. */
const ENOUGH = 5;

export interface ShownRegions {
  observe(value: string): void;
  evidence(): readonly string[];
  home(): Home | null;
}

/**
 * Counts which countries the international numbers of a column name, and which of its other numbers fit the locale.
 * Another region than the locale's is shown where every country code is of that one country and no number
 * without a country code fits the locale's own.
 */
export function watchRegions(localeRegion: CountryCode | undefined): ShownRegions {
  const international = new Map<CountryCode | undefined, number>();
  let fitting = 0;
  let unfitting = 0;
  const shown = (): { region: CountryCode; count: number } | null => {
    const [only, ...others] = international;
    const [region, count] = only ?? [undefined, 0];
    const isShown = others.length === 0 && count >= ENOUGH && fitting === 0 && unfitting > 0;
    return isShown && region !== undefined && region !== localeRegion ? { region, count } : null;
  };
  const sentence = (region: CountryCode, count: number) =>
    `region ${region}: ${count} numbers are written with its country code, none with another, and none without one fits ${localeRegion ?? 'the locale'}`;
  return {
    observe(value) {
      const reading = readPhone(tidyPhone(value), localeRegion);
      if ('words' in reading) unfitting += 1;
      else if (!reading.isInternational) fitting += 1;
      else international.set(reading.country, (international.get(reading.country) ?? 0) + 1);
    },
    evidence() {
      const found = shown();
      return found === null ? [] : [sentence(found.region, found.count)];
    },
    home() {
      const found = shown();
      return found === null
        ? null
        : { region: found.region, because: sentence(found.region, found.count) };
    },
  };
}

/** The region subtag of a BCP 47 tag; undefined where it names none, or none with phone numbers. */
export function regionOf(locale: string): CountryCode | undefined {
  const region = locale
    .split('-')
    .slice(1)
    .find((subtag) => /^[a-z]{2}$/i.test(subtag))
    ?.toUpperCase();
  return region !== undefined && isSupportedCountry(region) ? region : undefined;
}
