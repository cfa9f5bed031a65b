import { readAfter, readBefore, takeSign } from './affixes.ts';
import { commonCodes } from './currencies.ts';
import type { CurrencyTally } from './currency-tally.ts';
import { findNumbers } from './find-numbers.ts';
import { readShape } from './number.ts';
import type { SeparatorTally } from './separators.ts';
import { LONGEST_AMOUNT, tidyAmount } from './tidy.ts';

/** Notes what one value shows of its field's habits. Only values that are one amount and nothing else count. */
export function observeAmount(
  value: string,
  tallies: {
    readonly separators: SeparatorTally;
    readonly currencies: CurrencyTally;
    readonly magnitudes: { mm: number };
  },
): void {
  if (value.length > LONGEST_AMOUNT) return;
  const text = tidyAmount(value);
  const [number, second] = findNumbers(text);
  if (number === undefined || second !== undefined || number.exponent !== '') return;
  const signed = takeSign(text, number);
  const before = signed.problem === null ? readBefore(signed.before) : null;
  const after = before === null ? null : readAfter(signed.after);
  if (before === null || after === null) return;
  tallies.separators.observe(readShape(number.token));
  if (after.magnitudeWord.toLowerCase() === 'mm') tallies.magnitudes.mm += 1;
  const [first, ...rest] = [...before.marks, ...after.marks];
  if (first === undefined) return;
  const codes = rest.reduce((fits, mark) => commonCodes(fits, mark.codes), first.codes);
  if (codes.length === 0) return;
  tallies.currencies.observe(codes, codes.length === 1 ? (codes[0] ?? first.label) : first.label);
}
