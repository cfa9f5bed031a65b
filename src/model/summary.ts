import type { Definition, ParentType, ReadState } from './field.ts';
import type { MessKind } from './mess.ts';

/** How much of one kind of record an inventory could read. */
export interface Coverage {
  readonly parentType: ParentType;
  readonly read: number;
  /** Records whose values were kept, at least in part, from this sign-in. */
  readonly hidden: number;
  /** As the platform counts them, or as many as were asked for by id; null where nobody says. */
  readonly total: number | null;
  /** Where not all of its records were asked for. */
  readonly only?: Narrowing;
}

/** Which records of a kind alone an inventory was asked for; null where that did not narrow it. */
export interface Narrowing {
  readonly status: readonly string[] | null;
  /** How many ids were named. */
  readonly records: number | null;
}

/** One kind of mess in one field. */
export interface Mess {
  readonly kind: MessKind;
  /** Values that have it; a value can have several kinds. */
  readonly values: number;
  /** A few of them, as people see them. */
  readonly samples: readonly string[];
}

/** A text and how often it stands there. */
export interface CountedText {
  readonly value: string;
  readonly count: number;
}

/** Values of a field that may mean the same, most frequent first. */
export interface LikeTexts {
  readonly canonical: string;
  readonly members: readonly CountedText[];
}

/** What the platform's time of change is known to be good for. */
export type Timestamps =
  /** It moves when a value does: everything that this tool wrote since was told. */
  | 'tell'
  /** A value moved and it did not: whatever else moved so is missing. */
  | 'silent'
  | 'unknown';

/** How an inventory was brought up to date from an earlier one, and what can be said of that. */
export interface Renewal {
  /** The earlier inventory. */
  readonly inventoryId: string;
  /** ISO 8601, by the platform's clock: records that changed from here on were read anew. */
  readonly updatedSince: string;
  /** The last complete reading that all of it goes back to. */
  readonly fullInventoryId: string;
  readonly fullTakenAt: string;
  /** Records read anew, and how many of these hold other values than before or are new. */
  readonly read: number;
  readonly moved: number;
  /** Records that left what was asked for, such as matters closed since under `--status open`. */
  readonly left: number;
  readonly timestamps: Timestamps;
}

/** What an inventory shows of one field. */
export interface FieldSummary {
  readonly definition: Definition;
  readonly states: Readonly<Record<ReadState, number>>;
  /** Different contents; where `isCapped`, at least so many. */
  readonly distinct: number;
  readonly isCapped: boolean;
  /** Values that the type's own rule, with its defaults, leaves as they are. */
  readonly wellFormed: number;
  readonly malformed: number;
  /** A few malformed values, as people see them. */
  readonly samples: readonly string[];
  /** Values that have some kind of mess: the malformed ones, and those that only the field as a whole shows. */
  readonly messy: number;
  /** Most frequent first. */
  readonly mess: readonly Mess[];
  /** The rule whose values a text field really holds; null where it is what its type says. */
  readonly looksLike: string | null;
  /** The most frequent texts, as people see them. */
  readonly top: readonly CountedText[];
  /** The biggest groups of texts that may mean the same, and how many groups there are. */
  readonly clusters: { readonly total: number; readonly biggest: readonly LikeTexts[] };
}
