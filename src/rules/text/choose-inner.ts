import { GLUED_PREFIXES, GLUED_RESTS, MAC_NAMES, PLAIN_MAC_WORDS } from './casing-words.ts';
import { beginsName } from './choose-particle.ts';
import { capitalise, toUpper } from './letter-case.ts';
import type { Choice, Context } from './word-context.ts';

/** Capitals inside a name: McDonald, O'Brien, D'Angelo; MacDonald and De'Andre only where the column shows it. Null for what has none. */
export function chooseInner(lower: string, context: Context): Choice | null {
  const { shape, after } = context;
  if (isMacName(lower)) return [`Mac${capitalise(lower.slice(3))}`, capitalise(lower)];
  if (lower === 'mc' && after !== undefined && shape !== 'mixed') return ['Mc', 'MC'];
  // "MCLE" and "MCAT" are letters, and hardly a name is so short.
  // Without a vowel it is no name (MCM).
  if (/^mc[^aeiouy]+$/.test(lower)) return null;
  if (/^mc\p{L}{1,2}$/u.test(lower)) return [`Mc${capitalise(lower.slice(2))}`, toUpper(lower)];
  if (/^mc\p{L}{3,}$/u.test(lower)) return `Mc${capitalise(lower.slice(2))}`;
  return chooseElided(lower, context) ?? chooseGlued(lower);
}

function isMacName(lower: string): boolean {
  if (MAC_NAMES.has(lower)) return true;
  return /^mac[bcdfgjklmnpqrstvwz]\p{L}{3,}$/u.test(lower) && !PLAIN_MAC_WORDS.test(lower);
}

/** O', d' and l' are known; of other apostrophes inside a name only the family knows what follows. */
function chooseElided(lower: string, { wanted, isFirst, before }: Context): Choice | null {
  const [, front = '', mark = '', rest = ''] = /^(\p{L}+)(['’])(\p{L}{2,})$/u.exec(lower) ?? [];
  if (front === '' || CONTRACTED.test(rest)) return null;
  if (/^[odl]$/.test(front) && rest.length > 2) {
    const written = toUpper(front) + mark + capitalise(rest);
    // "Coeur d'Alene", "Cour d'appel": inside a title it is rather French for "of" than the start of a name.
    const mayBeOf = wanted === 'title' && front !== 'o' && !isFirst && !beginsName(before);
    return mayBeOf ? [front + mark + capitalise(rest), written] : written;
  }
  return [front, rest].every(({ length }) => length === 1)
    ? null
    : [capitalise(front) + mark + capitalise(rest), capitalise(front) + mark + rest];
}

/** What follows the apostrophe of we'll, they've and they're. */
const CONTRACTED = /^(?:ll|ve|re|em|er|nt|all)$/;

/** DeVries and Devries, LaRosa and Larosa: both are written, as the family likes it. */
function chooseGlued(lower: string): Choice | null {
  const prefix = GLUED_PREFIXES.find(
    (each) => lower.startsWith(each) && GLUED_RESTS.has(lower.slice(each.length)),
  );
  return prefix === undefined
    ? null
    : [capitalise(prefix) + capitalise(lower.slice(prefix.length)), capitalise(lower)];
}
