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

describe('a checkbox made of a picklist', () => {
  const column = checkbox.column(checkbox.options.parse({}), {
    locale: 'en-US',
    source: {
      fieldType: 'picklist',
      name: 'Retained',
      options: [
        { id: '1', label: 'No', retired: false },
        { id: '0', label: 'Yes', retired: false },
      ],
    },
    target: { fieldType: 'checkbox', name: 'Retained (box)', options: [] },
  });

  it.each([
    ['1', 'false'],
    ['0', 'true'],
  ])('reads the text of option %s and never its id', (id, after) => {
    expect(becomes(column.decide(id))).toBe(after);
  });
});

describe('options of a checkbox', () => {
  const setting = {
    locale: 'en-US',
    source: { fieldType: 'text_line', name: 'Retained', options: [] },
    target: { fieldType: 'checkbox', name: 'Retained', options: [] },
  } as const;

  it.each([
    [{ yes: ['signed', 'sent'], no: ['Sent.'] }, 'under "yes" and under "no"'],
    [{ write: ['Open', 'open'] }, 'the same word for yes and for no'],
  ])('%o contradict themselves', (options, words) => {
    expect(checkbox.check?.(checkbox.options.parse(options), setting)).toEqual([
      expect.stringContaining(words),
    ]);
  });

  it('may name different words', () => {
    const options = { yes: ['signed'], no: ['unsigned'], write: ['Done', 'Open'] };
    expect(checkbox.check?.(checkbox.options.parse(options), setting)).toEqual([]);
  });
});
