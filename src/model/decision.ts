import type { Change, Flag } from './change.ts';
import type { FieldType } from './field.ts';

/** What a person says of one change or flag. */
export type Ruling =
  /** The change as proposed; a flag's one suggestion. */
  | { readonly kind: 'accept' }
  /** Leave the value as it is. */
  | { readonly kind: 'skip' }
  /** Write this instead: as a person types it, checked by the field's own type. */
  | { readonly kind: 'edit'; readonly value: string }
  /** Take the value away where it stands: what it says is of no use in that field. */
  | { readonly kind: 'clear' }
  /** Not now; it will be asked again. */
  | { readonly kind: 'later' };

export const RULING_KINDS = ['accept', 'skip', 'edit', 'clear', 'later'] as const;

export type RulingKind = (typeof RULING_KINDS)[number];

/** The way a decision came in. */
export type DecisionWay = 'spreadsheet' | 'csv' | 'terminal' | 'web';

/** What somebody decided of one item of a plan, and when. The name is a claim, not a proof. */
export interface Decision {
  /** As the plan numbers its items: `change-17`, `flag-3`. */
  readonly itemId: string;
  /** The plan that was looked at: an earlier one where the decision carried over. */
  readonly planId: string;
  readonly ruling: Ruling;
  readonly by: string;
  readonly how: DecisionWay;
  /** ISO 8601. */
  readonly at: string;
}

/** What a review has a person decide: a plan's changes and flags. */
export type Reviewable =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'flag'; readonly flag: Flag };

/**
 * What a decision is about, as one text: the account, the value as it stood, and what was proposed for it. Where all of these
 * are the same again, in whichever plan, the decision still holds. Reasons do not count: they may tell of a whole column.
 */
export function subjectOf(origin: string, item: Reviewable): string {
  if (item.kind === 'change') {
    const { changeId, edits, guards } = item.change;
    return JSON.stringify([
      'change',
      origin,
      changeId,
      edits.map(({ definitionId, before, after }) => [definitionId, before, after]),
      guards.map(({ definitionId, expected }) => [definitionId, expected]),
    ]);
  }
  const { flagId, value, suggestions, into } = item.flag;
  const held = into === undefined ? null : [into.definitionId, into.before];
  return JSON.stringify(['flag', origin, flagId, value, suggestions, held]);
}

export type ItemState = RulingKind | 'undecided';

/** One change or flag of a plan under review. */
export type ReviewItem = Reviewable & {
  /** `change-17`, `flag-3`: numbered within the plan, from 1. */
  readonly itemId: string;
  readonly groupId: string;
  /** Of a change that moves a value: the field that it comes from, and what that holds as people see it. */
  readonly from: { readonly fieldName: string; readonly text: string } | null;
  /** The latest, of this plan or an earlier one; null where nobody decided. */
  readonly decision: Decision | null;
};

/** Items that one decision can be made for: changes of the same field, before and after, or flags of the same field, reason and value. */
export interface ReviewGroup {
  readonly groupId: string;
  readonly count: number;
  /** How many of them are decided how. */
  readonly states: Readonly<Record<ItemState, number>>;
  /** The first of them, to show what all are like. */
  readonly sample: ReviewItem;
}

/** Where an item's edit goes, and what can be chosen there. */
export interface EditTarget {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly fieldType: FieldType;
  /** Of a picklist its options' labels, of a checkbox true and false; empty where text is typed in. */
  readonly choices: readonly string[];
  /** Whether the value may be taken away where it stands; not where the field is required, or the rules file keeps what a move leaves behind. */
  readonly canClear: boolean;
}

/** The field that an item is listed under. */
export function fieldOf(item: Reviewable): {
  readonly definitionId: string;
  readonly fieldName: string;
} {
  return item.kind === 'change' ? item.change.edits[0] : item.flag;
}
