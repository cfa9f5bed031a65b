import type { Journal } from '../../journal/index.ts';
import type { Run } from '../../model/run.ts';
import { restorable, type Scope } from './restorable.ts';

/** What goes on with an unfinished run as it began, without the program's name: a part of a rollback is named again. */
export function resumeCommand(journal: Journal, run: Run): string {
  if (run.rollsBack === null) return 'apply --resume';
  const { records, fields } = scopeOf(journal, run, run.rollsBack);
  // Nobody types hundreds of ids: the unfinished run itself knows them.
  if (records.length + fields.length > MOST_NAMED) return 'apply --resume';
  const flags = [
    ...records.map((id) => `--record ${id}`),
    ...fields.map((id) => `--field ${id}`),
    ...(journal.plans.find(run.planId).isForced ? ['--force'] : []),
  ];
  return ['rollback', run.rollsBack, ...flags, '--resume'].join(' ');
}

const MOST_NAMED = 5;

/** The narrowest words for what a rollback restores: all of the run, or some of its records, or fields, or both. */
function scopeOf(journal: Journal, { planId }: Run, undoneId: string): Scope {
  // Nothing tells any more what else the run did.
  if (journal.testimony.purgedAt(undoneId) !== null) return WHOLE;
  const records = new Set<string>();
  const fields = new Set<string>();
  let changes = 0;
  for (const { recordId, edits } of journal.plans.changes(planId)) {
    changes += 1;
    records.add(recordId);
    fields.add(edits[0].definitionId);
  }
  const scopes: readonly Scope[] = [
    WHOLE,
    { records: [...records], fields: [] },
    { records: [], fields: [...fields] },
  ];
  const isAll = (scope: Scope): boolean => countOf(journal, undoneId, scope) === changes;
  return scopes.find(isAll) ?? { records: [...records], fields: [...fields] };
}

const WHOLE: Scope = { records: [], fields: [] };

function countOf(journal: Journal, runId: string, scope: Scope): number {
  let count = 0;
  for (const _ of restorable(journal, runId, scope)) count += 1;
  return count;
}
