import type { FieldSummary } from '../model/summary.ts';

/** An inventory in a handful of numbers. */
export interface InventoryTotals {
  readonly fields: number;
  readonly values: number;
  readonly messy: number;
  /** Per cent, whole; 100 only where nothing is messy. */
  readonly cleanShare: number;
}

export function totalsOf(fields: readonly FieldSummary[]): InventoryTotals {
  const values = fields.reduce((sum, { states }) => sum + states.value, 0);
  const messy = fields.reduce((sum, field) => sum + field.messy, 0);
  return { fields: fields.length, values, messy, cleanShare: shareOf(values - messy, values) };
}

/** Whole per cent, never rounded up to all nor down to nothing. */
export function shareOf(part: number, whole: number): number {
  if (whole === 0 || part === whole) return 100;
  if (part === 0) return 0;
  return Math.min(Math.max(Math.round((part / whole) * 100), 1), 99);
}

/** The fields that hold some mess, the messiest first. */
export function messiest(fields: readonly FieldSummary[]): FieldSummary[] {
  return fields
    .filter(({ messy }) => messy > 0)
    .toSorted((left, right) => right.messy - left.messy);
}
