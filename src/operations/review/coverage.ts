import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import { type RulingKind, subjectOf } from '../../model/decision.ts';
import { pagesOf } from './item-index.ts';
import { reviewables } from './read-items.ts';

/** How many of a plan's changes and flags have been decided, in its own review or in one of an earlier plan. */
export interface Coverage {
  readonly changes: Readonly<Record<RulingKind, number>>;
  readonly flags: Readonly<Record<RulingKind, number>>;
}

/** What earlier decisions say of a plan; reads all of it, unless nobody ever decided anything. */
export function coverDecisions(journal: Journal, plan: Plan): Coverage {
  const coverage = { change: noneDecided(), flag: noneDecided() };
  if (plan.rollsBack === null && plan.reviewOf === null && journal.decisions.areThereAny()) {
    for (const page of pagesOf(reviewables(journal, plan.planId))) {
      const subjects = page.map((item) => subjectOf(plan.origin, item));
      const decisions = journal.decisions.latest(subjects);
      for (const [position, { kind }] of page.entries()) {
        const decision = decisions.get(subjects[position] ?? '');
        if (decision !== undefined) coverage[kind][decision.ruling.kind] += 1;
      }
    }
  }
  return { changes: coverage.change, flags: coverage.flag };
}

function noneDecided(): Record<RulingKind, number> {
  return { accept: 0, skip: 0, edit: 0, clear: 0, later: 0 };
}
