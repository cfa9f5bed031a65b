import type { ParentType } from './field.ts';

/** How much of what a run wrote still stands, as a fresh reading shows. Counted by value: a move has two. */
export interface Standing {
  readonly stands: number;
  /** Another value is there now. */
  readonly moved: number;
  /** The record is gone, or hidden from this sign-in. */
  readonly unseen: number;
  readonly fields: readonly FieldStanding[];
  readonly notStanding: readonly MovedValue[];
}

export interface FieldStanding {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly parentType: ParentType;
  readonly stands: number;
  readonly moved: number;
  readonly unseen: number;
}

/** A value that a run wrote and that does not stand any more, or cannot be seen. */
export interface MovedValue {
  readonly changeId: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly recordLabel: string;
  readonly definitionId: string;
  readonly fieldName: string;
  /** `gone`: the record is deleted, or not visible to this user. */
  readonly state: 'moved' | 'hidden' | 'gone';
  /** What people see of both; null for empty, and for what cannot be seen. */
  readonly wrote: string | null;
  readonly now: string | null;
}
