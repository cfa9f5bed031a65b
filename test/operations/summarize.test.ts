import { describe, expect, test } from 'vitest';
import { BLANK, type Definition, PARENT_TYPES } from '../../src/model/field.ts';
import type { FieldSummary } from '../../src/model/summary.ts';
import { InventorySummary, summarizeInventory } from '../../src/operations/inventory/summarize.ts';
import { openJournal } from '../journal/files.ts';
import { takeInventory } from '../journal/stock.ts';
import { definition, picklist, snapshots } from '../support/builders.ts';

describe('a field as a whole', () => {
  test('a text field that holds dates is measured by the notation that most of them have', () => {
    const { looksLike, wellFormed, mess } = summarize([
      '3/14/2019',
      '12/25/2020',
      '1/31/2018',
      '05/20/2017',
      '2019-04-30',
      'May 13, 2016',
      '2012?',
      '3/4/2019 or 3/20/2019',
    ]);
    expect({ looksLike, wellFormed }).toEqual({ looksLike: 'date', wellFormed: 8 });
    expect(kindsOf(mess)).toEqual({ notation: 2, inexact: 1, several: 1 });
    expect(mess.find(({ kind }) => kind === 'notation')?.samples).toEqual([
      '2019-04-30',
      'May 13, 2016',
    ]);
  });

  test('nobody can tell day from month where no value of the field does', () => {
    expect(kindsOf(summarize(['3/4/2019', '5/6/2018', '2/3/2017']).mess)).toEqual({
      ambiguous: 3,
    });
  });

  test('spellings of one thing are told from mere capitals, and shown with their counts', () => {
    const { mess, clusters, messy, top } = summarize([
      'Kings County',
      'Kings County',
      'Kings County',
      'KINGS COUNTY',
      'Kings Conty',
      'Kings  County',
      'Harbour Tribunal',
      'Harbour Tribunal',
    ]);
    expect(kindsOf(mess)).toEqual({ capitals: 1, spellings: 1, spaces: 1 });
    expect(messy).toBe(3);
    expect(clusters.total).toBe(1);
    expect(clusters.biggest[0]?.members[0]).toEqual({ value: 'Kings County', count: 3 });
    expect(top.slice(0, 2)).toEqual([
      { value: 'Kings County', count: 3 },
      { value: 'Harbour Tribunal', count: 2 },
    ]);
  });

  test('a value with several kinds of mess counts once among the messy', () => {
    const { mess, messy } = summarize([' Kings\u200b County ', 'Harbour Tribunal']);
    expect(kindsOf(mess)).toEqual({ invisible: 1, spaces: 1 });
    expect(messy).toBe(1);
  });

  test('a picklist shows its options by their text, and those that are no longer offered', () => {
    const list = picklist(['Northern Bench', { label: 'Old Bench', retired: true }]);
    const { mess, top } = summarize(['9001', '9002', '9002'], list);
    expect(mess).toEqual([{ kind: 'retired', values: 2, samples: ['Old Bench'] }]);
    expect(top).toEqual([
      { value: 'Old Bench', count: 2 },
      { value: 'Northern Bench', count: 1 },
    ]);
  });
});

describe('many different values', () => {
  test('are counted exactly beyond those that are remembered whole, messy ones too', () => {
    const values = Array.from({ length: 6_000 }, (_, index) => `Folder ${index}`);
    const summary = summarize([...values, ...values, ' Folder  twice', ' Folder  twice']);
    expect(summary).toMatchObject({
      distinct: 6_001,
      isCapped: false,
      wellFormed: 12_000,
      malformed: 2,
      messy: 2,
    });
    expect(kindsOf(summary.mess)).toEqual({ spaces: 2 });
  });

  test('are said to be at least so many where memory would have no bound', () => {
    const summary = new InventorySummary([definition()], ALL);
    for (const record of snapshots(30_000, (index) => ({ '501': `Folder ${index}` })))
      summary.see(record);
    expect(summary.end()).toMatchObject([{ distinct: 25_000, isCapped: true, wellFormed: 30_000 }]);
  });
});

test('what a record does not list is absent, or unread where rows were hidden', () => {
  const summary = new InventorySummary(
    [definition(), definition({ id: '502' }), definition({ id: '503', parentType: 'contact' })],
    ALL,
  );
  for (const record of snapshots(5, (index) => (index < 2 ? { '501': BLANK } : {})))
    summary.see(record.recordId === '1005' ? { ...record, unlisted: 'unread' } : record);
  expect(summary.end().map(({ states }) => states)).toEqual([
    { value: 0, blank: 2, absent: 2, unread: 1 },
    { value: 0, blank: 0, absent: 4, unread: 1 },
    { value: 0, blank: 0, absent: 0, unread: 0 },
  ]);
});

const ALL = { parents: PARENT_TYPES, definitionIds: null };

function summarize(values: readonly string[], field: Definition = definition()): FieldSummary {
  const journal = openJournal();
  const records = snapshots(values.length, (index) => ({ [field.id]: values[index] ?? '' }));
  takeInventory(journal, { definitions: [field], records });
  const [summary] = summarizeInventory(journal, 'inventory-1');
  if (summary === undefined) throw new Error('there is one field');
  return summary;
}

function kindsOf(mess: FieldSummary['mess']): Record<string, number> {
  return Object.fromEntries(mess.map(({ kind, values }) => [kind, values]));
}
