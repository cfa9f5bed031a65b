import { describe, expect, it } from 'vitest';
import { Connection } from '../../src/journal/connection.ts';
import { change, flag, intent, newOption, outcome } from '../support/builders.ts';
import { newPath, openJournal, tamper } from './files.ts';
import { beginRun, changesOf, makePlan, NOON } from './stock.ts';

/** An approved plan, carried out in full: approval, start, an option's and three of four changes' outcomes, end. */
function storedRun(): string {
  const path = newPath();
  const journal = openJournal(path);
  const changes = changesOf(4);
  const option = newOption();
  const plan = makePlan(journal, { changes, flags: [flag()], optionChanges: [option] });
  const runId = beginRun(journal, plan);
  journal.runs.settleOption(runId, {
    changeId: option.changeId,
    status: 'applied',
    reason: null,
    optionId: '9003',
  });
  for (const each of changes.slice(0, 3)) journal.runs.settle(runId, [outcome(each)]);
  journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
  // Nobody has approved it, so that nothing speaks of it.
  makePlan(journal, { digest: 'other' });
  journal.close();
  return path;
}

const verified = (path: string) => openJournal(path, { access: 'read' }).chain.verify();

describe('the chain', () => {
  it('holds over approvals, starts, outcomes and ends', () => {
    const path = storedRun();
    expect(verified(path)).toMatchObject({ ok: true, entries: 7 });
    expect(openJournal(path, { access: 'read' }).check()).toEqual([]);
  });

  it('holds where a run goes on after it stopped, and is cut short', () => {
    const journal = openJournal();
    const runId = beginRun(journal, makePlan(journal));
    journal.runs.finish(runId, { status: 'incomplete', endedAt: NOON });
    journal.runs.settle(runId, [outcome(change())]);
    journal.runs.beginChanges(runId, [intent(change({ recordId: '1002' }))]);
    expect(journal.runs.find(runId).status).toBe('running');
    expect(journal.chain.verify()).toMatchObject({ ok: true });
  });

  it('holds for a journal in which nothing happened yet', () => {
    expect(openJournal().chain.verify()).toMatchObject({ ok: true, entries: 0 });
  });

  it('is taken back with the transaction that fails, and goes on from there', () => {
    const journal = openJournal();
    const runId = beginRun(journal, makePlan(journal));
    expect(() =>
      journal.runs.settle(runId, [outcome(change()), outcome(change({ recordId: '9' }))]),
    ).toThrow('has no change');
    journal.runs.settle(runId, [outcome(change())]);
    expect(journal.chain.verify()).toMatchObject({ ok: true, entries: 3 });
  });

  it('keeps no client’s value in its own words', () => {
    const path = newPath();
    const journal = openJournal(path);
    const secret = change({ before: 'Zyxwvutsrq', recordLabel: 'Zyxwvutsrq' });
    const runId = beginRun(journal, makePlan(journal, { changes: [secret] }));
    journal.runs.settle(runId, [{ ...outcome(secret), reason: 'it showed Zyxwvutsrq' }]);
    const connection = new Connection(path, { readonly: true });
    const texts = connection.prepare('SELECT text FROM entries').pluck().all();
    connection.close();
    expect(texts).toHaveLength(3);
    expect(texts.join()).not.toContain('Zyxwvutsrq');
  });

  const text = `json_set(body, '$.written[0].after.content', 'Other')`;
  it.each([
    ['an outcome’s status', `UPDATE outcomes SET status = 'conflict' WHERE change_key = 2`, 5],
    ['what an outcome wrote', `UPDATE outcomes SET body = ${text} WHERE change_key = 2`, 5],
    ['when it was settled', `UPDATE outcomes SET settled_at = '2020' WHERE change_key = 3`, 6],
    [
      'which change it is about',
      `UPDATE changes SET change_id = 'matter:1:2' WHERE change_key = 1`,
      4,
    ],
    ['an option’s outcome', `UPDATE option_outcomes SET status = 'rejected'`, 3],
    [
      'the approver',
      `UPDATE entries SET text = replace(text, 'A. Nobody', 'B.') WHERE entry_key = 1`,
      1,
    ],
    ['an entry’s hash', `UPDATE entries SET hash = hash || '0' WHERE entry_key = 2`, 2],
  ])('shows where %s was changed', (_what, sql, brokenAt) => {
    const path = storedRun();
    tamper(path, sql);
    expect(verified(path)).toMatchObject({ ok: false, entries: 7, brokenAt });
    expect(openJournal(path, { access: 'read' }).check()).toHaveLength(1);
  });

  it.each([
    ['an entry in the middle', 'DELETE FROM entries WHERE entry_key = 4'],
    ['the last entry', 'DELETE FROM entries WHERE entry_key = 7'],
    ['an outcome', 'DELETE FROM outcomes WHERE change_key = 2'],
    ['everything', 'DELETE FROM entries'],
    ['the head', 'DELETE FROM chain_head'],
  ])('shows that %s was taken out', (_what, sql) => {
    const path = storedRun();
    tamper(path, sql);
    expect(verified(path).ok).toBe(false);
  });

  it.each([
    [
      'a planned value',
      `UPDATE changes SET body = replace(body, 'SDNY', 'EDNY') WHERE change_key = 1`,
    ],
    ['a flag', `UPDATE flags SET body = replace(body, 'SD?', 'SD!')`],
    ['a new option', `UPDATE option_changes SET body = replace(body, 'NDNY', 'WDNY')`],
    ['a plan’s digest', `UPDATE plans SET digest = 'b'`],
    ['a plan’s content and its hash', `UPDATE plans SET content_hash = 'b'`],
    ['the chain’s head', `UPDATE chain_head SET hash = hash || '0'`],
    ['a plan’s account', `UPDATE plans SET origin = 'https://eu.app.clio.com'`],
    ['a plan’s inventory', 'UPDATE plans SET inventory_key = 2'],
    ['whether a plan is forced', 'UPDATE plans SET is_forced = 1'],
    ['a plan’s counts', `UPDATE plans SET summary = json_set(summary, '$.counts.changed', 3)`],
    ['a plan’s summary, into no JSON', `UPDATE plans SET summary = 'no JSON'`],
    ['a plan’s summary, into another', `UPDATE plans SET summary = '{}'`],
    ['a plan’s fields', `UPDATE plans SET summary = json_set(summary, '$.fields[0].changed', 3)`],
    [
      'a plan’s hash behind a purge',
      `UPDATE plans SET content_hash = 'b', purged_at = '2020-01-01'`,
    ],
    ['a purge of a plan, which never was', `UPDATE plans SET purged_at = '2020-01-01'`],
    ['a purge of a run, which never was', `UPDATE runs SET purged_at = '2020-01-01'`],
    ['a purge of an inventory, which never was', `UPDATE inventories SET purged_at = '2020-01-01'`],
    ['what an outcome wrote, which is gone', 'UPDATE outcomes SET body = NULL'],
    ['what came of an option, which is gone', 'UPDATE option_outcomes SET body = NULL'],
    ['how many of a run’s options are settled', 'UPDATE runs SET options_settled = 0'],
    ['a run, which is gone', 'PRAGMA foreign_keys = OFF; DELETE FROM runs'],
    ['a plan, which is gone', 'PRAGMA foreign_keys = OFF; DELETE FROM plans'],
    ['the run that a run rolls back', 'UPDATE runs SET rolls_back = 1'],
    ['a run’s counts', 'UPDATE runs SET applied = 2, conflict = 1'],
    ['a run’s start', `UPDATE runs SET started_at = '2020-01-01'`],
    ['a run’s plan', 'UPDATE runs SET plan_key = 2'],
    ['a run’s plan, which is none', 'PRAGMA foreign_keys = OFF; UPDATE runs SET plan_key = 3'],
    ['a run’s end', `UPDATE runs SET ended_at = '2020-01-01'`],
    ['a run’s end, which is denied', `UPDATE runs SET status = 'running', ended_at = NULL`],
    [
      'an outcome that nobody stored',
      `INSERT INTO outcomes VALUES (1, 4, NULL, NULL, '2020', 'applied', '{}', '')`,
    ],
  ])('shows that the tables say something else of %s', (_what, sql) => {
    const path = storedRun();
    tamper(path, sql);
    expect(verified(path).ok).toBe(false);
  });

  it.each([
    ['a pass that never was', `UPDATE runs SET canary_passed = 1 WHERE run_key = 1`],
    ['a smaller one', `UPDATE runs SET canary = 1 WHERE run_key = 2`],
    ['one that was left out', `UPDATE runs SET canary = NULL WHERE run_key = 2`],
    ['a pass that is denied', `UPDATE runs SET canary_passed = 0 WHERE run_key = 2`],
  ])('binds the canary: %s is shown', (_what, sql) => {
    const path = newPath();
    const journal = openJournal(path);
    const begin = (canary: number | undefined) =>
      journal.runs.begin({
        planId: makePlan(journal).planId,
        rollsBack: null,
        startedAt: NOON,
        canary,
      }).runId;
    begin(5);
    const runId = begin(undefined);
    journal.runs.setCanary(runId, 5);
    journal.runs.passCanary(runId, { records: 5, how: 'yes' });
    expect(journal.chain.verify().ok).toBe(true);
    expect(journal.testimony.canary(runId)).toMatchObject({ records: 5, how: 'yes' });
    journal.close();
    tamper(path, sql);
    expect(verified(path)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('its first records were not looked at as it says'),
    });
  });
});
