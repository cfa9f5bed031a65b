import { z } from 'zod';
import type { MessKind } from '../model/mess.ts';
import { type Day, dayOfExcelSerial, isoOf, isRealDay } from './date/calendar.ts';
import { chooseDay, possibleDays, type Preferences, writtenOut } from './date/choose.ts';
import { ORDERS } from './date/date-text.ts';
import { gatherEvidence } from './date/evidence.ts';
import { type Explanation, explain, isExcelSerial } from './date/explain.ts';
import { dateFormat, faultOf, orderOf } from './date/format.ts';
import { localeOrder } from './date/locale-order.ts';
import { isLanguage, type Language, LANGUAGES, namesOf } from './date/names.ts';
import { objectionTo } from './date/objection.ts';
import { readDate } from './date/read.ts';
import type { Timed } from './date/time-of-day.ts';
import { type Reason, say } from './reason.ts';
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
/** What is expected where the rules file does not say. */
const WIDEST = { earliest: '1800-01-01', latest: '2099-12-31' } as const;

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
      .describe(
        'What to do with a time of day other than midnight; in universal time it is flagged all the same.',
      ),
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
    earliest: isoDay.default(WIDEST.earliest).describe('Dates before it are flagged.'),
    latest: isoDay.default(WIDEST.latest).describe('Dates after it are flagged.'),
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
  const read = remember((value) => readDate(value, names));

  function observe(value: string): void {
    const text = read(value);
    if (text !== null) column.observe(text);
  }

  function decide(value: string): Verdict {
    const present = format.parse(value);
    if (present !== null) return object(present) ?? UNCHANGED;
    const serial = given.excelSerials ? readSerial(value) : null;
    if (serial !== null)
      return settle(serial, [`day number ${value.trim()} of Excel`], 'spreadsheet');
    const text = read(value);
    if (text === null)
      return flag(explain(value, names, (each) => possibleDays(each, preferences, column)));
    const choice = chooseDay(text, preferences, column);
    if (choice.day === null) return flag(choice);
    const { time } = text;
    if (time === null) return settle(choice.day, choice.because);
    const loss = lossOf(time, given, column.universalTimes());
    if (loss !== null) return flag({ reason: loss, suggestions: [isoOf(choice.day)] });
    return settle(choice.day, [...choice.because, whyWithout(time)]);
  }

  function settle(day: Day, because: readonly string[], kind: MessKind = 'notation'): Verdict {
    const words = [`read as ${writtenOut(day)}`, ...because].join('; ');
    return object(day) ?? changed(format.print(day), say(kind, words));
  }

  function object(day: Day): Verdict | null {
    const objection = objectionTo(day, given);
    return objection === null ? null : flag(objection);
  }

  function flag({ reason, suggestions }: Explanation): Verdict {
    const days = suggestions.map(dayOfIso).filter((day) => objectionTo(day, given) === null);
    return flagged(
      reason,
      days.map((day) => format.print(day)),
    );
  }

  return { observe, evidence: () => column.sentences(), decide };
}

/** A column holds the same days over and over, and each is asked for twice; 200 columns of days that never repeat stay in bounds. */
const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 40;

function remember<Result>(read: (value: string) => Result): (value: string) => Result {
  const known = new Map<string, Result>();
  return (value) => {
    if (value.length > LONGEST_REMEMBERED) return read(value);
    const present = known.get(value);
    if (present !== undefined) return present;
    const result = read(value);
    if (known.size < MOST_REMEMBERED) known.set(value, result);
    return result;
  };
}

function preferencesOf({ order, pivot, earliest, latest }: Options, setting: Setting): Preferences {
  const { locale } = setting;
  const isExplicit = setting.localeIsExplicit === true;
  return {
    order,
    pivot,
    earliest,
    latest,
    areBoundsStated: earliest !== WIDEST.earliest && latest !== WIDEST.latest,
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

function readSerial(value: string): Day | null {
  const text = value.trim();
  if (!/^\d{5}(?:\.0{1,9})?$/.test(text)) return null;
  const serial = Number(text);
  return isExcelSerial(serial) ? dayOfExcelSerial(serial) : null;
}

/** What would be lost with the time of day; null where nothing would, or the rules file lets it go. */
function lossOf(
  { isMidnight, isUniversal, time }: Timed,
  given: Options,
  universalTimes: number,
): Reason | null {
  if (isMidnight && (!isUniversal || universalTimes === 0)) return null;
  if (given.time === 'flag') return say('notes', `the time of day would be lost: ${time}`);
  return isUniversal
    ? say('ambiguous', `in universal time: the day where it happened may be another: ${time}`)
    : null;
}

function whyWithout({ isMidnight, time }: Timed): string {
  return isMidnight
    ? 'its time of day is midnight, which says nothing'
    : `the time of day ${time} is left out, as the rules file allows`;
}

function dayOfIso(text: string): Day {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}
