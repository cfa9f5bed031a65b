import type { DecimalMark } from './number.ts';

/** How a locale writes numbers. */
export interface NumberHabits {
  /** Null where usage is divided or unknown: then it decides nothing. */
  readonly decimalMark: DecimalMark | null;
  readonly groupsBySpace: boolean;
  readonly isIndian: boolean;
  /** The currency of the locale's region, where it is known. */
  readonly ownCurrency: string | null;
}

/**
 * The habits of a BCP 47 locale. A table of our own, for the runtime's differs from build to build.
 * Source: Unicode CLDR 45, number symbols by language and region.
 */
export function numberHabits(locale: string): NumberHabits {
  const [language = '', ...subtags] = locale.toLowerCase().split('-');
  const region = subtags.find((subtag) => /^(?:[a-z]{2}|\d{3})$/.test(subtag)) ?? '';
  const tag = `${language}-${region}`;
  return {
    decimalMark: decimalMarkOf(language, tag, region),
    groupsBySpace: SPACE_GROUPED.has(language) || SPACE_GROUPED.has(tag),
    isIndian: region === 'in' || INDIAN.has(language),
    ownCurrency: OWN_CURRENCY.get(region) ?? null,
  };
}

function decimalMarkOf(language: string, tag: string, region: string): DecimalMark | null {
  if (DIVIDED.has(tag)) return null;
  if (POINT.has(tag)) return '.';
  if (COMMA.has(tag)) return ',';
  if (language === 'es' && POINT_SPANISH.has(region)) return '.';
  if (POINT.has(language)) return '.';
  if (COMMA.has(language)) return ',';
  return null;
}

const words = (list: string) => new Set(list.split(' '));

const POINT = words(
  'en zh ja ko th he iw hi bn ta te mr gu kn ml pa ur si ne ms fil tl sw cy ga gd mt am my km lo mn de-ch de-li it-ch',
);
const COMMA = words(
  'de fr it es pt nl da sv nb nn no fi is pl cs sk sl hr sr bs hu ro bg ru uk be el tr id vi et lv lt mk sq ca eu gl ka hy az kk uz af en-za en-dk en-de en-nl en-se en-fi en-at en-be en-si',
);
const POINT_SPANISH = words('mx us pr gt hn ni pa pe sv do cu bz 419');
/** CLDR gives French in Switzerland a comma for numbers and a point for money. */
const DIVIDED = words('fr-ch en-ch rm-ch');
const SPACE_GROUPED = words(
  'fr cs sk pl ru uk be bg hu fi sv nb nn no et lv lt af ka hy kk uz en-za pt-pt',
);
const INDIAN = words('hi bn ta te mr gu kn ml pa');

/** Clio's regions and the larger countries around them (ISO 3166 to ISO 4217). */
const OWN_CURRENCY = new Map(
  [
    'us USD,pr USD,ca CAD,gb GBP,au AUD,nz NZD,mx MXN,in INR,za ZAR,sg SGD,hk HKD,jp JPY,cn CNY,kr KRW,br BRL,ch CHF',
    'li CHF,se SEK,no NOK,dk DKK,pl PLN,cz CZK,hu HUF,ro RON,bg BGN,tr TRY,il ILS,ae AED',
    'at EUR,be EUR,hr EUR,cy EUR,ee EUR,fi EUR,fr EUR,de EUR,gr EUR,ie EUR,it EUR,lv EUR,lt EUR,lu EUR,mt EUR,nl EUR',
    'pt EUR,sk EUR,si EUR,es EUR',
  ]
    .join(',')
    .split(',')
    .map((pair): [string, string] => [pair.slice(0, 2), pair.slice(3)]),
);
