import type { AccountDefinition, AccountOption, AccountRecord } from './account.ts';
import type { Directory } from './directory.ts';
import { optionOf } from './directory.ts';
import { etagOf } from './etag.ts';
import { many, one, shape, type Shape } from './fields.ts';
import type { Behaviour } from './options.ts';
import { listValues, readValue, type RecordView, type ValueEntry } from './value-entries.ts';

/** What can be asked of each kind of thing, and how it looks: the names are those of Clio's OpenAPI document. */
export interface Shapes {
  readonly definition: Shape<AccountDefinition>;
  readonly matter: Shape<RecordView>;
  readonly contact: Shape<RecordView>;
  readonly user: Shape<Directory>;
  readonly etagOf: (record: AccountRecord) => string;
}

export function buildShapes(directory: Directory, behaviour: Behaviour): Shapes {
  const recordEtag = (record: AccountRecord) =>
    etagOf(recordParts(record, behaviour.etagMovesOnValueWrite));

  const option = shape<AccountOption>(
    {
      id: ({ id }) => id,
      etag: optionEtag,
      created_at: ({ createdAt }) => createdAt,
      updated_at: ({ updatedAt }) => updatedAt,
      option: (item) => item.option,
      deleted_at: ({ deletedAt }) => deletedAt,
    },
    {},
  );
  const definition = shape<AccountDefinition>(
    {
      id: ({ id }) => id,
      etag: definitionEtag,
      created_at: ({ createdAt }) => createdAt,
      updated_at: ({ updatedAt }) => updatedAt,
      name: ({ name }) => name,
      parent_type: ({ parentType }) => parentType,
      field_type: ({ fieldType }) => fieldType,
      displayed: ({ displayed }) => displayed,
      deleted: ({ deleted }) => deleted,
      required: ({ required }) => required,
      display_order: ({ displayOrder }) => displayOrder,
    },
    {
      picklist_options: many(option, ({ options }, names) =>
        behaviour.listsRetiredOptions === 'always' ||
        (behaviour.listsRetiredOptions === 'asked' && names?.includes('deleted_at') === true)
          ? options
          : options.filter(({ deletedAt }) => deletedAt === null),
      ),
    },
  );

  const matterSelection = shape<AccountRecord>(
    { id: ({ id }) => id, display_number: ({ label }) => label },
    {},
    ['id', 'display_number'],
  );
  const contactBase = shape<AccountRecord>({ id: ({ id }) => id, etag: recordEtag });
  const ownDefinition: Shape<AccountDefinition> = {
    ...definition,
    attributes: behaviour.hollowCustomField
      ? { ...definition.attributes, id: () => undefined, etag: () => undefined }
      : definition.attributes,
    defaults: behaviour.customFieldShowsEtag ? ['id', 'etag'] : ['id'],
  };
  const chosenOption: Shape<AccountOption> = {
    ...option,
    defaults: behaviour.picklistOptionShowsText ? ['id', 'etag', 'option'] : ['id', 'etag'],
  };
  const value = shape<ValueEntry>(
    {
      id: ({ row, definition: { fieldType } }) => (row === null ? null : `${fieldType}-${row.id}`),
      etag: ({ row }) => (row === null ? null : etagOf([row.id, row.updatedAt, row.value])),
      field_name: seen(({ definition: { name } }) => name),
      created_at: seen(({ row }) => row?.createdAt ?? null),
      updated_at: seen(({ row }) => row?.updatedAt ?? null),
      field_type: seen(({ definition: { fieldType } }) => fieldType),
      field_required: seen(({ definition: { required } }) => required),
      field_displayed: seen(({ definition: { displayed } }) => displayed),
      field_display_order: seen(({ definition: { displayOrder } }) => displayOrder),
      value: seen((entry) => readValue(entry, behaviour)),
      soft_deleted: seen(({ definition: { deleted } }) => deleted),
    },
    {
      custom_field: one(ownDefinition, ({ stripped, definition: owner }) =>
        stripped ? undefined : owner,
      ),
      picklist_option: one(chosenOption, (entry) =>
        pointsTo(entry, 'picklist', (id) => optionOf(entry.definition, id)),
      ),
      matter: one(
        matterSelection,
        (entry) => pointsTo(entry, 'matter', (id) => directory.record('Matter', id)),
        hideUnseen(behaviour),
      ),
      contact: one(
        contactBase,
        (entry) => pointsTo(entry, 'contact', (id) => directory.record('Contact', id)),
        hideUnseen(behaviour),
      ),
    },
  );

  const recordAttributes: Shape<RecordView>['attributes'] = {
    id: ({ record }) => record.id,
    etag: ({ record }) => recordEtag(record),
    created_at: ({ record }) => record.createdAt,
    updated_at: ({ record }) => record.updatedAt,
    // Not in the OpenAPI document, but the documentation says that it can be asked for.
    redacted: ({ record }) => record.access === 'redacted',
  };
  const recordNested: Shape<RecordView>['nested'] = {
    custom_field_values: many(value, (view) => listValues(view, directory, behaviour)),
  };
  const account = shape<Directory>({
    id: (item) => item.account.account.id,
    etag: (item) => etagOf([item.account.account.id, item.account.account.name]),
    name: (item) => item.account.account.name,
  });

  return {
    etagOf: recordEtag,
    definition,
    matter: shape(
      {
        ...recordAttributes,
        display_number: ({ record }) => record.label,
        description: ({ record }) => record.description,
        status: ({ record }) => record.status,
      },
      recordNested,
    ),
    contact: shape({ ...recordAttributes, name: ({ record }) => record.label }, recordNested),
    user: shape<Directory>(
      {
        id: (item) => item.account.user.id,
        etag: userEtag,
        name: (item) => item.account.user.name,
        email: (item) => item.account.user.email,
        enabled: () => true,
        account_owner: () => behaviour.isAdministrator,
        roles: () => (behaviour.isAdministrator ? ['admin'] : []),
        subscription_type: () => 'Attorney',
      },
      { account: one(account, (item) => item) },
    ),
  };
}

/** The app's permission for each kind of record. */
export const PERMISSIONS = { Matter: 'mattersPermission', Contact: 'contactsPermission' } as const;

/** What is seen of a record that is not to be seen: that it is there, and a matter's number. */
export function renderRedacted({ id, parentType, label }: AccountRecord): Record<string, unknown> {
  return parentType === 'Matter'
    ? { id, display_number: label, redacted: true }
    : { id, redacted: true };
}

/** Nested in what may be seen, even a record that is absent from lists shows its id. */
function hideUnseen(behaviour: Behaviour) {
  return (record: AccountRecord) =>
    record.access === 'none' ||
    record.access === 'redacted' ||
    behaviour[PERMISSIONS[record.parentType]] === 'none'
      ? renderRedacted(record)
      : null;
}

export function userEtag({ account: { user } }: Directory): string {
  return etagOf([user.id, user.name, user.email]);
}

export function definitionEtag(definition: AccountDefinition): string {
  return etagOf(definitionParts(definition));
}

function* definitionParts(definition: AccountDefinition) {
  yield definition.id;
  yield definition.name;
  yield definition.updatedAt;
  yield definition.displayed;
  yield definition.required;
  yield definition.deleted;
  for (const option of definition.options) yield optionEtag(option);
}

function optionEtag({ id, option, deletedAt, updatedAt }: AccountOption): string {
  return etagOf([id, option, deletedAt, updatedAt]);
}

/** Over what the record holds rather than over a counter, so that a change made behind the server's back moves the tag too. */
function* recordParts(record: AccountRecord, withValues: boolean) {
  yield record.parentType;
  yield record.id;
  yield record.label;
  yield record.description;
  yield record.status;
  if (!withValues) return;
  yield record.updatedAt;
  for (const row of record.rows) {
    yield row.id;
    yield row.updatedAt;
    yield row.value;
  }
}

/** What a stripped entry does not show. */
function seen(getter: (entry: ValueEntry) => unknown): (entry: ValueEntry) => unknown {
  return (entry) => (entry.stripped ? undefined : getter(entry));
}

/** The thing that a value names by its id: null for other types and for what is gone, undefined where the entry is stripped. */
function pointsTo<T>(
  { definition, row, stripped }: ValueEntry,
  fieldType: string,
  find: (id: number) => T | undefined,
): T | null | undefined {
  if (stripped) return undefined;
  if (definition.fieldType !== fieldType || row === null || row.value === null) return null;
  return find(Number(row.value)) ?? null;
}
