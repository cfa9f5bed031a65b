import type { Change, Edit, OptionChange } from '../../model/change.ts';
import { type Definition, findOption } from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';

/** The changes of picklists that a plan's changes need, and the retirements that its rules ask for. */
export class OptionChanges {
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #openings = new Map<string, OptionChange>();

  /** `definitions`: as the plan's inventory has them. */
  constructor(definitions: readonly Definition[]) {
    this.#definitions = new Map(definitions.map((field) => [field.id, field]));
  }

  need({ edits, reason }: Change): void {
    for (const edit of edits) {
      const opening = this.#openingFor(edit, reason);
      if (opening !== null && !this.#openings.has(opening.changeId))
        this.#openings.set(opening.changeId, opening);
    }
  }

  /** The options that are added or restored, in one order whoever needs them. */
  openings(): readonly OptionChange[] {
    return [...this.#openings.values()].toSorted((left, right) =>
      left.changeId < right.changeId ? -1 : 1,
    );
  }

  *all(assignments: readonly Assignment[]): Iterable<OptionChange> {
    yield* this.openings();
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

  #openingFor({ definitionId, fieldName, after }: Edit, reason: string): OptionChange | null {
    if (after.state === 'newOption') {
      const { label } = after;
      const changeId = `option:${definitionId}:add:${label}`;
      return { changeId, definitionId, fieldName, label, reason, action: 'add' };
    }
    const field = this.#definitions.get(definitionId);
    if (after.state !== 'value' || field === undefined) return null;
    const option = findOption(field, after.content);
    if (option === undefined || !option.retired) return null;
    const { id, label } = option;
    return {
      changeId: `option:${definitionId}:restore:${id}`,
      definitionId,
      fieldName,
      label,
      reason: 'a rollback retired it, and values need it again',
      action: 'restore',
      optionId: id,
    };
  }
}
