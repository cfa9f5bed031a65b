import type { Signed } from './affixes.ts';
import { shift, toPlain } from './decimal.ts';
import type { FoundNumber } from './find-numbers.ts';
import { readShape } from './number.ts';
import { type FieldHabits, type NumberFacts, resolveShape } from './resolve-shape.ts';

/** A number in its likeliest reading, `power` places larger, for a person to decide on; empty where it has none. */
export function suggestNumber(
  number: FoundNumber,
  { negative }: Signed,
  field: FieldHabits,
  facts: NumberFacts,
  power = 0,
): string {
  const resolution = resolveShape(readShape(number.token), field, facts);
  const reading = resolution.kind === 'read' ? resolution.reading : resolution.candidates[0];
  if (reading === undefined || number.exponent !== '') return '';
  return toPlain(shift({ ...reading.value, negative }, power));
}
