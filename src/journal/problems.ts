import type { Change, Written } from '../model/change.ts';
import type { Problem, SettledStatus } from '../model/run.ts';
import type { OptionOutcome } from './option-outcomes.ts';
import type { SettledChange } from './run-changes.ts';

/** What could not be made, with the change that it is about; null where it is about a picklist's options. */
export interface RunProblem extends Problem {
  readonly change: Change | null;
  /** The definition whose content `shows` is; null where it shows none. */
  readonly shownIn: string | null;
}

/** Options first. */
export function* problemsOf(
  options: Iterable<OptionOutcome>,
  unmade: Iterable<SettledChange>,
): IterableIterator<RunProblem> {
  for (const { change, status, reason } of options) {
    if (!isProblem(status)) continue;
    const { changeId, fieldName } = change;
    const about = { change: null, changeId, recordId: null, recordLabel: null, fieldName };
    yield { ...about, status, reason, shows: null, shownIn: null };
  }
  for (const { change, outcome } of unmade) {
    const { changeId, recordId, recordLabel, edits } = change;
    const { status, reason, written } = outcome;
    const about = { change, changeId, recordId, recordLabel, fieldName: edits[0].fieldName };
    yield { ...about, status, reason, ...shownInstead(change, written) };
  }
}

function isProblem(status: SettledStatus): boolean {
  return status === 'conflict' || status === 'rejected' || status === 'noAccess';
}

/** The content that stands where another was planned; empty for none. */
function shownInstead(
  { edits }: Change,
  written: readonly Written[],
): Pick<RunProblem, 'shows' | 'shownIn'> {
  const other = written.find(({ definitionId, after }) => {
    const planned = edits.find((edit) => edit.definitionId === definitionId)?.after;
    if (planned?.state !== 'value' || after.state !== 'value')
      return planned?.state !== after.state;
    return planned.content !== after.content;
  });
  if (other === undefined) return { shows: null, shownIn: null };
  const { definitionId, after } = other;
  return { shows: after.state === 'value' ? after.content : '', shownIn: definitionId };
}
