import { UNITS, SUFFIXES } from './address-words.ts';
import { FIRST_INITIALS } from './casing-words.ts';
import { capitalise, toUpper } from './letter-case.ts';
import { isSpeakable } from './syllable.ts';
import type { Choice, Context } from './word-context.ts';

/** Letters that stand for words or names: PNC, XIV, "RD" before a name; null for what may be a word of its own. */
export function chooseInitials(lower: string, context: Context): Choice | null {
  return (
    chooseNumeral(lower) ??
    chooseFirst(lower, context) ??
    chooseVowelless(lower, context) ??
    chooseUnspeakable(lower, context) ??
    chooseAlone(lower, context)
  );
}

/** Roman numerals beyond those that are words or names (vi, xi). */
function chooseNumeral(lower: string): string | null {
  return /^x{1,3}(?:v?i{1,3}|iv|ix|v)$/.test(lower) && lower !== 'xi' ? toUpper(lower) : null;
}

function chooseFirst(lower: string, context: Context): Choice | null {
  return beginsAsInitials(lower, context) ? [toUpper(lower), capitalise(lower)] : null;
}

/** Short forms of streets and ranks that begin a name are rather its initials: "RD SMITH". */
export function beginsAsInitials(lower: string, context: Context): boolean {
  const { after, before, hasNumber, shape, word } = context;
  const isFront = before === undefined && after !== undefined && word.tail === '';
  return isFront && !hasNumber && shape === 'capitals' && FIRST_INITIALS.has(lower);
}

/** Letters without a vowel are no word; behind a full stop they shorten one ("PVT. SAMPLE"). */
function chooseVowelless(lower: string, context: Context): Choice | null {
  const { isLast, shape, wanted, word } = context;
  if (SUFFIXES.has(lower) || UNITS.has(lower) || !/^[bcdfghjklmnpqrstvwxz]{2,5}$/.test(lower))
    return null;
  if (shape === 'small' && wanted === 'title' && lower.length > 2)
    return [toUpper(lower), capitalise(lower)];
  if (shape !== 'capitals') return null;
  const isShortForm = word.tail.startsWith('.') && !isLast;
  return isShortForm ? capitalise(lower) : toUpper(lower);
}

/** "CNA" and "QBE" begin or end as no word does, but for short forms ("CONF."); "AJ" is no syllable of a name. */
function chooseUnspeakable(lower: string, context: Context): Choice | null {
  const { before, shape, wanted, word } = context;
  if (shape !== 'capitals' || SUFFIXES.has(lower) || !/^\p{L}{2,5}$/u.test(lower)) return null;
  // Names of the world are spoken in many ways; behind a comma stand degrees as well.
  const mayBeName = wanted === 'name' && before?.tail.endsWith(',') !== true;
  const isOdd =
    lower.length === 2
      ? ODD_PAIR.test(lower)
      : !mayBeName && !word.tail.startsWith('.') && !isSpeakable(lower);
  return isOdd ? [toUpper(lower), capitalise(lower)] : null;
}

/** A vowel and a consonant that make neither an English word nor a usual name. */
const ODD_PAIR =
  /^(?:a[bcfgjkpqrvwz]|e[bcfgjpqrvwz]|i[bcgjkpqrvwz]|o[bcdgjpqtvz]|u[bcdfgjkqtvwxz])$/;

/** A short word in capitals with no other word beside it may be an abbreviation: "ACME v. ABC". */
function chooseAlone(lower: string, { wanted, shape, before, after }: Context): Choice | null {
  const isAlone = [before, after].every((each) => each === undefined || /^vs?$/i.test(each.core));
  const mayStandFor = wanted === 'title' && shape === 'capitals' && /^\p{L}{2,4}$/u.test(lower);
  return isAlone && mayStandFor ? [toUpper(lower), capitalise(lower)] : null;
}
