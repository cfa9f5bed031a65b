import { type Codec, hashOf } from './codec.ts';
import type { PlanRow, PlanSummary } from './plan-row.ts';

/**
 * SHA-256, hex, of what a plan says beside its changes and flags: whose account it is for, whether it is forced, what it counts.
 * A column's evidence does not count: it may quote clients' values, and a purge takes it away.
 */
export function frameHashOf(row: PlanRow, codec: Codec): string {
  const summary: Omit<PlanSummary, 'digest'> = JSON.parse(codec.decode(row.summary));
  const { counts, fields, needs, review = null } = summary;
  return hashOf(
    JSON.stringify([
      row.origin,
      row.created_at,
      row.inventory_key,
      row.rolls_back,
      row.review_of,
      row.is_forced,
      row.option_changes,
      counts,
      fields.map((field) => ({ ...field, evidence: [] })),
      needs,
      review,
    ]),
  );
}
