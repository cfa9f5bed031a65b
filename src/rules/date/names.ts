import { createRequire } from 'node:module';
import type { Locale, Month } from 'date-fns';

/** What months and weekdays are called; date-fns carries the names of the Unicode locale data. */
export interface Names {
  /** 1 to 12; null where no language knows the word, several where languages disagree. */
  monthsNamed(word: string): readonly number[];
  /** 0 (Sunday) to 6. */
  weekdaysNamed(word: string): readonly number[];
  /** Whether the word is an English month or weekday. */
  isEnglish(word: string): boolean;
}

/** The languages whose names are known, and where date-fns keeps them. */
const TABLES = {
  be: ['be'],
  bg: ['bg'],
  ca: ['ca'],
  cs: ['cs'],
  da: ['da'],
  de: ['de', 'de-AT'],
  el: ['el'],
  es: ['es'],
  et: ['et'],
  fi: ['fi'],
  fr: ['fr'],
  hr: ['hr'],
  hu: ['hu'],
  it: ['it'],
  lt: ['lt'],
  lv: ['lv'],
  nb: ['nb'],
  nl: ['nl'],
  pl: ['pl'],
  pt: ['pt'],
  ro: ['ro'],
  ru: ['ru'],
  sk: ['sk'],
  sl: ['sl'],
  sv: ['sv'],
  tr: ['tr'],
  uk: ['uk'],
} as const satisfies Record<string, readonly string[]>;

export type Language = keyof typeof TABLES;

export const LANGUAGES = Object.keys(TABLES).filter(isLanguage);

/** Common spellings that the locale data leaves out, folded. */
const EXTRA_MONTHS: Partial<Record<Language, Readonly<Record<string, number>>>> = {
  de: { marz: 3, maerz: 3, mrz: 3, febr: 2, sept: 9 },
  es: { sept: 9, set: 9, setiembre: 9 },
  fr: { jan: 1, fev: 2, avr: 4, juil: 7, sep: 9 },
  it: { sett: 9 },
  nl: { maart: 3, mrt: 3, sept: 9 },
  sv: { sept: 9 },
};

const ENGLISH_MONTHS: ReadonlyMap<string, readonly number[]> = new Map(
  [
    ['january', 'jan'],
    ['february', 'feb', 'febr'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ].flatMap((words, index) => words.map((word) => [word, [index + 1]] as const)),
);

const ENGLISH_WEEKDAYS: ReadonlyMap<string, readonly number[]> = new Map(
  [
    ['sunday', 'sun'],
    ['monday', 'mon'],
    ['tuesday', 'tue', 'tues'],
    ['wednesday', 'wed', 'weds'],
    ['thursday', 'thu', 'thur', 'thurs'],
    ['friday', 'fri'],
    ['saturday', 'sat'],
  ].flatMap((words, index) => words.map((word) => [word, [index]] as const)),
);

/**
 * The names to read by: English first, then the `preferred` language where a locale names one, then the others,
 * where all that know a word must mean the same month by it (`listopad` is November in Polish and October in Croatian).
 */
export function namesOf(languages: readonly Language[], preferred: Language | null): Names {
  const orderedTables = preferred === null ? [languages] : [[preferred], languages];
  const lookUp = (kind: keyof Table, english: ReadonlyMap<string, readonly number[]>) => {
    const known = new Map<string, readonly number[]>();
    return (word: string): readonly number[] => {
      const folded = foldName(word);
      const inEnglish = english.get(folded);
      if (inEnglish !== undefined) return inEnglish;
      const remembered = known.get(folded);
      if (remembered !== undefined) return remembered;
      const found =
        orderedTables
          .map((group) => meanings(group, kind, folded))
          .find((numbers) => numbers.length > 0) ?? [];
      if (known.size < MOST_REMEMBERED_WORDS) known.set(folded, found);
      return found;
    };
  };
  return {
    monthsNamed: lookUp('months', ENGLISH_MONTHS),
    weekdaysNamed: lookUp('weekdays', ENGLISH_WEEKDAYS),
    isEnglish: (word) => isEnglishName(foldName(word)),
  };
}

function isEnglishName(folded: string): boolean {
  return ENGLISH_MONTHS.has(folded) || ENGLISH_WEEKDAYS.has(folded);
}

/** A column may hold a million different words; names are few. */
const MOST_REMEMBERED_WORDS = 2000;

export function isLanguage(code: string): code is Language {
  return Object.hasOwn(TABLES, code);
}

function meanings(languages: readonly Language[], kind: keyof Table, word: string): number[] {
  const found = languages.flatMap((language) => tableOf(language)[kind].get(word) ?? []);
  return [...new Set(found)].toSorted((left, right) => left - right);
}

interface Table {
  readonly months: ReadonlyMap<string, number>;
  readonly weekdays: ReadonlyMap<string, number>;
}

const loaded = new Map<Language, Table>();
const load = createRequire(import.meta.url);

/** Loaded when a word asks for it: all the tables together take longer to load than most runs of `try`. */
function tableOf(language: Language): Table {
  const present = loaded.get(language);
  if (present !== undefined) return present;
  const locales = TABLES[language].map((name) => localeIn(load(`date-fns/locale/${name}`)));
  const table = { months: monthsIn(language, locales), weekdays: weekdaysIn(locales) };
  loaded.set(language, table);
  return table;
}

/** Each of these modules exports one locale, under its own name. */
function localeIn(module: Readonly<Record<string, Locale>>): Locale {
  const [locale] = Object.values(module);
  if (locale === undefined) throw new Error('a module of date-fns/locale exports no locale');
  return locale;
}

const WIDTHS = ['wide', 'abbreviated'] as const;
const CONTEXTS = ['formatting', 'standalone'] as const;
const MONTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const satisfies readonly Month[];
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;

function monthsIn(language: Language, locales: readonly Locale[]): ReadonlyMap<string, number> {
  const months = new Map(Object.entries(EXTRA_MONTHS[language] ?? {}));
  for (const { localize } of locales)
    for (const month of MONTHS)
      for (const width of WIDTHS)
        for (const context of CONTEXTS)
          months.set(foldName(localize.month(month, { width, context })), month + 1);
  return months;
}

function weekdaysIn(locales: readonly Locale[]): ReadonlyMap<string, number> {
  const weekdays = new Map<string, number>();
  for (const { localize } of locales)
    for (const weekday of WEEKDAYS)
      for (const width of WIDTHS)
        for (const context of CONTEXTS)
          weekdays.set(foldName(localize.day(weekday, { width, context })), weekday);
  return weekdays;
}

/** Case, accents and the full stop of an abbreviation do not matter. */
function foldName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f.]/g, '');
}

const ENGLISH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** What is written out in reasons and formats; `month` is 1 to 12. */
export function englishMonth(month: number): string {
  return ENGLISH_NAMES[month - 1] ?? '';
}

const ENGLISH_WEEKDAY_NAMES = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

export function englishWeekday(weekday: number): string {
  return ENGLISH_WEEKDAY_NAMES[weekday] ?? '';
}
