import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';

/** Refuses a plan that a run has carried out: an approval of it, or another run, would change nothing. One that is yet to be resumed is none. */
export function requireFresh(journal: Journal, plan: Plan, refused: string): void {
  const earlier = journal.runs.list().find(({ planId }) => planId === plan.planId);
  if (earlier === undefined || earlier.runId === journal.runs.unfinished()?.runId) return;
  throw new UserError(
    'plan_stale',
    `${plan.planId} was carried out already, by ${earlier.runId}. ${refused}`,
    whatNow(earlier),
  );
}

function whatNow({ runId, counts }: Run): string {
  const left = counts.conflict + counts.rejected + counts.noAccess;
  if (counts.applied === 0 && left > 0) {
    return `It wrote no value, for ${counted(left, 'change')} could not be made: \`clio-fields show ${runId}\` says why. With that mended, run \`clio-fields inventory\` and \`clio-fields plan\` again.`;
  }
  const why = counts.applied === 0 ? 'Nothing was left to write' : 'Values have moved since';
  return `${why}: run \`clio-fields inventory\` and \`clio-fields plan\` again.`;
}
