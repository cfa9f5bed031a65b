import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleNamed } from '../../src/rules/index.ts';
import { UNCHANGED, type Verdict } from '../../src/rules/types.ts';
import { columnOf } from './amount-fixtures.ts';

/** What values of such fields are made of, so that random strings meet the rules' own steps. */
const PIECES = [
  ['St.', 'DR', 'Ave', 'N', 'nw', 'Apt', '4B', '100', 'FL 33101', 'po box', 'ON m5v2t6', '1/2'],
  ['LLC', 'p.c.', "o'brien", 'McDonald', 'MACDONALD', 'van', 'de la', 'III', 'a', 'v.', 'et al.'],
  ['jane@', 'Example.COM', '.', '@', '<', '>', 'mailto:', 'e-mail:', ';', ',', ' or '],
  ['https://', 'HTTP://', 'www.', '/../', '%7E', '%2e', ':80', '?', '#', '[::1]', '//', 'url:'],
  ['+1', '(212)', '555-0123', ' ext. 12', 'x', 'tel:', '+44', '020 7946 0018', '/', '-', '('],
  ['\u00a0', '\u200b', '\u200d', '\u200e', '\u0301', '\u00c3\u00a9', '\u0092', '\ufffd', '\ud800'],
  [
    '&amp;',
    '%C3%A9',
    '\\u00e9',
    '"',
    '“',
    '–',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\u0000',
    '  ',
    'ß',
    'İ',
    'ǅ',
    'Σ',
  ],
  ['👩', '⚖️', 'ש', 'می', 'क्ष', 'e\u0301', 'ﬁ'],
].flat();

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .array(
      fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ maxLength: 5 })),
      {
        maxLength: 10,
      },
    )
    .chain((pieces) => fc.constantFrom(' ', '').map((joint) => pieces.join(joint))),
  // Lone surrogates.
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
    .map((units) => String.fromCharCode(...units)),
);

const TEXT_OPTIONS = fc.record(
  {
    case: fc.constantFrom('title', 'name', 'upper', 'lower', 'sentence', 'keep'),
    replace: fc.constantFrom({}, { 'St.': 'Street' }, { N: 'North', LLC: 'L.L.C.' }, { a: '' }),
    abbreviations: fc.constantFrom([], ['legal'], ['office', 'legal']),
    address: fc.constantFrom('us', 'ca', 'no'),
    addressWords: fc.constantFrom('expand', 'shorten'),
    quotes: fc.constantFrom('keep', 'straight'),
    dashes: fc.constantFrom('keep', 'hyphen'),
    lineBreaks: fc.constantFrom('flag', 'space', 'comma'),
    repair: fc.boolean(),
    target: fc.constantFrom('text_line', 'text_area'),
  },
  { requiredKeys: [] },
);

const RULES = [
  { name: 'text', options: TEXT_OPTIONS },
  { name: 'email', options: fc.constant({}) },
  { name: 'url', options: fc.record({ scheme: fc.constantFrom('http', 'https') }) },
  {
    name: 'phone',
    options: fc.record(
      {
        format: fc.constantFrom('e164', 'national', 'international'),
        region: fc.constantFrom('US', 'CA', 'GB', 'DE', 'AR', 'IT'),
        locale: fc.constantFrom('en-US', 'en', 'de-AT', 'x-nothing'),
      },
      { requiredKeys: [] },
    ),
  },
] as const;

describe.each(RULES)('the rule $name', ({ name, options }) => {
  const given: fc.Arbitrary<Record<string, unknown>> = options;
  const decide = (one: string, chosen: Record<string, unknown>, others: readonly string[] = []) =>
    columnOf(ruleNamed(name), 'text_line', chosen, [one, ...others]).decide(one);

  it('never throws, and always gives a reason', () => {
    fc.assert(
      fc.property(value, given, (one, chosen) => {
        const verdict = decide(one, chosen);
        if (verdict.outcome !== 'unchanged') expect(verdict.reason).not.toBe('');
      }),
      { numRuns: 400 },
    );
  });

  it('leaves its own result unchanged, and what it would leave is never called changed', () => {
    fc.assert(
      fc.property(value, given, fc.array(value, { maxLength: 8 }), (one, chosen, others) => {
        const column = columnOf(ruleNamed(name), 'text_line', chosen, [one, ...others]);
        const verdict = column.decide(one);
        if (verdict.outcome !== 'changed') return;
        expect(verdict.after).not.toBe(one);
        expect(column.decide(verdict.after)).toBe(UNCHANGED);
      }),
      { numRuns: 1500 },
    );
  });

  it('writes what fits a text line: something, on one line, of 255 characters at most', () => {
    fc.assert(
      fc.property(value, given, (one, chosen) => {
        const after = resultOf(decide(one, { ...chosen, target: 'text_line' }));
        if (after === undefined) return;
        expect(after.trim()).not.toBe('');
        expect(after).not.toMatch(/[\n\r]/);
        expect(Array.from(after).length).toBeLessThanOrEqual(255);
      }),
      { numRuns: 400 },
    );
  });

  it('leaves its own result unchanged in a text area, too', () => {
    const blanks = fc.constantFrom(
      '',
      ' ',
      '  ',
      '   ',
      '\t',
      ' \t',
      '\u00a0',
      '\n',
      '\n\n\n',
      '\r\n',
    );
    const area = fc
      .array(fc.tuple(blanks, value), { maxLength: 6 })
      .map((parts) => parts.flat().join(''));
    fc.assert(
      fc.property(area, given, (one, chosen) => {
        const column = columnOf(ruleNamed(name), 'text_area', { ...chosen, target: 'text_area' }, [
          one,
        ]);
        const after = resultOf(column.decide(one));
        if (after !== undefined) expect(column.decide(after)).toBe(UNCHANGED);
      }),
      { numRuns: 600 },
    );
  });

  it('decides the same whatever the line ends, and writes those that the value has', () => {
    const area = fc.tuple(value, value, given).map(([first, second, chosen]) => ({
      one: `${first}\n${second}`.replaceAll(/\r\n?/gu, '\n'),
      chosen: { ...chosen, target: 'text_area' },
    }));
    fc.assert(
      fc.property(area, ({ one, chosen }) => {
        const plain = decide(one, chosen);
        const verdict = decide(withCrlf(one), chosen);
        expect(verdict.outcome).toBe(plain.outcome);
        expect(resultOf(verdict) ?? '').toBe(withCrlf(resultOf(plain) ?? ''));
        if (verdict.outcome !== 'flagged' || plain.outcome !== 'flagged') return;
        expect(verdict.reason).toBe(plain.reason);
        expect(verdict.suggestions).toEqual(plain.suggestions.map(withCrlf));
      }),
      { numRuns: 600 },
    );
  });

  it('takes a mixture of line ends for one, and writes CRLF where it has any', () => {
    const mixed = fc
      .array(fc.tuple(value, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 4 })
      .map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(mixed, given, (one, chosen) => {
        const area = { ...chosen, target: 'text_area' };
        const plain = decide(one.replaceAll(/\r\n?/gu, '\n'), area);
        const after = resultOf(plain);
        const ends = one.includes('\r\n') ? withCrlf : (text: string) => text;
        const verdict = decide(one, area);
        expect(verdict.outcome).toBe(plain.outcome);
        expect(resultOf(verdict)).toBe(after === undefined ? undefined : ends(after));
      }),
      { numRuns: 600 },
    );
  });

  it('decides the same whatever the order of the column', () => {
    fc.assert(
      fc.property(value, given, fc.array(value, { maxLength: 8 }), (one, chosen, others) => {
        const backwards = columnOf(ruleNamed(name), 'text_line', chosen, [
          ...others.toReversed(),
          one,
        ]);
        expect(backwards.decide(one)).toEqual(decide(one, chosen, others));
      }),
      { numRuns: 300 },
    );
  });

  it.each([' ', 'a', '-', '@', '(', 'a.', '\u0301', 'St. ', '%C3', '&amp;', 'Ã©', '1', '\n', ', '])(
    'comes to an end on 100,000 characters of %j',
    (piece) => {
      const long = piece.repeat(Math.ceil(100_000 / piece.length));
      expect(decide(long, {}).outcome).toMatch(/changed|flagged/);
    },
  );
});

describe('the rule text by default', () => {
  it('keeps every letter and digit', () => {
    fc.assert(
      fc.property(value, (one) => {
        const after = resultOf(columnOf(ruleNamed('text'), 'text_area', {}, [one]).decide(one));
        if (after !== undefined) expect(lettersOf(after)).toBe(lettersOf(one));
      }),
      { numRuns: 600 },
    );
  });
});

function resultOf(verdict: Verdict): string | undefined {
  return verdict.outcome === 'changed' ? verdict.after : undefined;
}

function withCrlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

function lettersOf(text: string): string {
  return text.normalize('NFD').replace(/[^\p{L}\p{N}]/gu, '');
}
