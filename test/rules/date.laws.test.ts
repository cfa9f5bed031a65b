import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNCHANGED } from '../../src/rules/types.ts';
import { columnOf, decideAlone } from './date-column.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

interface Day {
  readonly iso: string;
  readonly year: string;
  readonly month: number;
  readonly name: string;
  readonly day: number;
}

/** Every day from 1901 to 2099. */
const day: fc.Arbitrary<Day> = fc
  .integer({ min: Date.UTC(1901, 0, 1), max: Date.UTC(2099, 11, 31) })
  .map((instant) => new Date(instant).toISOString().slice(0, 10))
  .map((iso) => {
    const month = Number(iso.slice(5, 7));
    return {
      iso,
      year: iso.slice(0, 4),
      month,
      name: MONTHS[month - 1] ?? '',
      day: Number(iso.slice(8)),
    };
  });

const unambiguous: readonly ((day: Day) => string)[] = [
  ({ iso }) => iso,
  ({ iso }) => iso.replaceAll('-', ''),
  ({ iso }) => iso.replaceAll('-', '/'),
  ({ iso }) => `${iso}T00:00:00Z`,
  ({ year, month, day: number }) => `${year}-${month}-${number}`,
  ({ year, name, day: number }) => `${name} ${number}, ${year}`,
  ({ year, name, day: number }) => `${name.slice(0, 3)}. ${number} ${year}`,
  ({ year, name, day: number }) => `${number} ${name} ${year}`,
  ({ year, name, day: number }) => `${number}-${name.slice(0, 3).toUpperCase()}-${year}`,
  ({ year, name, day: number }) => `the ${number}th of ${name}, ${year}`,
  ({ iso, year, name, day: number }) =>
    `${new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' }).format(new Date(iso))}, ${name} ${number}, ${year}`,
];

const formats = ['YYYY-MM-DD', 'MM/DD/YYYY', 'D.M.YYYY', 'D MMM YYYY', 'MMMM D, YYYY', 'YYYYMMDD'];

/** Strings that look like dates, and any others. */
const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789/-., :TZ年')) }),
  fc
    .array(
      fc.constantFrom(
        '5',
        '13',
        '31',
        '19',
        '2019',
        'May',
        'mai',
        '/',
        '-',
        ' ',
        '.',
        ', ',
        'T00:00',
        '\u0000',
        '\ud800',
        '?',
      ),
      {
        maxLength: 9,
      },
    )
    .map((parts) => parts.join('')),
  day.chain((each) => fc.constantFrom(...unambiguous.map((print) => print(each)))),
  fc
    .tuple(
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 1, max: 31 }),
      fc.integer({ min: 0, max: 2100 }),
      fc.constantFrom('/', '-', '.'),
    )
    .map(([first, second, year, separator]) => [first, second, year].join(separator)),
);

/** Texts that say more than one date. */
const texts = fc
  .tuple(value, fc.constantFrom(' and ', ' - see note, ', '; ', ' or before '), value)
  .map((parts) => parts.join(''));

const options = fc.record(
  {
    format: fc.constantFrom(...formats),
    pivot: fc.constantFrom('infer', 30, 70),
    time: fc.constantFrom('flag', 'drop'),
    excelSerials: fc.boolean(),
    locale: fc.constantFrom('en-US', 'en-GB', 'fr', 'pl'),
  },
  { requiredKeys: [] },
);

/** What a rules file may leave out. */
const narrow = fc.record(
  {
    order: fc.constantFrom('MDY', 'DMY', 'YMD'),
    earliest: fc.constant('1950-01-01'),
    latest: fc.constant('2019-12-31'),
    pivot: fc.constantFrom(30, 70),
    locale: fc.constantFrom('en-US', 'en-GB'),
  },
  { requiredKeys: [] },
);

describe('laws of the date rule', () => {
  it('reads every day back from every form that leaves no doubt', () => {
    fc.assert(
      fc.property(day, fc.constantFrom(...unambiguous), (each, print) => {
        const verdict = decideAlone(print(each), {});
        expect(verdict.outcome === 'changed' ? verdict.after : print(each)).toBe(each.iso);
        expect(verdict.outcome).not.toBe('flagged');
      }),
    );
  });

  it('leaves its own results unchanged, in every format', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 12 }), value, options, (others, each, given) => {
        const column = columnOf(given, [...others, each]);
        const verdict = column.decide(each);
        if (verdict.outcome !== 'changed') return;
        expect(column.decide(verdict.after)).toBe(UNCHANGED);
        expect(columnOf(given, [verdict.after]).decide(verdict.after)).toBe(UNCHANGED);
      }),
    );
  });

  it('writes nothing but real dates into a date field', () => {
    fc.assert(
      fc.property(value, options, (each, given) => {
        const verdict = columnOf(given, [each], 'date').decide(each);
        if (verdict.outcome !== 'changed') return;
        expect(verdict.after).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(new Date(verdict.after).toISOString().slice(0, 10)).toBe(verdict.after);
      }),
    );
  });

  it('says the same in whatever order the values were observed', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 20 }), value, options, (others, each, given) => {
        const forth = columnOf(given, others);
        const back = columnOf(given, others.toReversed());
        expect(back.decide(each)).toEqual(forth.decide(each));
        expect(back.evidence()).toEqual(forth.evidence());
      }),
    );
  });

  it('suggests nothing that it would flag itself', () => {
    fc.assert(
      fc.property(fc.oneof(value, texts), narrow, (each, given) => {
        const column = columnOf(given, [each]);
        const verdict = column.decide(each);
        const suggestions = verdict.outcome === 'flagged' ? verdict.suggestions : [];
        for (const suggestion of suggestions) expect(column.decide(suggestion)).toBe(UNCHANGED);
      }),
      { numRuns: 500 },
    );
  });

  it('suggests of a text with several dates none in an order that the rules file leaves out', () => {
    const number = fc.integer({ min: 1, max: 31 });
    const order = fc.constantFrom('MDY', 'DMY', 'YMD');
    fc.assert(
      fc.property(
        number,
        number,
        fc.integer({ min: 1900, max: 2099 }),
        order,
        (a, b, year, given) => {
          const text = `${a}/${b}/${year}`;
          const single = decideAlone(text, { order: given });
          const within = decideAlone(`${text}, see the file`, { order: given });
          expect(within.outcome === 'flagged' && within.suggestions).toEqual(
            single.outcome === 'changed' ? [single.after] : [],
          );
        },
      ),
    );
  });

  it('never throws, and flags with a reason', () => {
    fc.assert(
      fc.property(value, options, (each, given) => {
        const verdict = columnOf(given, [each]).decide(each);
        if (verdict.outcome === 'flagged') expect(verdict.reason).not.toBe('');
      }),
    );
  });

  it.each([
    '5/',
    '5 ',
    ' ',
    '-',
    'May ',
    '1:',
    '(',
    '2019-',
    '5/13/2019 ',
    '\ud800',
    '\u0000',
    'T0',
    '9',
  ])('takes 100 kB of %j', (piece) => {
    const long = piece.repeat(Math.ceil(100_000 / piece.length));
    expect(decideAlone(long, {}).outcome).toBe('flagged');
    expect(decideAlone(long, { format: 'MMMM D, YYYY', excelSerials: true }).outcome).toBe(
      'flagged',
    );
  });
});
