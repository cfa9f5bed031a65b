import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { Connection } from '../../src/journal/connection.ts';
import { errorOf, newFolder, newPath, openJournal, startWriter, tamper } from './files.ts';
import { beginRun, changesOf, makePlan, takeInventory } from './stock.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('opening a journal for writing', () => {
  it('makes the folder and every file of it for this user alone', () => {
    const path = join(newFolder(), 'a', 'b', 'journal.sqlite');
    takeInventory(openJournal(path));
    expect(modeOf(dirname(path))).toBe('700');
    for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}.lock`]) {
      expect(modeOf(file)).toBe('600');
    }
  });

  it('takes the rights of others away from a file that has them', () => {
    const path = newPath();
    openJournal(path).close();
    chmodSync(path, 0o644);
    openJournal(path);
    expect(modeOf(path)).toBe('600');
  });

  it('keeps what was stored', () => {
    const path = newPath();
    const first = openJournal(path);
    const inventoryId = takeInventory(first);
    first.close();
    expect(openJournal(path).inventories.find().inventoryId).toBe(inventoryId);
  });

  it('says that a folder which is a file is no place for it', () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    const error = errorOf(() => openJournal(join(file, 'journal.sqlite')));
    expect(error).toMatchObject({ code: 'journal_unreachable', exitCode: EXIT.wrongInput });
  });

  it('says that a folder cannot stand in its place', () => {
    const path = newPath();
    mkdirSync(path);
    expect(errorOf(() => openJournal(path))).toMatchObject({ exitCode: EXIT.wrongInput });
  });

  it.runIf(process.platform === 'linux')('says that the folder cannot be written', () => {
    const error = errorOf(() => openJournal('/proc/1/journal.sqlite'));
    expect(error).toMatchObject({ exitCode: EXIT.wrongInput });
    expect(error.message).toContain('/proc/1/journal.sqlite');
  });
});

describe('opening a journal for reading', () => {
  it('never makes one', () => {
    const path = newPath();
    const error = errorOf(() => openJournal(path, { access: 'read' }));
    expect(error).toMatchObject({ code: 'no_journal', exitCode: EXIT.wrongInput });
    expect(error.hint).toContain('clio-fields inventory');
    expect(existsSync(path)).toBe(false);
  });

  it('says that an empty one holds nothing yet, and leaves it empty', () => {
    const path = newPath();
    writeFileSync(path, '');
    expect(errorOf(() => openJournal(path, { access: 'read' })).code).toBe('journal_empty');
    expect(statSync(path).size).toBe(0);
  });

  it('changes no byte of the file', () => {
    const path = newPath();
    const writer = openJournal(path);
    const plan = makePlan(writer);
    writer.close();
    const before = readFileSync(path);
    const reader = openJournal(path, { access: 'read' });
    expect([...reader.plans.changes(plan.planId)]).toHaveLength(2);
    expect(() => takeInventory(reader)).toThrow('read-only');
    reader.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('works while another process writes, and sees what it stores', async () => {
    const path = newPath();
    const writer = openJournal(path);
    const runId = beginRun(writer, makePlan(writer, { changes: changesOf(2_000) }));
    writer.close();
    const { said, kill } = await startWriter(path, 'run');
    const reader = openJournal(path, { access: 'read' });
    expect(reader.runs.find(runId).counts.applied).toBeGreaterThanOrEqual(said.length);
    await kill();
  });
});

it('is not begun for writing where it must be there', () => {
  const path = newPath();
  expect(errorOf(() => openJournal(path, { mustExist: true })).code).toBe('no_journal');
  expect(existsSync(path)).toBe(false);
});

describe('one writer at a time', () => {
  it('tells a second one who holds it', async () => {
    const path = newPath();
    const { pid, kill } = await startWriter(path, 'hold');
    const error = errorOf(() => openJournal(path));
    expect(error).toMatchObject({ code: 'journal_locked', exitCode: EXIT.stopped });
    expect(error.message).toContain('`clio-fields hold`');
    expect(error.message).toContain(`process ${pid} `);
    expect(error.message).toContain('2026-01-05 12:00 UTC');
    await kill();
  });

  it('is free as soon as its holder is killed', async () => {
    const path = newPath();
    const { kill } = await startWriter(path, 'hold');
    await kill();
    expect(openJournal(path).runs.list()).toEqual([]);
  });

  it('holds inside one process too, until it is closed', () => {
    const path = newPath();
    const first = openJournal(path);
    expect(errorOf(() => openJournal(path)).code).toBe('journal_locked');
    first.close();
    openJournal(path);
  });
});

describe('a file that is no good', () => {
  it.each(['read', 'write'] as const)('is refused where it is no SQLite file (%s)', (access) => {
    const path = newPath();
    writeFileSync(
      path,
      'a letter to somebody, long enough to be taken for a database header '.repeat(20),
    );
    const before = readFileSync(path);
    const error = errorOf(() => openJournal(path, { access }));
    expect(error).toMatchObject({ code: 'not_a_journal', exitCode: EXIT.wrongInput });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each(['read', 'write'] as const)('is refused where another program made it (%s)', (access) => {
    const path = newPath();
    tamper(path, 'CREATE TABLE songs (title TEXT)');
    expect(errorOf(() => openJournal(path, { access })).code).toBe('not_a_journal');
  });

  it.each(['read', 'write'] as const)(
    'is refused where a newer version wrote it (%s)',
    (access) => {
      const path = newPath();
      openJournal(path).close();
      tamper(path, 'PRAGMA user_version = 1000');
      const error = errorOf(() => openJournal(path, { access }));
      expect(error).toMatchObject({ code: 'journal_newer', exitCode: EXIT.wrongInput });
      expect(error.hint).toContain('Update');
    },
  );

  it('is found out where it is damaged inside', () => {
    const path = newPath();
    const journal = openJournal(path);
    const plan = makePlan(journal, { changes: changesOf(500) });
    journal.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 40 * 4096, 60 * 4096);
    writeFileSync(path, bytes);
    const reader = openJournal(path, { access: 'read' });
    const found = (): unknown => {
      const problems = reader.check();
      return problems.length > 0 ? problems : [...reader.plans.changes(plan.planId)];
    };
    expect(found()).toEqual(['the file is damaged']);
    const error = errorOf(() => [...reader.plans.changes(plan.planId)]);
    expect(error).toMatchObject({ code: 'journal_damaged', exitCode: EXIT.wrongInput });
  });
});

it('keeps its settings for safety: a write-ahead log, and a file that holds together', () => {
  const path = newPath();
  takeInventory(openJournal(path));
  const connection = new Connection(path, { readonly: true });
  expect(connection.pragma('journal_mode')).toBe('wal');
  expect(connection.pragma('foreign_key_check')).toBeUndefined();
  connection.close();
});
