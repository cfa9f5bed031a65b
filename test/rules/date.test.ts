import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { columnOf, decideAlone } from './date-column.ts';

const Rows = z.array(
  z.object({
    input: z.string(),
    options: z.string(),
    expected: z.string(),
    outcome: z.enum(['unchanged', 'changed', 'flagged']),
    why: z.string(),
  }),
);

const Cases = z.array(
  z.object({
    why: z.string(),
    options: z.record(z.string(), z.unknown()).default({}),
    values: z.array(z.string()),
    evidence: z.string().optional(),
    becomes: z.record(z.string(), z.string()),
  }),
);

const rows = Rows.parse(parseCsv(fixture('date.csv'), { columns: true }));
const cases = Cases.parse(parseYaml(fixture('date.columns.yaml')));

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/rules/${name}`, import.meta.url), 'utf8');
}

describe('a date on its own', () => {
  it.each(rows)('$input $options: $why', ({ input, options, expected, outcome }) => {
    const verdict = decideAlone(input, parseYaml(options) ?? {});
    expect(verdict.outcome).toBe(outcome);
    if (verdict.outcome === 'changed') expect(verdict.after).toBe(expected);
    if (verdict.outcome === 'unchanged') expect(input).toBe(expected);
  });
});

describe('dates of one field', () => {
  it.each(cases)('$why', ({ options, values, evidence, becomes }) => {
    const column = columnOf(options, values);
    if (evidence !== undefined) expect(column.evidence().join('\n')).toContain(evidence);
    for (const [value, expected] of Object.entries(becomes)) {
      const verdict = column.decide(value);
      expect([value, verdict.outcome === 'changed' ? verdict.after : verdict.outcome]).toEqual([
        value,
        expected,
      ]);
    }
  });
});

describe('what a verdict says', () => {
  it('names the evidence that decided', () => {
    const column = columnOf({}, ['5/13/2019', '6/20/2019', '7/25/2019']);
    expect(column.decide('5/6/2019')).toMatchObject({
      reason:
        'read as 6 May 2019; month first: 3 values of this field can only be month first, none only day first',
    });
  });

  it.each([
    ['5/6/2019', ['2019-05-06', '2019-06-05']],
    ['31 April 2019', ['2019-04-30']],
    ['31/4/2019', ['2019-04-30']],
    ['2019-25-12', ['2019-12-25']],
    ['2109-05-01', ['2019-05-01', '2009-05-01', '1909-05-01']],
    ['filed 5/13/2019', ['2019-05-13']],
    ['5/13/2019 2:30 PM', ['2019-05-13']],
    ['15 Janury 2025', ['2025-01-15']],
    ['43586', ['2019-05-01']],
    ['5-Mar-35', ['1935-03-05', '2035-03-05']],
    ['tomorrow', []],
  ])('suggests what %s may mean', (value, suggestions) => {
    expect(decideAlone(value, {})).toMatchObject({ outcome: 'flagged', suggestions });
  });

  it('makes suggestions in the format of the field', () => {
    expect(decideAlone('31 April 2019', { format: 'D MMMM YYYY' })).toMatchObject({
      suggestions: ['30 April 2019'],
    });
  });

  it.each([
    ['tomorrow', 'depends on when it was written'],
    ['1978?', 'uncertain'],
    ['May 2019', 'a month and a year without a day'],
    ['5/1/2019 - 5/4/2019', 'more than one date'],
    ['before May 5, 2019', 'a bound'],
    ['2019-02-29', 'February 2019 has only 28 days'],
    ['Monday, May 5, 2019', 'the weekday contradicts the date: 5 May 2019 is no Monday'],
    ['00/00/0000', 'zeros stand for what is not known'],
    ['00000000', 'zeros stand for no date'],
    ['5 listopada 2019', 'languages disagree'],
  ])('tells why %s is flagged', (value, words) => {
    expect(decideAlone(value, {})).toMatchObject({ reason: expect.stringContaining(words) });
  });
});

describe('options', () => {
  it.each([
    [{ format: 'DD/MM/YYYY', order: 'MDY' }, 'could not be told from what is still to do'],
    [{ format: 'DD/MM' }, 'the year (YYYY), the month and the day once each'],
    [{ format: 'DD/MM/YY' }, 'knows only YYYY'],
    [{ format: 'DMYYYY' }, 'something between'],
    [{ earliest: '2019-02-30' }, 'not a day of the calendar'],
    [{ earliest: '2019-2-01' }, 'must be a date as YYYY-MM-DD'],
    [{ earliest: '2019-02-1' }, 'must be a date as YYYY-MM-DD'],
    [{ latest: '2019-02-010' }, 'must be a date as YYYY-MM-DD'],
    [{ latest: '12019-02-01' }, 'must be a date as YYYY-MM-DD'],
    [{ earliest: '2020-01-01', latest: '2019-01-01' }, 'must not be before earliest'],
    [{ languages: ['tlh'] }, 'Invalid option'],
  ])('%o is refused', (options, message) => {
    expect(() => columnOf(options, [])).toThrow(message);
  });

  it('write YYYY-MM-DD into a date field whatever the format', () => {
    const column = columnOf({ format: 'D MMM YYYY' }, [], 'date');
    expect(column.decide('May 5, 2019')).toMatchObject({ after: '2019-05-05' });
  });
});

describe('other machines', () => {
  const values = ['2011-12-30', '12/30/2011', 'Dec 30, 2011', '2011-12-30T00:00:00Z', '5/6/2019'];
  const probe = fileURLToPath(new URL('date-probe.ts', import.meta.url));

  it.each([
    ['Pacific/Apia', 'en-US'],
    ['America/New_York', 'de-DE'],
    ['Asia/Kathmandu', 'tr-TR'],
  ])('in %s with %s decide the same', (TZ, locale) => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', probe, ...values], {
      env: { ...process.env, TZ, LANG: locale, LC_ALL: locale },
      encoding: 'utf8',
    });
    expect(JSON.parse(output)).toEqual(values.map((value) => decideAlone(value, {})));
  });
});
