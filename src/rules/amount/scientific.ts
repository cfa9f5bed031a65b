import { type Reason, say } from '../reason.ts';
import { shift, type Decimal } from './decimal.ts';
import type { FoundNumber } from './find-numbers.ts';

/** A number with a power of ten behind it, as far as it can be read without guessing. */
export type Scientific =
  | { readonly kind: 'none' }
  /** Written by a program with all digits ("1.25E7"). */
  | { readonly kind: 'read'; readonly value: Decimal; readonly note: Reason }
  | { readonly kind: 'unclear'; readonly reason: Reason; readonly candidates: readonly Decimal[] };

/** Reads a number with the exponent that `findNumbers` found. */
export function readScientific({ token, exponent }: FoundNumber): Scientific {
  if (exponent === '') return { kind: 'none' };
  const value = applyExponent(token, Number(exponent.slice(1)));
  if (value === null) {
    const reason = say('impossible', 'the number is written in a form that is not understood');
    return { kind: 'unclear', reason, candidates: [] };
  }
  if (PROGRAM_TOKEN.test(token) && PROGRAM_EXPONENT.test(exponent)) {
    return { kind: 'read', value, note: say('notation', 'scientific notation written out') };
  }
  const reason = say(
    'spreadsheet',
    'it is in scientific notation, as a spreadsheet shortens long numbers: digits may be missing',
  );
  return { kind: 'unclear', reason, candidates: [value] };
}

/** Java's Double.toString: one digit, a point, at least one decimal, a capital E without plus. Spreadsheets write a plus. */
const PROGRAM_TOKEN = /^[1-9]\.\d+$/;
const PROGRAM_EXPONENT = /^E-?\d{1,2}$/;

/** In scientific notation the point is always the decimal mark; null where the number has other separators. */
function applyExponent(token: string, power: number): Decimal | null {
  const match = MANTISSA.exec(token);
  if (match === null || Math.abs(power) > LARGEST_POWER) return null;
  return shift({ negative: false, whole: match[1] ?? '0', fraction: match[2] ?? '' }, power);
}

const MANTISSA = /^(\d+)(?:\.(\d+))?$/;
/** Beyond it nothing fits anyway. */
const LARGEST_POWER = 30;
