import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { assignRules } from '../../src/rules/assign.ts';
import { extendMap } from '../../src/rules/extend-map.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { runBin } from '../support/bin.ts';
import { definition } from '../support/builders.ts';

function refusalOf(text: string): string {
  try {
    parseRulesFile(text, 'rules.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
}

test.each(['map: { __proto__: Open }', 'map: { "__proto__": Open, Opn: Open }'])(
  'a key that would silently be left out is a mistake with its place: %s',
  (options) => {
    const text = `version: 1\nfields:\n  - { match: Stage, rule: picklist, with: { ${options} } }\n`;
    expect(refusalOf(text)).toBe('rules.yaml:3:52: __proto__ cannot be a key');
  },
);

test('a key is the text that stands there, also where YAML would make a number of it', () => {
  const codes = '{ 01: Open, 1: Closed, 1.50: Half, 0x10: Hex, TRUE: Yes, null: None }';
  const text = `version: 1\nfields:\n  - { match: Stage, rule: picklist, with: { map: ${codes} } }\n`;
  expect(parseRulesFile(text, 'rules.yaml').entries[0]?.options).toMatchObject({
    map: { '01': 'Open', 1: 'Closed', '1.50': 'Half', '0x10': 'Hex', TRUE: 'Yes', null: 'None' },
  });
  expect(refusalOf(text.replace('Open', '007'))).toBe(
    'rules.yaml:3:52: 01: expected a text; a number, true or false stands in quotes',
  );
});

test('words are replaced in the order in which they stand, also where a key is a whole number', () => {
  const text = `version: 1
fields:
  - { match: Street, rule: text, with: { replace: { 100 Centre: One Hundred Centre, 100: C } } }
`;
  const [street] = assignRules(parseRulesFile(text, 'rules.yaml'), [
    definition({ name: 'Street' }),
  ]);
  expect(street?.column.decide('100 Centre St')).toMatchObject({ after: 'One Hundred Centre St' });
  const backwards = text.replace('100 Centre: One Hundred Centre, 100: C', '42: x, zz: see 42');
  expect(refusalOf(backwards)).toContain('which an entry further up replaces: move “zz” above it');
  expect(refusalOf(backwards.replace('42: x, zz: see 42', 'zz: see 42, 42: x'))).toBe('');
  expect(refusalOf(text.replace('100: C', '100: 5'))).toBe(
    'rules.yaml:3:85: 100: expected a text; a number, true or false stands in quotes',
  );
});

test('try replaces in the order in which its --with says it, too', async () => {
  const pairs = 'replace={"100 Centre": One Hundred Centre, "100": C}';
  const args = ['try', 'text', '100 Centre St', '--with', pairs, '--json'];
  const { stdout } = await runBin(args, { folder: tmpdir() });
  expect(JSON.parse(stdout).results).toMatchObject([{ output: 'One Hundred Centre St' }]);
});

test.each([
  ['0x10', '0x10'],
  ['1e3', '1e3'],
  ['007', '007'],
  ['12345', '12345'],
  ['[007, Court]', '007'],
])(
  'a field is looked up by the text that stands there, not by the number that it could be: %s',
  (match, name) => {
    const text = `version: 1\nfields:\n  - { match: ${match}, rule: text, into: 010 }\n`;
    const [entry] = parseRulesFile(text, 'rules.yaml').entries;
    expect([entry?.match[0], entry?.into]).toEqual([name, '010']);
  },
);

test.each([
  ['  - match: Note: internal\n    rule: text\n', '3:12: '],
  ['  - { match: Note: internal, rule: text }\n', '3:14: '],
  ['  - { match: [Note: internal, Court], rule: text }\n', '3:7: match: '],
  ['  - match:\n      - Note: internal\n    rule: text\n', '3:5: match: '],
  ['  - { match: Court, rule: text, with: { replace: { a: b: c } } }\n', '3:55: '],
])('a name with a colon is to stand in quotes: %j', (entry, place) => {
  expect(refusalOf(`version: 1\nfields:\n${entry}`)).toBe(
    `rules.yaml:${place}a name or text with a colon and a space in it stands in quotes`,
  );
});

test('a line that stands too far to the right is told as that', () => {
  const text = 'version: 1\nfields:\n  - match: Court\n      rule: text\n';
  expect(refusalOf(text)).toMatch(
    /^rules\.yaml:3:12: the next line does not belong here: [^\n]*$/u,
  );
});

test('a rule that does not fit is told with the article that its field’s type has', () => {
  const text = 'version: 1\nfields:\n  - { match: Mail, rule: currency }\n';
  const mail = definition({ name: 'Mail', fieldType: 'email' });
  expect(() => assignRules(parseRulesFile(text, 'rules.yaml'), [mail])).toThrow(
    'rule currency cannot read "Mail", an email field',
  );
});

test('a second document is told by its place, in words that are not the library’s', () => {
  expect(refusalOf('version: 1\nfields: []\n---\nversion: 1\nfields: []\n')).toMatch(
    /^rules\.yaml:3:1: a second rules file begins here/u,
  );
});

test.each(['American', 'English', 'us', 'en_US'])('a locale that is none is refused: %s', (tag) => {
  expect(refusalOf(`version: 1\nlocale: ${tag}\nfields: []\n`)).toBe(
    'rules.yaml:2:1: locale: is not a language tag such as en-US',
  );
  expect(refusalOf('version: 1\nlocale: de-CH\nfields: []\n')).toBe('');
});

test('one slip that makes a thousand mistakes is told in a few lines', () => {
  const lines = refusalOf('['.repeat(500)).split('\n');
  expect(lines.length).toBeLessThanOrEqual(21);
  expect(new Set(lines).size).toBe(lines.length);
  const unknown = Array.from({ length: 50 }, (_, index) => `key${index}: 1`).join('\n');
  expect(refusalOf(`version: 1\nfields: []\n${unknown}\n`)).toMatch(/\nand 30 more$/u);
});

describe('a merge key (<<)', () => {
  const BASE = `version: 1
fields:
  - &tidy { match: Court, rule: text, with: { case: title, address: us } }
  - <<: *tidy
    match: Judge
  - { <<: *tidy, match: Clerk, with: { case: name } }
`;

  test('takes over the keys of another entry, but for those that stand beside it', () => {
    const { entries } = parseRulesFile(BASE, 'rules.yaml');
    expect(entries.map(({ match, rule }) => [...match, rule])).toEqual([
      ['Court', 'text'],
      ['Judge', 'text'],
      ['Clerk', 'text'],
    ]);
    expect(entries.map(({ options }) => options)).toMatchObject([
      { case: 'title', address: 'us' },
      { case: 'title', address: 'us' },
      { case: 'name', address: 'no' },
    ]);
  });

  test('leads from a mistake that it brings along to the entry that has it', () => {
    const text = BASE.replace('address: us', 'adress: us');
    expect(refusalOf(text)).toContain('rules.yaml:3:60: unknown key "adress"');
    expect(refusalOf(text)).toContain('rules.yaml:4:5: unknown key "adress"');
  });

  test.each(['*tidyy', 'Court', '[*tidy, Court]', '[]: 1'])(
    'that has no keys to take over is a mistake with its place: %s',
    (source) => {
      const refusal = refusalOf(BASE.replace('<<: *tidy\n', `<<: ${source}\n`));
      expect(refusal).toMatch(/^rules\.yaml:4:\d+: /u);
    },
  );

  test('in quotes is a key like any other', () => {
    const text = `version: 1
fields:
  - { match: Stage, rule: picklist, with: { map: { "<<": Open } } }
`;
    expect(parseRulesFile(text, 'rules.yaml').entries[0]?.options).toMatchObject({
      map: { '<<': 'Open' },
    });
  });

  test('beside a map of an entry’s own leaves room for more values in it', () => {
    const text = `version: 1
fields:
  - { match: Court, rule: picklist, with: &all { unknown: flag } }
  - match: Judge
    rule: picklist
    with:
      <<: *all
      map: { a: A }
`;
    const path = ['fields', 1];
    const extended = extendMap(text, path, new Map([['b', 'B']]));
    expect(extended).toBe(text.replace('{ a: A }', '{ a: A, b: B }'));
    const shared = text.replace('{ unknown: flag }', '{ map: { c: C } }');
    expect(() =>
      extendMap(shared.replace('      map: { a: A }\n', ''), path, new Map([['b', 'B']])),
    ).toThrow('cannot be added to');
  });
});
