import type { Definition, RecordSnapshot, Value } from '../../src/model/field.ts';
import type { Account, AccountDefinition, AccountRecord } from '../../src/sandbox/account.ts';

/** What an inventory of a sandbox's account would say, without a server or an adapter in between. */
export function readAccount(account: Account): {
  definitions: Definition[];
  records: RecordSnapshot[];
} {
  const types = new Map(account.definitions.map(({ id, fieldType }) => [id, fieldType]));
  return {
    definitions: account.definitions.map(toDefinition),
    records: account.records
      .filter(({ access }) => access !== 'none')
      .map((record) => toSnapshot(record, types)),
  };
}

function toDefinition(definition: AccountDefinition): Definition {
  return {
    id: String(definition.id),
    name: definition.name,
    parentType: definition.parentType === 'Matter' ? 'matter' : 'contact',
    fieldType: definition.fieldType,
    required: definition.required,
    deleted: definition.deleted,
    options: definition.options.map(({ id, option, deletedAt }) => ({
      id: String(id),
      label: option,
      retired: deletedAt !== null,
    })),
  };
}

function toSnapshot(
  record: AccountRecord,
  types: ReadonlyMap<number, Definition['fieldType']>,
): RecordSnapshot {
  const isHidden = record.access === 'redacted' || record.access === 'stripped';
  const values = record.rows.map(({ id, definitionId, value }): [string, Value] => {
    const fieldType = types.get(definitionId) ?? 'text_line';
    const valueId = `${fieldType}-${id}`;
    if (value === null) return [String(definitionId), { state: 'blank', valueId }];
    return [
      String(definitionId),
      { state: 'value', valueId, content: canonical(String(value), fieldType) },
    ];
  });
  return {
    parentType: record.parentType === 'Matter' ? 'matter' : 'contact',
    recordId: String(record.id),
    label: record.label,
    etag: null,
    values: new Map(isHidden ? [] : values),
    unlisted: isHidden ? 'unread' : 'absent',
  };
}

function canonical(text: string, fieldType: Definition['fieldType']): string {
  const isAmount = fieldType === 'currency' || fieldType === 'numeric';
  return isAmount && text.includes('.') ? text.replace(/\.?0+$/u, '') : text;
}
