import { SUFFIXES, UNITS } from './address-words.ts';
import {
  ACRONYM_OR_WORD,
  AFTER_DE,
  BEFORE_ARTICLE,
  CAPITALS_ONLY,
  FIXED,
  LOWER_DOTTED,
  LOWER_SLASHED,
  MAC_NAMES,
  PARTICLES,
  PROVINCES,
  SMALL,
  SMALL_IN_NAMES,
  STATES,
  STATES_ONLY,
  TITLE_CAPITALS,
  UNSURE_PARTICLES,
} from './casing-words.ts';
import { capitalise, toLower, toUpper } from './letter-case.ts';
import type { Spelling } from './spellings.ts';
import { isNoWord, type Word } from './word.ts';

/** A word of a title or a name, and what its place says of how it is written. */
interface Context {
  readonly wanted: 'title' | 'name';
  readonly shape: 'capitals' | 'small' | 'mixed';
  readonly word: Word;
  readonly before: Word | undefined;
  readonly after: Word | undefined;
  /** Begins the text or what follows a colon, a question mark or a line break. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly hasNumber: boolean;
  readonly spelling: Spelling;
}

/** The word in its new case, or the ways in which it may be written. */
type Choice = string | readonly string[];

/** Writes one word of a title or a name as its place, its neighbours and the column's other values say. */
export function chooseWord(context: Context): Choice {
  const { core } = context.word;
  if (context.shape === 'mixed' && /\p{Lu}/u.test(core)) return mendCapitals(core);
  if (isNoWord(context.word)) return core;
  if (/\d/.test(core)) return chooseNumbered(core, context);
  const lower = toLower(core);
  const shown = context.spelling(lower);
  if (shown !== undefined) return shown;
  const possessive = /^(.+)(['’]s)$/u.exec(lower);
  if (possessive?.[1] !== undefined && possessive[1].length > 1) {
    const owner = chooseWord({ ...context, word: { lead: '', core: possessive[1], tail: '' } });
    return append(owner, possessive[2] ?? '');
  }
  return chooseDotted(lower, context) ?? chooseJoined(lower, context) ?? chooseBare(lower, context);
}

function append(choice: Choice, end: string): Choice {
  return typeof choice === 'string' ? choice + end : choice.map((each) => each + end);
}

/** Words with capitals stay, but for what only a machine writes: "Llc", "J&r". */
function mendCapitals(core: string): string {
  const lower = toLower(core);
  const isMachined = capitalise(lower) === core;
  if (isMachined && CAPITALS_ONLY.has(lower)) return toUpper(lower);
  const isJoined = /^\p{L}(?:[&/]\p{L})+$/u.test(core) && !LOWER_SLASHED.has(lower);
  return isMachined && isJoined ? toUpper(core) : core;
}

/** "21ST" is an ordinal, and "4b" in small letters a door; anything else with a digit is a number of something and stays. */
function chooseNumbered(core: string, { wanted, shape }: Context): string {
  if (/^\d{1,4}(?:st|nd|rd|th)$/i.test(core)) return toLower(core);
  const isDoor = wanted === 'title' && shape === 'small' && /^\d{1,5}-?[a-z]$/.test(core);
  return isDoor ? toUpper(core) : core;
}

/** Initials and the like: P.C., N.A., U.S., a.k.a. */
function chooseDotted(lower: string, { word }: Context): Choice | null {
  const isDotted = /^\p{L}(?:\.\p{L})+$/u.test(lower);
  if (isDotted) return LOWER_DOTTED.has(lower) ? lower : toUpper(lower);
  const fixed = FIXED.get(lower);
  if (lower.includes('.') && fixed !== undefined) return fixed;
  return /^\p{L}$/u.test(lower) && word.tail.startsWith('.') && lower !== 'v'
    ? toUpper(lower)
    : null;
}

/** Words joined by a hyphen, a slash, an ampersand or a dot: each by itself. */
function chooseJoined(lower: string, context: Context): Choice | null {
  if (LOWER_SLASHED.has(lower)) return lower;
  if (/^\p{L}(?:\/\p{L})+$/u.test(lower) || /^\p{L}{1,2}(?:&\p{L}{1,2})+$/u.test(lower)) {
    return toUpper(lower);
  }
  if (!/[-–—/&.,()"]/u.test(lower)) return null;
  const parts = lower.split(/([-–—/&.,()"]+)/u);
  const written = parts.map((part, at): Choice => {
    if (at % 2 === 1 || part === '') return part;
    if (at > 0 && at < parts.length - 1 && SMALL.has(part)) return part;
    // "vapo(u)rware": a bracket inside a word begins no new one.
    if (at > 0 && /[()]/.test(parts[at - 1] ?? '')) return part;
    return chooseBare(part, {
      ...context,
      isFirst: true,
      word: { lead: '', core: part, tail: '' },
    });
  });
  const doubtful = written.findIndex((part) => typeof part !== 'string');
  if (doubtful === -1) return written.join('');
  const firsts = written.map((part) => (typeof part === 'string' ? part : (part[0] ?? '')));
  const ways = written[doubtful];
  return typeof ways === 'string' || ways === undefined
    ? firsts.join('')
    : ways.map((way) => firsts.with(doubtful, way).join(''));
}

function chooseBare(lower: string, context: Context): Choice {
  return (
    choosePlace(lower, context) ??
    chooseSmall(lower, context) ??
    chooseKnown(lower, context) ??
    chooseParticle(lower, context) ??
    chooseInner(lower) ??
    chooseInitials(lower, context) ??
    chooseAlone(lower, context) ??
    capitalise(lower)
  );
}

/** A state before its ZIP code or at the end after a comma, and the eight directions of an address. */
function choosePlace(
  lower: string,
  { before, after, hasNumber, isLast, word }: Context,
): string | null {
  if (/^(?:[ns][ew]|p\.?o)$/.test(lower) && hasNumber) return toUpper(lower);
  if (!STATES.has(lower) && !PROVINCES.has(lower)) return null;
  const isBeforeCode = /^(?:\d{5}(?:[-–]?\d{4})?|[A-Za-z]\d[A-Za-z])$/.test(after?.core ?? '');
  const isAfterComma = before?.tail.endsWith(',') === true && hasNumber;
  return isBeforeCode || (isAfterComma && (isLast || word.tail.startsWith(',')))
    ? toUpper(lower)
    : null;
}

function chooseSmall(lower: string, context: Context): Choice | null {
  const { wanted, shape, isFirst, isLast, before, after, word } = context;
  if (isLatin(lower, before, after)) return lower;
  if (wanted === 'name') return chooseSmallInName(lower, context);
  if (/^vs?$/.test(lower)) return isFirst || isLast ? toUpperFirst(lower, context) : lower;
  if (/^\p{L}$/u.test(lower) && (before?.lead === '&' || after?.lead === '&'))
    return toUpper(lower);
  if (isFirst || isLast || !SMALL.has(lower)) return null;
  if (lower !== 'a') return lower;
  // Whoever wrote capitals too meant the small letter.
  if (shape === 'mixed' || BEFORE_ARTICLE.has(toLower(before?.core ?? ''))) return lower;
  return word.tail === '' ? ['A', 'a'] : null;
}

/** Beside capitals a small word was meant so: "as next friend of", and "v." is no initial there. */
function chooseSmallInName(lower: string, { shape, isFirst }: Context): string | null {
  if (isFirst) return null;
  const wasMeant = shape === 'mixed' && SMALL.has(lower);
  return wasMeant || SMALL_IN_NAMES.has(lower) ? lower : null;
}

/** "et al." and "ex rel.", which begin no title. */
function isLatin(lower: string, before: Word | undefined, after: Word | undefined): boolean {
  const [previous, next] = [before, after].map((each) => toLower(each?.core ?? ''));
  switch (lower) {
    case 'et':
      return next === 'al';
    case 'al':
      return previous === 'et';
    case 'ex':
      return next === 'rel' && before !== undefined;
    default:
      return lower === 'rel' && previous === 'ex';
  }
}

/** A lone "v" at the edge is a letter or a numeral, not "versus". */
function toUpperFirst(lower: string, { word }: Context): string {
  return lower === 'v' && !word.tail.startsWith('.') ? 'V' : lower;
}

function chooseKnown(
  lower: string,
  { wanted, before, word, isLast, shape }: Context,
): Choice | null {
  const fixed = FIXED.get(lower);
  if (fixed !== undefined) return fixed;
  if (wanted === 'title' && (STATES_ONLY.has(lower) || TITLE_CAPITALS.has(lower)))
    return toUpper(lower);
  if (lower === 'na') {
    const isBank =
      before?.tail.endsWith(',') === true ||
      /^(?:bank|trust|association)$/i.test(before?.core ?? '');
    return isBank ? 'NA' : wanted === 'name' ? 'Na' : ['Na', 'NA'];
  }
  // "Notreal & Sample, PA" is a firm (P.A.) or in Pennsylvania, and Pa a name as well.
  if (lower === 'pa' && isLast && /^(?:firm|group|offices?)$/i.test(before?.core ?? ''))
    return 'PA';
  if (lower === 'pa' && isLast && before?.tail.endsWith(',') === true) return ['PA', 'Pa'];
  const ways = ACRONYM_OR_WORD.get(lower);
  if (ways === undefined || (lower === 'it' && shape === 'small')) return null;
  if (/^[vx]i$/.test(lower))
    return isLast && before !== undefined && word.tail === '' ? ways : null;
  return wanted === 'name' ? null : ways;
}

function chooseParticle(lower: string, context: Context): Choice | null {
  const { wanted, shape, isFirst, isLast, before } = context;
  const isParticle = PARTICLES.has(lower) || UNSURE_PARTICLES.has(lower);
  if (wanted === 'name' && shape === 'mixed' && isParticle) return lower;
  const previous = toLower(before?.core ?? '');
  if (AFTER_DE.has(lower) && previous === 'de') return isLast ? null : lower;
  if (wanted === 'title') {
    return !isFirst && !isLast && !beginsName(before) && /^(?:de|del|y)$/.test(lower)
      ? lower
      : null;
  }
  if (isLast) return null;
  if (PARTICLES.has(lower))
    return lower === 'e' ? null : isFirst ? [lower, capitalise(lower)] : lower;
  return UNSURE_PARTICLES.has(lower) && !isFirst ? [lower, capitalise(lower)] : null;
}

/** Behind a comma or a house number a street or a town begins: "Circuit Court, De Soto County". */
function beginsName(before: Word | undefined): boolean {
  return before !== undefined && (before.tail.endsWith(',') || /^\d{3,}$/.test(before.core));
}

/** Capitals inside a name: McDonald, O'Brien, D'Angelo; MacDonald only where the column shows it. */
function chooseInner(lower: string): Choice | null {
  if (MAC_NAMES.has(lower)) {
    return [`Mac${capitalise(lower.slice(3))}`, capitalise(lower)];
  }
  if (/^mc\p{L}{2,}$/u.test(lower)) return `Mc${capitalise(lower.slice(2))}`;
  const elided = /^([odl])(['’])(\p{L}{3,})$/u.exec(lower);
  if (elided === null) return null;
  return toUpper(elided[1] ?? '') + (elided[2] ?? '') + capitalise(elided[3] ?? '');
}

/** Letters without a vowel are no word: initials of a firm or a person. */
function chooseInitials(lower: string, { shape }: Context): string | null {
  if (SUFFIXES.has(lower) || UNITS.has(lower)) return null;
  return shape === 'capitals' && /^[bcdfghjklmnpqrstvwxz]{2,5}$/.test(lower)
    ? toUpper(lower)
    : null;
}

/** A short word in capitals with no other word beside it may be an abbreviation: "ACME v. ABC". */
function chooseAlone(lower: string, { wanted, shape, before, after }: Context): Choice | null {
  const isAlone = [before, after].every(
    (each) => each === undefined || /^(?:vs?)?$/i.test(each.core),
  );
  const mayStandFor = wanted === 'title' && shape === 'capitals' && /^\p{L}{2,4}$/u.test(lower);
  return isAlone && mayStandFor ? [toUpper(lower), capitalise(lower)] : null;
}
