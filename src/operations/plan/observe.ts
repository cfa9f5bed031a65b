import type { InventoryHeader, Journal } from '../../journal/index.ts';
import { valueOf } from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';

/** Whether an inventory read the fields that an assignment is about. */
export function isInScope({ source, target }: Assignment, { scope }: InventoryHeader): boolean {
  return [source, target].every(
    ({ id, parentType }) =>
      scope.parents.includes(parentType) &&
      (scope.definitionIds === null || scope.definitionIds.includes(id)),
  );
}

/**
 * Shows each column all of its values, and those that this tool itself put right: without these, the values that contradicted
 * each other would be gone after an apply, and the next plan would guess where the first one knew better.
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
  for (const { definitionId, content } of journal.runs.formerValues(inventory)) {
    for (const { source, column } of assignments) {
      if (source.id === definitionId) column.observe(content);
    }
  }
}
