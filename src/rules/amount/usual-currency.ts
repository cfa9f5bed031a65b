import { findCurrency } from './currencies.ts';
import { tallyCurrencies } from './currency-tally.ts';
import { observeAmount } from './observe.ts';
import { tallySeparators } from './separators.ts';

/**
 * The one currency that almost all of many amounts name, as the option `currency` takes it: a code, or "$" where nothing tells
 * which dollar. Null where the values do not show one. `counts`: values and how often each stands there.
 */
export function usualCurrency(counts: ReadonlyMap<string, number>): string | null {
  const currencies = tallyCurrencies(null);
  const tallies = { separators: tallySeparators(), currencies, magnitudes: { mm: 0 } };
  for (const [value, count] of counts)
    for (let each = 0; each < Math.min(count, MOST_OF_ONE); each += 1)
      observeAmount(value, tallies);
  const { clearCodes } = currencies.shown();
  const [code, ...others] = clearCodes ?? [];
  if (code === undefined || others.length === 0) return code ?? null;
  const dollars = findCurrency('$')?.codes ?? [];
  const areDollars =
    dollars.length === others.length + 1 && clearCodes?.every((each) => dollars.includes(each));
  return areDollars === true ? '$' : null;
}

/** One value that stands there a thousand times shows no more than twenty do. */
const MOST_OF_ONE = 20;
