import { readAfter, type Signed, UNSIGNED } from './affixes.ts';
import type { FoundNumber } from './find-numbers.ts';
import type { FieldHabits, NumberFacts } from './resolve-shape.ts';
import { suggestNumber } from './suggest-number.ts';

/** The number alone as a proposal; empty where it has no one reading. `power` is that of a magnitude behind it. */
export function suggestAmount(
  number: FoundNumber,
  signed: Signed,
  field: FieldHabits,
  power = 0,
): string {
  return suggestNumber(number, signed, field, power > 0 ? LARGE_PROPOSAL : PROPOSAL, power);
}

/** The number with as many of the next words as still read. */
export function suggestPart(number: FoundNumber, signed: Signed, field: FieldHabits): string {
  const words = signed.after.split(' ', 3);
  for (let count = words.length; count > 0; count -= 1) {
    const after = readAfter(words.slice(0, count).join(' '));
    if (after?.magnitude && after.magnitude.elsewhere !== null) return '';
    if (after?.magnitude) return suggestAmount(number, signed, field, after.magnitude.power);
  }
  return suggestAmount(number, signed, field);
}

/** One of several numbers, with the magnitude behind it. */
export function suggestAmong(
  text: string,
  number: FoundNumber,
  next: FoundNumber | undefined,
  field: FieldHabits,
): string {
  const after = text.slice(number.end, next?.start).trim();
  return suggestPart(number, { ...UNSIGNED, after }, field);
}

/** A proposal takes the likeliest reading: a person decides. */
const PROPOSAL: NumberFacts = {
  isMoney: true,
  places: 2,
  hasMark: true,
  hasMagnitude: false,
  isCommaDoubtful: false,
  isPointUsual: false,
  isWholeCurrency: false,
  isIndianCurrency: false,
};
const LARGE_PROPOSAL: NumberFacts = { ...PROPOSAL, hasMagnitude: true };
