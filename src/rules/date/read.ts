import type { DateText } from './date-text.ts';
import { readDigits } from './digits.ts';
import type { Names } from './names.ts';
import { tidy } from './scan.ts';
import { splitTime } from './time-of-day.ts';
import { readWords } from './words.ts';

/** Null where `text` is not one date and nothing else. */
export function readDate(text: string, names: Names): DateText | null {
  if (text.length > LONGEST_DATE * 2 || !canHoldDate(text)) return null;
  const tidied = trimOuter(tidy(text));
  if (tidied === '' || tidied.length > LONGEST_DATE) return null;
  const whole = readDay(tidied, names);
  if (whole !== null) return whole;
  const timed = splitTime(tidied);
  if (timed === null) return null;
  const day = readDay(trimOuter(timed.rest), names);
  return day === null ? null : { ...day, time: timed };
}

/** Longer texts are not dates; the longest date with weekday, time and zone stays below. */
const LONGEST_DATE = 100;

/** A quick look that spares most texts the reading: every date has two numbers, or eight digits. */
export function canHoldDate(text: string): boolean {
  return /\d\D+\d|\d{8}/.test(text);
}

/** Quotation marks around the whole, Excel's leading apostrophe and closing punctuation say nothing. */
function trimOuter(text: string): string {
  let end = text.length;
  while (end > 0 && CLOSING.includes(text.charAt(end - 1))) end -= 1;
  let start = 0;
  while (start < end && OPENING.includes(text.charAt(start))) start += 1;
  return text.slice(start, end);
}

const CLOSING = ' .,;\'"';
const OPENING = ' \'"';

function readDay(text: string, names: Names): DateText | null {
  return readDigits(text) ?? readWords(text, names);
}
