import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { change, flag, move, newOption } from '../support/builders.ts';
import { errorOf, openJournal } from './files.ts';
import { beginRun, changesOf, makePlan, NOON, takeInventory } from './stock.ts';

const APPROVAL = { by: 'A. Nobody', how: 'by digest', at: NOON };

describe('a plan', () => {
  it('comes back as it was made, part by part and in its order', () => {
    const journal = openJournal();
    const changes = [change({ recordId: '1002' }), move({ recordId: '1001' })];
    const flags = [flag()];
    const optionChanges = [newOption(), newOption('WDNY')];
    const plan = makePlan(journal, { changes, flags, optionChanges });
    expect(plan).toMatchObject({
      planId: 'plan-1',
      inventoryId: 'inventory-1',
      rollsBack: null,
      isForced: false,
      createdAt: NOON,
      counts: { changed: 2, flagged: 1 },
    });
    expect(journal.plans.find('plan-1')).toEqual(plan);
    expect([...journal.plans.changes('plan-1')]).toEqual(changes);
    expect([...journal.plans.flags('plan-1')]).toEqual(flags);
    expect(journal.plans.optionChanges('plan-1')).toEqual(optionChanges);
    expect(journal.plans.rulesText('plan-1')).toBe('version: 1\n');
  });

  it('keeps its parts apart from those of other plans', () => {
    const journal = openJournal();
    for (const count of [3, 1, 2]) {
      makePlan(journal, { changes: changesOf(count), digest: String(count) });
    }
    const counts = journal.plans
      .list()
      .map(({ planId }) => [...journal.plans.changes(planId)].length);
    expect(counts).toEqual([2, 1, 3]);
  });

  it('is the plan that is there already where inventory and digest are the same', () => {
    const journal = openJournal();
    const inventoryId = takeInventory(journal);
    const first = makePlan(journal, { inventoryId });
    expect(makePlan(journal, { inventoryId })).toEqual(first);
    expect(makePlan(journal, { inventoryId, digest: 'b' }).planId).not.toBe(first.planId);
    expect(makePlan(journal, { inventoryId: takeInventory(journal) }).planId).not.toBe(
      first.planId,
    );
    expect(journal.plans.list()).toHaveLength(3);
  });

  it('is a new one where another was made since, so that the newest is what was planned last', () => {
    const journal = openJournal();
    const inventoryId = takeInventory(journal);
    const first = makePlan(journal, { inventoryId });
    makePlan(journal, { inventoryId, digest: 'b' });
    const again = makePlan(journal, { inventoryId });
    expect(again).toMatchObject({ planId: 'plan-3', digest: first.digest });
    expect(journal.plans.newest()).toEqual(again);
    const runId = beginRun(journal, again);
    makePlan(journal, { inventoryId, rollsBack: runId, digest: 'c' });
    expect(makePlan(journal, { inventoryId })).toEqual(again);
  });

  it('leaves nothing behind where making it fails', () => {
    const journal = openJournal();
    const twice = [change(), change()];
    expect(() => makePlan(journal, { changes: twice })).toThrow('UNIQUE');
    expect(journal.plans.list()).toEqual([]);
    expect([...journal.plans.changes(makePlan(journal).planId)]).toHaveLength(2);
  });

  it('is narrowed by record, by definition and by page', () => {
    const journal = openJournal();
    const { planId } = makePlan(journal, {
      changes: [...changesOf(450), move({ recordId: '2000' })],
      flags: [flag(), flag({ recordId: '1002', definitionId: '502' })],
    });
    const ids = (filter: Parameters<typeof journal.plans.changes>[1]): string[] =>
      [...journal.plans.changes(planId, filter)].map(({ recordId }) => recordId);
    expect(ids({ recordIds: ['1003', '2000', '9'] })).toEqual(['1003', '2000']);
    expect(ids({ definitionIds: ['502'] })).toEqual(['2000']);
    expect(ids({ limit: 2, afterSeq: 448 })).toEqual(['1449', '1450']);
    expect(ids({ limit: 0 })).toEqual([]);
    expect(ids({ afterSeq: 5_000 })).toEqual([]);
    expect([...journal.plans.flags(planId, { definitionIds: ['502'] })]).toHaveLength(1);
    expect([...journal.plans.flags(planId, { recordIds: ['1001'] })]).toEqual([flag()]);
  });
});

describe('finding a plan', () => {
  it('takes the newest that is no rollback', () => {
    const journal = openJournal();
    const plan = makePlan(journal);
    const runId = beginRun(journal, plan);
    makePlan(journal, { rollsBack: runId, digest: 'b', inventoryId: plan.inventoryId });
    expect(journal.plans.find()).toEqual(plan);
    expect(journal.plans.list().map(({ rollsBack }) => rollsBack)).toEqual([runId, null]);
  });

  it('says which there are where the id is unknown', () => {
    const journal = openJournal();
    expect(errorOf(() => journal.plans.find()).hint).toBe('Run `clio-fields plan` first.');
    makePlan(journal);
    const error = errorOf(() => journal.plans.changes('plan-7'));
    expect(error).toMatchObject({ code: 'unknown_plan', exitCode: EXIT.wrongInput });
    expect(error.hint).toContain('plan-1');
  });
});

describe('approving a plan', () => {
  it('is recorded with who, how and when; the latest counts', () => {
    const journal = openJournal();
    const { planId, digest } = makePlan(journal);
    expect(journal.plans.approval(planId)).toBeNull();
    journal.plans.approve(planId, { ...APPROVAL, digest });
    journal.plans.approve(planId, { ...APPROVAL, digest, by: 'B. Nobody' });
    expect(journal.plans.approval(planId)).toEqual({ ...APPROVAL, digest, by: 'B. Nobody' });
  });

  it('needs the digest of that very plan', () => {
    const journal = openJournal();
    const { planId } = makePlan(journal);
    const error = errorOf(() => journal.plans.approve(planId, { ...APPROVAL, digest: 'b' }));
    expect(error).toMatchObject({ code: 'digest_mismatch', exitCode: EXIT.wrongInput });
    expect(journal.plans.approval(planId)).toBeNull();
  });
});
