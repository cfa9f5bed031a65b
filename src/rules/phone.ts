import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import { LONGEST_PHONE, type Phone, readPhone, tidyPhone } from './phone/read.ts';
import { chooseRegion, type Home, regionOf, watchRegions } from './phone/regions.ts';
import { type Reason, say } from './reason.ts';
import { changed, defineRule, flagged, UNCHANGED, type Verdict } from './types.ts';

const options = z.strictObject({
  region: z
    .string()
    .toUpperCase()
    .refine(isSupportedCountry, 'is not a region: write two letters, such as US or CA')
    .optional()
    .describe(
      'the country of numbers without a country code, two letters (US, CA, GB, AU); by default what the column shows, else the region of the locale',
    ),
  format: z
    .enum(['e164', 'national', 'international'])
    .default('e164')
    .describe(
      'e164: +12125550123; national: (212) 555-0123, with numbers of other countries international; international: +1 212 555 0123',
    ),
});

type Options = z.infer<typeof options>;

/** One phone number, checked against the numbering plans of libphonenumber; an extension stays, as " ext. 12". */
export const phone = defineRule<Options>({
  summary: 'one phone number, checked against its country’s numbering plan, in one form',
  reads: ['text_line', 'text_area', 'numeric'],
  writes: ['text_line', 'text_area'],
  options,
  column({ region: wanted, format }, { locale }) {
    const shown = watchRegions(regionOf(locale));
    return {
      observe(value) {
        if (wanted === undefined) shown.observe(value);
      },
      evidence: () => (wanted === undefined ? shown.evidence() : []),
      decide: (value) => decide(value, chooseRegion(wanted, shown, locale), format),
    };
  },
});

function decide(value: string, home: Home, format: Options['format']): Verdict {
  const text = tidyPhone(value);
  const reading = readPhone(text, home.region);
  if ('words' in reading) return flagged(reading, suggest(text, home.region, format));
  const after = write(reading, home.region, format);
  if (after === value) return UNCHANGED;
  if (!isSame(readPhone(after, home.region), reading)) {
    return flagged(
      say('unclear', 'the number does not read the same once it is written in this form'),
      [reading.number],
    );
  }
  return changed(
    after,
    say(
      'notation',
      reading.isInternational
        ? `the same number in the form of ${FORM[format]}`
        : `the same number in the form of ${FORM[format]}; ${home.because}`,
    ),
  );
}

const FORM = {
  e164: 'a country code and digits (E.164)',
  national: 'its own country',
  international: 'international writing',
} as const;

function write(one: Phone, home: CountryCode | undefined, format: Options['format']): string {
  return formOf(one, home, format) + (one.extension === '' ? '' : ` ext. ${one.extension}`);
}

function formOf(one: Phone, home: CountryCode | undefined, format: Options['format']): string {
  if (format === 'e164') return one.number;
  const isHome = one.country !== undefined && one.country === home;
  return format === 'national' && isHome ? one.national() : one.international();
}

function isSame(left: Phone | Reason, right: Phone): boolean {
  return !('words' in left) && left.number === right.number && left.extension === right.extension;
}

/** What a person may have meant: each part that is a number by itself, a spelled word's digits, 00 for +. */
function suggest(
  text: string,
  region: CountryCode | undefined,
  format: Options['format'],
): string[] {
  if (text.length > LONGEST_PHONE) return [];
  const candidates = [
    ...text.split(/[\n;,&|/]| or | and |(?<=\d) ?\(|\)$/i),
    text.replace(/[A-Za-z]/g, (letter) => keyOf(letter)),
    text.replace(/^00/, '+'),
  ].map((candidate) => candidate.trim());
  // The text itself is known to be none.
  const others = new Set(candidates.filter((candidate) => candidate !== text));
  const found = [...others].flatMap((candidate) => {
    const reading = readPhone(candidate, region);
    return 'words' in reading ? [] : [write(reading, region, format)];
  });
  return [...new Set(found)];
}

/** The letters of the keys (ITU-T E.161). */
function keyOf(letter: string): string {
  const keys = '22233344455566677778889999';
  return keys.charAt(letter.toUpperCase().charCodeAt(0) - 65);
}
