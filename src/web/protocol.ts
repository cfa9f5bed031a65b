import type { ReviewCounts } from '../model/change.ts';
import type {
  EditTarget,
  ItemState,
  Reviewable,
  ReviewItem,
  Ruling,
  RulingKind,
} from '../model/decision.ts';
import type { ParentType } from '../model/field.ts';

/**
 * What the page and the server say to each other, as JSON. Everything goes by POST, so that no value of a client
 * ever stands in an address, a history or a log.
 */

/** How many items stand where. */
export type Tally = Readonly<Record<ItemState, number>>;

/** What the list is narrowed to; empty lists and texts narrow nothing. */
export interface Filter {
  readonly states: readonly ItemState[];
  readonly kinds: readonly ItemKind[];
  readonly fieldIds: readonly string[];
  /** Kinds of reasons, as `Facets` names them. */
  readonly reasons: readonly string[];
  /** In a record's name or id, a value before or after, a reason. */
  readonly text: string;
  /** Only this group's items. */
  readonly groupId: string | null;
}

export type ItemKind = Reviewable['kind'];

/** `groups`: a row for all items of the same field, before and after. `items`: a row for each. */
export type View = 'groups' | 'items';

export interface Listing {
  readonly filter: Filter;
  readonly view: View;
  /** Rows that come after, or before, the row of this place; neither asks for the first page. */
  readonly after: number | null;
  readonly before: number | null;
}

/** One part of what an item would do; a move has two. */
export interface Half {
  readonly fieldName: string;
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Decided {
  readonly ruling: RulingKind;
  /** What was put in by hand; null for what is not an edit. */
  readonly value: string | null;
  /** What becomes of it in the field's own form; null for what is not an edit. */
  readonly writes: string | null;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  /** Made for an earlier plan in which value and proposal were the same. */
  readonly isCarriedOver: boolean;
}

/** One line of the list: an item, or a group of like ones. */
export interface Row {
  /** Grows down the list; rows keep their place while the page is open. */
  readonly place: number;
  readonly groupId: string;
  /** Null for a group of several. */
  readonly itemId: string | null;
  readonly kind: ItemKind;
  /** How many items that fit the filter it stands for. */
  readonly count: number;
  readonly parentType: ParentType;
  readonly fieldId: string;
  /** The first few. */
  readonly records: readonly { readonly recordId: string; readonly label: string }[];
  readonly halves: readonly Half[];
  /** Of a change that moves a value: the field that it comes from, and what that holds. */
  readonly from: ReviewItem['from'];
  /** Of a flag whose value was to go into another field: that field, and what it holds; null holds nothing, or not all the same. */
  readonly into: { readonly fieldName: string; readonly holds: string | null } | null;
  readonly reason: string;
  readonly suggestions: readonly string[];
  /** Where a value that is put in by hand goes. */
  readonly target: EditTarget;
  readonly tally: Tally;
  /** Null where they are not all decided alike, or not at all. */
  readonly decided: Decided | null;
}

export interface Facet {
  readonly id: string;
  readonly name: string;
  /** How many would be shown if this one were chosen. */
  readonly count: number;
}

export interface Page {
  readonly rows: readonly Row[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
  readonly total: { readonly rows: number; readonly items: number };
  readonly fields: readonly Facet[];
  readonly reasons: readonly Facet[];
  readonly kinds: readonly Facet[];
  readonly states: readonly Facet[];
}

/** What a decision is about. */
export type Target =
  | { readonly kind: 'items'; readonly itemIds: readonly string[] }
  | { readonly kind: 'groups'; readonly groupIds: readonly string[]; readonly filter: Filter }
  /** Everything that fits; `expected` is what the person saw, and another number is refused. */
  | { readonly kind: 'filter'; readonly filter: Filter; readonly expected: number }
  /** What an earlier decision made of these groups, to decide it otherwise. */
  | { readonly kind: 'batch'; readonly batch: number; readonly groupIds: readonly string[] };

export interface Decision {
  readonly targets: readonly Target[];
  readonly ruling: Ruling;
}

/** What a decision did. */
export interface Done {
  /** Names what was decided, so that it can be decided otherwise. */
  readonly batch: number;
  readonly count: number;
  readonly decided: Decided;
  /** How many could not be decided so, and why the first of them; null where all were. */
  readonly refused: { readonly count: number; readonly reason: string } | null;
  readonly tally: Tally;
}

export interface Undone {
  /** How many items stand again where they stood before; 0 where there was nothing to undo. */
  readonly count: number;
  readonly tally: Tally;
}

/** What the page is told first. */
export interface Opening {
  readonly planId: string;
  readonly digest: string;
  readonly createdAt: string;
  readonly account: string;
  readonly by: string;
  readonly tally: Tally;
}

/** The reviewed plan, once the review is finished. */
export interface Finished {
  readonly planId: string;
  readonly digest: string;
  readonly changes: number;
  readonly counts: ReviewCounts;
  /** What to type next. */
  readonly commands: readonly string[];
}

/** What went wrong, and what to do about it. */
export interface Refusal {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string };
}
