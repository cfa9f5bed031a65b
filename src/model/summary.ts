import type { Definition, ParentType, ReadState } from './field.ts';

/** How much of one kind of record an inventory could read. */
export interface Coverage {
  readonly parentType: ParentType;
  readonly read: number;
  /** Records whose values were kept, at least in part, from this sign-in. */
  readonly hidden: number;
  /** As the platform counts them, or as many as were asked for by id; null where nobody says. */
  readonly total: number | null;
}

/** What an inventory shows of one field. */
export interface FieldSummary {
  readonly definition: Definition;
  readonly states: Readonly<Record<ReadState, number>>;
  /** Different contents; where it is `DISTINCT_KEPT` of the counting, at least so many. */
  readonly distinct: number;
  /** Values that the type's own rule, with its defaults, leaves as they are. */
  readonly wellFormed: number;
  readonly malformed: number;
  /** A few malformed values, as people see them. */
  readonly samples: readonly string[];
}
