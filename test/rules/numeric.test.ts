import { describe, expect, it } from 'vitest';
import { numeric } from '../../src/rules/numeric.ts';
import { becomes, casesOf, columnOf, rowsOf } from './amount-fixtures.ts';

describe('a numeric value on its own', () => {
  it.each(rowsOf('numeric'))('$input $options: $why', ({ input, options, expected, outcome }) => {
    const verdict = columnOf(numeric, 'numeric', options, [input]).decide(input);
    expect(verdict.outcome).toBe(outcome);
    if (verdict.outcome === 'changed') expect(verdict.after).toBe(expected);
    if (verdict.outcome === 'unchanged') expect(input).toBe(expected);
  });
});

describe('numeric values of one field', () => {
  it.each(casesOf('numeric'))('$why', ({ options, values, count, evidence, becomes: expected }) => {
    const repeated = Array.from({ length: count }, () => values).flat();
    const column = columnOf(numeric, 'numeric', options, repeated);
    if (evidence !== undefined) expect(column.evidence().join('\n')).toContain(evidence);
    for (const [value, after] of Object.entries(expected))
      expect([value, becomes(column.decide(value))]).toEqual([value, after]);
  });
});
