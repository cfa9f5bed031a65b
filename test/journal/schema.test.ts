import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Connection } from '../../src/journal/connection.ts';
import { checkVersion, migrate, MIGRATIONS } from '../../src/journal/schema.ts';
import { Store } from '../../src/journal/store.ts';
import { errorOf, newPath, openJournal, tamper } from './files.ts';
import { takeInventory } from './stock.ts';

const FIRST = `CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept')`;
const SECOND = `ALTER TABLE notes ADD COLUMN length INTEGER; UPDATE notes SET length = length(text)`;

function storeAt(path: string): Store {
  writeFileSync(path, '', { flag: 'a' });
  const store = new Store(path, 'write');
  onTestFinished(() => store.close());
  return store;
}

describe('bringing a journal up to date', () => {
  it('begins with an empty file', () => {
    const path = newPath();
    writeFileSync(path, '');
    const journal = openJournal(path);
    takeInventory(journal);
    expect(journal.check()).toEqual([]);
  });

  it('keeps what an older version stored', () => {
    const store = storeAt(newPath());
    migrate(store, [FIRST]);
    migrate(store, [FIRST, SECOND]);
    expect(store.all('SELECT * FROM notes')).toEqual([{ text: 'kept', length: 4 }]);
    expect(store.pragma('user_version')).toBe(2);
  });

  it('does nothing to one that is up to date', () => {
    const store = storeAt(newPath());
    migrate(store, [FIRST]);
    migrate(store, [FIRST]);
    expect(store.all('SELECT * FROM notes')).toHaveLength(1);
  });

  it('leaves the older version whole where a step fails half way', () => {
    const path = newPath();
    const store = storeAt(path);
    migrate(store, [FIRST]);
    const half = `${SECOND}; DELETE FROM notes; INSERT INTO nowhere VALUES (1)`;
    expect(() => migrate(store, [FIRST, half])).toThrow('nowhere');
    expect(store.all('SELECT * FROM notes')).toEqual([{ text: 'kept' }]);
    expect(store.pragma('user_version')).toBe(1);
    migrate(store, [FIRST, SECOND]);
    expect(store.pragma('user_version')).toBe(2);
  });

  it('leaves no table of a first version that failed, so that the file is still ours to begin', () => {
    const path = newPath();
    const store = storeAt(path);
    expect(() => migrate(store, [`${FIRST}; INSERT INTO nowhere VALUES (1)`])).toThrow('nowhere');
    store.close();
    takeInventory(openJournal(path));
  });

  it('is done before one of an earlier version is read', () => {
    const path = newPath();
    const store = storeAt(path);
    migrate(store, MIGRATIONS.slice(0, -1));
    store.close();
    const reader = openJournal(path, { access: 'read' });
    expect(reader.runs.list()).toEqual([]);
    expect(reader.check()).toEqual([]);
  });

  it('waits until nobody else writes', () => {
    const path = newPath();
    const store = storeAt(path);
    migrate(store, MIGRATIONS.slice(0, -1));
    const writer = openJournal(path);
    store.pragma(`user_version = ${MIGRATIONS.length - 1}`);
    expect(errorOf(() => openJournal(path, { access: 'read' })).code).toBe('journal_locked');
    writer.close();
  });

  it('is no matter of a connection that only reads', () => {
    const path = newPath();
    const store = storeAt(path);
    migrate(store, ['CREATE TABLE notes (text TEXT)']);
    store.close();
    tamper(path, 'PRAGMA user_version = -1');
    const reader = new Store(path, 'read');
    onTestFinished(() => reader.close());
    expect(checkVersion(reader, 'read')).toBe('older');
    const connection = new Connection(path, { readonly: true });
    expect(connection.pragma('user_version')).toBe(-1);
    connection.close();
  });
});
