import type { Order } from './date-text.ts';

/** Where people write the month first. Source: Unicode CLDR 47, short date patterns of the territories. */
const MONTH_FIRST = new Set(['US', 'PH', 'FM', 'MH', 'PW', 'GU', 'VI', 'AS', 'MP', 'UM']);
/** Where both orders are in use, whatever the standard says. */
const MIXED = new Set(['CA', 'PA', 'PR', 'KY', 'BZ', 'KE']);
/** Languages whose people write the year first, so that digits with the year last are somebody else's. */
const YEAR_FIRST = new Set(['ja', 'zh', 'ko', 'hu', 'lt', 'mn', 'eu']);

/** How a locale writes day and month before the year; null where it does not tell, as `en` alone. */
export function localeOrder(locale: string): Order | null {
  const [language = '', ...subtags] = locale.split('-');
  const region = subtags.find((subtag) => /^[A-Za-z]{2}$/.test(subtag))?.toUpperCase();
  if (region === undefined) return isOpenLanguage(language.toLowerCase()) ? null : 'DMY';
  if (MONTH_FIRST.has(region)) return 'MDY';
  return MIXED.has(region) || YEAR_FIRST.has(language.toLowerCase()) ? null : 'DMY';
}

function isOpenLanguage(language: string): boolean {
  return language === 'en' || YEAR_FIRST.has(language);
}
