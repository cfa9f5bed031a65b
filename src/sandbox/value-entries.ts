import type { AccountDefinition, AccountRecord, AccountRow } from './account.ts';
import type { Directory } from './directory.ts';
import type { Behaviour } from './options.ts';

/** A record as one request looks at it. */
export interface RecordView {
  readonly record: AccountRecord;
  /** Only these definitions' values; null for all. */
  readonly definitionIds: ReadonlySet<number> | null;
}

/** One entry of `custom_field_values`. */
export interface ValueEntry {
  readonly definition: AccountDefinition;
  /** Null for a displayed definition that the record has no row for: an entry with `id: null`. */
  readonly row: AccountRow | null;
  /** Only ids are shown of it. */
  readonly stripped: boolean;
}

/** The entries of a record: its rows as they were made, then what is displayed without a row. */
export function listValues(
  { record, definitionIds }: RecordView,
  directory: Directory,
  behaviour: Behaviour,
): ValueEntry[] {
  const stripped = record.access === 'stripped' || behaviour.stripsValues;
  const entries: ValueEntry[] = [];
  const held = new Set<number>();
  for (const row of record.rows) {
    held.add(row.definitionId);
    if (definitionIds?.has(row.definitionId) === false) continue;
    const definition = directory.definition(row.definitionId);
    if (definition === undefined) continue;
    if (definition.deleted && !behaviour.listsSoftDeletedValues) continue;
    entries.push({ definition, row, stripped });
  }
  if (stripped || !behaviour.listsDisplayedWithoutRow) return entries;
  for (const definition of directory.definitionsOf(record.parentType)) {
    if (!definition.displayed || definition.deleted || held.has(definition.id)) continue;
    if (definitionIds?.has(definition.id) === false) continue;
    if (vanishes(record, definition, directory, behaviour)) continue;
    entries.push({ definition, row: null, stripped });
  }
  return entries;
}

/** A value that `_destroy` took is not even shown as missing, until it is set again. */
function vanishes(
  record: AccountRecord,
  definition: AccountDefinition,
  directory: Directory,
  { destroyedDisplayedShows }: Behaviour,
): boolean {
  return (
    destroyedDisplayedShows === 'nothing' && directory.destroyedRowId(record, definition) !== null
  );
}

/** A value in the JSON type that it is read back in. */
export function readValue(
  { definition, row }: ValueEntry,
  behaviour: Behaviour,
): string | number | boolean | null {
  if (row === null || row.value === null) return null;
  switch (definition.fieldType) {
    case 'picklist':
      return picklistIsNumber(row, behaviour) ? Number(row.value) : String(row.value);
    case 'currency':
      return behaviour.amountsReadAs === 'formatted'
        ? inDollars(String(row.value))
        : readAmount(String(row.value), behaviour);
    case 'numeric':
      return readAmount(String(row.value), behaviour);
    case 'contact':
      return Number(row.value);
    case 'matter':
      return behaviour.matterShownIn === 'nested' ? null : Number(row.value);
    case 'checkbox':
      return row.value === true || row.value === 'true';
    case 'date':
    case 'email':
    case 'text_area':
    case 'text_line':
    case 'time':
    case 'url':
      return String(row.value);
    default:
      return definition.fieldType satisfies never;
  }
}

function picklistIsNumber({ id }: AccountRow, { picklistReadAs }: Behaviour): boolean {
  return picklistReadAs === 'mixed' ? id % 2 === 0 : picklistReadAs === 'number';
}

function readAmount(held: string, { amountsReadAs }: Behaviour): string | number {
  return amountsReadAs === 'number' ? Number(held) : held;
}

/** On the digits themselves, so that no amount is too long. */
function inDollars(held: string): string {
  const [whole = '0', fraction = ''] = held.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${held.startsWith('-') ? '-' : ''}$${grouped}.${fraction.padEnd(2, '0')}`;
}
