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

describe('a number of a field of numbers', () => {
  it.each(['currency', 'numeric'] as const)('of type %s is plain in every locale', (fieldType) => {
    const column = numeric.column(numeric.options.parse({}), {
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
