import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { FieldType } from '../../src/model/field.ts';
import { messOf } from '../../src/operations/inventory/mess.ts';
import { ruleNamed, type RuleName } from '../../src/rules/index.ts';

const RULES = [
  ['text', 'text_line'],
  ['date', 'date'],
  ['currency', 'currency'],
  ['numeric', 'numeric'],
  ['phone', 'text_line'],
  ['email', 'email'],
  ['url', 'url'],
  ['checkbox', 'checkbox'],
] as const satisfies readonly (readonly [RuleName, FieldType])[];

describe('what a rule says is the matter', () => {
  test.each([
    ['text', ' Kings  County ', ['spaces']],
    ['text', 'clientâ€™s', ['damaged']],
    ['text', '#REF!', ['spreadsheet']],
    ['date', '3/4/2019', ['ambiguous']],
    ['date', 'February 30, 2019', ['impossible']],
    ['date', 'May 2019', ['inexact']],
    ['date', 'n/a', ['nothing']],
    ['date', '5/13/2019 or 5/14/2019', ['several']],
    ['currency', '$1,200', ['notation']],
    ['currency', '$1,200 - see file', ['notes']],
    ['currency', '$1,000-$2,000', ['inexact']],
    ['email', 'ann at example.com', ['impossible']],
    ['email', 'Ann <ann@example.com>', ['notes']],
    ['phone', '555-0135', ['impossible']],
  ] as const)('%s: %j', (rule, value, kinds) => {
    expect(messOf(decide(rule, value))).toEqual(kinds);
  });

  test('hardly anything in the fixtures stays without a name', () => {
    const unclear: string[] = [];
    let all = 0;
    for (const [rule] of RULES) {
      for (const { input } of parse<{ input: string }>(readFileSync(`fixtures/rules/${rule}.csv`), {
        columns: true,
      })) {
        const kinds = messOf(decide(rule, input));
        if (kinds.length > 0) all += 1;
        if (kinds.includes('unclear')) unclear.push(`${rule}: ${input}`);
      }
    }
    expect(all).toBeGreaterThan(200);
    expect(unclear.length, unclear.join('\n')).toBeLessThan(all * 0.12);
  });
});

function decide(rule: RuleName, value: string) {
  const fieldType = RULES.find(([name]) => name === rule)?.[1] ?? 'text_line';
  const column = ruleNamed(rule).column(ruleNamed(rule).options.parse({}), {
    locale: 'en-US',
    source: { fieldType: 'text_line', name: 'Field', options: [] },
    target: { fieldType, name: 'Field', options: [] },
  });
  return column.decide(value);
}
