import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/index.ts';
import type { RecordSnapshot } from '../../src/model/field.ts';
import { snapshot, snapshots } from '../support/builders.ts';
import { errorOf, newPath, openJournal } from './files.ts';
import { ORIGIN, takeInventory } from './stock.ts';

const OLD = '2024-05-01T09:00:00.000Z';
const LATER = '2024-07-01T09:00:00.000Z';
const LATEST = '2024-09-01T09:00:00.000Z';
const between = (at: string): Date => new Date(Date.parse(at) + 60_000);

/** An inventory of `anew` and of whatever else the one before it held. */
function takeOver(
  journal: Journal,
  from: string,
  { takenAt, anew = [] }: { takenAt: string; anew?: readonly RecordSnapshot[] },
): string {
  const inventoryId = journal.inventories.begin({
    origin: ORIGIN,
    takenAt,
    scope: { parents: ['matter'], definitionIds: null, recordIds: null, status: null },
  });
  journal.inventories.addRecords(inventoryId, anew);
  journal.inventories.takeOver(inventoryId, { from, parentType: 'matter', left: [] });
  journal.inventories.finish(inventoryId, { requests: 1, coverage: [] });
  return inventoryId;
}

const held = (journal: Journal, inventoryId: string): string[] =>
  [...journal.inventories.records(inventoryId)].map(({ values }) => {
    const value = values.get('501');
    return value?.state === 'value' ? value.content : '';
  });

describe('an inventory that takes over what an earlier one read', () => {
  it('costs the file a small part of a copy', () => {
    const path = newPath();
    const journal = openJournal(path);
    const records = snapshots(2_000, (index) => ({ '501': `${index} ${'long '.repeat(100)}` }));
    const size = (): number => statSync(path).size + statSync(`${path}-wal`).size;
    const first = takeInventory(journal, { records });
    const full = size();
    takeOver(journal, first, { takenAt: LATER });
    expect(size() - full).toBeLessThan(full / 2);
    expect(journal.inventories.find().records.matter).toBe(2_000);
  });

  it('keeps its values when the earlier one is purged, which gives up its own', () => {
    const path = newPath();
    const journal = openJournal(path);
    const first = takeInventory(journal, {
      takenAt: OLD,
      records: [
        snapshot({ recordId: '1', values: { '501': 'Qqstays' } }),
        snapshot({ recordId: '2', values: { '501': 'Qqreplaced' } }),
      ],
    });
    const second = takeOver(journal, first, {
      takenAt: LATER,
      anew: [snapshot({ recordId: '2', values: { '501': 'Qqnew' } })],
    });
    const third = takeOver(journal, second, { takenAt: LATEST });
    expect(journal.purge({ before: between(OLD) }).inventoryIds).toEqual([first]);
    expect(errorOf(() => journal.inventories.records(first)).code).toBe('purged');
    expect(held(journal, second)).toEqual(['Qqstays', 'Qqnew']);
    expect(readFileSync(path, 'latin1')).not.toContain('Qqreplaced');

    journal.purge({ before: between(LATER) });
    expect(held(journal, third)).toEqual(['Qqstays', 'Qqnew']);
    journal.purge({ before: between(LATEST) });
    expect(readFileSync(path, 'latin1')).not.toContain('Qq');
  });

  it('cannot be made from one that was purged', () => {
    const journal = openJournal();
    const first = takeInventory(journal, { takenAt: OLD });
    journal.purge({ before: between(OLD) });
    expect(errorOf(() => takeOver(journal, first, { takenAt: LATER })).code).toBe('purged');
  });

  it('reads what a passphrase protects', () => {
    const path = newPath();
    const journal = openJournal(path, { passphrase: 'correct horse' });
    const records = [snapshot({ recordId: '1', values: { '501': 'Qqstays' } })];
    const second = takeOver(journal, takeInventory(journal, { records }), { takenAt: LATER });
    expect(held(journal, second)).toEqual(['Qqstays']);
  });
});
