import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/field.ts';
import { makePlan } from '../../src/operations/plan/plan.ts';
import { acceptClusters } from '../../src/operations/rules/accept-clusters.ts';
import { findClusters } from '../../src/operations/rules/clusters.ts';
import { clusterFlags } from '../../src/operations/rules/flag-clusters.ts';
import { errorOf, openJournal } from '../journal/files.ts';
import { NOON, takeInventory } from '../journal/stock.ts';
import { definition, flag, picklist, snapshots } from '../support/builders.ts';

const VALUES = [
  ...Array.from({ length: 5 }, () => 'northern bench'),
  ...Array.from({ length: 3 }, () => 'Northern Bench'),
  'Nothern Bench',
  'Harbour Tribunal',
  'Harbour  tribunal',
  'Harbour  tribunal',
  'Hall 1',
  'Hall 2',
];
const LIST = picklist(['Northern Bench', { label: 'Harbour Tribunal', retired: true }], {
  id: '502',
  name: 'Court (list)',
});
const RULES = `version: 1
fields:
  # free text into the list
  - match: Court
    rule: picklist
    into: Court (list)
    with: { unknown: flag }   # strict
`;

function stock(
  definitions: readonly Definition[] = [definition(), LIST],
  values: readonly string[] = VALUES,
) {
  const journal = openJournal();
  const records = snapshots(values.length, (index) => ({ '501': values[index] ?? '' }));
  takeInventory(journal, { definitions, records });
  const find = (text: string | null, field = 'Court') =>
    findClusters(journal, {
      field,
      strictness: 'medium',
      rules: text === null ? null : { text, fileName: 'rules.yaml' },
    });
  const accept = (text: string, numbers: readonly number[] | 'all' = [1]) =>
    acceptClusters(journal, find(text), numbers, { text, fileName: 'rules.yaml' });
  return { journal, find, accept };
}

describe('finding clusters', () => {
  test('groups like values with counts, the most frequent first, and never two numbers', () => {
    expect(stock().find(null)).toMatchObject({
      inventoryId: 'inventory-1',
      distinct: 7,
      isCapped: false,
      assignment: null,
      clusters: [
        {
          number: 1,
          canonical: 'northern bench',
          method: 'edits',
          count: 9,
          members: [
            { value: 'northern bench', count: 5 },
            { value: 'Northern Bench', count: 3 },
            { value: 'Nothern Bench', count: 1 },
          ],
        },
        { number: 2, canonical: 'Harbour  tribunal', method: 'spelling', count: 3 },
      ],
    });
  });

  test('leads to the option that a member is, however seldom it is written so', () => {
    expect(stock().find(RULES).clusters[0]?.canonical).toBe('Northern Bench');
  });

  test('leads to the option that a member is but for spelling', () => {
    const list = { ...LIST, options: [{ id: '9001', label: 'NORTHERN BENCH', retired: false }] };
    expect(stock([definition(), list]).find(RULES).clusters[0]?.canonical).toBe('NORTHERN BENCH');
  });

  test('never leads from one option of the target to another', () => {
    const list = picklist(['Northern Bench', 'Nothern Bench'], { id: '502', name: 'Court (list)' });
    expect(
      stock([definition(), list])
        .find(RULES)
        .clusters[0]?.members.map(({ value }) => value),
    ).toEqual(['northern bench', 'Northern Bench']);
  });

  test('shows a picklist by the texts of its options', () => {
    const court = picklist(['Harbour Tribunal', 'harbour tribunal', 'Hall']);
    const { find } = stock([court], ['9001', '9002', '9001', '9003', '9099']);
    expect(find('version: 1\nfields: [{ match: Court, rule: picklist }]\n').clusters).toMatchObject(
      [
        {
          canonical: 'Harbour Tribunal',
          members: [
            { value: 'Harbour Tribunal', count: 2 },
            { value: 'harbour tribunal', count: 1 },
          ],
        },
      ],
    );
  });

  test('asks which field is meant where a name fits two', () => {
    const { find } = stock([definition(), definition({ id: '601', parentType: 'contact' })]);
    expect(errorOf(() => find(null))).toMatchObject({ code: 'ambiguous_field' });
    expect(find(null, '501').field.id).toBe('501');
    expect(errorOf(() => find(null, 'Curt'))).toMatchObject({ code: 'unknown_field' });
  });
});

describe('accepting clusters', () => {
  test('writes each member under the option, and the plan then makes these changes', () => {
    const { journal, accept } = stock();
    const { text, added, sharedWith } = accept(RULES);
    expect([...added]).toEqual([
      ['northern bench', 'Northern Bench'],
      ['Nothern Bench', 'Northern Bench'],
    ]);
    expect(sharedWith).toEqual([]);
    expect(text).toContain('  # free text into the list\n');
    expect(text).toContain('} }   # strict\n');
    const plan = makePlan(
      { journal, now: () => new Date(NOON) },
      { rulesText: text, rulesFileName: 'rules.yaml', fields: [], records: [] },
    );
    expect(plan.counts.changed).toBe(9);
  });

  test('accepted again, nothing is left to write', () => {
    const { accept } = stock();
    const { text } = accept(RULES);
    const again = accept(text);
    expect(again.added.size).toBe(0);
    expect(again.text).toBe(text);
  });

  test('names the other fields that the same entry decides for', () => {
    const venue = definition({ id: '503', name: 'Venue' });
    const rules = RULES.replace('match: Court', 'match: [Court, Venue]');
    expect(stock([definition(), LIST, venue]).accept(rules).sharedWith).toEqual(['Venue']);
  });

  test.each([
    [
      'of which a contact has one too',
      definition({ id: '601', parentType: 'contact' }),
      'match: "Court", parent: matter',
    ],
    ['of which there is another', definition({ id: '503' }), 'match: "501"'],
  ])('asks for an entry that names a field alone, %s', (_, namesake, keys) => {
    const { journal, find } = stock([definition(), LIST, namesake]);
    const rules = { text: 'version: 1\nfields: []\n', fileName: 'rules.yaml' };
    const error = errorOf(() => acceptClusters(journal, find(rules.text, '501'), [1], rules));
    expect(error.hint).toContain(keys);
  });

  test.each([
    [
      'no entry names the field',
      'version: 1\nfields: []\n',
      [1],
      'no_entry',
      'rule: picklist, into',
    ],
    [
      'the entry is of another rule',
      'version: 1\nfields: [{ match: Court, rule: text }]\n',
      [1],
      'no_map',
      'in place of that entry',
    ],
    ['no such number', RULES, [3], 'unknown_cluster', 'without --accept'],
    ['no member is a live option', RULES, 'all', 'no_option', '--accept 1'],
    [
      'the key leads elsewhere already',
      RULES.replace('unknown: flag', 'map: { Nothern Bench: Hall }, unknown: add-option'),
      [1],
      'map_key_exists',
      'Take the key out',
    ],
    [
      'the same key is written another way',
      RULES.replace('unknown: flag', 'map: { NOTHERN BENCH: Hall }, unknown: add-option'),
      [1],
      'rules_file',
      'by hand',
    ],
  ] as const)('refuses where %s', (_, rules, numbers, code, hint) => {
    const error = errorOf(() => stock().accept(rules, numbers));
    expect(error.code).toBe(code);
    expect(error.hint).toContain(hint);
  });

  test('lets new options be made where the entry does', () => {
    const rules = RULES.replace('unknown: flag', 'unknown: add-option');
    expect(stock().accept(rules, 'all').added.get('Harbour Tribunal')).toBe('Harbour  tribunal');
  });
});

function flags(fieldName: string, values: readonly string[]) {
  return values.map((value) => flag({ fieldName, definitionId: fieldName, value }));
}

function* manyFlags() {
  for (let number = 0; number < 20_000; number += 1)
    yield flag({ value: `file ${number} of the archive` });
  yield* flags('Town', ['Westhaven', 'west haven']);
}

describe('clusters among flags', () => {
  test('are told by field, five at most', () => {
    const many = ['alder', 'birch', 'cedar', 'maple', 'olive', 'poplar'].flatMap((tree) => [
      `${tree} room`,
      `${tree.toUpperCase()} ROOM`,
      `${tree} room`,
    ]);
    const found = clusterFlags([
      ...flags('Room', many),
      ...flags('Fee', ['12', '13']),
      ...flags('Town', ['Westhaven', 'west haven']),
    ]);
    expect(
      found.map(({ fieldName, total, clusters }) => [fieldName, total, clusters.length]),
    ).toEqual([
      ['Room', 6, 5],
      ['Town', 1, 1],
    ]);
    expect(found[0]?.clusters[0]).toMatchObject({ count: 3, canonical: 'alder room' });
  });

  test('however many different values are flagged, a bounded number is compared', () => {
    expect(clusterFlags(manyFlags()).map(({ fieldName }) => fieldName)).toEqual(['Town']);
  });
});
