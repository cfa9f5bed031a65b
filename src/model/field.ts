/** The field types of Clio Manage, by their API names; other platforms map theirs onto these. */
export const FIELD_TYPES = [
  'checkbox',
  'contact',
  'currency',
  'date',
  'email',
  'matter',
  'numeric',
  'picklist',
  'text_area',
  'text_line',
  'time',
  'url',
] as const;

export type FieldType = (typeof FIELD_TYPES)[number];

export const PARENT_TYPES = ['matter', 'contact'] as const;

/** What values hang on. */
export type ParentType = (typeof PARENT_TYPES)[number];

/** One entry of a picklist. A retired option can still be held by old values, but not be written. */
export interface PicklistOption {
  readonly id: string;
  readonly label: string;
  readonly retired: boolean;
}

/** A custom field, defined once an account. */
export interface Definition {
  readonly id: string;
  readonly name: string;
  readonly parentType: ParentType;
  readonly fieldType: FieldType;
  readonly required: boolean;
  /** Deleted for future use: existing values survive, new ones cannot be written. */
  readonly deleted: boolean;
  /** Empty unless the type is picklist. */
  readonly options: readonly PicklistOption[];
}

/**
 * What a record holds for a definition, without the row's id: what plans compare and changes write.
 *
 * `content` is canonical, made by the adapter, so that equal means `===`:
 * text as it stands; currency and numeric a plain decimal ("-1234.5", no grouping, no trailing zeros);
 * date `YYYY-MM-DD`; checkbox "true" or "false"; picklist the option's id; contact and matter the record's id.
 */
export type Content =
  | { readonly state: 'value'; readonly content: string }
  /** A row without a value. */
  | { readonly state: 'blank' }
  /** No row. */
  | { readonly state: 'absent' };

/** What one record holds for one definition, as it was read. */
export type Value =
  | { readonly state: 'value'; readonly valueId: string; readonly content: string }
  | { readonly state: 'blank'; readonly valueId: string }
  | { readonly state: 'absent' }
  /** The platform kept it from us: never treated as empty. */
  | { readonly state: 'unread' };

export type ReadState = Value['state'];

/** One record with its values, as one reading saw it. */
export interface RecordSnapshot {
  readonly parentType: ParentType;
  readonly recordId: string;
  /** What people call it: a matter's display number, a contact's name. */
  readonly label: string;
  /** The platform's version tag, sent back as a write's condition; null where there is none. */
  readonly etag: string | null;
  /** By definition id; what is not listed here is `unlisted`. */
  readonly values: ReadonlyMap<string, Value>;
  /** What a definition without an entry in `values` is: absent, or unread where rows were hidden from us. */
  readonly unlisted: 'absent' | 'unread';
}

export const ABSENT = { state: 'absent' } as const;
export const BLANK = { state: 'blank' } as const;
export const UNREAD = { state: 'unread' } as const;

/** What `record` holds for a definition, whether or not the reading listed it. */
export function valueOf(record: RecordSnapshot, definitionId: string): Value {
  return record.values.get(definitionId) ?? (record.unlisted === 'unread' ? UNREAD : ABSENT);
}

/** A value without its row's id; what is unread has no content, so whoever asks has ruled it out or takes it for absent. */
export function contentOf(value: Value): Content {
  switch (value.state) {
    case 'value':
      return { state: 'value', content: value.content };
    case 'blank':
      return BLANK;
    case 'absent':
    case 'unread':
      return ABSENT;
  }
}

/** Whether two contents are the same, read state included. */
export function isSameContent(left: Content, right: Content): boolean {
  if (left.state === 'value' && right.state === 'value') return left.content === right.content;
  return left.state === right.state;
}

/** The option that holds `optionId`, retired ones included. */
export function findOption(definition: Definition, optionId: string): PicklistOption | undefined {
  return definition.options.find((option) => option.id === optionId);
}

/** `newer` over `older`: a write's answer shows only the values that were asked for. */
export function overlaySnapshot(older: RecordSnapshot, newer: RecordSnapshot): RecordSnapshot {
  return {
    ...newer,
    values: new Map([...older.values, ...newer.values]),
    unlisted: older.unlisted,
  };
}
