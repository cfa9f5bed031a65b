import type { Journal } from '../../journal/index.ts';
import type { Change, Flag, Plan } from '../../model/change.ts';
import { type Decision, type Reviewable, subjectOf } from '../../model/decision.ts';
import { coverDecisions } from './coverage.ts';
import { pagesOf } from './item-index.ts';
import { partOf } from './rulings.ts';

/** A plan's changes and flags together with what people decided of each, read anew at each call, who decided, and what the review led to. */
export function decidedParts(journal: Journal, plan: Plan) {
  const { planId, origin } = plan;
  const decisions = new WeakMap<Change | Flag, Decision>();
  function* noted<Item extends Reviewable>(items: Iterable<Item>): Iterable<Item> {
    if (plan.rollsBack !== null || !journal.decisions.areThereAny()) {
      yield* items;
      return;
    }
    for (const page of pagesOf(items)) {
      const subjects = page.map((item) => subjectOf(origin, item));
      const latest = journal.decisions.latest(subjects);
      for (const [position, item] of page.entries()) {
        const decision = latest.get(subjects[position] ?? '');
        if (decision !== undefined) decisions.set(partOf(item), decision);
        yield item;
      }
    }
  }
  return {
    decided: coverDecisions(journal, plan),
    reviewers: plan.reviewOf === null ? [] : journal.testimony.reviewers(planId),
    reviewedAs: reviewedAs(journal, plan),
    decisionOf: (part: Change | Flag): Decision | null => decisions.get(part) ?? null,
    *changes(): Iterable<Change> {
      const items = mapped(journal.plans.changes(planId), (change) => ({
        kind: 'change' as const,
        change,
      }));
      for (const { change } of noted(items)) yield change;
    },
    *flags(): Iterable<Flag> {
      const items = mapped(journal.plans.flags(planId), (flag) => ({
        kind: 'flag' as const,
        flag,
      }));
      for (const { flag } of noted(items)) yield flag;
    },
  };
}

/** The newest plan that a plan's review led to; null where there is none, or it is this one. */
export function reviewedAs(journal: Journal, { planId, reviewOf }: Plan): string | null {
  const reviewed = journal.plans.reviewed(reviewOf ?? planId)?.planId ?? null;
  return reviewed === planId ? null : reviewed;
}

function* mapped<In, Out>(items: Iterable<In>, make: (item: In) => Out): Iterable<Out> {
  for (const item of items) yield make(item);
}
