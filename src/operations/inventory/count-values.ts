import type { Journal } from '../../journal/index.ts';
import { type Definition, valueOf } from '../../model/field.ts';

/** A field's contents, each with how often it stands there. */
export type Counts = ReadonlyMap<string, number>;

/**
 * Counts the contents of fields, by definition id, in one pass over an inventory's records.
 * Of each field the first `mostDistinct` different ones are kept; those that come after are left out.
 */
export function countValues(
  journal: Journal,
  inventoryId: string,
  fields: readonly Definition[],
  mostDistinct: number,
): ReadonlyMap<string, Counts> {
  const columns = new Map(fields.map(({ id }) => [id, new Map<string, number>()]));
  for (const record of journal.inventories.records(inventoryId)) {
    for (const { id, parentType } of fields) {
      if (parentType !== record.parentType) continue;
      const value = valueOf(record, id);
      const counts = columns.get(id);
      if (value.state === 'value' && counts !== undefined)
        addTo(counts, value.content, 1, mostDistinct);
    }
  }
  return columns;
}

/** Counts one more text, unless it is new and there are `mostDistinct` already. */
export function addTo(
  counts: Map<string, number>,
  text: string,
  count: number,
  mostDistinct: number,
): void {
  const known = counts.get(text);
  if (known === undefined && counts.size >= mostDistinct) return;
  counts.set(text, (known ?? 0) + count);
}

/** The `limit` texts that stand there most often, most frequent first, else in the order of `counts`. */
export function mostFrequent(counts: Counts, limit: number): Counts {
  const repeated = [...counts].filter(([, count]) => count > 1);
  const most = new Map(repeated.toSorted(([, left], [, right]) => right - left).slice(0, limit));
  // Those that stand there once need no sorting, and in a field of names or notes they are nearly all.
  for (const [text, count] of counts) {
    if (most.size >= limit) break;
    if (count === 1) most.set(text, count);
  }
  return most;
}
