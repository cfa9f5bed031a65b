import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../src/errors.ts';
import { change, edit, intent, newOption, outcome, written } from '../support/builders.ts';
import { errorOf, newPath, openJournal } from './files.ts';
import { beginRun, changesOf, makePlan, NOON, takeInventory } from './stock.ts';

function runOver(changes = changesOf(3), path = newPath()) {
  const journal = openJournal(path);
  const plan = makePlan(journal, { changes });
  return { journal, plan, runId: beginRun(journal, plan), changes, path };
}

describe('the next records', () => {
  it('are those of one kind, in order, with all their unsettled changes', () => {
    const changes = [
      change({ parentType: 'contact', recordId: '5' }),
      change({ recordId: '10' }),
      change({ recordId: '9' }),
      change({ recordId: '10', definitionId: '502' }),
    ];
    const { journal, runId } = runOver(changes);
    const next = (): string[] =>
      journal.runs
        .nextRecords(runId, 10)
        .map((each) => `${each.parentType} ${each.recordId}: ${each.changes.length}`);
    expect(next()).toEqual(['matter 9: 1', 'matter 10: 2']);
    journal.runs.settle(runId, [outcome(change({ recordId: '10' }))]);
    expect(next()).toEqual(['matter 9: 1', 'matter 10: 1']);
    journal.runs.settle(runId, [
      outcome(change({ recordId: '9' }), 'conflict'),
      outcome(change({ recordId: '10', definitionId: '502' }), 'noAccess'),
    ]);
    expect(next()).toEqual(['contact 5: 1']);
    journal.runs.settle(runId, [outcome(change({ parentType: 'contact', recordId: '5' }))]);
    expect(next()).toEqual([]);
  });

  it('are no more than asked for, and the same until they are settled', () => {
    const { journal, runId } = runOver(changesOf(5));
    const first = journal.runs.nextRecords(runId, 2);
    expect(first).toHaveLength(2);
    expect(journal.runs.nextRecords(runId, 2)).toEqual(first);
  });

  it('come after those that are set aside, however many these are', () => {
    const { journal, runId } = runOver(changesOf(5));
    const aside = new Set(['1001', '1002', '1003']);
    const next = (count: number): string[] =>
      journal.runs
        .nextRecords(runId, count, { count: 3, has: ({ recordId }) => aside.has(recordId) })
        .map(({ recordId }) => recordId);
    expect(next(1)).toEqual(['1004']);
    expect(next(2)).toEqual(['1004', '1005']);
  });

  it('of what was begun keep a matter and a contact of one id apart', () => {
    const changes = (['matter', 'contact'] as const).map((parentType) =>
      change({ parentType, recordId: '5' }),
    );
    const { journal, runId } = runOver(changes);
    journal.runs.beginChanges(
      runId,
      changes.map((each) => intent(each)),
    );
    expect(
      journal.runs
        .begunRecords(runId)
        .map(({ parentType, changes: begun }) => [parentType, begun.length]),
    ).toEqual([
      ['contact', 1],
      ['matter', 1],
    ]);
  });

  it('show what was begun, with what stood there when it was last sent', () => {
    const { journal, runId, changes } = runOver([change()]);
    const first = changes.map((each) => intent(each));
    journal.runs.beginChanges(runId, first);
    const latest = first.map(({ changeId }) => ({
      changeId,
      before: { '501': { state: 'blank' } as const },
    }));
    journal.runs.beginChanges(runId, latest);
    const begun = journal.runs.nextRecords(runId, 1)[0]?.changes[0]?.begun;
    expect(begun).toEqual(latest[0]);
  });

  it('are as they were before, where what was begun was not done by the platform’s own word', () => {
    const { journal, runId } = runOver([change(), change({ recordId: '2000' })]);
    const begunOf = () =>
      journal.runs.nextRecords(runId, 2).map(({ changes: [first] }) => first?.begun);
    const [sentTwice, sentOnce] = [change(), change({ recordId: '2000' })];
    const earlier = intent(sentTwice);
    journal.runs.beginChanges(runId, [earlier]);
    const changeId = sentTwice.changeId;
    journal.runs.beginChanges(runId, [
      { changeId, before: { '501': { state: 'blank' } } },
      intent(sentOnce),
    ]);
    journal.runs.withdrawChanges(runId, [
      { changeId, earlier },
      { changeId: sentOnce.changeId, earlier: null },
    ]);
    expect(begunOf()).toEqual([earlier, null]);
    expect(journal.runs.begunRecords(runId)).toHaveLength(1);
    journal.runs.settle(runId, [outcome(sentTwice), outcome(sentOnce, 'alreadyThere')]);
    expect(journal.check()).toEqual([]);
  });

  it('settle in any order and any batches, each change once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(12), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }),
        (recordIds, limits) => {
          const changes = recordIds.map((id, index) =>
            change({
              parentType: index % 3 === 0 ? 'contact' : 'matter',
              recordId: String(id),
              definitionId: String(index),
            }),
          );
          const path = newPath();
          let { journal, runId } = runOver(changes, path);
          const seen: string[] = [];
          for (let round = 0; ; round += 1) {
            const batch = journal.runs.nextRecords(runId, limits[round % limits.length] ?? 1);
            if (batch.length === 0) break;
            // From the back, one of the batch left over, and a fresh start in between.
            for (const each of batch.toReversed().slice(0, Math.max(1, batch.length - 1))) {
              seen.push(...each.changes.map(({ change: { changeId } }) => changeId));
              journal.runs.settle(
                runId,
                each.changes.map(({ change: of }) => outcome(of)),
              );
            }
            if (round % 4 === 3) {
              journal.close();
              journal = openJournal(path);
            }
          }
          expect(seen.toSorted()).toEqual(changes.map(({ changeId }) => changeId).toSorted());
          journal.close();
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('settling', () => {
  it('counts each outcome, and adds up requests over all resumes', () => {
    const { journal, runId, changes } = runOver(changesOf(6));
    const statuses = ['applied', 'alreadyThere', 'conflict', 'rejected', 'noAccess'] as const;
    for (const [index, status] of statuses.entries()) {
      const of = changes[index] ?? change();
      journal.runs.settle(runId, [outcome(of, status, 'why')]);
    }
    journal.runs.addRequests(runId, { reads: 1, writes: 2, retries: 3, throttled: 4 });
    journal.runs.addRequests(runId, { reads: 10, writes: 20, retries: 30, throttled: 40 });
    const run = journal.runs.find(runId);
    expect(run.counts).toEqual({
      applied: 1,
      alreadyThere: 1,
      conflict: 1,
      rejected: 1,
      noAccess: 1,
      pending: 1,
    });
    expect(run.requests).toEqual({ reads: 11, writes: 22, retries: 33, throttled: 44 });
  });

  it('is done once: a second outcome for a change, or a new start of it, is a mistake', () => {
    const { journal, runId } = runOver([change()]);
    journal.runs.settle(runId, [outcome(change())]);
    expect(() => journal.runs.settle(runId, [outcome(change(), 'conflict')])).toThrow('already');
    expect(() => journal.runs.beginChanges(runId, [intent(change())])).toThrow('already');
    journal.runs.withdrawChanges(runId, [{ changeId: change().changeId, earlier: null }]);
    expect(journal.runs.find(runId).counts).toMatchObject({ applied: 1, conflict: 0 });
    expect(journal.check()).toEqual([]);
  });

  it('stores all outcomes of a call or none', () => {
    const { journal, runId } = runOver([change()]);
    const strange = change({ recordId: '77' });
    expect(() => journal.runs.settle(runId, [outcome(change()), outcome(strange)])).toThrow(
      'has no change matter:77:501',
    );
    expect(journal.runs.find(runId).counts.pending).toBe(1);
    expect(journal.check()).toEqual([]);
  });

  it('finds a change by its id whatever the record’s id looks like', () => {
    const changes = ['a:b', '007', '', 'ü"\''].map((recordId) => change({ recordId }));
    const { journal, runId } = runOver(changes);
    journal.runs.settle(
      runId,
      changes.map((each) => outcome(each)),
    );
    expect(journal.runs.find(runId).counts.applied).toBe(4);
  });
});

describe('what a run did', () => {
  const rejected = change({ recordId: '1003' });
  const stored = {
    ...written(edit()),
    after: { state: 'value', content: 'S.D.N.Y.' } as const,
  };

  function finished() {
    const all = runOver(changesOf(5));
    const [first = change(), second = change(), , fourth = change()] = all.changes;
    all.journal.runs.settle(all.runId, [
      outcome(first),
      outcome(second, 'alreadyThere'),
      { ...outcome(rejected, 'rejected', 'it shows another value'), written: [stored] },
      outcome(fourth, 'noAccess', 'not visible'),
    ]);
    return all;
  }

  it('lists every change of the plan, pending ones too', () => {
    const { journal, runId, changes } = finished();
    const listed = [...journal.runs.changes(runId)];
    expect(listed.map(({ change: { changeId } }) => changeId)).toEqual(
      changes.map(({ changeId }) => changeId),
    );
    expect(listed.map((each) => each.outcome?.status ?? 'pending')).toEqual([
      'applied',
      'alreadyThere',
      'rejected',
      'noAccess',
      'pending',
    ]);
    const page = [...journal.runs.changes(runId, { afterSeq: 3, limit: 1 })];
    expect(page).toEqual([listed[3]]);
    expect([...journal.runs.changes(runId, { recordIds: ['1002'] })]).toEqual([listed[1]]);
    expect([...journal.runs.changes(runId, { definitionIds: ['9'] })]).toEqual([]);
  });

  it('gives a rollback all that was written, also what the platform made of it', () => {
    const { journal, runId } = finished();
    const applied = [...journal.runs.applied(runId)];
    expect(applied.map((each) => [each.change.recordId, each.outcome.written])).toEqual([
      ['1001', [written(edit())]],
      ['1003', [stored]],
    ]);
    expect([...journal.runs.applied(runId, { recordIds: ['1003'] })]).toEqual([applied[1]]);
    expect([...journal.runs.applied(runId, { recordIds: [] })]).toEqual([]);
  });

  it('names what could not be made and what stands there instead', () => {
    const { journal, runId } = finished();
    const problems = journal.runs.problems(runId);
    const told = [...problems].map(({ recordId, fieldName, status, reason, shows }) => ({
      recordId,
      fieldName,
      status,
      reason,
      shows,
    }));
    expect(told).toEqual([
      {
        recordId: '1003',
        fieldName: 'Court',
        status: 'rejected',
        reason: 'it shows another value',
        shows: 'S.D.N.Y.',
      },
      {
        recordId: '1004',
        fieldName: 'Court',
        status: 'noAccess',
        reason: 'not visible',
        shows: null,
      },
    ]);
    expect([...problems]).toHaveLength(2);
  });
});

describe('option changes of a run', () => {
  it('are begun, settled once, and told with their problems', () => {
    const journal = openJournal();
    const [added, refused] = [newOption('NDNY'), newOption('WDNY')];
    const runId = beginRun(
      journal,
      makePlan(journal, { changes: [], optionChanges: [added, refused] }),
    );
    journal.runs.beginOptions(runId, [added.changeId, refused.changeId]);
    journal.runs.withdrawOptions(runId, [added.changeId]);
    expect(journal.runs.begunOptions(runId)).toEqual([refused.changeId]);
    journal.runs.beginOptions(runId, [added.changeId]);
    const settled = { status: 'applied', reason: null, optionId: '9003' } as const;
    journal.runs.settleOption(runId, { changeId: added.changeId, ...settled });
    expect(journal.runs.begunOptions(runId)).toEqual([refused.changeId]);
    expect(journal.runs.optionOutcomes(runId)).toEqual([{ change: added, ...settled }]);
    expect(() =>
      journal.runs.settleOption(runId, { changeId: added.changeId, ...settled }),
    ).toThrow('already');
    journal.runs.beginOptions(runId, [added.changeId]);
    journal.runs.withdrawOptions(runId, [added.changeId]);
    expect(journal.runs.begunOptions(runId)).toEqual([refused.changeId]);
    expect(journal.runs.optionOutcomes(runId)).toEqual([{ change: added, ...settled }]);

    expect(journal.runs.unfinished()?.runId).toBe(runId);
    journal.runs.settleOption(runId, {
      changeId: refused.changeId,
      status: 'rejected',
      reason: 'too many options',
      optionId: null,
    });
    expect([...journal.runs.problems(runId)]).toMatchObject([
      { changeId: refused.changeId, recordId: null, fieldName: 'Court', status: 'rejected' },
    ]);
    expect(journal.check()).toEqual([]);
  });
});

describe('the unfinished run', () => {
  it('is the running one, and the one that stopped with work left', () => {
    const { journal, runId, changes } = runOver(changesOf(2));
    expect(journal.runs.unfinished()?.runId).toBe(runId);
    journal.runs.finish(runId, { status: 'incomplete', endedAt: NOON });
    expect(journal.runs.unfinished()).toMatchObject({ runId, status: 'incomplete' });
    journal.runs.settle(
      runId,
      changes.map((each) => outcome(each)),
    );
    expect(journal.runs.find(runId)).toMatchObject({ status: 'running', endedAt: null });
    journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
    expect(journal.runs.unfinished()).toBeNull();
  });

  it('is none any more once another run rolls it back', () => {
    const { journal, runId, plan } = runOver();
    journal.runs.settle(runId, [outcome(change())]);
    journal.runs.finish(runId, { status: 'incomplete', endedAt: NOON });
    const inverse = makePlan(journal, {
      rollsBack: runId,
      digest: 'b',
      inventoryId: plan.inventoryId,
    });
    const rollbackId = beginRun(journal, inverse);
    expect(journal.runs.unfinished()).toMatchObject({ runId: rollbackId, rollsBack: runId });
    journal.runs.finish(rollbackId, { status: 'completed', endedAt: NOON });
    expect(journal.runs.unfinished()).toBeNull();
  });

  it('is listed newest first, whatever the clock said', () => {
    const journal = openJournal();
    const plan = makePlan(journal);
    beginRun(journal, plan, '2026-03-01T00:00:00.000Z');
    beginRun(journal, plan, '2020-01-01T00:00:00.000Z');
    expect(journal.runs.list().map(({ runId }) => runId)).toEqual(['run-2', 'run-1']);
    expect(journal.runs.unfinished()?.runId).toBe('run-2');
  });
});

it('says which runs there are where the id is unknown', () => {
  const { journal } = runOver();
  const error = errorOf(() => journal.runs.nextRecords('run-2', 1));
  expect(error).toMatchObject({ code: 'unknown_run', exitCode: EXIT.wrongInput });
  expect(error.hint).toContain('run-1');
});

it.each([
  ['right', '2026-01-05T13:00:00.000Z'],
  ['set back meanwhile', '2020-01-01T00:00:00.000Z'],
])(
  'values of before a run are told to a later inventory and to no earlier one, the clock %s',
  (_clock, takenAt) => {
    const { journal, runId, changes } = runOver([change({ before: 'of before' })]);
    journal.runs.settle(
      runId,
      changes.map((each) => outcome(each)),
    );
    journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
    const earlier = journal.inventories.find();
    const later = journal.inventories.find(takeInventory(journal, { takenAt }));
    expect([...journal.runs.formerValues(earlier)]).toEqual([]);
    expect([...journal.runs.formerValues(later)]).toMatchObject([{ content: 'of before' }]);
  },
);

it('a value of before a run is told where the rollback put back something else in its place: a change that was made in part', () => {
  const made = change({ before: 'of before' });
  const partly = change({ recordId: '1002', before: 'restored' });
  const { journal, runId } = runOver([made, partly]);
  const { written: left } = outcome(partly);
  journal.runs.settle(runId, [
    outcome(made),
    { ...outcome(partly, 'rejected', 'another value'), written: left },
  ]);
  journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
  const inverse = makePlan(journal, { digest: 'b', rollsBack: runId, changes: [made, partly] });
  const undoneId = beginRun(journal, inverse);
  journal.runs.settle(undoneId, [outcome(made, 'conflict', 'theirs'), outcome(partly)]);
  journal.runs.finish(undoneId, { status: 'completed', endedAt: NOON });
  const later = journal.inventories.find(takeInventory(journal));
  expect([...journal.runs.formerValues(later)]).toMatchObject([{ content: 'of before' }]);
});
