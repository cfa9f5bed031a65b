import {
  ACRONYM_OR_GIVEN_NAME,
  ACRONYM_OR_WORD,
  BEFORE_ARTICLE,
  CAPITALS_ONLY,
  FIXED,
  LOWER_DOTTED,
  LOWER_SLASHED,
  SMALL,
  SMALL_IN_NAMES,
  STATES_ONLY,
  TITLE_CAPITALS,
} from './casing-words.ts';
import { beginsAsInitials, chooseInitials } from './choose-initials.ts';
import { chooseInner } from './choose-inner.ts';
import { chooseParticle } from './choose-particle.ts';
import { choosePlace } from './choose-place.ts';
import { capitalise, toLower, toUpper } from './letter-case.ts';
import type { Choice, Context } from './word-context.ts';
import { isNoWord, type Word } from './word.ts';

/** Writes one word of a title or a name as its place, its neighbours and the column's other values say. */
export function chooseWord(context: Context): Choice {
  const { core } = context.word;
  if (context.shape === 'mixed' && /\p{Lu}/u.test(core)) return mendCapitals(core);
  if (isNoWord(context.word)) return core;
  if (/\d/.test(core)) return chooseNumbered(core, context);
  const lower = toLower(core);
  // "9:00 AM"
  if (/^[ap]m$/.test(lower) && /\d$/.test(context.before?.core ?? ''))
    return context.shape === 'capitals' ? toUpper(lower) : lower;
  // "van 't Hoff", "rock 'n' roll"
  if (/^[nst]$/.test(lower) && /['’]$/.test(context.word.lead)) return lower;
  const shown = context.spelling(lower);
  if (shown !== undefined) return shown;
  const possessive = /^(.+)(['’]s)$/u.exec(lower);
  if (possessive?.[1] === 'it') return capitalise(lower);
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
  if (/^\d{1,4}(?:st|nd|rd|th)(?:[/&-]\d{1,4}(?:st|nd|rd|th))*$/i.test(core)) return toLower(core);
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
      // What it is joined to is a word beside it.
      before: context.before ?? context.word,
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
    chooseInner(lower, context) ??
    chooseInitials(lower, context) ??
    capitalise(lower)
  );
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
function chooseSmallInName(lower: string, context: Context): Choice | null {
  const { shape, isFirst, isLast, before, after } = context;
  if (isFirst) return null;
  const wasMeant = shape === 'mixed' && SMALL.has(lower);
  if (wasMeant) return lower;
  const isBehindComma = before?.tail.endsWith(',') === true;
  if (lower === 'a' && isBehindComma && after !== undefined) return ['a', 'A'];
  if (!SMALL_IN_NAMES.has(lower)) return null;
  // "Rachel Or": at the end it is a surname, or something is missing.
  return isLast ? [lower, capitalise(lower)] : lower;
}

/** "et al.", "et ux." and "ex rel.", which begin no title. */
function isLatin(lower: string, before: Word | undefined, after: Word | undefined): boolean {
  const [previous, next] = [before, after].map((each) => toLower(each?.core ?? ''));
  switch (lower) {
    case 'et':
      return /^(?:al|ux|vir)$/.test(next ?? '');
    case 'al':
    case 'ux':
    case 'vir':
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

function chooseKnown(lower: string, context: Context): Choice | null {
  const { wanted, before, word, isLast, shape } = context;
  const given = chooseGivenName(lower, context);
  if (given !== null) return given;
  const fixed = FIXED.get(lower);
  if (fixed !== undefined && !beginsAsInitials(lower, context)) return fixed;
  if (wanted === 'title' && (STATES_ONLY.has(lower) || TITLE_CAPITALS.has(lower)))
    return toUpper(lower);
  // In a name these letters are a note beside it, or once in a while a name.
  if (wanted === 'name' && shape !== 'mixed' && TITLE_CAPITALS.has(lower))
    return [toUpper(lower), capitalise(lower)];
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

/** "Ira" and "Md" where a name begins with them or an account may be meant; "PO" before a box alone. */
function chooseGivenName(lower: string, context: Context): Choice | null {
  const { after, before, shape, wanted } = context;
  if (lower === 'po') return /^box$/i.test(after?.core ?? '') ? 'PO' : ['PO', 'Po'];
  if (isCredential(lower, context)) return [toUpper(lower), capitalise(lower)];
  const ways = ACRONYM_OR_GIVEN_NAME.get(lower);
  if (ways === undefined || shape === 'mixed') return null;
  if (lower === 'vin' && /\d/.test(after?.core ?? '')) return 'VIN';
  if (lower === 'md') return wanted === 'name' && before === undefined ? ways : null;
  return wanted === 'name' || lower !== 'hoa' ? ways : null;
}

/** "JANE DOE, DO": behind a whole name a degree, or behind two surnames a given name. */
function isCredential(lower: string, { before, wayBefore, isLast, wanted }: Context): boolean {
  const isBehindName = before?.tail.endsWith(',') === true && isLast && wayBefore !== undefined;
  return wanted === 'name' && isBehindName && /^(?:do|ed|ma|od|ot|pt|sc)$/.test(lower);
}
