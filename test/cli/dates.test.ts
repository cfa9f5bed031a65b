import { expect, it } from 'vitest';
import { age, before, date } from '../../src/cli/dates.ts';

it.each([
  ['0d', '2024-03-31T10:00:00.000Z'],
  ['90d', '2024-01-01T10:00:00.000Z'],
  ['2w', '2024-03-17T10:00:00.000Z'],
  ['1m', '2024-02-29T10:00:00.000Z'],
  ['13m', '2023-02-28T10:00:00.000Z'],
  ['1Y', '2023-03-31T10:00:00.000Z'],
])('%s before 31 March 2024 is %s', (text, expected) => {
  expect(before(new Date('2024-03-31T10:00:00.000Z'), age(text)).toISOString()).toBe(expected);
});

it('takes a leap day for a year before it as the last of February', () => {
  const leapDay = new Date('2024-02-29T00:00:00.000Z');
  expect(before(leapDay, age('1y')).toISOString()).toBe('2023-02-28T00:00:00.000Z');
});

it.each(['90', 'd', '-1d', '1.5y', '1h', ''])('"%s" is no age', (text) => {
  expect(() => age(text)).toThrow('90d, 12w, 6m or 2y');
});

it.each(['2026-02-30', '26-01-01', '2026-1-1', 'yesterday', ''])('"%s" is no day', (text) => {
  expect(() => date(text)).toThrow('day of the calendar');
});
