import type { Definition, ParentType } from '../../model/field.ts';

/** The keys of an entry in the rules file that name one field, and no other. */
export interface FieldMatch {
  readonly match: string;
  readonly parent?: ParentType;
}

/** By its name, which other accounts have too, where that is this field's alone; else by its id. */
export function matchField(field: Definition, definitions: readonly Definition[]): FieldMatch {
  const namesakes = definitions.filter(({ name, deleted }) => name === field.name && !deleted);
  const ofParent = namesakes.filter(({ parentType }) => parentType === field.parentType);
  // A * in `match` stands for any run of characters, also where it is a part of the name.
  if (ofParent.length > 1 || field.name.includes('*')) return { match: field.id };
  return {
    match: field.name,
    ...(namesakes.length > 1 && { parent: field.parentType }),
  };
}
