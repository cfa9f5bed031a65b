import { UserError } from '../../errors.ts';
import type { Definition } from '../../model/field.ts';
import { nearestNames } from '../../rules/nearest-names.ts';

/** The one field that a name or an id means. Throws `UserError` with what may have been meant. */
export function findField(nameOrId: string, definitions: readonly Definition[]): Definition {
  const [field, ...others] = definitions.filter(
    ({ id, name }) => name === nameOrId || id === nameOrId,
  );
  if (field === undefined) throw unknownField(nameOrId, definitions);
  if (others.length === 0) return field;
  const ids = [field, ...others].map(
    ({ id, parentType, fieldType }) => `${id} (${parentType}, ${fieldType})`,
  );
  throw new UserError(
    'ambiguous_field',
    `"${nameOrId}" fits ${ids.length} fields: ${ids.join(', ')}.`,
    'Give the id of the one that you mean.',
  );
}

function unknownField(nameOrId: string, definitions: readonly Definition[]): UserError {
  const names = definitions.map(({ name }) => name);
  const wanted = nameOrId.toLowerCase();
  const holding = names.filter((name) => wanted !== '' && name.toLowerCase().includes(wanted));
  const meant = [...new Set([...nearestNames(nameOrId, names), ...holding])].slice(0, MOST_GUESSES);
  const hint =
    meant.length === 0
      ? 'Names are matched exactly, capitals included; `clio-fields inventory` lists them.'
      : `Did you mean ${meant.map((name) => `"${name}"`).join(' or ')}?`;
  return new UserError(
    'unknown_field',
    `No field is named "${nameOrId}", and none has that id.`,
    hint,
  );
}

const MOST_GUESSES = 3;
