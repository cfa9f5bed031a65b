import type { InventoryHeader, Journal } from '../../journal/index.ts';
import { summarizeInventory } from './summarize.ts';

/** An inventory with a summary of each field, counted anew from its values. */
export function inventoryView(journal: Journal, header: InventoryHeader) {
  return { ...header, fields: summarizeInventory(journal, header.inventoryId) };
}
