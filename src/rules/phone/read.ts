import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { type Reason, say } from '../reason.ts';
import { cleanLine } from '../text/hygiene.ts';

/** One number as a text names it. */
export interface Phone {
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

/** The one number that a text is, or why it is not one. */
export function readPhone(text: string, region: CountryCode | undefined): Phone | Reason {
  if (text === '') return say('nothing', 'nothing is left once invisible characters are gone');
  if (text.length > LONGEST_PHONE) return say('tooLong', 'it is too long for a phone number');
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
  // Canada has numbers of seven digits (310-...), which look like any whose area code was left out.
  if (/^\+1\d{7}$/.test(parsed.number)) return AREA_CODE_MISSING;
  return {
    number: parsed.number,
    national: () => parsed.formatNational(),
    international: () => parsed.formatInternational(),
    country: parsed.country,
    extension,
    isInternational: /^\(?\+/.test(written),
  };
}

/** A long value is no phone number; what is longer is not even looked at. */
export const LONGEST_PHONE = 250;

/** Cleaned, with plain dashes and without a label that says nothing but "telephone". */
export function tidyPhone(value: string): string {
  return cleanLine(value.slice(0, 4 * LONGEST_PHONE))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[ ,;.]+$/, '')
    .replace(/^(?:(?:tele)?phone|tel|ph)(?: no| number)?[.:]{1,2} ?/i, (label) =>
      /^tel:$/i.test(label) ? 'tel:' : '',
    );
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
  if (/^(?:\D*\d){6,}\D*\(/.test(body))
    return say('notes', 'digits stand in brackets behind the number');
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

const AREA_CODE_MISSING = say('impossible', 'the area code is missing');

function whyInvalid(body: string, region: CountryCode | undefined): Reason {
  const digits = body.replace(/\D/g, '').length;
  const isInternational = /^\(?\+/.test(body);
  if (region === undefined && !isInternational) {
    return say('ambiguous', 'nothing says which country it belongs to: give the rule a region');
  }
  const plan = isInternational ? 'the country code that it begins with' : `region ${region}`;
  if (digits === 7 && (region === 'US' || region === 'CA') && !isInternational)
    return AREA_CODE_MISSING;
  if (digits < 7) return say('impossible', 'it is too short for a phone number');
  return say('impossible', `no such number exists in the numbering plan of ${plan}`);
}
