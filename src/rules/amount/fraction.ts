import { makeDecimal, type Decimal } from './decimal.ts';

/** "70 1/2", "70½" and "½" as a decimal, where it ends; null for everything else, also for "1/2" alone, which may be a day. */
export function readMixedFraction(text: string): Decimal | null {
  const written = text
    .replace(LONE, '0$&')
    .replace(VULGAR, (sign) => ` ${VULGAR_WORDS[sign] ?? ''}`);
  const match = MIXED.exec(written);
  if (match === null) return null;
  const [numerator, denominator] = [BigInt(match[3] ?? '0'), BigInt(match[4] ?? '1')];
  const scaled = numerator * SCALE;
  if (numerator === 0n || numerator >= denominator || scaled % denominator !== 0n) return null;
  const fraction = String(scaled / denominator).padStart(PLACES, '0');
  return makeDecimal(match[1] === '-', match[2] ?? '0', fraction);
}

const MIXED = /^(-)?(\d{1,12}) (\d{1,3})\/(\d{1,3})$/;
const LONE = /^[½¼¾⅛⅜⅝⅞]$/u;
const VULGAR = /(?<=\d) ?[½¼¾⅛⅜⅝⅞]$/u;
const VULGAR_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    '½': '1/2',
    '¼': '1/4',
    '¾': '3/4',
    '⅛': '1/8',
    '⅜': '3/8',
    '⅝': '5/8',
    '⅞': '7/8',
  }).flatMap(([sign, written]) => [
    [sign, written],
    [` ${sign}`, written],
  ]),
);
const PLACES = 6;
const SCALE = 1_000_000n;
