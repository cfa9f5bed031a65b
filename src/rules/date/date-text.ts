import type { MessKind } from '../../model/mess.ts';
import { type Day, daysInMonth, isRealDay, isoOf } from './calendar.ts';
import { englishMonth } from './names.ts';
import type { Timed } from './time-of-day.ts';

export const ORDERS = ['MDY', 'DMY', 'YMD'] as const;

/** In which order a date in digits names month, day and year. */
export type Order = (typeof ORDERS)[number];

/** One day that a text can mean. */
export interface Reading {
  readonly day: Day;
  /** The orders that lead to this day; empty where the text itself says which number is which. */
  readonly orders: readonly Order[];
  /** The year was written with two digits, and this reading's century is a guess. */
  readonly isShortYear: boolean;
}

/** How a date is written, where that bears on what it means; `words` names its month. */
export type Shape = '/' | '-' | '.' | ' ' | 'digits' | 'words' | 'year first' | 'week';

/** A text that is one date, and nothing else but perhaps a weekday and a time of day. */
export interface DateText {
  readonly shape: Shape;
  /** All that it can mean; empty where there is no such day. */
  readonly readings: readonly Reading[];
  /** 0 (Sunday) to 6; empty where none is named, several where languages disagree on the word. */
  readonly weekdays: readonly number[];
  readonly time: Timed | null;
  /** Where there is no such day: why, and what may be meant. */
  readonly impossible: Impossible | null;
}

export interface Impossible {
  readonly kind: MessKind;
  readonly because: string;
  readonly suggestions: readonly string[];
}

/** No weekday, no time, nothing impossible. */
export const PLAIN = { weekdays: [], time: null, impossible: null } as const;

export type Numbers = readonly [year: number, month: number, day: number, order: Order | null];

export function inBothCenturies(year: number, month: number, day: number, order: Order): Numbers[] {
  return [
    [1900 + year, month, day, order],
    [2000 + year, month, day, order],
  ];
}

/** The days that exist, each once. */
export function dated(candidates: readonly Numbers[]): Reading[] {
  const readings: Reading[] = [];
  for (const [year, month, day, order] of candidates) {
    const reading = {
      day: { year, month, day },
      orders: order === null ? [] : [order],
      isShortYear: false,
    };
    if (!isRealDay(reading.day)) continue;
    const same = readings.findIndex((each) => isSameDay(each.day, reading.day));
    const present = readings[same];
    if (present === undefined) readings.push(reading);
    else readings[same] = { ...present, orders: [...present.orders, ...reading.orders] };
  }
  return readings;
}

function isSameDay(left: Day, right: Day): boolean {
  return left.year === right.year && left.month === right.month && left.day === right.day;
}

/** A date that can be read in one way only, whether or not there is such a day. */
export function certain(shape: Shape, day: Day): DateText {
  const readings = dated([[day.year, day.month, day.day, null]]);
  const impossible = readings.length > 0 ? null : noSuchDay(day.year, day.month, day.day);
  return { ...PLAIN, shape, readings, impossible };
}

export function noSuchDay(year: number, month: number, day: number): Impossible {
  if (month === 0 || day === 0)
    return {
      kind: year === 0 ? 'nothing' : 'inexact',
      because: 'zeros stand for what is not known',
      suggestions: [],
    };
  const tooLate = [
    { year, month, day },
    { year, month: day, day: month },
  ].find((each) => each.day <= 31 && daysInMonth(year, each.month) > 0 && !isRealDay(each));
  if (tooLate !== undefined) {
    const last = daysInMonth(year, tooLate.month);
    return {
      kind: 'impossible',
      because: `${englishMonth(tooLate.month)} ${year} has only ${last} days`,
      suggestions: [isoOf({ ...tooLate, day: last })],
    };
  }
  const swapped = { year, month: day, day: month };
  return {
    kind: 'impossible',
    because: `there is no month ${month} with a day ${day}`,
    suggestions: isRealDay(swapped) ? [isoOf(swapped)] : [],
  };
}
