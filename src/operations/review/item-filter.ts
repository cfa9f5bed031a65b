import type { ItemState, Reviewable, ReviewItem } from '../../model/decision.ts';

/** Only items that all of what is given fits. */
export interface ItemFilter {
  readonly kind?: Reviewable['kind'];
  readonly states?: readonly ItemState[];
  readonly definitionIds?: readonly string[];
  readonly groupIds?: readonly string[];
  /** A flag's or change's reason, to the letter. */
  readonly reason?: string;
  /** Words that stand in its record, field, values or reason, whatever their case. */
  readonly text?: string;
  /** Only what comes behind this item: where a page starts. */
  readonly after?: string;
  readonly limit?: number;
}

/** What the words of a filter say of an item, whose place and state fit it already. */
export function fitsWords(item: ReviewItem, { reason, text }: ItemFilter): boolean {
  const { reason: itsReason, recordLabel } = item.kind === 'change' ? item.change : item.flag;
  if (reason !== undefined && itsReason !== reason) return false;
  if (text === undefined) return true;
  const values =
    item.kind === 'change'
      ? item.change.edits.flatMap((edit) => [edit.fieldName, edit.beforeText, edit.afterText])
      : [item.flag.fieldName, item.flag.value, ...item.flag.suggestions];
  const wanted = text.toLowerCase();
  return [recordLabel, itsReason, ...values].some((each) => each?.toLowerCase().includes(wanted));
}
