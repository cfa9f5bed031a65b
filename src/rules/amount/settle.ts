import { type Reason, say, sayAll } from '../reason.ts';
import { flagged, changed, UNCHANGED, type Verdict } from '../types.ts';
import { compare, countDigits, fromPlain, neighbours, toPlain, type Decimal } from './decimal.ts';

/** What a result has to fit. */
export interface Limits {
  /** Null where any number of decimals will do. */
  readonly places: number | null;
  readonly min: Decimal | null;
  readonly max: Decimal | null;
}

/** Platforms carry numbers as JSON, and a double is exact up to so many digits. */
const MOST_DIGITS = 15;

/** Why a number does not fit, as a flag; null where it does. */
export function misfit(value: Decimal, { places, min, max }: Limits): Verdict | null {
  if (countDigits(value) > MOST_DIGITS)
    return flagged(
      say(
        'tooLong',
        `it has more than ${MOST_DIGITS} digits: more than the platform keeps exactly`,
      ),
    );
  if (places !== null && value.fraction.length > places)
    return flagged(
      say(
        'impossible',
        places === 0
          ? 'it has cents or decimals, and the rules file allows whole amounts only (decimals: 0): nothing is rounded'
          : `it has ${value.fraction.length} decimals, and the rules file allows ${places}: nothing is rounded`,
      ),
      fitting(neighbours(value, places).map(toPlain), { places, min, max }),
    );
  if (min !== null && compare(value, min) < 0)
    return flagged(
      say('impossible', `it is below the least that the rules file allows (min: ${toPlain(min)})`),
    );
  if (max !== null && compare(value, max) > 0)
    return flagged(
      say('impossible', `it is above the most that the rules file allows (max: ${toPlain(max)})`),
    );
  return null;
}

/** Of proposals in plain decimals those that would fit: what the rule refuses itself is no proposal. */
export function fitting(proposals: readonly string[], limits: Limits): string[] {
  return proposals.filter((proposal) => {
    const value = fromPlain(proposal);
    return value !== null && misfit(value, limits) === null;
  });
}

/** The verdict of a value that came out as `after`; `notes` say how it was read, `form` what it is now. */
export function settle(
  before: string,
  after: string,
  notes: readonly Reason[],
  form = 'a plain number',
): Verdict {
  if (before === after) return UNCHANGED;
  if (notes.length === 0) return changed(after, say('notation', `written as ${form}`));
  const { words, mess } = sayAll(notes);
  return changed(after, { words: `written as ${form}: ${words}`, mess });
}
