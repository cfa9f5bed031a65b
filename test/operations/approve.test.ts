import { describe, expect, it } from 'vitest';
import type { Journal } from '../../src/journal/index.ts';
import type { Plan } from '../../src/model/change.ts';
import { approvePlan, requireSecondPerson } from '../../src/operations/review/approve.ts';
import { errorOf, newPath, openJournal, tamper } from '../journal/files.ts';
import { NOON } from '../journal/stock.ts';
import { desk, itemAbout, planOn, reviewOf } from './desk.ts';

function approve(journal: Journal, plan: Plan, by: string, isTwoPerson = false): void {
  approvePlan(journal, plan, { digest: plan.digest, by, how: 'test', at: NOON, isTwoPerson });
}

describe('an approval', () => {
  it('of a plan whose review led to another is refused, and names that one', () => {
    const { journal, plan, review } = desk();
    review.decide(['change-1'], { kind: 'accept' }, 'Ann', 'web');
    const first = review.finish();
    expect(errorOf(() => approve(journal, plan, 'Ann'))).toMatchObject({
      code: 'plan_reviewed',
      message: expect.stringContaining('led to plan-2 (1 change)'),
    });
    review.decide(['change-2'], { kind: 'accept' }, 'Ann', 'web');
    const second = review.finish();
    expect(errorOf(() => approve(journal, first, 'Ann')).message).toContain('plan-3');
    approve(journal, second, 'Ann');
    expect(journal.plans.approval(second.planId)).toMatchObject({ by: 'Ann' });
  });

  it('of a plan whose review was finished before anything was decided leads back to that review', () => {
    const { journal, plan, review } = desk();
    review.finish();
    expect(errorOf(() => approve(journal, plan, 'Ann'))).toMatchObject({
      code: 'plan_reviewed',
      hint: expect.stringContaining('`clio-fields review finish plan-1 --rest accept`'),
    });
  });

  it('of a plan that would write what was skipped is refused, even where an earlier review skipped it', () => {
    const { journal, review } = desk();
    review.decide(['change-2'], { kind: 'skip' }, 'Ann', 'web');
    const again = planOn(journal);
    expect(errorOf(() => approve(journal, again, 'Ann'))).toMatchObject({
      code: 'review_unfinished',
      message: expect.stringContaining('1 skipped'),
    });
  });

  it('of a plan whose changes were only accepted stands', () => {
    const { journal, plan, review } = desk();
    review.decide(['change-2'], { kind: 'accept' }, 'Ann', 'web');
    approve(journal, plan, 'Ann');
    expect(journal.plans.approval(plan.planId)).toMatchObject({ by: 'Ann' });
  });
});

describe('a plan for two persons', () => {
  it('is not approved by whoever planned it, however the name is written', () => {
    const journal = openJournal();
    const plan = planOn(journal, { by: 'Pat Planner', isTwoPerson: true });
    for (const name of ['Pat Planner', ' pat  PLANNER ']) {
      expect(errorOf(() => approve(journal, plan, name)).code).toBe('second_person_needed');
    }
    approve(journal, plan, 'Ann Example');
  });

  it('hands that on to what its review leads to, whose editors may not approve it either', () => {
    const journal = openJournal();
    const plan = planOn(journal, { isTwoPerson: true });
    const review = reviewOf(journal);
    const client = itemAbout(review, '1001', 'Client');
    review.decide([client], { kind: 'edit', value: 'AB' }, 'Ed Editor', 'csv');
    review.decide(['change-1'], { kind: 'accept' }, 'Ann', 'web');
    const reviewed = review.finish();
    expect(reviewed).toMatchObject({ isTwoPerson: true, madeBy: plan.madeBy });
    for (const name of ['Pat Planner', 'ed editor']) {
      expect(errorOf(() => approve(journal, reviewed, name)).code).toBe('second_person_needed');
    }
    approve(journal, reviewed, 'Ann');
  });

  it('names its editors anew where others typed in the same', () => {
    const journal = openJournal();
    planOn(journal, { isTwoPerson: true });
    const review = reviewOf(journal);
    const client = itemAbout(review, '1001', 'Client');
    review.decide([client], { kind: 'edit', value: 'AB' }, 'Ed Editor', 'csv');
    const first = review.finish();
    expect(review.finish().planId).toBe(first.planId);
    review.decide([client], { kind: 'edit', value: 'AB' }, 'Ann', 'web');
    const second = review.finish();
    expect(second.digest).toBe(first.digest);
    expect(second.review?.editors).toEqual(['Ann']);
    expect(errorOf(() => approve(journal, second, 'Ann')).code).toBe('second_person_needed');
  });

  it('is another than the same plan for one person', () => {
    const journal = openJournal();
    const inventory = planOn(journal);
    const strict = planOn(journal, { isTwoPerson: true });
    expect(strict.planId).not.toBe(inventory.planId);
    expect(strict.digest).toBe(inventory.digest);
  });

  it('can be asked for when it is approved', () => {
    const { journal, plan } = desk();
    expect(errorOf(() => approve(journal, plan, 'Pat Planner', true)).code).toBe(
      'second_person_needed',
    );
    approve(journal, plan, 'Pat Planner');
  });

  it('says so where whoever planned has approved it already, and who is to do what', () => {
    const { plan } = desk();
    const { message, hint } = errorOf(() => requireSecondPerson(plan, 'Pat Planner', true, true));
    expect(message).toBe(
      `${plan.planId} needs a second person: it was approved by Pat Planner, who planned it. Nothing was written.`,
    );
    expect(hint).toContain(`clio-fields approve ${plan.planId} --digest DIGEST --by NAME`);
    expect(() => requireSecondPerson(plan, 'Ann', true, true)).not.toThrow();
  });

  it('cannot be made one for a single person behind the chain’s back', () => {
    const path = newPath();
    const journal = openJournal(path);
    planOn(journal, { isTwoPerson: true });
    expect(journal.check()).toEqual([]);
    tamper(path, 'UPDATE plans SET is_two_person = 0');
    expect(journal.check()).toEqual([expect.stringContaining('it is not what was planned')]);
  });
});
