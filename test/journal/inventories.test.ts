import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { ABSENT, type RecordSnapshot, UNREAD, type Value } from '../../src/model/field.ts';
import { definition, picklist, snapshot, snapshots } from '../support/builders.ts';
import { errorOf, newPath, openJournal } from './files.ts';
import { NOON, ORIGIN, takeInventory } from './stock.ts';

const SCOPE = {
  parents: ['matter'],
  definitionIds: ['501'],
  recordIds: null,
  status: ['open'],
} as const;

describe('an inventory', () => {
  it('comes back as it was taken: header, definitions, records', () => {
    const journal = openJournal();
    const coverage = [{ parentType: 'matter', read: 1, hidden: 0, total: 4 } as const];
    const definitions = [
      definition(),
      picklist(['SDNY', { label: 'EDNY', retired: true }], { id: '502' }),
    ];
    const record = snapshot({
      etag: null,
      unlisted: 'unread',
      values: {
        '501': 'Zürich – „x"\n\u0000',
        '502': { state: 'blank', valueId: 'picklist-9' },
        '503': ABSENT,
        '504': UNREAD,
        '505': { state: 'value', valueId: 'text_line-1', content: '' },
      },
    });
    const inventoryId = journal.inventories.begin({ origin: ORIGIN, takenAt: NOON, scope: SCOPE });
    journal.inventories.addDefinitions(inventoryId, definitions);
    journal.inventories.addRecords(inventoryId, [record]);
    const header = journal.inventories.finish(inventoryId, { requests: 7, coverage });

    expect(header).toEqual({
      inventoryId: 'inventory-1',
      origin: ORIGIN,
      account: null,
      takenAt: NOON,
      asOf: null,
      since: null,
      scope: SCOPE,
      records: { matter: 1, contact: 0 },
      requests: 7,
      coverage: coverage.map((each) => ({ ...each, only: { status: ['open'], records: null } })),
    });
    expect(journal.inventories.find()).toEqual(header);
    expect(journal.inventories.definitions(inventoryId)).toEqual(definitions);
    expect([...journal.inventories.records(inventoryId)]).toEqual([record]);
  });

  it('keeps any value to the letter', () => {
    const journal = openJournal();
    const text = fc.string({ unit: 'binary' });
    const value: fc.Arbitrary<Value> = fc.oneof(
      fc.record({ state: fc.constant('value' as const), valueId: text, content: text }),
      fc.record({ state: fc.constant('blank' as const), valueId: text }),
      fc.constant(ABSENT),
      fc.constant(UNREAD),
    );
    const values = fc.array(fc.tuple(fc.string(), value)).map((entries) => new Map(entries));
    fc.assert(
      fc.property(text, values, (label, held) => {
        const record: RecordSnapshot = { ...snapshot(), label, values: held };
        const inventoryId = takeInventory(journal, { records: [record] });
        expect([...journal.inventories.records(inventoryId)]).toEqual([record]);
      }),
      { numRuns: 50 },
    );
  });

  it('streams its records matters first, ids as people count, other ids last', () => {
    const journal = openJournal();
    const ids = ['10', '9', '1000', '007', 'a-2', '9007199254740993'];
    const records = [
      snapshot({ parentType: 'contact', recordId: '1' }),
      ...ids.map((recordId) => snapshot({ recordId })),
    ];
    const inventoryId = takeInventory(journal, { records });
    expect([...journal.inventories.records(inventoryId)].map(({ recordId }) => recordId)).toEqual([
      '9',
      '10',
      '1000',
      '007',
      '9007199254740993',
      'a-2',
      '1',
    ]);
  });

  it('streams every record once, however many there are', () => {
    const journal = openJournal();
    const inventoryId = takeInventory(journal, { records: snapshots(1_001, () => ({})) });
    const ids = [...journal.inventories.records(inventoryId)].map(({ recordId }) => recordId);
    expect(ids).toEqual(Array.from({ length: 1_001 }, (_, index) => String(1001 + index)));
  });

  it('gives the records that are asked for', () => {
    const journal = openJournal();
    const records = [
      ...snapshots(3, () => ({})),
      snapshot({ parentType: 'contact', recordId: '1002' }),
    ];
    const inventoryId = takeInventory(journal, { records });
    const read = (filter: Parameters<typeof journal.inventories.records>[1]): string[] =>
      [...journal.inventories.records(inventoryId, filter)].map(
        ({ parentType, recordId }) => `${parentType} ${recordId}`,
      );
    expect(read({ recordIds: ['1002', '9'] })).toEqual(['matter 1002', 'contact 1002']);
    expect(read({ parentType: 'contact' })).toEqual(['contact 1002']);
    expect(read({ recordIds: [] })).toEqual([]);
  });

  it('can be read while the same journal is written to', () => {
    const journal = openJournal();
    const inventoryId = takeInventory(journal, { records: snapshots(500, () => ({})) });
    let count = 0;
    for (const _ of journal.inventories.records(inventoryId)) {
      count += 1;
      if (count % 100 === 0) takeInventory(journal);
    }
    expect(count).toBe(500);
  });

  it('holds a record once that came on two pages, as it came last', () => {
    const journal = openJournal();
    const inventoryId = takeInventory(journal, {
      records: [snapshot({ values: { '501': 'old' } }), snapshot({ values: { '501': 'new' } })],
    });
    const records = [...journal.inventories.records(inventoryId)];
    expect(records).toEqual([snapshot({ values: { '501': 'new' } })]);
    expect(journal.inventories.find().records.matter).toBe(1);
  });
});

describe('finding an inventory', () => {
  it('takes the newest that is finished, by its number and not by the clock', () => {
    const journal = openJournal();
    takeInventory(journal, { takenAt: '2026-03-01T00:00:00.000Z' });
    const second = takeInventory(journal, { takenAt: '2020-01-01T00:00:00.000Z' });
    journal.inventories.begin({ origin: ORIGIN, takenAt: NOON, scope: SCOPE });
    expect(journal.inventories.find().inventoryId).toBe(second);
  });

  it('drops what was begun and not finished as soon as the next begins, and gives its number to no other', () => {
    const path = newPath();
    const journal = openJournal(path);
    const cut = journal.inventories.begin({ origin: ORIGIN, takenAt: NOON, scope: SCOPE });
    journal.inventories.addRecords(
      cut,
      snapshots(3, () => ({ '501': 'x' })),
    );
    const next = takeInventory(journal);
    expect([cut, next]).toEqual(['inventory-1', 'inventory-2']);
    expect(errorOf(() => journal.inventories.find(cut)).code).toBe('unknown_inventory');
    expect(() => journal.inventories.addRecords(cut, [])).toThrow('inventory-1 is not being taken');
  });

  it('says which there are where the id is unknown, and what to run where there is none', () => {
    const journal = openJournal();
    expect(errorOf(() => journal.inventories.find())).toMatchObject({
      exitCode: EXIT.wrongInput,
      hint: 'Run `clio-fields inventory` first.',
    });
    takeInventory(journal);
    for (const id of ['inventory-9', 'plan-1', '1', '', "'; DROP TABLE inventories"]) {
      const error = errorOf(() => journal.inventories.records(id));
      expect(error).toMatchObject({ code: 'unknown_inventory', exitCode: EXIT.wrongInput });
      expect(error.hint).toContain('inventory-1');
    }
  });
});
