import { describe, expect, it } from 'vitest';
import { ruleNamed } from '../../src/rules/index.ts';
import { becomes, columnOf, rowsOf } from './amount-fixtures.ts';

const RULES = [
  { name: 'text', target: 'text_line' },
  { name: 'email', target: 'email' },
  { name: 'url', target: 'url' },
  { name: 'phone', target: 'text_line' },
] as const;

describe.each(RULES)('the rule $name', ({ name, target }) => {
  it.each(rowsOf(name))('makes of $input ($options): $why', (row) => {
    const verdict = columnOf(ruleNamed(name), target, row.options, [row.input]).decide(row.input);
    expect(becomes(verdict)).toBe(row.outcome === 'changed' ? row.expected : row.outcome);
    if (row.outcome === 'unchanged') expect(row.expected).toBe(row.input);
  });
});
