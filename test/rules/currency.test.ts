import { describe, expect, it } from 'vitest';
import { currency } from '../../src/rules/currency.ts';
import { becomes, casesOf, columnOf, rowsOf } from './amount-fixtures.ts';

describe('a currency value on its own', () => {
  it.each(rowsOf('currency'))('$input $options: $why', ({ input, options, expected, outcome }) => {
    const verdict = columnOf(currency, 'currency', options, [input]).decide(input);
    expect(verdict.outcome).toBe(outcome);
    if (verdict.outcome === 'changed') expect(verdict.after).toBe(expected);
    if (verdict.outcome === 'unchanged') expect(input).toBe(expected);
  });
});

describe('currency values of one field', () => {
  it.each(casesOf('currency'))(
    '$why',
    ({ options, values, count, evidence, becomes: expected }) => {
      const repeated = Array.from({ length: count }, () => values).flat();
      const column = columnOf(currency, 'currency', options, repeated);
      if (evidence !== undefined) expect(column.evidence().join('\n')).toContain(evidence);
      for (const [value, after] of Object.entries(expected))
        expect([value, becomes(column.decide(value))]).toEqual([value, after]);
    },
  );
});

it.each([
  [
    '$25,000',
    '$1,234.50',
    'dollars with commas and cents: the comma groups thousands (locale en-US)',
  ],
  ['US$ 25k', '$1,234.50', 'dollars with commas and cents: "k" is times 1,000; left out: USD'],
  ['$25k', '1,234.50', 'a number with commas and cents: "k" is times 1,000; left out: $'],
  ['$25', 'plain', 'a plain number: left out: $'],
])('the reason for %s in the format %s says what is written', (input, format, form) => {
  const options = { target: 'text_line', decimals: 2, format };
  const verdict = columnOf(currency, 'currency', options, [input]).decide(input);
  expect(verdict).toMatchObject({ outcome: 'changed', reason: `written as ${form}` });
});

describe('a number of a field of numbers', () => {
  it.each(['currency', 'numeric'] as const)('of type %s is plain in every locale', (fieldType) => {
    const column = currency.column(currency.options.parse({ decimals: 3 }), {
      locale: 'de-DE',
      localeIsExplicit: true,
      source: { fieldType, name: 'Example', options: [] },
      target: { fieldType, name: 'Example', options: [] },
    });
    for (const value of ['1.255', '2.255', '3.255']) column.observe(value);
    expect(column.decide('1.255').outcome).toBe('unchanged');
    expect(column.decide('1.250')).toMatchObject({ after: '1.25' });
  });
});
