import type { Definition, ParentType } from '../../model/field.ts';
import type { OptionsAnswer, OptionsWrite } from '../types.ts';
import { answerFor, wireId } from './answers.ts';
import type { ClioHttp } from './http.ts';
import { type ClioDefinition, parseDefinition, parseDefinitions } from './schemas.ts';

/** How messages and the developer portal call definitions. */
const DEFINITIONS = { what: 'custom fields', permission: 'Custom fields' } as const;

/** `deleted_at` is asked for so that retired options come too, which old values may still hold. */
const FIELDS =
  'fields=id,etag,name,field_type,parent_type,required,deleted,picklist_options{id,option,deleted_at}';

/** The account's definitions, with what was last seen of each: a write of options builds on it. */
export class Definitions {
  readonly #http: ClioHttp;
  readonly #seen = new Map<string, ClioDefinition>();

  constructor(http: ClioHttp) {
    this.#http = http;
  }

  /** All of them, 200 a request, in ascending id. */
  async read(parentType: ParentType | undefined): Promise<Definition[]> {
    const filter = parentType === undefined ? '' : `&parent_type=${parentType}`;
    const byId = new Map<string, Definition>();
    const path = `custom_fields.json?order=id(asc)&limit=200${filter}&${FIELDS}`;
    for await (const page of this.#http.readPages({ path, ...DEFINITIONS })) {
      for (const seen of parseDefinitions(page.items, DEFINITIONS.what)) {
        byId.set(seen.definition.id, this.#note(seen));
      }
    }
    return [...byId.values()].filter(
      (definition) => parentType === undefined || definition.parentType === parentType,
    );
  }

  /**
   * Options are added, retired (`_deleted`) and restored in one PATCH of their definition, whose answer lists them all. Whether Clio
   * keeps the options that such a PATCH does not name is documented nowhere: so it names all that are to stay, by id alone, which
   * renames none, and under `If-Match`, so that none is forgotten that somebody else added since.
   */
  async writeOptions(write: OptionsWrite): Promise<OptionsAnswer> {
    const { definitionId, onSend, onNotTaken } = write;
    const seen = this.#seen.get(definitionId) ?? (await this.#readOne(definitionId));
    const result = await this.#http.write(
      { path: pathOf(definitionId), ...DEFINITIONS },
      { data: { picklist_options: entriesOf(write, seen?.definition) } },
      { etag: seen?.etag ?? null, onSend, onNotTaken },
    );
    const answer = answerFor(result, (json) =>
      this.#readAnswer(parseDefinition(json, DEFINITIONS.what), write),
    );
    switch (answer.kind) {
      case 'stale':
        onNotTaken?.();
        this.#seen.delete(definitionId);
        return { kind: 'unknown', reason: 'the field was changed meanwhile (412)' };
      case 'noAccess':
        return {
          kind: 'noAccess',
          reason: `${answer.reason}; options can be changed by an administrator, with the app's permission "Custom fields" set to read and write`,
        };
      case 'written':
      case 'refused':
      case 'unknown':
        return answer;
      default:
        return answer satisfies never;
    }
  }

  /** A 200 that brings no retired option back says so: another option takes its place then. */
  #readAnswer(seen: ClioDefinition, { restoreIds, add }: OptionsWrite): OptionsAnswer {
    const definition = this.#note(seen);
    const living = new Set(livingOptions(definition));
    const isIgnored = add.length === 0 && restoreIds.some((id) => !living.has(id));
    return isIgnored
      ? { kind: 'refused', reason: 'Clio accepted it, but did not bring the retired option back' }
      : { kind: 'written', definition };
  }

  async #readOne(definitionId: string): Promise<ClioDefinition | null> {
    const json = await this.#http.readIfThere({ path: pathOf(definitionId), ...DEFINITIONS });
    return json === null ? null : parseDefinition(json, DEFINITIONS.what);
  }

  #note(seen: ClioDefinition): Definition {
    this.#seen.set(seen.definition.id, seen);
    return seen.definition;
  }
}

function pathOf(definitionId: string): string {
  return `custom_fields/${encodeURIComponent(definitionId)}.json?${FIELDS}`;
}

function entriesOf(
  { restoreIds, add, retireIds }: OptionsWrite,
  seen: Definition | undefined,
): readonly Entry[] {
  const named = new Set([...restoreIds, ...retireIds]);
  const staying = seen === undefined ? [] : livingOptions(seen).filter((id) => !named.has(id));
  return [
    ...staying.map((id) => ({ id: wireId(id) })),
    ...restoreIds.map((id) => ({ id: wireId(id), _deleted: false })),
    ...add.map((option) => ({ option })),
    ...retireIds.map((id) => ({ id: wireId(id), _deleted: true })),
  ];
}

type Entry =
  | { readonly id: number | string; readonly _deleted?: boolean }
  | { readonly option: string };

function livingOptions({ options }: Definition): string[] {
  return options.flatMap(({ id, retired }) => (retired ? [] : [id]));
}
