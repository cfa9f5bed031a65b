import type { Journal, PendingRecord } from '../../journal/index.ts';
import type { Change, OptionChange } from '../../model/change.ts';

/** The options that values wait for: those that a plan adds by their text, others by their id. */
export class AwaitedOptions {
  readonly #keys = new Set<string>();

  add({ edits }: Change): void {
    for (const { definitionId, fieldType, after } of edits) {
      if (fieldType !== 'picklist') continue;
      if (after.state === 'newOption') this.#keys.add(keyOf(definitionId, 'text', after.label));
      else if (after.state === 'value') this.#keys.add(keyOf(definitionId, 'id', after.content));
    }
  }

  /** What a run's records behind a batch wait for, as far as is known before they are read. */
  addLater({ runs }: Journal, runId: string, batch: readonly PendingRecord[]): void {
    const ofBatch = new Set(
      batch.flatMap(({ changes }) => changes.map(({ change }) => change.changeId)),
    );
    for (const { change, outcome } of runs.changes(runId))
      if (outcome === null && !ofBatch.has(change.changeId)) this.add(change);
  }

  has(change: OptionChange): boolean {
    const { definitionId } = change;
    return this.#keys.has(
      change.action === 'add'
        ? keyOf(definitionId, 'text', change.label)
        : keyOf(definitionId, 'id', change.optionId),
    );
  }
}

function keyOf(definitionId: string, by: 'text' | 'id', what: string): string {
  return `${definitionId} ${by} ${what}`;
}
