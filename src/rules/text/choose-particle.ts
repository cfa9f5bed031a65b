import {
  AFTER_DE,
  PARTICLES,
  SMALL,
  TITLE_PARTICLES,
  UNSURE_PARTICLES,
  USUALLY_SMALL_PARTICLES,
} from './casing-words.ts';
import { capitalise, toLower } from './letter-case.ts';
import type { Choice, Context } from './word-context.ts';
import type { Word } from './word.ts';

/** A particle of a name (de, van, von); null for what is none, or stands where it can only be a word like others. */
export function chooseParticle(lower: string, context: Context): Choice | null {
  const { wanted, shape, isFirst, isLast, before } = context;
  const isParticle = PARTICLES.has(lower) || UNSURE_PARTICLES.has(lower);
  if (shape === 'mixed' && isParticle && (wanted === 'name' || !isFirst)) return lower;
  const previous = toLower(before?.core ?? '');
  if (AFTER_DE.has(lower) && previous === 'de') {
    const isInName =
      wanted === 'name' || !(context.wayBefore === undefined || beginsName(context.wayBefore));
    return isLast || !isInName ? null : lower;
  }
  if (wanted === 'title') return chooseInTitle(lower, context);
  if (isLast) return null;
  if (PARTICLES.has(lower)) {
    if (lower === 'e') return null;
    // "Maria Y Gomez": between a given name and another y is an initial as well.
    const isEither = isFirst || (lower === 'y' && context.wayBefore === undefined);
    return isEither ? [lower, capitalise(lower)] : lower;
  }
  return UNSURE_PARTICLES.has(lower) && (!isFirst || USUALLY_SMALL_PARTICLES.has(lower))
    ? [lower, capitalise(lower)]
    : null;
}

/** Where a name begins its particle is a capital; inside one only the family knows, but for the Spanish ones. */
function chooseInTitle(lower: string, { isFirst, isLast, before }: Context): Choice | null {
  if (isLast) return null;
  if (isFirst || beginsName(before))
    return USUALLY_SMALL_PARTICLES.has(lower) ? [lower, capitalise(lower)] : null;
  if (/^(?:de|del|y)$/.test(lower)) return lower;
  return TITLE_PARTICLES.has(lower) ? [lower, capitalise(lower)] : null;
}

/** Whether a name begins behind a word: behind a comma, a house number or a small English word ("City of Del Mar"). */
export function beginsName(before: Word | undefined): boolean {
  if (before === undefined) return false;
  const lower = toLower(before.core);
  return before.tail.endsWith(',') || /^\d{3,}$/.test(before.core) || SMALL.has(lower);
}
