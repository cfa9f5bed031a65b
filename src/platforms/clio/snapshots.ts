import { ABSENT, UNREAD } from '../../model/field.ts';
import type {
  Definition,
  FieldType,
  ParentType,
  RecordSnapshot,
  Value,
} from '../../model/field.ts';
import { canonicalText } from './content.ts';
import type { ClioRecord, ClioValue } from './read-record.ts';

/** What a reading asked for, and against which definitions its rows are understood. */
export interface Reading {
  readonly parentType: ParentType;
  /** Only these definitions' values were asked for; null for all. */
  readonly asked: ReadonlySet<string> | null;
  readonly fields: FieldIndex;
  /** The owners of rows that do not say whose they are, where they are known from elsewhere: by value id. */
  readonly owners: ReadonlyMap<string, string>;
}

/**
 * A record in the model's terms. Nothing is guessed: a row whose definition cannot be told makes every definition that it could
 * belong to unread, and a record that Clio shows without values has nothing but unread ones.
 */
export function toSnapshot(record: ClioRecord, reading: Reading): RecordSnapshot {
  const values = new Map<string, Value>();
  const ownerless: ClioValue[] = [];
  for (const row of record.values ?? []) {
    const definitionId = ownerOf(row, reading);
    if (definitionId === null) ownerless.push(row);
    else if (reading.asked?.has(definitionId) !== false) note(values, definitionId, row, reading);
  }
  const isHidden = record.values === null || ownerless.some(isAnonymous);
  for (const row of ownerless) {
    for (const { id } of reading.fields.possibleOwners(row)) {
      if (!values.has(id)) values.set(id, UNREAD);
    }
  }
  if (reading.asked !== null && !isHidden) {
    for (const id of reading.asked) if (!values.has(id)) values.set(id, ABSENT);
  }
  return {
    parentType: reading.parentType,
    recordId: record.id,
    label: record.label,
    etag: record.etag,
    values,
    unlisted: isHidden || reading.asked !== null ? 'unread' : 'absent',
  };
}

/** The rows that only asking for one definition at a time can assign, with the definitions to ask for. */
export function findAmbiguous(
  record: ClioRecord,
  fields: FieldIndex,
): readonly { readonly valueId: string; readonly candidates: readonly Definition[] }[] {
  const ownerless = record.values?.filter(({ definitionId }) => definitionId === null) ?? [];
  return ownerless.flatMap((row) => {
    if (row.id === null) return [];
    const candidates = fields.named(row);
    return candidates.length > 1 ? [{ valueId: row.id, candidates }] : [];
  });
}

/** One parent's definitions, by what a row may say of its own. */
export class FieldIndex {
  readonly #byId = new Map<string, Definition>();
  readonly #byName = new Map<string, Definition[]>();
  readonly #all: readonly Definition[];

  constructor(definitions: readonly Definition[], parentType: ParentType) {
    this.#all = definitions.filter((definition) => definition.parentType === parentType);
    for (const definition of this.#all) {
      this.#byId.set(definition.id, definition);
      const namesakes = this.#byName.get(definition.name);
      if (namesakes === undefined) this.#byName.set(definition.name, [definition]);
      else namesakes.push(definition);
    }
  }

  typeOf(definitionId: string): FieldType | null {
    return this.#byId.get(definitionId)?.fieldType ?? null;
  }

  /** The definitions with a row's name and type; none where it lacks one of these. */
  named({ name, type }: ClioValue): readonly Definition[] {
    if (name === null) return [];
    return this.#byName.get(name)?.filter(({ fieldType }) => fieldType === type) ?? [];
  }

  /** Where the name fits nothing (renamed since, or not listed to us), any definition of the type may be the owner. */
  possibleOwners(row: ClioValue): readonly Definition[] {
    const named = this.named(row);
    if (named.length > 0) return named;
    return this.#all.filter(({ fieldType }) => fieldType === row.type);
  }
}

function ownerOf(row: ClioValue, { fields, owners }: Reading): string | null {
  if (row.definitionId !== null) return row.definitionId;
  const known = row.id === null ? undefined : owners.get(row.id);
  if (known !== undefined) return known;
  const named = fields.named(row);
  return named.length === 1 && named[0] !== undefined ? named[0].id : null;
}

function note(
  values: Map<string, Value>,
  definitionId: string,
  row: ClioValue,
  { fields }: Reading,
): void {
  // Two rows for one definition are not known to exist; if they do, neither is taken for the other.
  values.set(definitionId, values.has(definitionId) ? UNREAD : toValue(row, definitionId, fields));
}

function toValue(row: ClioValue, definitionId: string, fields: FieldIndex): Value {
  if (row.id === null) return ABSENT;
  if (isStripped(row)) return UNREAD;
  const { id: valueId, value } = row;
  if (value === null || value === '') return { state: 'blank', valueId };
  // Anything else is left out, or a shape that nobody has seen yet.
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return UNREAD;
  }
  if (typeof value === 'number' && !isExact(value)) return UNREAD;
  const content = canonicalText(fields.typeOf(definitionId) ?? row.type, value);
  return { state: 'value', valueId, content };
}

/** A longer number in the answer may have been another: an account's or a card's number has more digits than JavaScript keeps. */
function isExact(value: number): boolean {
  if (Number.isInteger(value)) return Number.isSafeInteger(value);
  return (
    String(value)
      .replace(/e.*$/, '')
      .replace(/^-?0?\.?0*|\D/g, '').length <= 15
  );
}

/** An id and nothing else: Clio hides what the row holds, which is not the same as an empty row. */
function isStripped(row: ClioValue): boolean {
  return row.value === null && row.name === null && row.type === null;
}

/** A row that says nothing of whose it is: any definition may be behind it. */
function isAnonymous(row: ClioValue): boolean {
  return row.type === null;
}
