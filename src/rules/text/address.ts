import { type Reason, say } from '../reason.ts';
import {
  DIRECTIONS,
  PROVINCE_CODES,
  STATE_CODES,
  SUFFIXES,
  UNITS,
  type PostalWord,
} from './address-words.ts';
import type { Doubt, Reading } from './doubt.ts';
import { shapeOf } from './letter-case.ts';

export interface AddressStyle {
  readonly country: 'us' | 'ca';
  /** Whether streets, directions and units are spelled out or written in the post's short forms. */
  readonly words: 'expand' | 'shorten';
}

/**
 * Puts the parts of a US or Canadian address into one form: street suffix, directions, unit, PO Box, state or
 * province, ZIP or postal code. Parts are told by commas and line ends; a part that could be read in two ways
 * ("12 Court St Paul") stays as it is.
 */
export function tidyAddress(text: string, style: AddressStyle): Reading {
  const pieces = text.split(/(\n|, ?)/);
  const parts = pieces.map((piece, at) => (at % 2 === 0 ? piece : ''));
  const place = placeOf(parts);
  const doubts: Doubt[] = [];
  const whole = shapeOf(text);
  const written = pieces.map((piece, at) => {
    if (at % 2 === 1 || piece === '') return piece;
    const shape = shapeOf(piece);
    return (
      (at > 0 && hasCity(parts, at) ? tidyRegion(piece, style.country, at === place) : null) ??
      // A short form by itself ("FL 3") says nothing of capitals.
      tidyBox(piece, whole) ??
      tidyUnit(piece, style, whole) ??
      tidyStreet(piece, style, shape) ??
      tidyEnd(piece, style.country)
    );
  });
  const short = findShortCode(parts, place, style.country);
  if (short !== null)
    doubts.push({ reason: short.reason, readings: [written.with(place, short.part).join('')] });
  return { text: written.join(''), doubts };
}

/** Where state and ZIP code stand: the last part, or the one before the country. */
function placeOf(parts: readonly string[]): number {
  const last = parts.length - 1;
  return /^(?:u\.?s\.?a?\.?|united states(?: of america)?|canada)$/i.test(parts[last] ?? '')
    ? last - 2
    : last;
}

/** "350 Sample Ave, New York" lacks its state, or its city: right behind a street a name may be either. */
function hasCity(parts: readonly string[], at: number): boolean {
  const isCode = /^\p{L}\.?\p{L}\.?(?: \w|$)/u.test(parts[at] ?? '');
  return (
    isCode || !/^(?:\d|p\.? ?o\.? ?box|rr )|^#|^(?:\p{L}+)\.? #?\d/iu.test(parts[at - 2] ?? '')
  );
}

const ZIP = '(\\d{5})(?:[-\\u2010-\\u2015 ]?(\\d{4}))?';
const STATE_AND_ZIP = new RegExp(`^(\\p{L}[\\p{L}. ]{0,30}?)(?: ${ZIP})?$`, 'u');
const ENDING_ZIP = new RegExp(`^(.*) (\\p{L}{2}) ${ZIP}$`, 'u');
const POSTAL = '([ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z])[ -]?(\\d[ABCEGHJ-NPRSTV-Z]\\d)';
const PROVINCE_AND_POSTAL = new RegExp(`^(\\p{L}[\\p{L}. ]{0,30}?)(?: ${POSTAL})?$`, 'iu');
const ENDING_POSTAL = new RegExp(`^(.*) (\\p{L}{2}) ${POSTAL}$`, 'iu');

/** A state or province with its code at any place ("FL 33101" is no floor); without one only where the state belongs. */
function tidyRegion(part: string, country: 'us' | 'ca', isPlace: boolean): string | null {
  const isUs = country === 'us';
  const [, region = '', first = '', second = ''] =
    (isUs ? STATE_AND_ZIP : PROVINCE_AND_POSTAL).exec(part) ?? [];
  const code = (isUs ? STATE_CODES : PROVINCE_CODES).get(region.replaceAll('.', '').toLowerCase());
  if (code === undefined) return null;
  if (first !== '') return `${code} ${joinCode(first, second, isUs)}`;
  // "N.E." alone at the end is a direction as well.
  return isPlace && code !== 'NE' ? code : null;
}

function joinCode(first: string, second: string, isUs: boolean): string {
  if (!isUs) return `${first} ${second}`.toUpperCase();
  return second === '' ? first : `${first}-${second}`;
}

/** "Springfield il 62701": no comma tells the city's end, but the code before a ZIP code is one. */
function tidyEnd(part: string, country: 'us' | 'ca'): string {
  const isUs = country === 'us';
  const [, start = '', region = '', first = '', second = ''] =
    (isUs ? ENDING_ZIP : ENDING_POSTAL).exec(part) ?? [];
  const code = (isUs ? STATE_CODES : PROVINCE_CODES).get(region.toLowerCase());
  return code === undefined ? part : `${start} ${code} ${joinCode(first, second, isUs)}`;
}

/** States and a territory whose ZIP codes begin with 0, which a spreadsheet drops. */
const ZERO_STATES = /^(?:CT|MA|ME|NH|NJ|RI|VT|PR)$/;

function findShortCode(
  parts: readonly string[],
  place: number,
  country: 'us' | 'ca',
): { reason: Reason; part: string } | null {
  const [, state = '', digits = ''] = /^(\p{L}{2}) (\d{4})$/u.exec(parts[place] ?? '') ?? [];
  if (country !== 'us' || !ZERO_STATES.test(state.toUpperCase())) return null;
  return {
    reason: say('spreadsheet', 'its ZIP code has four digits: a zero may be missing at the front'),
    part: `${state.toUpperCase()} 0${digits}`,
  };
}

type Shape = ReturnType<typeof shapeOf>;

function tidyBox(part: string, shape: Shape): string | null {
  const id = /^(?:p\.? ?o\.?|post office) ?box (?:# ?)?([\p{L}\d-]{1,10})$/iu.exec(part)?.[1];
  return id === undefined ? null : `${inShape('PO Box', shape).replace(/^po/, 'PO')} ${id}`;
}

function tidyUnit(part: string, style: AddressStyle, shape: Shape): string | null {
  const [, word = '', id = ''] = /^(\p{L}+)\.? (?:# ?)?([\p{L}\d-]{1,8})$/u.exec(part) ?? [];
  const unit = UNITS.get(word.toLowerCase());
  return unit === undefined || !isUnitId(unit, id) ? null : `${inStyle(unit, style, shape)} ${id}`;
}

/** With a digit, or one letter; "Fl 33101" is Florida, for no floor has that number. */
function isUnitId(unit: PostalWord, id: string): boolean {
  if (unit.long === 'Floor') return /^\d{1,3}$/.test(id);
  return /\d/.test(id) || /^\p{L}$/u.test(id);
}

/** A house number, a name, its suffix; directions and a unit at the edges. Null where it is not built so. */
function tidyStreet(part: string, style: AddressStyle, shape: Shape): string | null {
  const words = part.split(' ');
  if (words.length > 12 || !/^\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?$/.test(words[0] ?? '')) return null;
  const unit = unitAt(words);
  const end = unit ?? words.length;
  const hasAfter =
    lookUp(DIRECTIONS, words[end - 1]) !== undefined &&
    lookUp(SUFFIXES, words[end - 2]) !== undefined;
  const suffixAt = hasAfter ? end - 2 : end - 1;
  const nameAt = /^\d\/\d$/.test(words[1] ?? '') ? 2 : 1;
  const suffix = lookUp(SUFFIXES, words[suffixAt]);
  if (suffix === undefined || suffixAt <= nameAt || isSaint(words, suffixAt)) return null;
  const hasBefore = lookUp(DIRECTIONS, words[nameAt]) !== undefined && suffixAt > nameAt + 1;
  return words
    .map((word, at) => {
      if (at === suffixAt) return inStyle(suffix, style, shape);
      const isDirection = (hasBefore && at === nameAt) || (hasAfter && at === end - 1);
      const direction = isDirection ? lookUp(DIRECTIONS, word) : undefined;
      if (direction !== undefined) return inQuadrants(direction, style, shape, word);
      const designator = at === unit ? lookUp(UNITS, word) : undefined;
      return designator === undefined ? word : inStyle(designator, style, shape);
    })
    .join(' ');
}

/** "100 Mount St": the suffix is where it should be; "100 Rue St" alone would be half a saint's name. */
function isSaint(words: readonly string[], suffixAt: number): boolean {
  return (
    /^st\.?$/i.test(words[suffixAt] ?? '') &&
    /^(?:rue|ch|chemin|av|avenue)$/i.test(words[suffixAt - 1] ?? '')
  );
}

/** Where "Apt 4B" begins at the end of a street's part. */
function unitAt(words: readonly string[]): number | undefined {
  const at = words.length - 2;
  const unit = at > 1 ? lookUp(UNITS, words[at]) : undefined;
  if (unit !== undefined && isUnitId(unit, (words[at + 1] ?? '').replace(/^#/, ''))) return at;
  return /^#[\p{L}\d-]{1,8}$/u.test(words.at(-1) ?? '') ? words.length - 1 : undefined;
}

/** Quadrants ("NW") are written short by everybody; only their dots go. */
function inQuadrants(
  direction: PostalWord,
  style: AddressStyle,
  shape: Shape,
  word: string,
): string {
  const isQuadrant = direction.short.length === 2;
  if (!isQuadrant) return inStyle(direction, style, shape);
  const isShort = word.replaceAll('.', '').length === 2;
  return isShort || style.words === 'shorten' ? direction.short : inStyle(direction, style, shape);
}

function lookUp(
  words: ReadonlyMap<string, PostalWord>,
  word: string | undefined,
): PostalWord | undefined {
  return word === undefined ? undefined : words.get(word.replaceAll('.', '').toLowerCase());
}

function inStyle(word: PostalWord, { words, country }: AddressStyle, shape: Shape): string {
  const long = word.long === 'Center' && country === 'ca' ? 'Centre' : word.long;
  return inShape(words === 'expand' ? long : word.short, shape);
}

function inShape(word: string, shape: Shape): string {
  if (shape === 'capitals') return word.toUpperCase();
  return shape === 'small' ? word.toLowerCase() : word;
}
