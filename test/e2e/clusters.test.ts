import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makePlan, takeInventory } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { definition, flag, picklist, snapshots } from '../support/builders.ts';
import { journalIn } from '../support/journal.ts';

const HELD = [
  'Northern Bench',
  'northern  bench',
  'Nothern Bench',
  'Harbour Tribunal',
  'HARBOUR TRIBUNAL',
];
const RULES = `# The firm's rules.
version: 1
fields:
  - match:   Court          # free text
    rule: picklist
    into: Court (list)
`;
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clio-fields-clusters-'));
  const journal = journalIn(folder);
  const inventoryId = takeInventory(journal, {
    definitions: [
      definition(),
      picklist(['Northern Bench', 'Harbour Tribunal'], { id: '502', name: 'Court (list)' }),
    ],
    records: snapshots(HELD.length, (index) => ({ '501': HELD[index] ?? '' })),
  });
  makePlan(journal, {
    inventoryId,
    changes: [],
    flags: HELD.map((value, index) => flag({ value, recordId: String(1001 + index) })),
  });
  journal.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => writeFileSync(rulesFile(), RULES));

const rulesFile = () => join(folder, 'clio-fields.rules.yaml');

test('lists a field’s clusters in a table that fits 80 columns, a row a value', async () => {
  const { code, stdout } = await runBin(['clusters', 'Court'], { folder });
  expect(code).toBe(0);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  for (const held of ['Nothern Bench', 'HARBOUR TRIBUNAL', '--accept 1,2'])
    expect(stdout).toContain(held);
  expect(readFileSync(rulesFile(), 'utf8')).toBe(RULES);
});

test('lists them without a rules file, too, as one JSON document', async () => {
  rmSync(rulesFile());
  const { code, stdout } = await runBin(['clusters', 'Court', '--json', '--strictness', 'strict'], {
    folder,
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    inventoryId: 'inventory-1',
    field: { definitionId: '501', name: 'Court' },
    clusters: [
      { number: 1, method: 'spelling', count: 2 },
      { number: 2, method: 'spelling', count: 2 },
    ],
  });
});

test('accepts one by its number: the rules file gets its keys, keeps its mode, and nothing is left beside it', async () => {
  chmodSync(rulesFile(), 0o640);
  const { code, stdout } = await runBin(['clusters', 'Court', '--accept', '1'], { folder });
  expect(code).toBe(0);
  expect(stdout).toContain('Nothern Bench -> Northern Bench');
  expect(readFileSync(rulesFile(), 'utf8')).toBe(
    `${RULES}    with:\n      map:\n        Nothern Bench: Northern Bench\n        northern  bench: Northern Bench\n`,
  );
  expect(statSync(rulesFile()).mode & 0o777).toBe(0o640);
  expect(readdirSync(folder).toSorted()).toEqual(['.clio-fields', 'clio-fields.rules.yaml']);
  const again = await runBin(['clusters', 'Court', '--accept', '1', '--json'], { folder });
  expect(JSON.parse(again.stdout)).toMatchObject({ added: [] });
});

test('refuses where the entry has no map, and leaves the file as it was', async () => {
  const rules = RULES.replace('picklist\n    into: Court (list)', 'text');
  writeFileSync(rulesFile(), rules);
  const { code, stdout } = await runBin(['clusters', 'Court', '--accept', 'all', '--json'], {
    folder,
  });
  expect(code).toBe(2);
  expect(JSON.parse(stdout).error.code).toBe('no_map');
  expect(readFileSync(rulesFile(), 'utf8')).toBe(rules);
});

test('a plan that is shown names the clusters among its flags and the command for more', async () => {
  const { code, stdout } = await runBin(['show', 'plan-1'], { folder });
  expect(code).toBe(0);
  expect(stdout).toContain('Flagged values that may mean the same');
  expect(stdout).toContain('clio-fields clusters "Court" inventory-1');
});
