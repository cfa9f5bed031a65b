import type { ItemState, Reviewable, ReviewItem } from '../../model/decision.ts';
import type { ItemIndex } from './item-index.ts';

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

/** The items that the index alone can tell to fit, by their place. */
export function* matchingPlaces(
  index: ItemIndex,
  { kind, states, definitionIds, groupIds, after }: ItemFilter,
): IterableIterator<number> {
  const fields = definitionIds === undefined ? null : new Set(definitionIds);
  const groups = groupIds === undefined ? null : new Set(groupIds);
  const start = after === undefined ? 0 : (index.find(after) ?? -1) + 1;
  for (let at = start; at < index.size; at += 1) {
    const group = index.group(at);
    if (kind !== undefined && (kind === 'change') !== index.isChange(at)) continue;
    if (states !== undefined && !states.includes(index.state(at))) continue;
    if (fields !== null && !fields.has(index.definitionId(group))) continue;
    if (groups !== null && !groups.has(index.groupId(group))) continue;
    yield at;
  }
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
