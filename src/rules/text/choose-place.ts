import { ENGLISH_GENERICS, PROVINCES, STATES } from './casing-words.ts';
import { capitalise, toLower, toUpper } from './letter-case.ts';
import type { Choice, Context } from './word-context.ts';

/** A state or province before its postal code or behind a comma, and the eight directions of an address; null for what is none. */
export function choosePlace(lower: string, context: Context): Choice | null {
  const { after, before, hasNumber } = context;
  if (/^(?:[ns][ew]|p\.?o)$/.test(lower) && hasNumber) return toUpper(lower);
  if (AUSTRALIAN_STATES.has(lower) && /^\d{4}$/.test(after?.core ?? '')) return toUpper(lower);
  if (!STATES.has(lower) && !PROVINCES.has(lower)) return null;
  if (POSTAL_CODE.test(after?.core ?? '')) return toUpper(lower);
  const isAfterComma = before?.tail.endsWith(',') === true;
  return isAfterComma ? chooseBehindComma(lower, context) : chooseLooseState(lower, context);
}

const POSTAL_CODE = /^(?:\d{5}(?:[-–]?\d{4})?|[a-z]\d[a-z](?:\d[a-z]\d)?)$/i;
/** Those that are no words of statutes as ACT is. */
const AUSTRALIAN_STATES = new Set(['nsw', 'qld', 'vic', 'tas', 'wa', 'sa', 'nt']);

/** "Portland, OR" needs no number: no title ends in a small word behind a comma. Some are given names or a company. */
function chooseBehindComma(lower: string, context: Context): Choice | null {
  const { hasNumber, isLast, wanted, word } = context;
  const isEnd = isLast || word.tail.startsWith(',');
  if (hasNumber) return isEnd ? toUpper(lower) : null;
  if (wanted === 'name' || !isLast || word.tail !== '') return null;
  return STATE_OR_NAME.has(lower) ? [toUpper(lower), capitalise(lower)] : toUpper(lower);
}

const STATE_OR_NAME = new Set(['al', 'co', 'de', 'la', 'ma', 'mi', 'ne', 'pa']);

/** "CA DEPT OF REVENUE", "CITY OF LA": a code that is no English word may stand for its state, or be a name. */
function chooseLooseState(lower: string, context: Context): Choice | null {
  const { after, before, isLast, shape, wanted } = context;
  if (wanted === 'name' || shape !== 'capitals' || context.word.tail !== '') return null;
  const isLosAngeles =
    lower === 'la' &&
    ((isLast && before !== undefined) || ENGLISH_GENERICS.has(toLower(after?.core ?? '')));
  return isLosAngeles || STATE_AND_NO_WORD.has(lower) ? [toUpper(lower), capitalise(lower)] : null;
}

const STATE_AND_NO_WORD = new Set('ak ar ca ga ia id ri ut va wa wi wy'.split(' '));
