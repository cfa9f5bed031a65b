import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, newPath, openJournal, tamper } from './files.ts';
import { makePlan, NOON } from './stock.ts';

const SECRET = 'Zyxwvutsrq';
const BY = { by: 'Ann Example', how: 'web', at: NOON } as const;

function decided(path: string, passphrase?: string) {
  const journal = openJournal(path, passphrase === undefined ? {} : { passphrase });
  const { planId } = makePlan(journal);
  journal.decisions.add(
    planId,
    [
      { itemId: 'change-1', subject: 'one', ruling: { kind: 'edit', value: SECRET } },
      { itemId: 'change-2', subject: 'two', ruling: { kind: 'skip' } },
    ],
    BY,
  );
  return { journal, planId };
}

describe('decisions', () => {
  it('are found by what they are about, the latest that was not undone', () => {
    const { journal, planId } = decided(newPath());
    const accepted = { itemId: 'change-1', subject: 'one', ruling: { kind: 'accept' } } as const;
    journal.decisions.add(planId, [accepted], { ...BY, by: 'Bo Example' });
    expect(journal.decisions.latest(['one', 'three']).get('one')).toEqual({
      itemId: 'change-1',
      planId,
      ruling: { kind: 'accept' },
      by: 'Bo Example',
      how: 'web',
      at: NOON,
    });
    expect(journal.decisions.undo(planId, BY)).toEqual(['change-1']);
    expect(journal.decisions.latest(['one']).get('one')).toMatchObject({
      ruling: { kind: 'edit', value: SECRET },
    });
    expect(journal.decisions.latest(['three']).size).toBe(0);
  });

  it.each([
    ['UPDATE decisions SET kind = "accept" WHERE kind = "skip"'],
    ['UPDATE decision_batches SET decided_by = "Somebody"'],
    ['UPDATE decision_batches SET how = "terminal"'],
    ['UPDATE decision_batches SET decided_at = "2026-01-05T11:00:00.000Z"'],
    ['UPDATE decision_batches SET plan_key = 2'],
    ['UPDATE decision_batches SET undone_at = "2026-01-05T12:00:00.000Z"'],
    ['UPDATE decisions SET fingerprint = "x" WHERE kind = "skip"'],
    [`UPDATE decisions SET body = replace(body, '${SECRET}', 'Other')`],
    ['DELETE FROM decisions WHERE kind = "skip"'],
    ['UPDATE decisions SET body = NULL, fingerprint = NULL WHERE kind = "skip"'],
    ['DELETE FROM decisions; DELETE FROM decision_batches'],
  ])('that somebody changed in the file are noticed: %s', (sql) => {
    const path = newPath();
    const { journal } = decided(path);
    makePlan(journal, { digest: 'other' });
    expect(journal.check()).toEqual([]);
    tamper(path, sql.replaceAll('"', "'"));
    expect(journal.check()).not.toEqual([]);
  });

  it('are gone with a purge of their plan, and the chain still holds', () => {
    const path = newPath();
    const { journal } = decided(path);
    journal.purge({ before: new Date('2027-01-01T00:00:00.000Z') });
    expect(journal.decisions.latest(['one', 'two']).size).toBe(0);
    expect(readFileSync(path, 'latin1')).not.toContain(SECRET);
    expect(journal.check()).toEqual([]);
  });

  it('stand encrypted in a journal with a passphrase, and what they are about cannot be guessed', () => {
    const path = newPath();
    const { journal, planId } = decided(path, 'correct horse');
    expect(readFileSync(path, 'latin1')).not.toContain(SECRET);
    journal.close();
    const again = openJournal(path, { access: 'read', passphrase: 'correct horse' });
    expect(again.decisions.latest(['one']).get('one')).toMatchObject({ planId });
  });

  it('are undone one batch after the other, until none is left, and the chain still holds', () => {
    const { journal, planId } = decided(newPath());
    const accepted = { itemId: 'flag-1', subject: 'three', ruling: { kind: 'accept' } } as const;
    journal.decisions.add(planId, [accepted], BY);
    expect(journal.decisions.undo(planId, BY)).toEqual(['flag-1']);
    expect(journal.decisions.areThereAny()).toBe(true);
    expect(journal.decisions.undo(planId, BY)).toEqual(['change-1', 'change-2']);
    expect(journal.decisions.areThereAny()).toBe(false);
    expect(journal.decisions.undo(planId, BY)).toBeNull();
    expect(journal.check()).toEqual([]);
  });

  it('stand all or not at all', () => {
    const { journal } = decided(newPath());
    const one = { itemId: 'change-1', subject: 'one', ruling: { kind: 'skip' } } as const;
    expect(errorOf(() => journal.decisions.add('plan-9', [one], BY)).code).toBe('unknown_plan');
    expect(journal.decisions.latest(['one']).get('one')?.ruling.kind).toBe('edit');
  });
});
