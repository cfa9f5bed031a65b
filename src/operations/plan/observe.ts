import { type InventoryHeader, type Journal, narrowingOf, valueKey } from '../../journal/index.ts';
import { contentOf, type Definition, isSameContent, valueOf } from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';
import { partColumn } from './part-column.ts';

/**
 * The assignments whose fields an inventory read. Where it, and every one before it, read only a part of a field, that field's column
 * decides nothing that its other values could speak against.
 */
export function inScope(
  journal: Journal,
  inventory: InventoryHeader,
  assignments: readonly Assignment[],
): Assignment[] {
  return assignments
    .filter(({ source, target }) => [source, target].every((field) => hasRead(inventory, field)))
    .map((each) => {
      const isKnown =
        isWhole(inventory, each.source) || findEarlier(journal, inventory, each.source) !== null;
      return isKnown ? each : { ...each, column: partColumn(each) };
    });
}

/**
 * Shows each column all of its values, and those that were put right since, by this tool or by hand: without these, the values that
 * contradicted each other would be gone after an apply, and the next plan would guess where the first one knew better.
 */
export function observeColumns(
  journal: Journal,
  inventory: InventoryHeader,
  assignments: readonly Assignment[],
): void {
  for (const record of journal.inventories.records(inventory.inventoryId)) {
    for (const { source, column } of assignments) {
      if (source.parentType !== record.parentType) continue;
      const value = valueOf(record, source.id);
      if (value.state === 'value') column.observe(value.content);
    }
  }
  const earlier = groupByEarlier(journal, inventory, assignments);
  const rewritten = new Set<string>();
  for (const { key, definitionId, content } of journal.runs.formerValues(inventory)) {
    for (const { source, column } of assignments) {
      if (source.id !== definitionId) continue;
      column.observe(content);
      if (earlier.size > 0) rewritten.add(key);
    }
  }
  observeEarlier(journal, inventory, earlier, rewritten);
}

type ByEarlier = ReadonlyMap<InventoryHeader, readonly Assignment[]>;

/** Shows columns what earlier inventories hold beside, each value once. */
function observeEarlier(
  journal: Journal,
  inventory: InventoryHeader,
  byEarlier: ByEarlier,
  seen: ReadonlySet<string>,
): void {
  const { inventories } = journal;
  for (const [earlier, assignments] of byEarlier) {
    for (const record of inventories.recordsNotIn(inventory.inventoryId, earlier.inventoryId)) {
      const { parentType, recordId } = record;
      const here = assignments.filter(({ source }) => source.parentType === parentType);
      if (here.length === 0) continue;
      const filter = { parentType, recordIds: [recordId] };
      const [later] = inventories.records(inventory.inventoryId, filter);
      for (const { source, column } of here) {
        const value = valueOf(record, source.id);
        if (value.state !== 'value' || seen.has(valueKey(parentType, recordId, source.id)))
          continue;
        const now = later === undefined ? null : valueOf(later, source.id);
        if (
          now !== null &&
          now.state !== 'unread' &&
          isSameContent(contentOf(value), contentOf(now))
        )
          continue;
        column.observe(value.content);
      }
    }
    observeEarlier(journal, earlier, groupByEarlier(journal, earlier, assignments), seen);
  }
}

function groupByEarlier(
  journal: Journal,
  inventory: InventoryHeader,
  assignments: readonly Assignment[],
): ByEarlier {
  const groups = new Map<string, { earlier: InventoryHeader; own: Assignment[] }>();
  for (const each of assignments) {
    const earlier = findEarlier(journal, inventory, each.source);
    if (earlier === null) continue;
    const group = groups.get(earlier.inventoryId) ?? { earlier, own: [] };
    group.own.push(each);
    groups.set(earlier.inventoryId, group);
  }
  return new Map([...groups.values()].map(({ earlier, own }) => [earlier, own]));
}

/**
 * The inventory that tells what a field held beside: for a part of it the newest whole one before, for one that was brought up to
 * date the complete reading behind it. Null where there is none.
 */
function findEarlier(
  journal: Journal,
  inventory: InventoryHeader,
  field: Definition,
): InventoryHeader | null {
  const isPart = !isWhole(inventory, field);
  const { since } = inventory;
  if (!isPart && since === null) return null;
  const found = journal.inventories
    .before(inventory)
    .find(
      (each) => isWhole(each, field) && (isPart || each.inventoryId === since?.fullInventoryId),
    );
  return found ?? null;
}

function isWhole(inventory: InventoryHeader, field: Definition): boolean {
  return hasRead(inventory, field) && narrowingOf(inventory.scope, field.parentType) === null;
}

function hasRead({ scope }: InventoryHeader, { id, parentType }: Definition): boolean {
  return (
    scope.parents.includes(parentType) &&
    (scope.definitionIds === null || scope.definitionIds.includes(id))
  );
}
