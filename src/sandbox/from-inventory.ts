import { UserError } from '../errors.ts';
import {
  valueOf,
  type Definition,
  type FieldType,
  type ParentType,
  type RecordSnapshot,
  type Value,
} from '../model/field.ts';
import type { Account, AccountDefinition, AccountRecord, AccountRow } from './account.ts';

export interface InventoryCopy {
  readonly definitions: readonly Definition[];
  readonly records: Iterable<RecordSnapshot>;
  /** The copy's account name. */
  readonly name?: string;
}

/**
 * A copy of what an inventory read, for a firm to rehearse a plan on. Ids, names, labels and options stay as they are.
 * What the inventory could not read stays closed: definitions that no record was read for are left out; a record of which
 * nothing was read is redacted; one of which something was hidden shows none of its values. What an inventory does not
 * hold is filled in: matters are open, nothing is displayed by default.
 * Throws `UserError` for an inventory whose ids are not Clio's.
 */
export function accountFromInventory({
  definitions,
  records,
  name = 'Copy of an inventory',
}: InventoryCopy): Account {
  const snapshots = [...records];
  const covered = definitions.filter((definition) => isCovered(definition, snapshots));
  const copies = snapshots.map((record) => copyRecord(record, definitions, covered));
  numberHiddenRows(copies);
  return {
    account: { id: 700_003, name },
    user: { id: 344_000_007, name: 'Sam Sample', email: 'sam.sample@example.com' },
    definitions: covered.map(copyDefinition),
    records: copies.toSorted(byKindAndId),
  };
}

const COPIED = '2026-01-01T00:00:00Z';

/** Stands for the number of a row that the inventory did not see, until all others are known. */
const UNKNOWN_ROW = 0;

/** Whether any record of its kind was read for the definition; where there is no such record, it hides nothing. */
function isCovered({ id, parentType }: Definition, snapshots: readonly RecordSnapshot[]): boolean {
  const owners = snapshots.filter((record) => record.parentType === parentType);
  return owners.length === 0 || owners.some((record) => valueOf(record, id).state !== 'unread');
}

function copyDefinition(definition: Definition, index: number): AccountDefinition {
  return {
    id: numberOf(definition.id),
    name: definition.name,
    parentType: KINDS[definition.parentType],
    fieldType: definition.fieldType,
    displayed: false,
    required: definition.required,
    deleted: definition.deleted,
    displayOrder: index + 1,
    createdAt: COPIED,
    updatedAt: COPIED,
    options: definition.options.map(({ id, label, retired }) => ({
      id: numberOf(id),
      option: label,
      deletedAt: retired ? COPIED : null,
      createdAt: COPIED,
      updatedAt: COPIED,
    })),
  };
}

const KINDS: Readonly<Record<ParentType, AccountRecord['parentType']>> = {
  matter: 'Matter',
  contact: 'Contact',
};

function copyRecord(
  record: RecordSnapshot,
  definitions: readonly Definition[],
  covered: readonly Definition[],
): AccountRecord {
  return {
    id: numberOf(record.recordId),
    parentType: KINDS[record.parentType],
    label: record.label,
    description: null,
    status: record.parentType === 'matter' ? 'Open' : null,
    access: accessTo(record, definitions, covered),
    createdAt: COPIED,
    updatedAt: COPIED,
    rows: ownedBy(record, covered).flatMap((definition) =>
      copyRow(definition, valueOf(record, definition.id)),
    ),
  };
}

function accessTo(
  record: RecordSnapshot,
  definitions: readonly Definition[],
  covered: readonly Definition[],
): AccountRecord['access'] {
  const isUnread = ({ id }: Definition) => valueOf(record, id).state === 'unread';
  const own = ownedBy(record, definitions);
  if (own.length > 0 && own.every(isUnread)) return 'redacted';
  return ownedBy(record, covered).some(isUnread) ? 'stripped' : 'write';
}

function ownedBy(record: RecordSnapshot, definitions: readonly Definition[]): Definition[] {
  return definitions.filter(({ parentType }) => parentType === record.parentType);
}

function copyRow({ id, fieldType }: Definition, value: Value): AccountRow[] {
  const row = { definitionId: numberOf(id), createdAt: COPIED, updatedAt: COPIED };
  switch (value.state) {
    case 'absent':
      return [];
    case 'unread':
      return [{ ...row, id: UNKNOWN_ROW, value: null }];
    case 'blank':
      return [{ ...row, id: rowNumberOf(value.valueId), value: null }];
    case 'value':
      return [
        { ...row, id: rowNumberOf(value.valueId), value: storedValue(fieldType, value.content) },
      ];
    default:
      return value satisfies never;
  }
}

/** Canonical content as Clio itself holds it. */
function storedValue(fieldType: FieldType, content: string): AccountRow['value'] {
  switch (fieldType) {
    case 'picklist':
    case 'contact':
    case 'matter':
      return numberOf(content);
    case 'checkbox':
      return content === 'true';
    case 'currency':
    case 'numeric':
    case 'date':
    case 'time':
    case 'email':
    case 'text_area':
    case 'text_line':
    case 'url':
      return content;
    default:
      return fieldType satisfies never;
  }
}

/** Rows that the inventory did not see get numbers above all that it saw. */
function numberHiddenRows(records: readonly AccountRecord[]): void {
  let last = 0;
  for (const { rows } of records) for (const { id } of rows) last = Math.max(last, id);
  for (const { rows } of records) {
    for (const [index, row] of rows.entries()) {
      if (row.id !== UNKNOWN_ROW) continue;
      last += 1;
      rows[index] = { ...row, id: last };
    }
  }
}

function byKindAndId(left: AccountRecord, right: AccountRecord): number {
  if (left.parentType !== right.parentType) return left.parentType === 'Matter' ? -1 : 1;
  return left.id - right.id;
}

/** The number in `picklist-1532667664`. */
function rowNumberOf(valueId: string): number {
  return numberOf(valueId.slice(valueId.lastIndexOf('-') + 1));
}

function numberOf(id: string): number {
  const number = Number(id);
  if (/^\d+$/u.test(id) && Number.isSafeInteger(number)) return number;
  throw new UserError(
    'inventory_not_clio',
    `The inventory cannot be copied: it holds the id ${JSON.stringify(id.slice(0, 40))}, which is not a number of Clio's.`,
    'Take an inventory of a Clio account and copy that one.',
  );
}
