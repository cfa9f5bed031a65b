import { describe, expect, it } from 'vitest';
import { checkbox } from '../../src/rules/checkbox.ts';
import { becomes, casesOf, columnOf, rowsOf } from './amount-fixtures.ts';

describe('a checkbox value on its own', () => {
  it.each(rowsOf('checkbox'))('$input $options: $why', ({ input, options, expected, outcome }) => {
    const verdict = columnOf(checkbox, 'checkbox', options, [input]).decide(input);
    expect(verdict.outcome).toBe(outcome);
    if (verdict.outcome === 'changed') expect(verdict.after).toBe(expected);
    if (verdict.outcome === 'unchanged') expect(input).toBe(expected);
  });
});

describe('checkbox values of one field', () => {
  it.each(casesOf('checkbox'))(
    '$why',
    ({ options, values, count, evidence, becomes: expected }) => {
      const repeated = Array.from({ length: count }, () => values).flat();
      const column = columnOf(checkbox, 'checkbox', options, repeated);
      if (evidence !== undefined) expect(column.evidence().join('\n')).toContain(evidence);
      for (const [value, after] of Object.entries(expected))
        expect([value, becomes(column.decide(value))]).toEqual([value, after]);
    },
  );
});
