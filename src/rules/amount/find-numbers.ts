import { JOINING_SPACE } from './tidy.ts';

/** A run of digits with its separators, as it stands in a tidied text. */
export interface FoundNumber {
  readonly token: string;
  readonly start: number;
  /** Behind the last character, exponent and dangling separator included. */
  readonly end: number;
  /** Scientific notation's power of ten, as written ("E7", "e+08"); empty where there is none. */
  readonly exponent: string;
  /** "25." and "1,": a separator with nothing behind it, not part of `token`. */
  readonly dangling: '' | '.' | ',';
}

/** Every number in a tidied text, from left to right, in one pass. */
export function findNumbers(text: string): readonly FoundNumber[] {
  const numbers: FoundNumber[] = [];
  let at = 0;
  while (at < text.length) {
    if (startsNumber(text, at)) {
      const number = readNumber(text, at);
      numbers.push(number);
      at = number.end;
    } else at += 1;
  }
  return numbers;
}

function startsNumber(text: string, at: number): boolean {
  if (isDigit(text, at)) return true;
  // A point behind a letter ends an abbreviation ("Rs.500"), it does not start a fraction.
  return isPointOrComma(text[at]) && isDigit(text, at + 1) && !LETTER.test(text[at - 1] ?? '');
}

const LETTER = /^\p{L}$/u;

function readNumber(text: string, start: number): FoundNumber {
  let end = start;
  let groupLength = 0;
  while (end < text.length) {
    if (isDigit(text, end)) groupLength += 1;
    else if (joinsDigits(text, end, groupLength, start)) groupLength = 0;
    else break;
    end += 1;
  }
  const token = text.slice(start, end);
  const exponent = EXPONENT.exec(text.slice(end, end + LONGEST_EXPONENT))?.[0] ?? '';
  if (exponent !== '') return { token, start, end: end + exponent.length, exponent, dangling: '' };
  const next = text[end];
  if (next === '.' || next === ',') return { token, start, end: end + 1, exponent, dangling: next };
  return { token, start, end, exponent, dangling: '' };
}

/** A sign and at most three digits, not grown together with more letters or digits. */
const EXPONENT = /^[eE][+-]?\d{1,3}(?![\p{L}\p{N}.,])/u;
const LONGEST_EXPONENT = 8;

/** Whether the character at `at` is a separator inside the number, not behind it. */
function joinsDigits(text: string, at: number, groupLength: number, start: number): boolean {
  const mark = text[at];
  if (isPointOrComma(mark)) return isDigit(text, at + 1);
  if (mark === "'") return at > start && isDigit(text, at + 1);
  if (mark !== ' ' && mark !== JOINING_SPACE) return false;
  // A space groups only between one to three digits and exactly three.
  if (groupLength < 1 || groupLength > 3) return false;
  return [1, 2, 3].every((step) => isDigit(text, at + step)) && !isDigit(text, at + 4);
}

function isPointOrComma(character: string | undefined): boolean {
  return character === '.' || character === ',';
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}
