import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkbox } from '../../src/rules/checkbox.ts';
import { currency } from '../../src/rules/currency.ts';
import { numeric } from '../../src/rules/numeric.ts';
import type { Column } from '../../src/rules/types.ts';
import { becomes, columnOf } from './amount-fixtures.ts';

/** What amounts and answers are made of, a blank apart; and what never belongs into them. */
const PIECES = [
  ' ',
  ...(
    "0 1 5 12 123 999 00 . , ' \u00A0 \u202F - – − ( ) + / $ € £ US$ EUR kr. ₹ k M MM bn million crore Cr CR % ½ E7 e+11 " +
    '~ about Total: twenty one hundred thousand dollars and oz yes no x \uD800 \u0000'
  ).split(' '),
];
const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 7 }).map((pieces) => pieces.join(' ')),
);
const locale = fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'en-IN', 'de-CH', 'fr-CH', 'xx', '');

const settings = {
  currency: fc.record({
    locale,
    decimals: fc.integer({ min: 0, max: 4 }),
    mixed: fc.constantFrom('rare', 'all'),
    credit: fc.constantFrom('flag', 'negative', 'positive'),
    target: fc.constantFrom('currency', 'text_line'),
    format: fc.constantFrom('plain', '1234.50', '1,234.50', '$1,234.50'),
  }),
  numeric: fc.record({
    locale,
    unit: fc.constantFrom('oz', []),
    percent: fc.constantFrom('flag', 'number', 'fraction'),
    target: fc.constantFrom('numeric', 'text_line'),
    leadingZeros: fc.constantFrom('flag', 'drop'),
  }),
  checkbox: fc.record({
    languages: fc.subarray(['fr', 'es', 'de']),
    target: fc.constantFrom('checkbox', 'text_line'),
  }),
} as const;

const families = [
  [
    'currency',
    (given: Given, seen: readonly string[]) => columnOf(currency, 'currency', given, seen),
  ],
  ['numeric', (given: Given, seen: readonly string[]) => columnOf(numeric, 'numeric', given, seen)],
  [
    'checkbox',
    (given: Given, seen: readonly string[]) => columnOf(checkbox, 'checkbox', given, seen),
  ],
] as const;

type Given = Readonly<Record<string, unknown>>;
type Make = (given: Given, seen: readonly string[]) => Column;

describe.each(families)('the rule %s', (name, make: Make) => {
  it('leaves its own result unchanged', () => {
    fc.assert(
      fc.property(settings[name], fc.array(value, { maxLength: 5 }), (given, seen) => {
        const column = make(given, seen);
        for (const each of seen) {
          const verdict = column.decide(each);
          if (verdict.outcome === 'changed')
            expect(becomes(column.decide(verdict.after))).toBe('unchanged');
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('writes only what fits the target', () => {
    fc.assert(
      fc.property(settings[name], value, (given, each) => {
        const verdict = make(given, [each]).decide(each);
        const { target } = given;
        if (verdict.outcome !== 'changed') return;
        if (target === 'checkbox') expect(['true', 'false']).toContain(verdict.after);
        else if (target !== 'text_line')
          expect(verdict.after).toMatch(/^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/);
        else expect(verdict.after.length).toBeLessThan(40);
        expect(verdict.reason).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same in whatever order the values were seen', () => {
    fc.assert(
      fc.property(settings[name], fc.array(value, { maxLength: 6 }), value, (given, seen, each) => {
        const [forward, backward] = [make(given, seen), make(given, seen.toReversed())];
        expect(forward.decide(each)).toEqual(backward.decide(each));
        expect(forward.evidence()).toEqual(backward.evidence());
      }),
    );
  });

  it.each([
    '1',
    ',1',
    ' 1',
    '1 ',
    '.',
    '$',
    '(',
    '-',
    '1,234 ',
    'k',
    'and ',
    'one ',
    '\uD800',
    '\u0000',
    '1e+1',
    '½',
    '1/',
  ])('flags a line of 100 kB made of %j', (piece) => {
    const line = piece.repeat(Math.ceil(100_000 / piece.length));
    const column = make({}, [line]);
    expect(column.decide(line).outcome).toBe('flagged');
  });
});

function group(whole: bigint, mark: string): string {
  return String(whole).replace(/(?<=\d)(?=(?:\d{3})+$)/g, mark);
}

describe('amounts of money', () => {
  const amount = fc.record({
    negative: fc.boolean(),
    whole: fc.bigInt({ min: 0n, max: 999_999_999_999n }),
    cents: fc.integer({ min: 1, max: 99 }),
  });

  it.each([
    ['US', ',', '.', 'en-US'],
    ['European', '.', ',', 'de-DE'],
    ['Swiss', "'", '.', 'de-CH'],
    ['French', '\u202F', ',', 'fr-FR'],
  ])('come back exactly from %s notation', (_name, groupMark, decimalMark, spokenLocale) => {
    fc.assert(
      fc.property(amount, ({ negative, whole, cents }) => {
        const digits = String(cents).padStart(2, '0');
        const plain = `${negative ? '-' : ''}${whole}.${digits}`.replace(/0$/, '');
        const written = `${negative ? '-' : ''}${group(whole, groupMark)}${decimalMark}${digits}`;
        const verdict = columnOf(
          currency,
          'currency',
          { decimals: 2, locale: spokenLocale },
          [],
        ).decide(written);
        expect(verdict.outcome === 'unchanged' ? written : becomes(verdict)).toBe(plain);
      }),
    );
  });

  it('come back exactly from every format of a text field', () => {
    fc.assert(
      fc.property(
        amount,
        fc.constantFrom('1234.50', '1,234.50', '$1,234.50'),
        ({ negative, whole, cents }, format) => {
          const given = { decimals: 2, target: 'text_line', format };
          const plain = `${negative ? '-' : ''}${whole}.${String(cents).padStart(2, '0')}`;
          const shown = columnOf(currency, 'currency', given, []).decide(plain);
          const text = shown.outcome === 'changed' ? shown.after : plain;
          const back = columnOf(currency, 'currency', { decimals: 2 }, []).decide(text);
          expect(back.outcome === 'unchanged' ? text : becomes(back)).toBe(plain.replace(/0$/, ''));
        },
      ),
    );
  });
});

describe('proposals of amounts', () => {
  it('keep to the decimals and bounds that the rules file states', () => {
    const bounds = fc.record({
      locale,
      decimals: fc.integer({ min: 0, max: 2 }),
      min: fc.constantFrom(-10, 1),
      max: fc.constantFrom(500, 10_000),
    });
    fc.assert(
      fc.property(value, bounds, fc.constantFrom(currency, numeric), (each, given, rule) => {
        const verdict = columnOf<unknown>(rule, 'numeric', given, [each]).decide(each);
        if (verdict.outcome !== 'flagged') return;
        for (const suggestion of verdict.suggestions) {
          expect(suggestion.split('.')[1]?.length ?? 0).toBeLessThanOrEqual(given.decimals);
          expect(Number(suggestion)).toBeGreaterThanOrEqual(given.min);
          expect(Number(suggestion)).toBeLessThanOrEqual(given.max);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
