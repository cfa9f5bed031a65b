import type { FieldType } from '../model/field.ts';

/** What the embedded Clio holds, in Clio's own terms. Mutable: the server changes it as requests ask. */
export interface Account {
  readonly account: { readonly id: number; readonly name: string };
  readonly user: { readonly id: number; readonly name: string; readonly email: string };
  readonly definitions: AccountDefinition[];
  /** Matters and contacts, each kind ascending by id. */
  readonly records: AccountRecord[];
}

export interface AccountDefinition {
  readonly id: number;
  name: string;
  readonly parentType: 'Matter' | 'Contact';
  readonly fieldType: FieldType;
  displayed: boolean;
  required: boolean;
  deleted: boolean;
  displayOrder: number;
  readonly createdAt: string;
  updatedAt: string;
  readonly options: AccountOption[];
}

export interface AccountOption {
  readonly id: number;
  option: string;
  /** Null while the option can be chosen. */
  deletedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
}

export interface AccountRecord {
  readonly id: number;
  readonly parentType: 'Matter' | 'Contact';
  /** A matter's display number, a contact's name. */
  label: string;
  description: string | null;
  /** Matters only; null for contacts. */
  status: 'Open' | 'Pending' | 'Closed' | null;
  /**
   * What the signed-in user may do: write it; only read it (PATCH is 403); not see it (absent from lists, 404);
   * see that it exists (redacted); see its values' ids but not what they hold (stripped).
   */
  access: 'write' | 'read' | 'none' | 'redacted' | 'stripped';
  readonly createdAt: string;
  updatedAt: string;
  readonly rows: AccountRow[];
}

/** One value's row. No row: the record never had a value for the definition. */
export interface AccountRow {
  /** The number in `text_line-109328069`; from a number space that overlaps definition ids on purpose. */
  readonly id: number;
  readonly definitionId: number;
  /** As Clio holds it: a picklist's, contact's or matter's id as a number, a checkbox as a boolean, an amount as a decimal string; null for a blank row. */
  value: string | number | boolean | null;
  readonly createdAt: string;
  updatedAt: string;
}
