import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { change, flag, intent, newOption, outcome, snapshot } from '../support/builders.ts';
import { errorOf, newPath, openJournal, tamper } from './files.ts';
import { beginRun, makePlan, takeInventory } from './stock.ts';

const PASSPHRASE = 'correct horse Zürich';
const SECRET = 'Zyxwvutsrq';

function protectedRun(): { path: string; runId: string } {
  const path = newPath();
  const journal = openJournal(path, { passphrase: PASSPHRASE });
  const inventoryId = takeInventory(journal, {
    records: [snapshot({ label: SECRET, values: { '501': SECRET } })],
  });
  const changes = [change({ before: SECRET, recordLabel: SECRET }), change({ recordId: '1002' })];
  const plan = makePlan(journal, {
    inventoryId,
    changes,
    flags: [flag({ value: SECRET })],
    optionChanges: [newOption(SECRET)],
  });
  const runId = beginRun(journal, plan);
  journal.runs.settle(
    runId,
    changes.slice(0, 1).map((each) => outcome(each, 'conflict', SECRET)),
  );
  journal.runs.beginChanges(runId, [
    {
      ...intent(change({ recordId: '1002' })),
      before: { '501': { state: 'value', content: SECRET } },
    },
  ]);
  journal.close();
  return { path, runId };
}

describe('a journal with a passphrase', () => {
  it('gives everything back to whoever knows it', () => {
    const { path, runId } = protectedRun();
    const journal = openJournal(path, { passphrase: PASSPHRASE, access: 'read' });
    expect([...journal.inventories.records('inventory-1')][0]?.label).toBe(SECRET);
    expect([...journal.plans.changes('plan-1')][0]?.recordLabel).toBe(SECRET);
    expect([...journal.plans.flags('plan-1')][0]?.value).toBe(SECRET);
    expect([...journal.runs.problems(runId)][0]?.reason).toBe(SECRET);
    expect(journal.runs.begunRecords(runId)).toHaveLength(1);
    expect(journal.check()).toEqual([]);
  });

  it('knows it in either Unicode form', () => {
    const { path } = protectedRun();
    openJournal(path, { passphrase: PASSPHRASE.normalize('NFD'), access: 'read' });
  });

  it('holds no value, label or option in the clear, in no file', () => {
    const { path } = protectedRun();
    for (const name of readdirSync(dirname(path))) {
      const bytes = readFileSync(join(dirname(path), name), 'latin1');
      expect(bytes).not.toContain(SECRET);
      expect(bytes).not.toContain(PASSPHRASE);
    }
  });

  it.each([
    ['a wrong one', { passphrase: 'correct horse' }, 'passphrase_wrong'],
    ['an empty one', { passphrase: '' }, 'passphrase_wrong'],
    ['none', {}, 'passphrase_missing'],
  ])('does not open with %s', (_what, options, code) => {
    const { path } = protectedRun();
    for (const access of ['read', 'write'] as const) {
      const error = errorOf(() => openJournal(path, { ...options, access }));
      expect(error).toMatchObject({ code, exitCode: EXIT.wrongInput });
    }
    openJournal(path, { passphrase: PASSPHRASE });
  });

  it('notices a value that was put in the place of another', () => {
    const { path } = protectedRun();
    tamper(path, `UPDATE changes SET body = substr(body, 1, 40) || x'00' || substr(body, 42)`);
    const journal = openJournal(path, { passphrase: PASSPHRASE, access: 'read' });
    expect(errorOf(() => [...journal.plans.changes('plan-1')]).code).toBe('journal_damaged');
  });
});

it('refuses a passphrase for a journal that holds values in the clear', () => {
  const path = newPath();
  const journal = openJournal(path);
  takeInventory(journal);
  journal.close();
  const error = errorOf(() => openJournal(path, { passphrase: PASSPHRASE }));
  expect(error).toMatchObject({ code: 'passphrase_unused', exitCode: EXIT.wrongInput });
});

it('takes a passphrase on while the journal is still empty', () => {
  const path = newPath();
  openJournal(path).close();
  openJournal(path, { passphrase: PASSPHRASE }).close();
  expect(errorOf(() => openJournal(path)).code).toBe('passphrase_missing');
});
