import type { Content, ParentType } from '../model/field.ts';
import type { PastRun } from './past-runs.ts';
import type { SettledChange } from './run-changes.ts';

/** A value as it was before a run changed it. */
export interface FormerValue {
  /** As `valueKey` makes it. */
  readonly key: string;
  readonly parentType: ParentType;
  readonly definitionId: string;
  readonly content: string;
}

/** What a run left on the platform; read anew at each call. */
type ReadWritten = (runId: string) => Iterable<SettledChange>;

/** The values that runs changed and that no rollback put back, as they were before. */
export function* formerValues(
  runs: readonly PastRun[],
  read: ReadWritten,
): IterableIterator<FormerValue> {
  for (const run of runs) {
    const putBack = putBackOf(run, read);
    if (putBack === 'all') continue;
    for (const { key, parentType, definitionId, before } of writtenBy(run, read)) {
      if (before.state !== 'value' || putBack.has(key)) continue;
      yield { key, parentType, definitionId, content: before.content };
    }
  }
}

/** Which of a run's values its rollbacks put back, and no rollback of theirs took away again. */
function putBackOf(
  { written, rollbacks }: PastRun,
  read: ReadWritten,
): ReadonlySet<string> | 'all' {
  const keys = new Set<string>();
  for (const rollback of rollbacks) {
    const takenAgain = putBackOf(rollback, read);
    if (takenAgain === 'all') continue;
    // The usual case, and a million keys need not be held for it.
    if (takenAgain.size === 0 && rollback.standing >= written) return 'all';
    for (const { key } of writtenBy(rollback, read)) if (!takenAgain.has(key)) keys.add(key);
  }
  return keys;
}

interface WrittenValue {
  readonly key: string;
  readonly parentType: ParentType;
  readonly definitionId: string;
  readonly before: Content;
}

function* writtenBy({ runId }: PastRun, read: ReadWritten): Iterable<WrittenValue> {
  for (const { change, outcome } of read(runId)) {
    const { parentType, recordId } = change;
    for (const { definitionId, before } of outcome.written)
      yield {
        key: valueKey(parentType, recordId, definitionId),
        parentType,
        definitionId,
        before,
      };
  }
}

/** Of one value of one record. */
export function valueKey(parentType: ParentType, recordId: string, definitionId: string): string {
  return `${parentType} ${recordId} ${definitionId}`;
}
