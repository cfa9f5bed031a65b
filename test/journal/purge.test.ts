import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import type { Journal } from '../../src/journal/index.ts';
import {
  change,
  flag,
  intent,
  newOption,
  outcome,
  picklist,
  snapshot,
} from '../support/builders.ts';
import { errorOf, newPath, openJournal } from './files.ts';
import { beginRun, makePlan, NOON, ORIGIN, takeInventory } from './stock.ts';

const LONG_AGO = '2024-05-01T09:00:00.000Z';
const CUT = new Date('2025-01-01T00:00:00.000Z');
/** Stands for a client's word; nowhere else in the file. */
const SECRET = 'Zyxwvutsrq';

/** A plan and its run, every place that can hold a value filled with the secret. */
function finishedRun(journal: Journal, at: string, digest: string): string {
  const inventoryId = takeInventory(journal, {
    records: [snapshot({ label: SECRET, values: { '501': SECRET } })],
    definitions: [picklist([SECRET, { label: `${SECRET} too`, retired: true }])],
    takenAt: at,
  });
  const secretChange = change({ before: SECRET, after: SECRET, recordLabel: SECRET });
  const plan = makePlan(journal, {
    inventoryId,
    digest,
    createdAt: at,
    rulesText: `map: { ${SECRET}: Other }`,
    changes: [secretChange, change({ recordId: '1002', before: SECRET })],
    flags: [flag({ value: SECRET })],
    optionChanges: [newOption(SECRET)],
  });
  const runId = beginRun(journal, plan, at);
  journal.runs.settleOption(runId, {
    changeId: newOption(SECRET).changeId,
    status: 'rejected',
    reason: SECRET,
    optionId: null,
  });
  journal.runs.beginChanges(runId, [intent(secretChange)]);
  journal.runs.settle(runId, [outcome(secretChange)]);
  journal.runs.settle(runId, [outcome(change({ recordId: '1002' }), 'rejected', SECRET)]);
  journal.runs.finish(runId, { status: 'completed', endedAt: at });
  return runId;
}

function bytesBeside(path: string): string {
  return readdirSync(dirname(path))
    .map((name) => readFileSync(join(dirname(path), name), 'latin1'))
    .join('');
}

describe('a purge', () => {
  it('leaves no byte of clients’ values in any file, and says what can no longer be rolled back', () => {
    const path = newPath();
    const journal = openJournal(path);
    const runId = finishedRun(journal, LONG_AGO, 'a');
    // Begun, never told how it ended, and undone: what was about to be sent stands there still.
    const half = makePlan(journal, { createdAt: LONG_AGO, digest: 'b' });
    const halfId = beginRun(journal, half, LONG_AGO);
    journal.runs.beginChanges(halfId, [
      { changeId: change().changeId, before: { '501': { state: 'value', content: SECRET } } },
    ]);
    journal.runs.finish(halfId, { status: 'incomplete', endedAt: LONG_AGO });
    const inverse = { createdAt: LONG_AGO, digest: 'c', rollsBack: halfId, changes: [] };
    const undoneId = beginRun(journal, makePlan(journal, inverse), LONG_AGO);
    journal.runs.finish(undoneId, { status: 'completed', endedAt: LONG_AGO });
    // Another inventory would take it away.
    const cutShort = journal.inventories.begin({
      origin: ORIGIN,
      takenAt: LONG_AGO,
      scope: { parents: ['matter'], definitionIds: null, recordIds: null, status: null },
    });
    journal.inventories.addRecords(cutShort, [snapshot({ label: SECRET })]);
    expect(bytesBeside(path)).toContain(SECRET);

    expect(journal.purge({ before: CUT })).toMatchObject({
      planIds: ['plan-1', 'plan-2', 'plan-3'],
      runIds: [runId, halfId, undoneId],
    });
    expect(bytesBeside(path)).not.toContain(SECRET);
  });

  it('leaves no byte of them where a younger inventory holds the same record, too', () => {
    const path = newPath();
    const journal = openJournal(path);
    finishedRun(journal, LONG_AGO, 'a');
    takeInventory(journal);
    journal.purge({ before: CUT });
    expect(bytesBeside(path)).not.toContain(SECRET);
  });

  it('is shown before it is done, without a change', () => {
    const journal = openJournal();
    const runId = finishedRun(journal, LONG_AGO, 'a');
    finishedRun(journal, NOON, 'b');
    expect(journal.purgeable({ before: CUT })).toEqual({
      inventories: [{ inventoryId: 'inventory-1', takenAt: LONG_AGO }],
      planIds: ['plan-1'],
      runs: [journal.runs.find(runId)],
    });
    expect([...journal.runs.applied(runId)]).toHaveLength(1);
  });

  it('takes nothing of the plans that stand before and behind an old one in the file', () => {
    const journal = openJournal();
    const young = { flags: [flag({ recordId: '1001' }), flag({ recordId: '1002' })] };
    const before = makePlan(journal, { ...young, digest: 'a' });
    makePlan(journal, { ...young, digest: 'b', createdAt: LONG_AGO });
    const behind = makePlan(journal, { ...young, digest: 'c' });
    expect(journal.purge({ before: CUT })).toMatchObject({ planIds: ['plan-2'] });
    for (const { planId } of [before, behind]) {
      expect([...journal.plans.changes(planId)]).toHaveLength(2);
      expect([...journal.plans.flags(planId)]).toEqual(young.flags);
    }
    expect(journal.check()).toEqual([]);
  });

  it('that finds nothing leaves no entry behind', () => {
    const journal = openJournal();
    finishedRun(journal, NOON, 'a');
    const before = journal.chain.verify();
    journal.purge({ before: CUT });
    expect(journal.chain.verify()).toEqual(before);
  });

  it('keeps the proof of what was done', () => {
    const journal = openJournal();
    const runId = finishedRun(journal, LONG_AGO, 'a');
    const before = journal.runs.find(runId);
    const { entries } = journal.chain.verify();
    journal.purge({ before: CUT });
    expect(journal.chain.verify()).toMatchObject({ ok: true, entries: entries + 1 });
    expect(journal.check()).toEqual([]);
    expect(journal.runs.list()).toEqual([before]);
    expect(journal.plans.find('plan-1').counts.changed).toBe(2);
    expect(journal.plans.find('plan-1').fields).toMatchObject([
      { fieldName: 'Court', evidence: [] },
    ]);
    expect(journal.plans.approval('plan-1')).toMatchObject({ by: 'A. Nobody', at: LONG_AGO });
    expect(journal.inventories.find('inventory-1').records.matter).toBe(1);
  });

  it('is told to whoever asks for what is gone', () => {
    const journal = openJournal();
    const runId = finishedRun(journal, LONG_AGO, 'a');
    journal.purge({ before: CUT });
    for (const ask of [
      () => journal.inventories.records('inventory-1'),
      () => journal.plans.changes('plan-1'),
      () => journal.plans.flags('plan-1'),
      () => journal.plans.approve('plan-1', { digest: 'a', by: 'B', how: 'test', at: NOON }),
      () => journal.runs.applied(runId),
      () => journal.runs.changes(runId),
      () => journal.runs.begin({ planId: 'plan-1', rollsBack: null, startedAt: NOON }),
    ]) {
      const error = errorOf(ask);
      expect(error).toMatchObject({ code: 'purged', exitCode: EXIT.wrongInput });
      expect(error.message).toContain(NOON);
    }
    expect(errorOf(() => journal.inventories.find()).code).toBe('unknown_inventory');
    expect(errorOf(() => journal.plans.find()).code).toBe('unknown_plan');
  });

  it('leaves alone what is younger', () => {
    const journal = openJournal();
    finishedRun(journal, LONG_AGO, 'a');
    const young = finishedRun(journal, NOON, 'b');
    journal.purge({ before: CUT });
    expect([...journal.runs.applied(young)]).toHaveLength(1);
    expect([...journal.inventories.records('inventory-2')]).toHaveLength(1);
    expect(journal.purge({ before: CUT })).toEqual({ inventoryIds: [], planIds: [], runIds: [] });
    expect(journal.check()).toEqual([]);
  });

  it('tells of options without their texts, but for those that a younger plan builds on', () => {
    const journal = openJournal();
    const definitions = [picklist(['Added', { label: 'Gone', retired: true }])];
    const inventoryId = takeInventory(journal, { definitions, takenAt: LONG_AGO });
    makePlan(journal, { inventoryId, createdAt: NOON });
    journal.purge({ before: CUT });
    expect(journal.inventories.definitions(inventoryId)).toEqual(definitions);
    journal.purge({ before: new Date(NOON.replace('2026', '2027')) });
    expect(journal.inventories.definitions(inventoryId)).toEqual([
      picklist(['', { label: '', retired: true }]),
    ]);
  });

  it('leaves an old plan alone that a younger run needs', () => {
    const journal = openJournal();
    const plan = makePlan(journal, { createdAt: LONG_AGO });
    const runId = beginRun(journal, plan, NOON);
    journal.runs.settle(runId, [outcome(change())]);
    journal.runs.finish(runId, { status: 'incomplete', endedAt: NOON });
    expect(journal.purge({ before: CUT })).toMatchObject({ planIds: [], runIds: [] });
    expect([...journal.runs.applied(runId)]).toHaveLength(1);
    makePlan(journal, { createdAt: LONG_AGO, digest: 'b' });
    expect(journal.purge({ before: CUT })).toMatchObject({ planIds: ['plan-2'] });
    expect([...journal.runs.applied(runId)]).toHaveLength(1);
  });

  it('leaves a run alone that began before, and ended after', () => {
    const journal = openJournal();
    const plan = makePlan(journal, { createdAt: LONG_AGO });
    const runId = beginRun(journal, plan, LONG_AGO);
    journal.runs.settle(runId, [outcome(change()), outcome(change({ recordId: '1002' }))]);
    journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
    expect(journal.purge({ before: CUT })).toMatchObject({ planIds: [], runIds: [] });
    expect([...journal.runs.applied(runId)]).toHaveLength(2);
  });

  it.each(['running', 'incomplete'] as const)('refuses while an old run is %s', (status) => {
    const path = newPath();
    const journal = openJournal(path);
    const plan = makePlan(journal, { createdAt: LONG_AGO });
    const runId = beginRun(journal, plan, LONG_AGO);
    if (status === 'incomplete') journal.runs.finish(runId, { status, endedAt: LONG_AGO });
    const error = errorOf(() => journal.purge({ before: CUT }));
    expect(error).toMatchObject({ code: 'unfinished_run', exitCode: EXIT.stopped });
    expect(error.message).toContain(runId);
    expect(journal.runs.nextRecords(runId, 5)).toHaveLength(2);
    expect([...journal.plans.changes(plan.planId)]).toHaveLength(2);
  });
});
