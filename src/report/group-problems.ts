import type { Problem } from '../model/run.ts';

/** What could not be made in one field for one reason, however many records. */
export interface ProblemGroup extends Pick<Problem, 'fieldName' | 'status' | 'reason'> {
  readonly count: number;
  /** The first of them: in flat memory, however many there are. */
  readonly first: readonly Problem[];
}

/** So many of a group are named. */
const NAMED = 3;

/** Gathers problems by field and reason, those of the most records first. */
export function groupProblems(problems: Iterable<Problem>): readonly ProblemGroup[] {
  const groups = new Map<string, { problem: Problem; count: number; first: Problem[] }>();
  for (const problem of problems) {
    const { fieldName, status, reason } = problem;
    const key = JSON.stringify([fieldName, status, reason]);
    const group = groups.get(key) ?? { problem, count: 0, first: [] };
    groups.set(key, group);
    group.count += 1;
    if (group.first.length < NAMED) group.first.push(problem);
  }
  return [...groups.values()]
    .map(({ problem: { fieldName, status, reason }, count, first }) => ({
      fieldName,
      status,
      reason,
      count,
      first,
    }))
    .toSorted((left, right) => right.count - left.count);
}
