import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Change, Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { restorable, type Scope } from './restorable.ts';
import { resumeCommand } from './resume-command.ts';

/**
 * Refuses to go on with a rollback that restores more than what is named now, or less, or that leaves alone what is to be forced now:
 * a rollback keeps the scope that it began with, and nobody is to believe that all is restored where a part is. Throws `UserError`.
 */
export function requireSameScope(
  journal: Journal,
  unfinished: Run,
  plan: Plan,
  {
    runId,
    records,
    fields,
    isForced,
  }: Scope & { readonly runId: string; readonly isForced: boolean },
): void {
  const refuse = (difference: string): never => {
    throw new UserError(
      'other_scope',
      `${unfinished.runId}, the unfinished rollback of ${runId}, ${difference}. Nothing was written.`,
      `First go on with it as it began: \`clio-fields ${resumeCommand(journal, unfinished)}\`. Or undo what it did: \`clio-fields rollback ${unfinished.runId}\`.`,
      EXIT.stopped,
    );
  };
  if (isForced && !plan.isForced) refuse('began without --force');
  // Nothing tells any more what else the run did: its rollback is all that is left of it.
  if (journal.testimony.purgedAt(runId) !== null) return;
  const named = restorable(journal, runId, { records, fields });
  let namedToo = 0;
  for (const planned of journal.plans.changes(plan.planId)) {
    for (;;) {
      const next = named.next();
      if (next.done === true) return refuse(restoresToo(planned, records));
      if (next.value.change.changeId === planned.changeId) break;
      namedToo += 1;
    }
  }
  for (const _ of named) namedToo += 1;
  const { changed } = plan.counts;
  if (namedToo > 0 && changed > 0)
    refuse(`restores only ${changed} of the ${changed + namedToo} changes that are named now`);
}

/** Both lists are in the run's order: a change that does not come is not among those that are named. */
function restoresToo({ recordId, edits }: Change, records: readonly string[]): string {
  return records.length > 0 && !records.includes(recordId)
    ? `restores record ${recordId} too, which --record does not name`
    : `restores "${edits[0].fieldName}" too, which --field does not name`;
}
