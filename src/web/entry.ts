import { fieldOf, type ItemState, type ReviewItem } from '../model/decision.ts';
import type { ParentType } from '../model/field.ts';
import type { Decided, Half, ItemKind } from './protocol.ts';

/** Like items, as the review groups them. What they share is held once. */
export interface Group {
  readonly groupId: string;
  readonly kind: ItemKind;
  readonly parentType: ParentType;
  readonly fieldId: string;
  readonly fieldName: string;
  readonly halves: readonly Half[];
  readonly from: ReviewItem['from'];
  /** The field that a flag's value was to go into. */
  readonly into: string | null;
  readonly suggestions: readonly string[];
  /** Indexes into the entries, ascending. */
  readonly members: number[];
  /** What a search looks through, in lower case. */
  readonly text: string;
}

/** What an item remembers of its decision: shared by all that were decided at once. */
export type Verdict = Omit<Decided, 'writes'>;

/** One item; of a hundred thousand, so it holds little of its own. */
export interface Entry {
  readonly itemId: string;
  readonly recordId: string;
  readonly label: string;
  readonly group: Group;
  readonly reason: string;
  /** What reasons of its kind have in common. */
  readonly reasonId: string;
  /** Of a flag: what the field that its value was to go into holds. */
  readonly held: string | null;
  decided: Verdict | null;
}

/** How an entry is decided. */
export function stateOf({ decided }: Pick<Entry, 'decided'>): ItemState {
  return decided?.ruling ?? 'undecided';
}

/** An empty group for what is like `item`. */
export function makeGroup(item: ReviewItem): Group {
  const { definitionId, fieldName } = fieldOf(item);
  const halves = halvesOf(item);
  const suggestions = item.kind === 'change' ? [] : item.flag.suggestions;
  const texts = [
    ...halves.flatMap((half) => [half.fieldName, half.before, half.after]),
    item.from?.text,
  ];
  return {
    groupId: item.groupId,
    kind: item.kind,
    parentType: item.kind === 'change' ? item.change.parentType : item.flag.parentType,
    fieldId: definitionId,
    fieldName,
    halves,
    from: item.from,
    into: item.kind === 'flag' ? (item.flag.into?.fieldName ?? null) : null,
    suggestions,
    members: [],
    text: [...texts, ...suggestions].join('\n').toLowerCase(),
  };
}

function halvesOf(item: ReviewItem): readonly Half[] {
  if (item.kind === 'flag') {
    const { fieldName, value } = item.flag;
    return [{ fieldName, action: 'flag', before: value, after: null }];
  }
  return item.change.edits.map(({ fieldName, action, beforeText, afterText }) => ({
    fieldName,
    action,
    before: beforeText,
    after: afterText,
  }));
}
