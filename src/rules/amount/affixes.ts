import { type Reason, say } from '../reason.ts';
import { findCurrency, type CurrencyMark } from './currencies.ts';
import type { FoundNumber } from './find-numbers.ts';
import { findMagnitude, type Magnitude } from './magnitude.ts';
import { JOINING_SPACE } from './tidy.ts';

/** What stands around an amount's only number, once the sign is taken off. */
export interface Signed {
  readonly negative: boolean;
  readonly before: string;
  readonly after: string;
  /** What the sign was, for the reason. */
  readonly notes: readonly Reason[];
  /** Why the sign cannot be told; null where it can. */
  readonly problem: Reason | null;
  /** The decimal mark before a dash for no cents ("1.899,-"): what else stands in the number groups. */
  readonly centsMark: '.' | ',' | null;
}

/** A number by itself, whatever stands around it. */
export const UNSIGNED: Signed = {
  negative: false,
  before: '',
  after: '',
  notes: [],
  problem: null,
  centsMark: null,
};

/** Takes minus, brackets and idle punctuation off both sides of a number. */
export function takeSign(text: string, number: FoundNumber): Signed {
  const notes: Reason[] = [];
  let before = text.slice(0, number.start);
  let after = text.slice(number.end);
  let minuses = 0;
  let dangling: string = number.dangling;
  let problem: Reason | null = null;

  const noCents = (dangling === '' ? NO_CENTS_SLASH : NO_CENTS).exec(after);
  const centsMark = noCents === null || number.dangling === '' ? null : number.dangling;
  if (noCents !== null) {
    after = after.slice(noCents[0].length);
    dangling = '';
    notes.push(say('notation', 'the dash stands for no cents'));
  }
  if (dangling === ',' || (dangling === '.' && number.token.includes('.')))
    problem = say(
      'ambiguous',
      'a separator stands at the end of the number: perhaps digits are missing',
    );
  if (/\*[ ;]*$/.test(after) && !before.includes('*')) notes.push(STAR);
  after = trimIdle(after);

  const opens = before.startsWith('(') ? 'start' : before.endsWith('(') ? 'end' : null;
  const closes = after.endsWith(')') ? 'end' : after.startsWith(')') ? 'start' : null;
  if (opens !== null && closes !== null) {
    before = opens === 'start' ? before.slice(1) : before.slice(0, -1);
    after = closes === 'end' ? after.slice(0, -1) : after.slice(1);
    minuses += 1;
    notes.push(say('notation', 'brackets mean a negative amount'));
  }
  if (before !== '' && MINUS.test(before)) {
    const isApart = /^[-–] /.test(before) || /[-–] $/.test(before);
    if (isApart) problem = DASH_APART;
    const isAtStart = /^[-–]/.test(before);
    before = isAtStart ? before.slice(1) : before.trimEnd().slice(0, -1);
    minuses += 1;
  }
  if (after.startsWith('-') || after.endsWith('-')) {
    if (/^ | -$/.test(after)) problem = DASH_APART;
    after = after.startsWith('-') ? after.slice(1) : after.slice(0, -1);
    minuses += 1;
    notes.push(say('notation', 'the minus behind the number means a negative amount'));
  }
  if (minuses === 0 && before.startsWith('+')) before = before.slice(1);
  else if (minuses === 0 && before.endsWith('+')) before = before.slice(0, -1);
  if (minuses > 1) problem = say('ambiguous', 'it has more than one minus');
  return {
    negative: minuses === 1,
    before: before.trim(),
    after: after.trim(),
    notes,
    problem,
    centsMark,
  };
}

/** A footnote's; of an amount it is left out, for price lists have many. */
export const STAR = say('notes', 'the star behind it, which may point to a note, is left out');

const DASH_APART = say(
  'ambiguous',
  'the dash stands apart from the amount: a minus, or only a dash',
);
/** "105.–" and "1.899,-": a dash in the place of the cents; "500/-" in Indian and British use. */
const NO_CENTS = /^ ?[-–—]{1,2}(?=$| )/;
const NO_CENTS_SLASH = /^ ?\/[-=](?=$| )/;
const MINUS = /^[-–]|[-–] ?$/;

/** Footnote stars, a closing semicolon, a slash with nothing behind it. */
function trimIdle(text: string): string {
  let end = text.length;
  while (end > 0 && ' *;'.includes(text[end - 1] ?? '')) end -= 1;
  const rest = text.slice(0, end);
  if (rest === ' /') return '';
  return rest.endsWith(' .') ? rest.slice(0, -2) : rest;
}

/** What the text before or behind a number names; null where something is left that is neither. */
export interface Named {
  readonly marks: readonly CurrencyMark[];
  readonly magnitude: Magnitude | null;
  /** The magnitude as written. */
  readonly magnitudeWord: string;
}

const NOTHING: Named = { marks: [], magnitude: null, magnitudeWord: '' };
/** "million Australian dollars" is the longest that means something. */
const LONGEST_AFFIX = 32;

/** One currency, or its code and its sign. */
export function readBefore(text: string): Named | null {
  if (text === '') return NOTHING;
  if (text.length > LONGEST_AFFIX) return null;
  const marks = readMarks(text);
  return marks === null ? null : { ...NOTHING, marks };
}

/** A magnitude and a currency in either order, each at most once. */
export function readAfter(text: string): Named | null {
  if (text === '') return NOTHING;
  if (text.length > LONGEST_AFFIX) return null;
  const magnitude = readMagnitude(text);
  const marks = readMarks(text);
  if (magnitude !== null && (marks === null || !magnitude.magnitude?.needsCurrency))
    return magnitude;
  if (marks !== null) return { ...NOTHING, marks };
  for (const [left, right] of splits(text)) {
    const named =
      combine(readMagnitude(left), readMarks(right)) ??
      combine(readMagnitude(right), readMarks(left));
    if (named !== null) return named;
  }
  return null;
}

/** The two halves of a text at each of its word boundaries: a space, or where letters meet a sign ("NZD$", "M€"). */
function splits(text: string): readonly (readonly [string, string])[] {
  const halves: (readonly [string, string])[] = [];
  for (let at = 1; at < text.length; at += 1) {
    if (!isBoundary(text, at)) continue;
    halves.push([text.slice(0, at).trim(), text.slice(at).trim()]);
    if (halves.length > MOST_BOUNDARIES) return [];
  }
  return halves;
}

/** Behind a space, or between a letter (or its dot) and a sign. */
function isBoundary(text: string, at: number): boolean {
  const [before, behind] = [text[at - 1] ?? '', text[at] ?? ''];
  if (before === ' ' || before === JOINING_SPACE) return true;
  if (behind === ' ' || behind === JOINING_SPACE) return false;
  return isSign(before) !== isSign(behind);
}

/** The dollar, what stands in Latin-1, and Unicode's currency block. */
function isSign(character: string): boolean {
  return SIGNS.has(character);
}

const SIGNS = new Set('$£¥¢€₹₽₺₴₪₫₱₦฿₡₭₮₲₵₸₼₾֏৳៛؋﷼₣₯₧₨₩ƒ');
/** "million New Zealand dollars" has three, "million U.S. $" one more. */
const MOST_BOUNDARIES = 4;

function combine(magnitude: Named | null, marks: readonly CurrencyMark[] | null): Named | null {
  return magnitude === null || marks === null ? null : { ...magnitude, marks };
}

function readMagnitude(text: string): Named | null {
  const word = text.endsWith('.') ? text.slice(0, -1) : text;
  const magnitude = findMagnitude(word);
  return magnitude === undefined ? null : { marks: [], magnitude, magnitudeWord: word };
}

function readMarks(text: string): readonly CurrencyMark[] | null {
  const one = findCurrency(text);
  if (one !== undefined) return [one];
  for (const [before, behind] of splits(text)) {
    const left = findCurrency(before);
    const right = left && findCurrency(behind);
    if (left !== undefined && right !== undefined && left.label !== right.label)
      return [left, right];
  }
  return null;
}
