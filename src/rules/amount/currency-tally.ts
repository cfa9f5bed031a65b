import { isClear, sayValues } from './separators.ts';

/** Which currencies a field's values name. Bounded by the number of known signs. */
export interface CurrencyTally {
  observe(codes: readonly string[], label: string): void;
  shown(): ShownCurrencies;
}

export interface ShownCurrencies {
  /** No currency fits all values that name one. */
  readonly areSeveral: boolean;
  /** The currencies that almost all of many values fit; null where there are none. */
  readonly clearCodes: readonly string[] | null;
  readonly sentences: readonly string[];
}

/** `ownCurrency` is what a shared sign ("$") means where nothing else is said: the locale's. */
export function tallyCurrencies(ownCurrency: string | null): CurrencyTally {
  const counts = new Map<string, { readonly codes: readonly string[]; count: number }>();
  let total = 0;
  return {
    observe(codes, label) {
      total += 1;
      const seen = counts.get(label);
      if (seen === undefined) counts.set(label, { codes, count: 1 });
      else seen.count += 1;
    },
    shown() {
      const seen = [...counts.values()];
      const areSeveral = greatest(countFits(seen)) < total;
      const meant = countFits(seen.map((each) => narrow(each, ownCurrency)));
      const most = greatest(meant);
      return {
        areSeveral,
        clearCodes: isClear(most, total)
          ? [...meant].filter(([, count]) => count === most).map(([code]) => code)
          : null,
        sentences: total === 0 ? [] : [sayCurrencies(counts, areSeveral)],
      };
    },
  };
}

interface Seen {
  readonly codes: readonly string[];
  readonly count: number;
}

function narrow(seen: Seen, ownCurrency: string | null): Seen {
  return ownCurrency !== null && seen.codes.includes(ownCurrency)
    ? { ...seen, codes: [ownCurrency] }
    : seen;
}

function greatest(counts: ReadonlyMap<string, number>): number {
  return Math.max(0, ...counts.values());
}

/** How many values each currency fits: "$" counts for every dollar. */
function countFits(seen: readonly Seen[]): Map<string, number> {
  const fits = new Map<string, number>();
  for (const { codes, count } of seen)
    for (const code of codes) fits.set(code, (fits.get(code) ?? 0) + count);
  return fits;
}

function sayCurrencies(
  counts: ReadonlyMap<string, { count: number }>,
  areSeveral: boolean,
): string {
  const named = [...counts]
    .toSorted(
      ([leftLabel, left], [rightLabel, right]) =>
        right.count - left.count || (leftLabel < rightLabel ? -1 : 1),
    )
    .map(([label, { count }], at) => `${label} in ${at === 0 ? sayValues(count) : count}`);
  const list =
    named.length > MOST_NAMED
      ? [...named.slice(0, MOST_NAMED), `${named.length - MOST_NAMED} more`]
      : named;
  return areSeveral
    ? `several currencies: ${list.join(', ')}; name the field's currency with the option "currency"`
    : `currency: ${list.join(', ')}`;
}

const MOST_NAMED = 5;
