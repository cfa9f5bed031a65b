import type { Journal } from '../../journal/index.ts';
import type { Change, Plan } from '../../model/change.ts';
import { isSameContent } from '../../model/field.ts';
import type { Outcome } from '../../model/run.ts';
import { chooseFields } from '../inventory/choose-fields.ts';

/** Which part of a run: only these records, only these fields (names or ids); all where empty. */
export interface Scope {
  readonly records: readonly string[];
  readonly fields: readonly string[];
}

/** What a rollback of this part of a run has to restore, in the run's order and in flat memory. Throws `UserError` for a field that is unknown. */
export function* restorable(
  journal: Journal,
  runId: string,
  { records, fields }: Scope,
): IterableIterator<{ readonly change: Change; readonly outcome: Outcome }> {
  const chosen = fields.length === 0 ? null : idsOf(journal, runId, fields);
  const filter = records.length === 0 ? {} : { recordIds: records };
  for (const { change, outcome } of journal.runs.applied(runId, filter)) {
    if (chosen !== null && !change.edits.some(({ definitionId }) => chosen.has(definitionId)))
      continue;
    // A write that left all as it was has nothing to undo.
    if (outcome.written.every(({ before, after }) => isSameContent(before, after))) continue;
    yield { change, outcome };
  }
}

/** Whether a rollback restores all that there is of its run, and no part of it. Of a run that was purged nothing else is known than it. */
export function isWholeRollback(journal: Journal, { rollsBack, counts }: Plan): boolean {
  if (rollsBack === null || journal.testimony.purgedAt(rollsBack) !== null) return true;
  let all = 0;
  for (const _ of restorable(journal, rollsBack, { records: [], fields: [] })) all += 1;
  return counts.changed === all;
}

function idsOf(journal: Journal, runId: string, fields: readonly string[]): Set<string> {
  const { inventoryId } = journal.plans.find(journal.runs.find(runId).planId);
  const definitions = journal.inventories.definitions(inventoryId);
  return new Set(chooseFields(fields, definitions).map(({ id }) => id));
}
