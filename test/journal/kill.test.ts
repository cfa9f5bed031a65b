import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newPath, openJournal, startWriter } from './files.ts';
import { beginRun, changesOf, makePlan, takeInventory } from './stock.ts';

describe('a process that is killed', () => {
  it('while it takes an inventory leaves none, and what it read goes with the next', async () => {
    const path = newPath();
    const { kill } = await startWriter(path, 'inventory');
    await kill();
    const journal = openJournal(path);
    expect(() => journal.inventories.find()).toThrow('no inventory yet');
    const inventoryId = takeInventory(journal);
    expect(journal.inventories.find().inventoryId).toBe(inventoryId);
    expect([...journal.inventories.records(inventoryId)]).toHaveLength(2);
    expect(journal.check()).toEqual([]);
  });

  it('while it plans leaves no part of the plan', async () => {
    const path = newPath();
    const { kill } = await startWriter(path, 'plan');
    await sleep(300);
    await kill();
    const journal = openJournal(path);
    expect(journal.plans.list()).toEqual([]);
    expect(journal.check()).toEqual([]);
  });

  it('after it said what it sends leaves that to be seen, with what stood there', async () => {
    const path = newPath();
    const first = openJournal(path);
    const runId = beginRun(first, makePlan(first));
    first.close();
    const { said, kill } = await startWriter(path, 'begin');
    await kill();
    const journal = openJournal(path);
    const [record] = journal.runs.nextRecords(runId, 10);
    expect(said).toEqual([record?.changes[0]?.change.changeId]);
    expect(record?.changes[0]?.begun).toEqual({
      changeId: said[0],
      before: { '501': { state: 'value', content: 'sdny' } },
    });
    expect(journal.runs.begunRecords(runId)).toEqual([record]);
    expect(journal.runs.unfinished()?.runId).toBe(runId);
  });

  it.each([40, 110, 170])(
    'in the middle of a run (after %i ms) loses no outcome that was stored, and repeats none',
    async (ms) => {
      const path = newPath();
      const first = openJournal(path);
      const runId = beginRun(first, makePlan(first, { changes: changesOf(2_000) }));
      first.close();
      const { said, kill } = await startWriter(path, 'run');
      await sleep(ms);
      await kill();

      const journal = openJournal(path);
      const settled = [...journal.runs.applied(runId)].map(({ change }) => change.changeId);
      expect(settled.slice(0, said.length)).toEqual(said);
      expect(settled.length - said.length).toBeLessThanOrEqual(1);
      expect(journal.runs.find(runId).counts).toMatchObject({
        applied: settled.length,
        pending: 2_000 - settled.length,
      });
      const [next] = journal.runs.nextRecords(runId, 1);
      expect(next?.recordId).toBe(String(1001 + settled.length));
      expect(journal.check()).toEqual([]);
    },
  );
});
