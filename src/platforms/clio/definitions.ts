import type { Definition, ParentType } from '../../model/field.ts';
import type { ClioHttp } from './http.ts';
import { parseDefinitions } from './schemas.ts';

/** How messages and the developer portal call definitions. */
export const DEFINITIONS = { what: 'custom fields', permission: 'Custom fields' } as const;

/** `deleted_at` is asked for so that retired options come too, which old values may still hold. */
export const DEFINITION_FIELDS =
  'fields=id,name,field_type,parent_type,required,deleted,picklist_options{id,option,deleted_at}';

/** All definitions, 200 a request, in ascending id. */
export async function readDefinitions(
  http: ClioHttp,
  parentType: ParentType | undefined,
): Promise<Definition[]> {
  const filter = parentType === undefined ? '' : `&parent_type=${parentType}`;
  const byId = new Map<string, Definition>();
  const path = `custom_fields.json?order=id(asc)&limit=200${filter}&${DEFINITION_FIELDS}`;
  for await (const page of http.readPages({ path, ...DEFINITIONS })) {
    for (const definition of parseDefinitions(page.items, DEFINITIONS.what)) {
      byId.set(definition.id, definition);
    }
  }
  return [...byId.values()].filter(
    (definition) => parentType === undefined || definition.parentType === parentType,
  );
}
