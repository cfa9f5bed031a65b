import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/index.ts';
import type { Certificate } from '../../src/model/certificate.ts';
import { certify } from '../../src/operations/record/certify.ts';
import { planRollback } from '../../src/operations/run/rollback.ts';
import { certificateAs } from '../../src/report/certificate/index.ts';
import { newPath, openJournal, tamper } from '../journal/files.ts';
import { beginRun, makePlan, NOON, takeInventory } from '../journal/stock.ts';
import { change, newOption, outcome, snapshot } from '../support/builders.ts';

/** Stands for a client's word; nowhere else in the journal. */
const SECRET = 'Zyxwvutsrq';

/** One change applied, one refused with a reason that quotes a value, one pending. */
function aRun(journal: Journal, status: 'completed' | 'incomplete' = 'incomplete'): string {
  const inventoryId = takeInventory(journal, {
    records: [snapshot({ label: SECRET, values: { '501': SECRET } })],
  });
  const changes = ['1001', '1002', '1003'].map((recordId) =>
    change({ recordId, before: SECRET, after: `${SECRET}2`, recordLabel: SECRET }),
  );
  const plan = makePlan(journal, { inventoryId, changes, optionChanges: [newOption(SECRET)] });
  const runId = beginRun(journal, plan);
  journal.runs.settleOption(runId, {
    changeId: newOption(SECRET).changeId,
    status: 'rejected',
    reason: `the option "${SECRET}" is no good`,
    optionId: null,
  });
  const [first, second] = changes;
  if (first !== undefined) journal.runs.settle(runId, [outcome(first)]);
  if (second !== undefined) {
    const reason = `"${second.edits[0].fieldName}" took no "${SECRET} "quoted" ${SECRET}"`;
    journal.runs.settle(runId, [outcome(second, 'rejected', reason)]);
  }
  journal.runs.finish(runId, { status, endedAt: NOON });
  return runId;
}

function certificateOf(
  journal: Journal,
  request: Partial<Parameters<typeof certify>[1]> = {},
): Certificate {
  const parts = { journal, now: () => new Date(NOON) };
  return certify(parts, { program: '1.2.3', hasValues: false, ...request });
}

/** What a purge must leave as it was. */
function steady({ run, plan, approvals, started, ended, options }: Certificate): object {
  const fields = plan.fields.map(({ fieldName, changed }) => [fieldName, changed]);
  return { run, plan: { ...plan, fields }, approvals, started, ended, options };
}

const FORMATS = ['text', 'json', 'html'] as const;

function written(certificate: Certificate): string {
  return FORMATS.map((format) =>
    [...certificateAs(format, certificate, { hasColor: false, columns: 80, isScreen: false })].join(
      '',
    ),
  ).join('\n');
}

describe('a certificate', () => {
  it('says who planned and approved, what was done, what was not, and why', () => {
    const journal = openJournal();
    const runId = aRun(journal);
    const certificate = certificateOf(journal);
    expect(certificate).toMatchObject({
      program: '1.2.3',
      run: { runId, counts: { applied: 1, rejected: 1, pending: 1 } },
      plan: { digest: 'a'.repeat(64), optionChanges: 1 },
      approvals: [{ by: 'A. Nobody', how: 'test', entry: 1 }],
      started: { entry: 2 },
      ended: { entry: 6 },
      options: { rejected: 1, applied: 0 },
      chain: { holds: true, entries: 6 },
      purgedAt: null,
    });
    const [option, refused] = certificate.notMade();
    expect(option).toMatchObject({ recordId: null, status: 'rejected' });
    expect(refused).toMatchObject({
      recordId: '1002',
      fieldName: 'Court',
      reason: '"Court" took no "…"',
      detail: null,
    });
  });

  it('names who reviewed the plan and how, without what was undone, after a purge too', () => {
    const journal = openJournal();
    const plan = makePlan(journal, { changes: [change({ before: SECRET })] });
    const decide = (by: string, at: string) =>
      journal.decisions.add(
        plan.planId,
        [{ itemId: 'change-1', subject: SECRET, ruling: { kind: 'edit', value: SECRET } }],
        { by, how: 'terminal', at },
      );
    decide('R. Reviewer', '2026-01-05T10:00:00.000Z');
    decide('U. Undone', '2026-01-05T11:00:00.000Z');
    journal.decisions.undo(plan.planId, { by: 'U. Undone', how: 'terminal', at: NOON });
    const runId = beginRun(journal, plan);
    journal.runs.settle(runId, [outcome(change({ before: SECRET }))]);
    journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
    const at = '2026-01-05T10:00:00.000Z';
    const expected = [{ by: 'R. Reviewer', how: 'terminal', decisions: 1, first: at, last: at }];
    expect(certificateOf(journal).reviewers).toEqual(expected);
    journal.purge({ before: new Date('2027-01-01') });
    expect(certificateOf(journal)).toMatchObject({ reviewers: expected, chain: { holds: true } });
    expect(written(certificateOf(journal))).toContain('by R. Reviewer, 1 decision (terminal)');
    expect(written(certificateOf(journal))).not.toContain(SECRET);
  });

  it('names nobody as the approver who approved only after the run began', () => {
    const journal = openJournal();
    const runId = aRun(journal);
    const { planId, digest } = journal.plans.find();
    journal.plans.approve(planId, { digest, by: 'L. Late', how: 'test', at: NOON });
    expect(certificateOf(journal, { runId }).approvals.map(({ by }) => by)).toEqual(['A. Nobody']);
  });

  it('names who planned a rollback', () => {
    const journal = openJournal();
    const runId = aRun(journal);
    const request = { runId, records: [], fields: [], isForced: false, by: 'P. Planner' };
    const plan = planRollback({ journal, now: () => new Date(NOON) }, request);
    expect(journal.plans.find(plan.planId).madeBy).toBe('P. Planner');
    const undoing = beginRun(journal, plan);
    const certificate = certificateOf(journal, { runId: undoing });
    expect(certificate.plan.planned).toMatchObject({ by: 'P. Planner', entry: 7 });
    expect(certificateOf(journal, { runId }).rollbacks).toMatchObject([{ runId: undoing }]);
    expect(journal.check()).toEqual([]);
  });

  it('holds no client’s name, value or option in any format, unless it is asked to', () => {
    const journal = openJournal();
    aRun(journal);
    expect(written(certificateOf(journal))).not.toContain(SECRET);
    for (const format of FORMATS) {
      const certificate = certificateOf(journal, { hasValues: true });
      const pieces = certificateAs(format, certificate, {
        hasColor: false,
        columns: 80,
        isScreen: false,
      });
      expect([...pieces].join('')).toContain(SECRET);
    }
  });

  it('is the same after a purge, but for the reasons and what can be undone', () => {
    const journal = openJournal();
    aRun(journal, 'completed');
    const undone = change({ recordId: '1003', before: SECRET, recordLabel: SECRET });
    journal.runs.settle('run-1', [outcome(undone, 'conflict', 'moved')]);
    journal.runs.finish('run-1', { status: 'completed', endedAt: NOON });
    const before = certificateOf(journal);
    const reasonless = [...before.notMade()].filter(({ recordId }) => recordId !== null);
    journal.purge({ before: new Date('2027-01-01') });
    const after = certificateOf(journal, { hasValues: true });
    expect(steady(after)).toEqual(steady(before));
    expect(after.purgedAt).toBe(NOON);
    expect([...after.notMade()]).toEqual(
      reasonless.map((each) => ({ ...each, reason: null, detail: null })),
    );
    expect(after.chain).toMatchObject({ holds: true });
    expect(written(after)).not.toContain(SECRET);
    expect(written(after)).toContain('can no longer be rolled back');
  });

  it('never tells of a time that is less than none where the clock was set back', () => {
    const journal = openJournal();
    const runId = aRun(journal);
    journal.runs.finish(runId, { status: 'incomplete', endedAt: '2020-01-01T00:00:00.000Z' });
    const text = written(certificateOf(journal));
    expect(text).toContain('clock was set back');
    expect(text).toContain('"seconds":null');
  });

  it('says where the record breaks, and that it does not hold', () => {
    const path = newPath();
    const journal = openJournal(path);
    aRun(journal);
    journal.close();
    tamper(path, `UPDATE outcomes SET status = 'applied' WHERE status = 'rejected'`);
    const certificate = certificateOf(openJournal(path, { access: 'read' }));
    expect(certificate.chain).toMatchObject({
      holds: false,
      brokenAt: 5,
      about: 'an outcome of run-1',
    });
    expect(written(certificate)).toContain('does NOT hold');
  });

  it('finds a hash that was noted before, and misses one that is gone', () => {
    const journal = openJournal();
    aRun(journal);
    const { chain } = certificateOf(journal);
    if (!chain.holds) throw new Error(chain.reason);
    makePlan(journal, { digest: 'b'.repeat(64) });
    beginRun(journal, journal.plans.find());
    expect(certificateOf(journal, { expectedHash: chain.head }).expectation?.entry).toBe(6);
    const lost = certificateOf(journal, { expectedHash: 'f'.repeat(64) });
    expect(lost.expectation?.entry).toBeNull();
    expect(written(lost)).toContain('does NOT hold what was noted');
  });
});
