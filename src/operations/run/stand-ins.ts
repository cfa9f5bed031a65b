import type { Journal } from '../../journal/index.ts';
import type { Definition, PicklistOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';

/**
 * The definitions of a run's inventory with the options that rollbacks before it made in place of retired ones, for their values alone,
 * and retired again: values that the run found may hold them, and no inventory of before them has them.
 */
export function withStandIns(
  journal: Journal,
  run: Run,
  definitions: readonly Definition[],
): readonly Definition[] {
  const closed = rollbacksUpFrom(journal, run).flatMap(({ runId }) => closedIn(journal, runId));
  if (closed.length === 0) return definitions;
  return definitions.map((field) => ({
    ...field,
    options: [
      ...field.options,
      ...closed.flatMap(({ definitionId, option }) => (definitionId === field.id ? [option] : [])),
    ],
  }));
}

/** The run, the one that it undoes, and so on, as far as the journal remembers. */
function rollbacksUpFrom(journal: Journal, run: Run): readonly Run[] {
  if (journal.testimony.purgedAt(run.runId) !== null) return [];
  const { rollsBack } = run;
  return rollsBack === null
    ? [run]
    : [run, ...rollbacksUpFrom(journal, journal.runs.find(rollsBack))];
}

function closedIn(
  journal: Journal,
  runId: string,
): readonly { readonly definitionId: string; readonly option: PicklistOption }[] {
  const applied = journal.runs.optionOutcomes(runId).filter(({ status }) => status === 'applied');
  return applied.flatMap(({ change, optionId }) => {
    if (change.action !== 'restore' || optionId === null || optionId === change.optionId) return [];
    const { definitionId, label } = change;
    const isClosed = applied.some(
      ({ change: other }) =>
        other.action === 'retire' &&
        other.definitionId === definitionId &&
        other.optionId === change.optionId,
    );
    return isClosed ? [{ definitionId, option: { id: optionId, label, retired: true } }] : [];
  });
}
