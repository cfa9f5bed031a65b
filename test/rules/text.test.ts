import { describe, expect, it } from 'vitest';
import { email } from '../../src/rules/email.ts';
import { phone } from '../../src/rules/phone.ts';
import { text } from '../../src/rules/text.ts';
import type { Rule } from '../../src/rules/types.ts';
import { url } from '../../src/rules/url.ts';
import { becomes, columnOf } from './amount-fixtures.ts';

type Given = Readonly<Record<string, unknown>>;

function suggestionsOf<Options>(rule: Rule<Options>, value: string, options: Given = {}) {
  const verdict = columnOf(rule, 'text_line', options, [value]).decide(value);
  return verdict.outcome === 'flagged' ? verdict.suggestions : [];
}

describe('what a text column shows', () => {
  const shouted = ['MACDONALD', 'Estate of MacDonald', 'Mary MacDonald'];

  it('takes no capitals for "et al." from values that shout it', () => {
    const column = columnOf(text, 'text_line', { case: 'title' }, [
      'Notreal ET AL',
      'Sample ET AL',
    ]);
    expect(becomes(column.decide('doe, et al. v. roe'))).toBe('Doe, et al. v. Roe');
  });

  it('gives a name the capitals that its other values write', () => {
    const column = columnOf(text, 'text_line', { case: 'name' }, shouted);
    expect(becomes(column.decide('MACDONALD'))).toBe('MacDonald');
    expect(column.evidence().join()).toContain('capitals of their own');
  });

  it('gives none where two spellings stand in it', () => {
    const column = columnOf(text, 'text_line', { case: 'name' }, [...shouted, 'John Macdonald']);
    expect(becomes(column.decide('MACDONALD'))).toBe('flagged');
  });

  it('flags a date among codes of digits, and a number that ends in zeros', () => {
    const codes = ['7711-3', '91-55501', '92-55502', '93-55503', '94-55504', '95-55505', 'Feb-12'];
    const column = columnOf(text, 'text_line', {}, codes);
    expect(becomes(column.decide('Feb-12'))).toBe('flagged');
    expect(becomes(column.decide('9990000000000'))).toBe('flagged');
    expect(becomes(column.decide('91-55501'))).toBe('unchanged');
    expect(column.evidence().join()).toContain('6 of 7');
  });
});

describe('what a phone column shows', () => {
  const abroad = ['1', '2', '3', '4', '5'].map((digit) => `+44 20 7946 00${digit}8`);

  it('is its region, where all country codes are of one country and no other number fits the locale', () => {
    const column = columnOf(phone, 'text_line', {}, [...abroad, '020 7946 0018']);
    expect(becomes(column.decide('020 7946 0018'))).toBe('+442079460018');
    expect(column.evidence().join()).toContain('region GB: 5 numbers');
  });

  it('decides nothing where other numbers fit the locale', () => {
    const column = columnOf(phone, 'text_line', {}, [...abroad, '020 7946 0018', '212-555-0123']);
    expect(becomes(column.decide('020 7946 0018'))).toBe('flagged');
    expect(becomes(column.decide('212-555-0123'))).toBe('+12125550123');
    expect(column.evidence()).toEqual([]);
  });

  it('counts less than the region of the rules file', () => {
    const column = columnOf(phone, 'text_line', { region: 'US' }, [...abroad, '020 7946 0018']);
    expect(becomes(column.decide('020 7946 0018'))).toBe('flagged');
    expect(column.evidence()).toEqual([]);
  });
});

function parseReplace(replace: Given) {
  return text.options.safeParse({ replace });
}

function tidied(
  value: string,
  type: 'text_area' | 'text_line' = 'text_area',
  options: Given = {},
): string {
  return becomes(columnOf(text, type, options, [value]).decide(value));
}

describe('the layout of several lines', () => {
  it.each([
    ['Date\tPaid\tDue\n1 May\t\t500'],
    ['Item        Amount\nHotel          100\nTaxi            20'],
    ['    Amount   Date\n    100      May'],
    ['1. Liability\n    a. Witness\n        i. Smith\n\tb. Photos'],
    ['Dear Sir,\r\n\r\n\tWe act for'],
  ])('stays in a text area: %j', (value) => {
    expect(tidied(value)).toBe('unchanged');
  });

  it.each([
    ['Date\tDue  \n1 May\t500\t ', 'Date\tDue\n1 May\t500'],
    ['\n \n a  b\nc\u00a0\u00a0 d. \u00a0E\n', 'a b\nc   d. E'],
    ['\u00a0 a\n\u00a0 b', '  a\n  b'],
    ['a\n   \n\t\n\n  b', 'a\n\n  b'],
    ['  one \t line   only\n', 'one line only'],
  ])('is kept while the rest is tidied: %j', (value, expected) => {
    expect(tidied(value)).toBe(expected);
  });

  it('is none in an address, nor in a field of one line', () => {
    expect(tidied('12 Main Street\n   Albany', 'text_area', { address: 'us' })).toBe(
      '12 Main Street\nAlbany',
    );
    expect(tidied('a\t\tb', 'text_line')).toBe('a b');
  });

  it('outlives what else the rules file asks for', () => {
    expect(tidied('Pltf\t\tDft\n   a    b', 'text_area', { replace: { Dft: 'Defendant' } })).toBe(
      'Pltf\t\tDefendant\n   a    b',
    );
    expect(tidied('SMITH\tJONES\n    ROE    DOE', 'text_area', { case: 'name' })).toBe(
      'Smith\tJones\n    Roe    Doe',
    );
  });
});

describe('the replacements of the rules file', () => {
  it.each([
    [{ Inc: 'Sample Inc' }, 'would grow with every run'],
    [{ a: 'b', c: 'see a' }, 'move “c” above it'],
    [{ ' ': 'x' }, 'a key is empty'],
    [{ x: 'x' }, 'replaced by itself'],
  ])('refuse %j, which could not be run twice', (replace, message) => {
    expect(parseReplace(replace).error?.issues[0]?.message).toContain(message);
  });

  it('allow a chain that flows one way, and words inside other words', () => {
    const result = parseReplace({ Dft: 'Deft', Deft: 'Defendant', St: 'Street' });
    expect(result.success).toBe(true);
  });
});

describe('suggestions', () => {
  it('show damaged text as it must have been', () => {
    expect(suggestionsOf(text, ' RenÃ©  Sample')).toEqual(['René Sample']);
  });

  it('show each way in which a name can be written', () => {
    expect(suggestionsOf(text, 'PIET VAN VOORBEELD', { case: 'name' })).toEqual([
      'Piet van Voorbeeld',
      'Piet Van Voorbeeld',
    ]);
  });

  it('show lines joined with and without commas', () => {
    expect(suggestionsOf(text, '1 Sample St\nExampleville')).toEqual([
      '1 Sample St, Exampleville',
      '1 Sample St Exampleville',
    ]);
  });

  it.each([
    [email, 'Jane <jane@Example.com>', ['jane@example.com']],
    [email, 'jane@example.com, joe@example.com', ['jane@example.com', 'joe@example.com']],
    [email, 'jane@gmial.com', ['jane@gmail.com']],
    [email, 'jane@example..com', ['jane@example.com']],
    [url, 'example.com and www.example.org', ['https://example.com', 'https://www.example.org']],
    [url, 'hhttps://example.com', ['https://example.com']],
    [url, 'https:/example.com', ['https://example.com']],
    [phone, '212-555-0123 / 212-555-0124', ['+12125550123', '+12125550124']],
    [phone, '1-800-FLOWERS', ['+18003569377']],
    [phone, '0044 20 7946 0018', ['+442079460018']],
  ] as const)('show what may be meant (%#)', (rule, value, expected) => {
    expect(suggestionsOf(rule as Rule<never>, value)).toEqual(expected);
  });
});

describe('reasons', () => {
  it('name what was done', () => {
    const verdict = columnOf(text, 'text_line', {}, []).decide('Jose\u0301\u00a0 Sample');
    expect(verdict).toMatchObject({
      reason: 'accents joined to their letters; spaces and line breaks tidied',
    });
  });

  it('name who decided on a phone’s country', () => {
    const verdict = columnOf(phone, 'text_line', {}, []).decide('212-555-0123');
    expect(verdict).toMatchObject({ reason: expect.stringContaining('from the locale en-US') });
  });
});
