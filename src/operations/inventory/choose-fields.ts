import { UserError } from '../../errors.ts';
import { type Definition, PARENT_TYPES, type ParentType } from '../../model/field.ts';
import { didYouMean } from '../../nearest.ts';

/** The fields that names or ids mean; a name may mean one of each parent. Throws `UserError` for one that means nothing. */
export function chooseFields(
  names: readonly string[],
  definitions: readonly Definition[],
  parents: readonly ParentType[] = PARENT_TYPES,
): Definition[] {
  const fieldNames = definitions.map((field) => field.name);
  const chosen = names.flatMap((name) => {
    const found = definitions.filter(
      (field) => parents.includes(field.parentType) && (field.name === name || field.id === name),
    );
    if (found.length === 0) {
      throw new UserError(
        'unknown_field',
        `No field is named "${name}", and none has that id.${didYouMean(name, fieldNames)}`,
        'Names are matched exactly, capitals included; `clio-fields inventory` lists them.',
      );
    }
    return found;
  });
  return [...new Set(chosen)];
}
