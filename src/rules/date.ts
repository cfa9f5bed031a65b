import { z } from 'zod';
import { type Day, dayOfExcelSerial, isoOf, isRealDay } from './date/calendar.ts';
import { chooseDay, type Preferences, writtenOut } from './date/choose.ts';
import { gatherEvidence } from './date/evidence.ts';
import { explain, isExcelSerial } from './date/explain.ts';
import { dateFormat, faultOf, orderOf } from './date/format.ts';
import { localeOrder } from './date/locale-order.ts';
import { isLanguage, type Language, LANGUAGES, namesOf } from './date/names.ts';
import { ORDERS, readDate } from './date/read.ts';
import {
  changed,
  type Column,
  defineRule,
  flagged,
  type Setting,
  UNCHANGED,
  type Verdict,
} from './types.ts';

const ISO = 'YYYY-MM-DD';

const isoDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date as YYYY-MM-DD')
  .refine((text) => isRealDay(dayOfIso(text)), 'is not a day of the calendar');

const options = z
  .strictObject({
    order: z
      .enum(['infer', ...ORDERS])
      .default('infer')
      .describe(
        'Order of month, day and year in digits; infer lets the column decide, then a locale that the rules file names.',
      ),
    pivot: z
      .union([z.literal('infer'), z.int().min(0).max(100)])
      .default('infer')
      .describe(
        'Two-digit years below it are 20xx, the others 19xx; infer takes 00-29 and 50-99 where nothing speaks against it.',
      ),
    time: z
      .enum(['flag', 'drop'])
      .default('flag')
      .describe('What to do with a time of day other than midnight.'),
    languages: z
      .union([z.literal('any'), z.array(z.enum(LANGUAGES))])
      .default('any')
      .describe(
        'Languages of month names besides English and the locale; any reads those whose meaning all languages share.',
      ),
    excelSerials: z
      .boolean()
      .default(false)
      .describe(
        "Read whole numbers from 10000 to 73050 as Excel's day numbers (43586 is 2019-05-01).",
      ),
    earliest: isoDay.default('1800-01-01').describe('Dates before it are flagged.'),
    latest: isoDay.default('2099-12-31').describe('Dates after it are flagged.'),
    placeholders: z
      .array(isoDay)
      .default(['1899-12-30', '1899-12-31', '1900-01-01'])
      .describe('Dates that programs write where they have none: flagged.'),
    format: z
      .string()
      .default(ISO)
      .describe(
        'How a text field gets dates: YYYY, MMMM (May), MMM, MM, M, DD, D and what stands between. A date field always gets YYYY-MM-DD.',
      ),
  })
  .superRefine(({ format, order, earliest, latest }, context) => {
    const fault = faultOf(format);
    const formatOrder = orderOf(format);
    if (fault !== null) context.addIssue({ code: 'custom', path: ['format'], message: fault });
    else if (formatOrder !== null && order !== 'infer' && order !== formatOrder)
      context.addIssue({
        code: 'custom',
        path: ['format'],
        message: `cannot be ${format} where order is ${order}: the results could not be told from what is still to do`,
      });
    if (earliest > latest)
      context.addIssue({
        code: 'custom',
        path: ['latest'],
        message: 'must not be before earliest',
      });
  });

type Options = z.infer<typeof options>;

/** Reads dates as people write them, and flags whatever could mean another day, more than a day, or less. */
export const date = defineRule({
  summary: 'Dates as YYYY-MM-DD, or in a given format in a text field.',
  reads: ['date', 'text_line', 'text_area', 'numeric'],
  writes: ['date', 'text_line', 'text_area'],
  options,
  column: dateColumn,
});

function dateColumn(given: Options, setting: Setting): Column {
  const preferences = preferencesOf(given, setting);
  const names = namesOf(...languagesOf(given, setting));
  const format = dateFormat(setting.target.fieldType === 'date' ? ISO : given.format);
  const column = gatherEvidence();

  function observe(value: string): void {
    const text = readDate(value, names);
    if (text !== null) column.observe(text);
  }

  function decide(value: string): Verdict {
    const written = format.parse(value);
    if (written !== null) return objection(written, given) ?? UNCHANGED;
    const serial = given.excelSerials ? readSerial(value) : null;
    if (serial !== null) return settle(value, serial, [`day number ${value.trim()} of Excel`]);
    const text = readDate(value, names);
    if (text === null) {
      const { reason, suggestions } = explain(value, names);
      return flagged(reason, suggestions);
    }
    const choice = chooseDay(text, preferences, column);
    if (choice.day === null) return flagged(choice.reason, choice.suggestions);
    if (text.time !== null && !text.time.isMidnight && given.time === 'flag')
      return flagged(`the time of day would be lost: ${text.time.time}`, [isoOf(choice.day)]);
    return settle(value, choice.day, [
      ...choice.because,
      ...(text.time === null ? [] : [dropped(text.time)]),
    ]);
  }

  function settle(value: string, day: Day, because: readonly string[]): Verdict {
    const after = format.print(day);
    if (after === value) return UNCHANGED;
    return (
      objection(day, given) ?? changed(after, [`read as ${writtenOut(day)}`, ...because].join('; '))
    );
  }

  return { observe, evidence: () => column.sentences(), decide };
}

function preferencesOf({ order, pivot, earliest, latest }: Options, setting: Setting): Preferences {
  const { locale } = setting;
  const isExplicit = setting.localeIsExplicit === true;
  return {
    order,
    pivot,
    earliest,
    latest,
    locale,
    localeOrder: isExplicit ? localeOrder(locale) : null,
  };
}

function languagesOf(
  { languages }: Options,
  { locale }: Setting,
): [readonly Language[], Language | null] {
  const [language = ''] = locale.toLowerCase().split('-');
  return [languages === 'any' ? LANGUAGES : languages, isLanguage(language) ? language : null];
}

/** Why a day that was read well should still be looked at by a person. */
function objection(day: Day, { earliest, latest, placeholders }: Options): Verdict | null {
  const iso = isoOf(day);
  if (placeholders.includes(iso)) return flagged(`${iso} often stands for a missing date`);
  if (iso < earliest)
    return flagged(
      `before ${earliest}, the earliest date expected`,
      repairYear(day, earliest, latest),
    );
  if (iso > latest)
    return flagged(`after ${latest}, the latest date expected`, repairYear(day, earliest, latest));
  return null;
}

/** Years like 0202 and 3019 are slips for 2002 and 2019. */
function repairYear(day: Day, earliest: string, latest: string): string[] {
  const short = day.year % 100;
  return [2000 + short, 1900 + short]
    .map((year) => ({ ...day, year }))
    .filter(isRealDay)
    .map(isoOf)
    .filter((iso) => iso >= earliest && iso <= latest);
}

function readSerial(value: string): Day | null {
  const text = value.trim();
  if (!/^\d{5}(?:\.0{1,9})?$/.test(text)) return null;
  const serial = Number(text);
  return isExcelSerial(serial) ? dayOfExcelSerial(serial) : null;
}

function dropped({
  isMidnight,
  time,
}: {
  readonly isMidnight: boolean;
  readonly time: string;
}): string {
  return isMidnight
    ? 'its time of day is midnight, which says nothing'
    : `the time of day ${time} is left out, as the rules file allows`;
}

function dayOfIso(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}
