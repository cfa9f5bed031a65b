import type { Journal } from '../../journal/index.ts';
import type { Change, Flag, Plan } from '../../model/change.ts';
import { type Decision, type Reviewable, subjectOf } from '../../model/decision.ts';
import { coverDecisions } from './coverage.ts';
import { pagesOf } from './item-index.ts';

/** A plan's changes and flags together with what people decided of each, read anew at each call, who decided, and what the review led to. */
export function decidedParts(journal: Journal, plan: Plan) {
  const { planId, origin } = plan;
  const decisions = new WeakMap<Change | Flag, Decision>();
  const isReviewable = plan.rollsBack === null && journal.decisions.areThereAny();
  /** Looks decisions up page by page; where there are none, the parts pass as they come. */
  function noted<Part extends Change | Flag>(
    parts: Iterable<Part>,
    itemOf: (part: Part) => Reviewable,
  ): Iterable<Part> {
    return isReviewable ? lookedUp(parts, itemOf) : parts;
  }
  function* lookedUp<Part extends Change | Flag>(
    parts: Iterable<Part>,
    itemOf: (part: Part) => Reviewable,
  ): Iterable<Part> {
    for (const page of pagesOf(parts)) {
      const subjects = page.map((part) => subjectOf(origin, itemOf(part)));
      const latest = journal.decisions.latest(subjects);
      for (const [position, part] of page.entries()) {
        const decision = latest.get(subjects[position] ?? '');
        if (decision !== undefined) decisions.set(part, decision);
        yield part;
      }
    }
  }
  return {
    decided: coverDecisions(journal, plan),
    reviewers: plan.reviewOf === null ? [] : journal.testimony.reviewers(planId),
    reviewedAs: reviewedAs(journal, plan),
    decisionOf: (part: Change | Flag): Decision | null => decisions.get(part) ?? null,
    changes: (): Iterable<Change> =>
      noted(journal.plans.changes(planId), (change) => ({ kind: 'change', change })),
    flags: (): Iterable<Flag> =>
      noted(journal.plans.flags(planId), (flag) => ({ kind: 'flag', flag })),
  };
}

/** The newest plan that a plan's review led to; null where there is none, or it is this one. */
export function reviewedAs(journal: Journal, { planId, reviewOf }: Plan): string | null {
  const reviewed = journal.plans.reviewed(reviewOf ?? planId)?.planId ?? null;
  return reviewed === planId ? null : reviewed;
}
