import { describe, expect, it } from 'vitest';
import { MESS_KINDS } from '../../src/model/mess.ts';
import { RULE_NAMES, ruleNamed, type RuleName } from '../../src/rules/index.ts';
import type { Verdict } from '../../src/rules/types.ts';
import { casesOf, columnOf, rowsOf } from './amount-fixtures.ts';
import { columnOf as picklistOf, optionsOf } from './picklist-column.ts';
import { fieldOf, rows } from './picklist-fixtures.ts';

const TARGETS = {
  text: 'text_line',
  date: 'date',
  currency: 'currency',
  numeric: 'numeric',
  phone: 'text_line',
  email: 'email',
  url: 'url',
  checkbox: 'checkbox',
} as const;

type Name = keyof typeof TARGETS;

const NAMES = ['text', 'date', 'currency', 'numeric', 'phone', 'email', 'url', 'checkbox'] as const;

describe('what a rule says is the matter', () => {
  it.each([
    ['text', 'Kings County', []],
    ['text', ' Kings  County ', ['spaces']],
    ['text', ' Kings\u200B County', ['invisible', 'spaces']],
    ['text', '1 Example St\nExampleville', ['spaces']],
    ['text', 'clientâ€™s', ['damaged']],
    ['text', 'half of \uD83D', ['damaged']],
    ['text', '#REF!', ['spreadsheet']],
    ['text', '\u200B', ['nothing']],
    ['text', 'long '.repeat(60).trim(), ['tooLong']],
    ['date', '2019-05-01', []],
    ['date', 'May 1, 2019', ['notation']],
    ['date', '3/4/2019', ['ambiguous']],
    ['date', 'February 30, 2019', ['impossible']],
    ['date', '0000-00-00', ['nothing']],
    ['date', '2019-05-00', ['inexact']],
    ['date', 'Wednesday, May 3, 2019', ['impossible']],
    ['date', 'May 2019', ['inexact']],
    ['date', '410', ['impossible']],
    ['date', '43586', ['spreadsheet']],
    ['date', 'n/a', ['nothing']],
    ['date', '5/13/2019 or 5/14/2019', ['several']],
    ['date', '5/13/2019 2:30 PM', ['notes']],
    ['date', 'whenever', ['unclear']],
    ['currency', '1200', []],
    ['currency', '$1,200', ['notation']],
    ['currency', 'Total: 1200', ['notes']],
    ['currency', 'Total: $1,200', ['notation', 'notes']],
    ['currency', '$1,200 - see file', ['notes']],
    ['currency', '$1,000-$2,000', ['inexact']],
    ['currency', '7.250', ['ambiguous']],
    ['currency', '(-5)', ['ambiguous']],
    ['currency', '0042', ['ambiguous']],
    ['currency', '$1.2345', ['impossible']],
    ['currency', '1234567890123456', ['tooLong']],
    ['currency', 'Estate of Pat Notreal', ['impossible']],
    ['currency', 'pending', ['nothing']],
    ['currency', '1.23E+11', ['spreadsheet']],
    ['currency', '1.25E7', ['notation']],
    ['numeric', '12 oz', ['notes']],
    ['numeric', '21st', ['impossible']],
    ['numeric', '#N/A', ['spreadsheet']],
    ['numeric', 'about 12', ['inexact']],
    ['numeric', '12, 15 and 18', ['several']],
    ['checkbox', ' TRUE ', ['notation']],
    ['checkbox', 'unknown', ['nothing']],
    ['checkbox', 'maybe', ['inexact']],
    ['checkbox', 'see the note of the first meeting with the client, on page two', ['tooLong']],
    ['checkbox', 'purple', ['unclear']],
    ['email', ' ann@example.com', ['spaces']],
    ['email', 'an\u200Bn@example.com', ['invisible']],
    ['email', ' Ann@Example.COM', ['spaces', 'notation']],
    ['email', 'mailto:ann@example.com', ['notes']],
    ['email', 'ann at example.com', ['impossible']],
    ['email', 'ann@@example.com', ['impossible']],
    ['email', 'Ann <ann@example.com>', ['notes']],
    ['email', 'ann@example.com; pat@example.org', ['several']],
    ['url', 'www.example.com', ['notation']],
    ['url', '<https://example.com/a>', ['notes']],
    ['url', 'http://pat@example.com', ['impossible']],
    ['url', 'see folder', ['notes']],
    ['url', 'javascript:run()', ['impossible']],
    ['phone', '(212) 555-0123', ['notation']],
    ['phone', '1-800-FLOWERS', ['notation']],
    ['phone', '555-0135', ['impossible']],
    ['phone', '(212) 555-0123 evenings', ['notes']],
  ] as const)('%s: %j', (name, value, kinds) => {
    expect(alone(name, value).mess.toSorted()).toEqual([...kinds].toSorted());
  });

  it.each([
    ['Cash', 'notation'],
    ['cahs bond', 'spellings'],
    ['Cash and Surety', 'several'],
    ['unknown', 'nothing'],
    ['Promise of a neighbour', 'impossible'],
  ])('picklist: %j', (value, kind) => {
    const options = optionsOf(['Cash', 'Surety', 'Cash bond']);
    expect(picklistOf({ options }).decide(value).mess).toEqual([kind]);
  });

  it('a retired option is one, whatever its text fits', () => {
    const options = optionsOf(['New York', '(retired) NY', '(retired) Unknown', '(retired) Ohio']);
    const column = picklistOf({ options, isOwn: true });
    expect(options.map(({ id }) => column.decide(id).mess)).toEqual([
      [],
      ['retired'],
      ['retired'],
      ['retired'],
    ]);
    expect(column.decide('gone').mess).toEqual(['retired']);
  });

  it('what a value says does not name the kind', () => {
    const options = optionsOf(['Share ratio', 'Excel encoding']);
    const column = picklistOf({ options });
    expect(column.decide('share  ratio').mess).toEqual(['notation']);
    expect(column.decide('Excel encodin').mess).toEqual(['spellings']);
  });

  it('a value that breaks the habit of its field is written otherwise than most', () => {
    const dates = ['1/14/2019', '2/15/2019', '3/16/2019', '4/17/2019'];
    const column = columnOf(ruleNamed('date'), 'date', {}, dates);
    expect(column.decide('13/5/2019')).toMatchObject({ outcome: 'flagged', mess: ['notation'] });
  });
});

describe('the verdicts on all fixtures', () => {
  const verdicts = [...singleValues(), ...wholeFields(), ...picklistValues()];

  it('name at least one kind where something is the matter, each once', () => {
    for (const { verdict, at } of verdicts) {
      expect(verdict.mess.length > 0, at).toBe(verdict.outcome !== 'unchanged');
      expect(new Set(verdict.mess).size, at).toBe(verdict.mess.length);
      for (const kind of verdict.mess) expect(MESS_KINDS).toContain(kind);
    }
  });

  it('hardly ever have nothing better to say than that it is unclear', () => {
    const messy = verdicts.filter(({ verdict }) => verdict.outcome !== 'unchanged');
    const unclear = messy.filter(({ verdict }) => verdict.mess.some((kind) => kind === 'unclear'));
    expect(messy.length).toBeGreaterThan(800);
    expect(unclear.length, unclear.map(({ at }) => at).join('\n')).toBeLessThan(
      messy.length * 0.04,
    );
  });

  it('use every kind but capitals, which a whole field shows, and retired, which an option is', () => {
    const used = new Set(verdicts.flatMap(({ verdict }) => verdict.mess));
    expect(MESS_KINDS.filter((kind) => !used.has(kind))).toEqual(['capitals', 'retired']);
  });
});

interface Found {
  readonly verdict: Verdict;
  readonly at: string;
}

function alone(name: Name, value: string): Verdict {
  return columnOf(ruleNamed(name), TARGETS[name], {}, [value]).decide(value);
}

function singleValues(): Found[] {
  return NAMES.flatMap((name) =>
    rowsOf(name).map(({ input, options }) => ({
      verdict: columnOf(ruleNamed(name), TARGETS[name], options, [input]).decide(input),
      at: `${name}: ${input}`,
    })),
  );
}

function wholeFields(): Found[] {
  const names = ['date', 'currency', 'numeric', 'checkbox'] as const satisfies readonly RuleName[];
  return names.flatMap((name) =>
    casesOf(name).flatMap(({ options, values, count }) => {
      const observed = values.flatMap((value) => Array<string>(count).fill(value));
      const column = columnOf(ruleNamed(name), TARGETS[name], options, observed);
      return values.map((value) => ({ verdict: column.decide(value), at: `${name}: ${value}` }));
    }),
  );
}

function picklistValues(): Found[] {
  return rows.map((row) => ({
    verdict: picklistOf(fieldOf(row), [row.input]).decide(row.input),
    at: `picklist: ${row.input}`,
  }));
}

it('every rule has a table of kinds here, but for skip, which says nothing', () => {
  expect([...NAMES, 'picklist', 'skip'].toSorted()).toEqual([...RULE_NAMES].toSorted());
});
