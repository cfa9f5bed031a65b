import type { AccountDefinition, AccountRecord, AccountRow } from './account.ts';
import { checkValue } from './check-value.ts';
import type { Directory } from './directory.ts';
import { isObject, refuse, type ApiError } from './exchange.ts';
import type { Behaviour } from './options.ts';
import { refuseUnknownKeys } from './unknown-keys.ts';

/** What the operations on an account share. */
export interface Context {
  readonly directory: Directory;
  readonly behaviour: Behaviour;
  /** The server's time, ISO 8601. */
  readonly timestamp: () => string;
}

/** Writes `custom_field_values` of one record: every entry is checked first, then all are done, or none; by option, those before a refused one. */
export function writeValues(record: AccountRecord, entries: unknown, context: Context): void {
  if (!Array.isArray(entries)) throw refuse.argument('custom_field_values is not a list');
  if (context.behaviour.writesAllOrNothing) writeTogether(record, entries, context);
  else for (const entry of entries) writeTogether(record, [entry], context);
}

function writeTogether(record: AccountRecord, entries: readonly unknown[], context: Context): void {
  const edits = entries.map((entry) => checkEntry(record, entry, context));
  refuseTwice(edits);
  checkRequired(record, edits, context);
  if (edits.length > 0) commit(record, edits, context);
}

type Held = AccountRow['value'];

type ValueEdit =
  | { readonly action: 'create'; readonly definition: AccountDefinition; readonly value: Held }
  | {
      readonly action: 'update';
      readonly definition: AccountDefinition;
      readonly row: AccountRow;
      readonly value: Held;
    }
  | {
      readonly action: 'destroy';
      readonly definition: AccountDefinition;
      readonly row: AccountRow;
    };

function checkEntry(record: AccountRecord, entry: unknown, context: Context): ValueEdit {
  if (!isObject(entry)) throw refuse.argument('an entry of custom_field_values is not an object');
  refuseUnknownKeys(entry, VALUE_KEYS, context.behaviour);
  const destroys = readDestroy(entry);
  return Object.hasOwn(entry, 'id')
    ? checkExisting(record, entry, destroys, context)
    : checkCreate(record, entry, destroys, context);
}

const VALUE_KEYS = ['id', 'value', 'custom_field', '_destroy'] as const;

function checkExisting(
  record: AccountRecord,
  entry: Record<string, unknown>,
  destroys: boolean,
  context: Context,
): ValueEdit {
  const { row, definition } = findRow(record, entry['id'], context);
  const named = readDefinitionId(entry);
  if (named !== null && named !== definition.id) {
    throw refuse.argument(
      `custom field value ${String(entry['id'])} does not belong to custom field ${named}`,
    );
  }
  refuseDeleted(definition, context);
  if (destroys) return { action: 'destroy', definition, row };
  if (!Object.hasOwn(entry, 'value')) throw refuse.argument('value is missing');
  const { takesNull, nullRemovesRow } = context.behaviour;
  if (entry['value'] === null && takesNull && nullRemovesRow)
    return { action: 'destroy', definition, row };
  const value = checkValue(definition, entry['value'], context.directory, context.behaviour);
  return { action: 'update', definition, row, value };
}

function checkCreate(
  record: AccountRecord,
  entry: Record<string, unknown>,
  destroys: boolean,
  context: Context,
): ValueEdit {
  const { directory, behaviour } = context;
  const definitionId = readDefinitionId(entry);
  if (definitionId === null) throw refuse.argument('custom_field is missing');
  if (destroys) throw refuse.argument('only a custom field value with an id can be destroyed');
  const definition = directory.definition(definitionId);
  if (definition === undefined || definition.parentType !== record.parentType) {
    throw refuse.argument(`custom field ${definitionId} does not exist`);
  }
  refuseDeleted(definition, context);
  if (record.rows.some((row) => row.definitionId === definitionId)) {
    throw refuse.argument(`custom field value for custom field ${definitionId} already exists`);
  }
  if (!Object.hasOwn(entry, 'value')) throw refuse.argument('value is missing');
  const value = checkValue(definition, entry['value'], directory, behaviour);
  if (isBlank(value) && !behaviour.createsBlankRows) throw refuse.argument("value can't be blank");
  return { action: 'create', definition, value };
}

/** A value's id is its type and its row's number together; the number alone, or a definition's, finds nothing. */
function findRow(
  record: AccountRecord,
  id: unknown,
  { directory, behaviour }: Context,
): { row: AccountRow; definition: AccountDefinition } {
  if (typeof id !== 'string') throw refuse.argument('id of a custom field value is not a string');
  const match = /^(?<type>[a-z_]+)-(?<number>\d{1,15})$/.exec(id);
  const { type, number } = match?.groups ?? {};
  for (const row of record.rows) {
    if (row.id !== Number(number)) continue;
    const definition = directory.definition(row.definitionId);
    if (definition !== undefined && definition.fieldType === type) return { row, definition };
  }
  throw behaviour.foreignValueIdStatus === 404
    ? refuse.notFound()
    : refuse.argument(`custom field value ${id} does not exist`);
}

function readDestroy(entry: Record<string, unknown>): boolean {
  const destroy = entry['_destroy'] ?? false;
  if (typeof destroy !== 'boolean') throw refuse.argument('_destroy is not a boolean');
  return destroy;
}

function readDefinitionId(entry: Record<string, unknown>): number | null {
  const named = entry['custom_field'];
  if (named === undefined) return null;
  const id = isObject(named) ? named['id'] : undefined;
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) {
    throw refuse.argument('id of custom_field is not an integer');
  }
  return id;
}

function refuseDeleted({ id, deleted }: AccountDefinition, { behaviour }: Context): void {
  if (deleted && !behaviour.writesSoftDeletedValues)
    throw refuse.argument(`custom field ${id} has been deleted`);
}

function refuseTwice(edits: readonly ValueEdit[]): void {
  const seen = new Set<number>();
  for (const { definition } of edits) {
    if (seen.has(definition.id)) {
      throw refuse.argument(`custom field value for custom field ${definition.id} already exists`);
    }
    seen.add(definition.id);
  }
}

function checkRequired(
  record: AccountRecord,
  edits: readonly ValueEdit[],
  { directory, behaviour }: Context,
): void {
  const blanked = edits.find(
    (edit) => edit.definition.required && (edit.action === 'destroy' || isBlank(edit.value)),
  );
  if (behaviour.requiredStays && blanked !== undefined) throw missingValue(blanked.definition.id);
  if (!behaviour.requiredCheckedOnEveryWrite) return;
  const filled = new Set<number>();
  for (const row of record.rows) if (!isBlank(row.value)) filled.add(row.definitionId);
  for (const edit of edits) if (edit.action !== 'destroy') filled.add(edit.definition.id);
  const other = directory
    .definitionsOf(record.parentType)
    .find(({ id, required, deleted }) => required && !deleted && !filled.has(id));
  if (other !== undefined) throw missingValue(other.id);
}

function isBlank(value: Held): boolean {
  return value === null || value === '';
}

function emptyRow({ id }: AccountDefinition, { directory, timestamp }: Context): AccountRow {
  const createdAt = timestamp();
  return {
    id: directory.newRowId(),
    definitionId: id,
    value: null,
    createdAt,
    updatedAt: createdAt,
  };
}

function missingValue(id: number): ApiError {
  return refuse.argument(`a value for custom field ${id} is required`);
}

function commit(record: AccountRecord, edits: readonly ValueEdit[], context: Context): void {
  const { directory, behaviour } = context;
  const updatedAt = context.timestamp();
  for (const edit of edits) {
    switch (edit.action) {
      case 'create':
        record.rows.push({
          id:
            (behaviour.reusesRowIds ? directory.destroyedRowId(record, edit.definition) : null) ??
            directory.newRowId(),
          definitionId: edit.definition.id,
          value: edit.value,
          createdAt: updatedAt,
          updatedAt,
        });
        break;
      case 'update':
        edit.row.value = edit.value;
        edit.row.updatedAt = updatedAt;
        break;
      case 'destroy':
        directory.noteDestroyed(record, edit.row);
        record.rows.splice(record.rows.indexOf(edit.row), 1);
        if (behaviour.destroyedDisplayedShows === 'row' && edit.definition.displayed)
          record.rows.push(emptyRow(edit.definition, context));
        break;
      default:
        edit satisfies never;
    }
  }
  if (behaviour.updatedAtMovesOnValueWrite) record.updatedAt = updatedAt;
}
