import type { Change, OptionChange } from '../../model/change.ts';
import type { Assignment } from '../../rules/assign.ts';

/** The changes of picklists that a plan's changes need, and the retirements that its rules ask for. */
export class OptionChanges {
  readonly #adds = new Map<string, OptionChange>();

  need({ edits, reason }: Change): void {
    for (const { definitionId, fieldName, after } of edits) {
      if (after.state !== 'newOption') continue;
      const changeId = `option:${definitionId}:add:${after.label}`;
      if (this.#adds.has(changeId)) continue;
      this.#adds.set(changeId, {
        changeId,
        definitionId,
        fieldName,
        label: after.label,
        reason,
        action: 'add',
      });
    }
  }

  /** The new options, in one order whoever needs them. */
  adds(): readonly OptionChange[] {
    return [...this.#adds.values()].toSorted((left, right) =>
      left.changeId < right.changeId ? -1 : 1,
    );
  }

  *all(assignments: readonly Assignment[]): Iterable<OptionChange> {
    yield* this.adds();
    for (const { target, retirements } of assignments) {
      for (const { optionId, label, reason } of retirements) {
        const changeId = `option:${target.id}:retire:${optionId}`;
        yield {
          changeId,
          definitionId: target.id,
          fieldName: target.name,
          label,
          reason,
          action: 'retire',
          optionId,
        };
      }
    }
  }
}
