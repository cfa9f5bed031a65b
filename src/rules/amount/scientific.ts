import { shift, type Decimal } from './decimal.ts';
import type { FoundNumber } from './find-numbers.ts';

/** What a power of ten behind a number means. */
export type Exponent =
  | { readonly kind: 'none' }
  /** Written by a program with all digits ("1.25E7"). */
  | { readonly kind: 'exact'; readonly power: number }
  /** As a spreadsheet shows long numbers ("1.23E+11"): digits may be missing. */
  | { readonly kind: 'shortened'; readonly power: number };

/** Reads the exponent that `findNumbers` found. */
export function readExponent({ token, exponent }: FoundNumber): Exponent {
  if (exponent === '') return { kind: 'none' };
  const power = Number(exponent.slice(1));
  const isExact = PROGRAM_TOKEN.test(token) && PROGRAM_EXPONENT.test(exponent);
  return { kind: isExact ? 'exact' : 'shortened', power };
}

/** Java's Double.toString: one digit, a point, at least one decimal, a capital E without plus. Spreadsheets write a plus. */
const PROGRAM_TOKEN = /^[1-9]\.\d+$/;
const PROGRAM_EXPONENT = /^E-?\d{1,2}$/;

/** In scientific notation the point is always the decimal mark; null where the number has other separators. */
export function applyExponent(token: string, power: number): Decimal | null {
  const match = MANTISSA.exec(token);
  if (match === null || Math.abs(power) > LARGEST_POWER) return null;
  return shift({ negative: false, whole: match[1] ?? '0', fraction: match[2] ?? '' }, power);
}

const MANTISSA = /^(\d+)(?:\.(\d+))?$/;
/** Beyond it nothing fits anyway. */
const LARGEST_POWER = 30;
