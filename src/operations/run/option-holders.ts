import type { Definition } from '../../model/field.ts';
import { valueOf } from '../../model/field.ts';
import type { Platform } from '../../platforms/types.ts';

/** Records that hold an option. */
export interface Holders {
  /** On the first page that has any: there may be more. */
  readonly count: number;
  readonly firstLabel: string;
  readonly isAll: boolean;
}

/**
 * Who holds an option now, as far as this sign-in sees; null for nobody. One request where the platform honours the filter; the values
 * are looked at, for it may pass over it.
 */
export async function findHolders(
  platform: Platform,
  field: Definition,
  optionId: string,
  definitions: readonly Definition[],
): Promise<Holders | null> {
  const query = {
    parentType: field.parentType,
    definitionIds: [field.id],
    holding: { definitionId: field.id, content: optionId },
  };
  for await (const { records, totalRecords } of platform.readRecords(query, definitions)) {
    const holders = records.filter((record) => {
      const value = valueOf(record, field.id);
      return value.state === 'value' && value.content === optionId;
    });
    const [first] = holders;
    if (first === undefined) continue;
    const isAll = holders.length === totalRecords;
    return { count: holders.length, firstLabel: first.label, isAll };
  }
  return null;
}

/** Why an option that is held cannot be retired. */
export function heldInWords(
  { count, firstLabel, isAll }: Holders,
  { parentType }: Definition,
): string {
  const records = count === 1 && isAll ? `${parentType} holds` : `${parentType}s hold`;
  return `${isAll ? '' : 'at least '}${count} ${records} it that this run did not put there (such as ${firstLabel}); it stays`;
}
