import { expect, test } from 'vitest';
import { proposeRulesFile } from '../../src/operations/rules/propose.ts';
import { assignRules } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { openJournal } from '../journal/files.ts';
import { takeInventory } from '../journal/stock.ts';
import { definition, picklist, snapshots } from '../support/builders.ts';

/** What `init` writes for a text field of amounts with a currency field beside it. */
function propose(amounts: (index: number) => string): string {
  const journal = openJournal();
  const inventoryId = takeInventory(journal, {
    definitions: [
      definition({ id: '501', name: 'Settlement (old)' }),
      definition({ id: '502', name: 'Settlement Amount', fieldType: 'currency' }),
    ],
    records: snapshots(60, (index) => ({ '501': amounts(index) })),
  });
  const text = proposeRulesFile(journal, inventoryId, './schema.json');
  // All of it can be run as it stands: the bolder entries are comments.
  expect(parseRulesFile(text, 'rules.yaml').entries.map(({ rule }) => rule)).toEqual(['text']);
  return text;
}

test.each([
  { name: 'dollars of which nothing tells which', sign: '$', currency: '$' },
  { name: 'euros', sign: '€', currency: 'EUR' },
  { name: 'Canadian dollars', sign: 'CA$', currency: 'CAD' },
])('the entry proposed for a column of $name names its currency', ({ sign, currency }) => {
  const text = propose((index) => (index === 0 ? '¥900.00' : `${sign}${index},250.00`));
  const entry = text.slice(text.indexOf('# - match: Settlement (old)'));
  expect(entry).toMatch(
    new RegExp(String.raw`#\s+currency: "?${currency.replace('$', String.raw`\$`)}"?\n`, 'u'),
  );
});

test.each([
  {
    name: 'in several currencies',
    amounts: (index: number) => `${index % 2 ? '£' : '€'}${index}.50`,
  },
  { name: 'without a sign', amounts: (index: number) => `${index},250.00` },
])('the entry proposed for amounts $name names none', ({ amounts }) => {
  expect(propose(amounts)).not.toMatch(/#\s+currency:/u);
});

test('the file holds as it stands, whatever the fields are called', () => {
  const journal = openJournal();
  const definitions = [
    definition({ id: '501', name: '*' }),
    definition({ id: '502', name: 'Fee *' }),
    definition({ id: '503', name: 'Fee in full' }),
    definition({ id: '504', name: 'Amount\nof fee: # 1', fieldType: 'currency' }),
    definition({ id: '505', name: '=1+1 "fee"' }),
    definition({ id: '506', name: '506' }),
    definition({ id: '507', name: '\u202efee\u0085 # \\' }),
  ];
  const inventoryId = takeInventory(journal, {
    definitions,
    records: snapshots(60, (index) => ({
      '501': `\u202e${index} `,
      '502': `$${index},250.00`,
      '503': 'x',
      '505': 'x',
      '506': 'x',
      '507': 'x',
    })),
  });
  const text = proposeRulesFile(journal, inventoryId, './schema.json');
  const assignments = assignRules(parseRulesFile(text, 'rules.yaml'), definitions);
  expect(assignments.map(({ source }) => source.id)).toEqual([
    '501',
    '502',
    '503',
    '505',
    '506',
    '507',
  ]);
  expect(text).not.toMatch(/[\u202e\u0085]/u);
  expect(text).toContain(String.raw`  # To move them into "Amount\nof fee: # 1"`);
});

test.each([
  { from: 'Date of Loss', into: null },
  { from: 'Marriage (old)', into: 'Date of Marriage' },
  { from: 'Date of Marriage, text', into: 'Date of Marriage' },
  { from: 'Hearing date (imported)', into: 'Hearing' },
  { from: 'Date (old)', into: 'Date' },
])('a move of "$from" is proposed into $into', ({ from, into }) => {
  const journal = openJournal();
  const targets = ['Date of Marriage', 'Next Hearing', 'Hearing', 'Date', 'Day of the Week'];
  const inventoryId = takeInventory(journal, {
    definitions: [
      definition({ id: '501', name: from }),
      ...targets.map((name, index) =>
        definition({ id: String(502 + index), name, fieldType: 'date' }),
      ),
    ],
    records: snapshots(60, (index) => ({ '501': `3 May ${1950 + index}` })),
  });
  const text = proposeRulesFile(journal, inventoryId, './schema.json');
  const [, found = null] = /#\s+into: (.*)\n/u.exec(text) ?? [];
  expect(found).toBe(into);
  if (into === null)
    expect(text).toContain('# Fields of that type: "Date of Marriage", "Next Hearing",');
});

test('the map proposed for a picklist holds only what is near one option alone; the rest is asked for', () => {
  const journal = openJournal();
  const spellings = [
    'Supreme Court, NY County',
    'Sup Ct NY County',
    'Family Cuort',
    'Surrogate Court, Kings County',
  ];
  const inventoryId = takeInventory(journal, {
    definitions: [
      definition({ id: '501', name: 'Court (old)' }),
      picklist(['Supreme Court, Kings County', 'Supreme Court, New York County', 'Family Court'], {
        id: '502',
        name: 'Court',
      }),
    ],
    records: snapshots(60, (index) => ({ '501': spellings[index % spellings.length] ?? '' })),
  });
  const text = proposeRulesFile(journal, inventoryId, './schema.json');
  const map = text.slice(text.indexOf('#     map:'));
  expect(map).toMatch(/^ *# +Family Cuort: Family Court$/mu);
  expect(map).not.toMatch(/^ *# +"?Sup[^:]*: "?Supreme/mu);
  expect(map).toMatch(
    /^ *# {3}# "Supreme Court, NY County": \? "Supreme Court, .*New York County"/mu,
  );
  // Taken up as it says, the entry is still YAML, and maps no more than what is sure.
  const taken = text
    .replace(/ {2}- match: Court \(old\)\n(?: {4}.*\n)*/u, '')
    .replaceAll(/^ {2}# (- match:| {2})/gmu, '  $1');
  const [entry] = parseRulesFile(taken, 'rules.yaml').entries;
  expect(entry).toMatchObject({
    rule: 'picklist',
    options: { map: { 'Family Cuort': 'Family Court' } },
  });
});
