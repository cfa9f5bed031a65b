import type { PendingRecord } from '../../journal/index.ts';
import type { Change } from '../../model/change.ts';
import type { FieldType } from '../../model/field.ts';

/**
 * Where a few records of a reading go ahead, and the others wait until it is known how the platform takes them: at a run's beginning,
 * after a reading that left it open, and where fields of another type are emptied for the first time. Before every reading it would
 * cost a fast allowance a tenth of its pace.
 */
export class NewGround {
  readonly #emptied = new Set<FieldType>();
  #isUncertain = true;

  /** Whether these records, the first of a reading, had better go ahead. */
  isEnteredBy(scouts: readonly PendingRecord[]): boolean {
    const types = scouts.flatMap(({ changes }) =>
      changes.flatMap(({ change }) => typesEmptiedBy(change)),
    );
    const isNew = this.#isUncertain || types.some((type) => !this.#emptied.has(type));
    for (const type of types) this.#emptied.add(type);
    this.#isUncertain = false;
    return isNew;
  }

  /** The reading ended with it open how the platform takes what is sent. */
  doubt(): void {
    this.#isUncertain = true;
  }
}

function typesEmptiedBy({ edits }: Change): FieldType[] {
  return edits
    .filter(({ after }) => after.state === 'blank' || after.state === 'absent')
    .map(({ fieldType }) => fieldType);
}
