import {
  parsePhoneNumberFromString,
  type CountryCode,
  isSupportedCountry,
} from 'libphonenumber-js/max';
import { z } from 'zod';
import { type Reason, say } from './reason.ts';
import { cleanLine } from './text/hygiene.ts';
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

/** Where a number without a country code belongs, and who says so. */
interface Home {
  readonly region: CountryCode | undefined;
  readonly because: string;
}

interface Phone {
  /** `+` and digits. */
  readonly number: string;
  /** Made only where they are written: to make one takes as long as to read the number. */
  readonly national: () => string;
  readonly international: () => string;
  readonly country: CountryCode | undefined;
  readonly extension: string;
  /** Whether the value itself names the country. */
  readonly isInternational: boolean;
}

function decide(value: string, home: Home, format: Options['format']): Verdict {
  const text = readable(value);
  const reading = read(text, home.region);
  if ('words' in reading) return flagged(reading, suggest(text, home.region, format));
  const after = write(reading, home.region, format);
  if (after === value) return UNCHANGED;
  if (!isSame(read(after, home.region), reading)) {
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

/** A long value is no phone number; what is longer is not even looked at. */
const LONGEST = 250;

/** Cleaned, with plain dashes and without a label that says nothing but "telephone". */
function readable(value: string): string {
  return cleanLine(value.slice(0, 4 * LONGEST))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[ ,;.]+$/, '')
    .replace(/^(?:(?:tele)?phone|tel|ph)(?: no| number)?[.:]{1,2} ?/i, (label) =>
      /^tel:$/i.test(label) ? 'tel:' : '',
    );
}

/** The one number that a text is, or why it is not one. */
function read(text: string, region: CountryCode | undefined): Phone | Reason {
  if (text === '') return say('nothing', 'nothing is left once invisible characters are gone');
  if (text.length > LONGEST) return say('tooLong', 'it is too long for a phone number');
  const parts = splitExtension(withoutScheme(text));
  if ('words' in parts) return parts;
  const { body, extension, context } = parts;
  const complaint = complainOf(body);
  if (complaint !== null) return complaint;
  const written = context === '' ? body : `${context}${body.replace(/^0/, '')}`;
  const parsed = parsePhoneNumberFromString(written, {
    extract: false,
    ...(region === undefined ? {} : { defaultCountry: region }),
  });
  if (parsed === undefined || !parsed.isValid()) return whyInvalid(written, region);
  return {
    number: parsed.number,
    national: () => parsed.formatNational(),
    international: () => parsed.formatInternational(),
    country: parsed.country,
    extension,
    isInternational: /^\(?\+/.test(written),
  };
}

function withoutScheme(text: string): string {
  return text.replace(/^tel:/i, '');
}

interface Parts {
  readonly body: string;
  readonly extension: string;
  /** The `phone-context` of a tel: address (RFC 3966, section 5.1.5), such as "+64-3". */
  readonly context: string;
}

const EXTENSION =
  /^(.*?\d[)\]]?) ?[,;]? ?(?:;ext=|extension\b|extn\b|ext\b|x|#)[.:]? ?#?(\d{1,7})#?$/i;

function splitExtension(text: string): Parts | Reason {
  const [front = '', ...parameters] = text.split(/;(?=[a-z-]+=)/i);
  let extension = '';
  let context = '';
  for (const parameter of parameters) {
    const [name = '', content = ''] = parameter.split('=');
    if (/^ext$/i.test(name) && /^\d{1,7}$/.test(content)) extension = content;
    else if (/^phone-context$/i.test(name) && /^\+[\d-]+$/.test(content)) context = content;
    else return say('notes', 'it carries more than a number and an extension');
  }
  const written = EXTENSION.exec(front);
  if (written === null || extension !== '') return { body: front, extension, context };
  return { body: written[1] ?? '', extension: written[2] ?? '', context };
}

/** What forbids reading it as one number, before any numbering plan is asked. */
function complainOf(body: string): Reason | null {
  if (/[\n;,&|]| (?:or|and) |\d ?\/ ?\+|\+.*\+/i.test(body)) {
    return say('several', 'it may hold several numbers, or a number and a note');
  }
  if (/\p{L}/u.test(body)) {
    return /^[+(]?1?[-. (]*8\d\d\)?[-. ][a-z\d-]{7,}$/i.test(body)
      ? say(
          'notation',
          'it spells a word with the letters of the keys, which the digits alone would lose',
        )
      : say('notes', 'it holds letters beside the number');
  }
  if (!/\d/.test(body)) return say('impossible', 'it holds no number');
  if (/[^\d+\-()[\]./ ]/.test(body))
    return say('impossible', 'it holds signs that no phone number has');
  const isParted =
    body.includes('/') && /\d.*[\d)].*[^\d+\-() ].*\/.*|\d[^\d]+\d+[^\d]+\d+ ?\/|\/.*\//.test(body);
  if (isParted) {
    return say(
      'several',
      'a slash parts it: it may hold two numbers, or a number and an extension',
    );
  }
  if (body.replace(/\D/g, '').length > 17)
    return say('impossible', 'it has too many digits for one number');
  return null;
}

function whyInvalid(body: string, region: CountryCode | undefined): Reason {
  const digits = body.replace(/\D/g, '').length;
  const isInternational = /^\(?\+/.test(body);
  if (region === undefined && !isInternational) {
    return say('ambiguous', 'nothing says which country it belongs to: give the rule a region');
  }
  const plan = isInternational ? 'the country code that it begins with' : `region ${region}`;
  if (digits === 7 && region === 'US' && !isInternational)
    return say('impossible', 'the area code is missing');
  if (digits < 7) return say('impossible', 'it is too short for a phone number');
  return say('impossible', `no such number exists in the numbering plan of ${plan}`);
}

/** What a person may have meant: each part that is a number by itself, a spelled word's digits, 00 for +. */
function suggest(
  text: string,
  region: CountryCode | undefined,
  format: Options['format'],
): string[] {
  if (text.length > LONGEST) return [];
  const candidates = [
    ...text.split(/[\n;,&|/]| or | and |(?<=\d) ?\(|\)$/i),
    text.replace(/[A-Za-z]/g, (letter) => keyOf(letter)),
    text.replace(/^00/, '+'),
  ].map((candidate) => candidate.trim());
  // The text itself is known to be none.
  const others = new Set(candidates.filter((candidate) => candidate !== text));
  const found = [...others].flatMap((candidate) => {
    const reading = read(candidate, region);
    return 'words' in reading ? [] : [write(reading, region, format)];
  });
  return [...new Set(found)];
}

/** The letters of the keys (ITU-T E.161). */
function keyOf(letter: string): string {
  const keys = '22233344455566677778889999';
  return keys.charAt(letter.toUpperCase().charCodeAt(0) - 65);
}

/** The region subtag of a BCP 47 tag; undefined where it names none, or none with phone numbers. */
function regionOf(locale: string): CountryCode | undefined {
  const region = locale
    .split('-')
    .slice(1)
    .find((subtag) => /^[a-z]{2}$/i.test(subtag))
    ?.toUpperCase();
  return region !== undefined && isSupportedCountry(region) ? region : undefined;
}

/** How many international numbers of one country, and of no other, a column needs to show that it belongs there. */
const ENOUGH = 5;

interface ShownRegions {
  observe(value: string): void;
  evidence(): readonly string[];
  home(): Home | null;
}

/**
 * Counts which countries the international numbers of a column name, and which of its other numbers fit the locale.
 * Another region than the locale's is shown where every country code is of that one country and no number
 * without a country code fits the locale's own.
 */
function watchRegions(localeRegion: CountryCode | undefined): ShownRegions {
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
      const reading = read(readable(value), localeRegion);
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

function chooseRegion(wanted: CountryCode | undefined, shown: ShownRegions, locale: string): Home {
  if (wanted !== undefined) return { region: wanted, because: `region ${wanted}, as asked` };
  const fromColumn = shown.home();
  if (fromColumn !== null) return fromColumn;
  const region = regionOf(locale);
  return { region, because: `region ${region}, from the locale ${locale}` };
}
