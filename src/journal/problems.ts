import type { Change, Written } from '../model/change.ts';
import type { SettledStatus } from '../model/run.ts';
import type { OptionOutcome } from './option-outcomes.ts';
import type { SettledChange } from './run-changes.ts';

/** A change, or a change of options, that could not be made. */
export interface Problem {
  /** Null where it is about a picklist's options. */
  readonly change: Change | null;
  readonly changeId: string;
  readonly recordId: string | null;
  readonly recordLabel: string | null;
  readonly fieldName: string;
  readonly status: SettledStatus;
  readonly reason: string | null;
  /** What the platform stored instead of the planned value; null where it stored nothing. */
  readonly shows: string | null;
}

/** Options first. */
export function* problemsOf(
  options: Iterable<OptionOutcome>,
  unmade: Iterable<SettledChange>,
): IterableIterator<Problem> {
  for (const { change, status, reason } of options) {
    if (!isProblem(status)) continue;
    const { changeId, fieldName } = change;
    const about = { change: null, changeId, recordId: null, recordLabel: null, fieldName };
    yield { ...about, status, reason, shows: null };
  }
  for (const { change, outcome } of unmade) {
    const { changeId, recordId, recordLabel, edits } = change;
    const { status, reason, written } = outcome;
    const about = { change, changeId, recordId, recordLabel, fieldName: edits[0].fieldName };
    yield { ...about, status, reason, shows: shownInstead(change, written) };
  }
}

function isProblem(status: SettledStatus): boolean {
  return status === 'conflict' || status === 'rejected' || status === 'noAccess';
}

/** The content that stands where another was planned; empty for none. */
function shownInstead({ edits }: Change, written: readonly Written[]): string | null {
  const other = written.find(({ definitionId, after }) => {
    const planned = edits.find((edit) => edit.definitionId === definitionId)?.after;
    if (planned?.state !== 'value' || after.state !== 'value')
      return planned?.state !== after.state;
    return planned.content !== after.content;
  });
  if (other === undefined) return null;
  return other.after.state === 'value' ? other.after.content : '';
}
