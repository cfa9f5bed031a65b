import type { Definition, ParentType } from './field.ts';

/** A place in a rules file, counted from 1. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/** An entry of the rules file that names a field. */
export interface NamingEntry {
  readonly place: Place;
  readonly rule: string;
  /** By which of the texts in `match`. */
  readonly by: { readonly kind: 'name' | 'id' | 'pattern'; readonly text: string };
  readonly parent: ParentType | null;
  readonly isOptional: boolean;
}

/** An option that is in force, and who says so. */
export interface OptionInForce {
  readonly name: string;
  /** As JSON; undefined where it is not set and has no default. */
  readonly value: unknown;
  readonly from: 'file' | 'default';
  /** Null for a default. */
  readonly place: Place | null;
  readonly description: string;
}

/** Where the result goes when it is not the field itself. */
export interface Destination {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly fieldType: string;
  readonly source: 'keep' | 'clear';
  readonly sourceFrom: 'file' | 'default';
  readonly existing: 'flag' | 'keep' | 'overwrite';
  readonly existingFrom: 'file' | 'default';
}

/** One value of one record and what becomes of it; `after`, `reason` and `suggestions` as far as there are any. */
export interface Example {
  readonly recordId: string;
  readonly recordLabel: string;
  readonly before: string;
  readonly after: string | null;
  readonly reason: string | null;
  readonly suggestions: readonly string[];
}

/** Which entry of a rules file decides for a field, and why. */
export interface Explanation {
  readonly field: Pick<Definition, 'id' | 'name' | 'parentType' | 'fieldType' | 'deleted'>;
  readonly inventoryId: string;
  readonly rulesFile: string;
  /** Whether the inventory read this field at all. */
  readonly isInInventory: boolean;
  /** Null where no entry names the field: then it is left alone. */
  readonly decides: (NamingEntry & { readonly summary: string }) | null;
  readonly into: Destination | null;
  readonly options: readonly OptionInForce[];
  readonly locale: { readonly value: string; readonly from: 'file' | 'default' };
  /** Entries that name it as well, and why they do not decide. */
  readonly others: readonly (NamingEntry & { readonly why: string })[];
  /** Fields whose results go into this one. */
  readonly filledFrom: readonly (NamingEntry & { readonly fieldName: string })[];
  /** What the rules file gets wrong about this field, each with its place: a plan would be refused. */
  readonly problems: readonly (Place & { readonly message: string })[];
  /** What is wrong with other entries. */
  readonly otherProblems: number;
  /** What the column's values show, one sentence each. */
  readonly evidence: readonly string[];
  /** Null where the rule cannot be tried: no entry decides, or it does not fit. */
  readonly values: {
    readonly unchanged: number;
    readonly changed: number;
    readonly flagged: number;
    readonly unread: number;
    /** Without a value: no rule sees these. */
    readonly empty: number;
  } | null;
  readonly examples: {
    readonly unchanged: Example | null;
    readonly changed: Example | null;
    readonly flagged: Example | null;
  };
}
