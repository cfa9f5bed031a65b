import type { FieldCounts, Needs, Plan, PlanCounts } from '../model/change.ts';
import type { Cell } from './connection.ts';

/** What a plan is made from. */
export interface PlanStart {
  readonly inventoryId: string;
  readonly origin: string;
  readonly rollsBack: string | null;
  /** The plan whose review this is the outcome of. */
  readonly reviewOf?: string;
  readonly isForced?: boolean;
  readonly isTwoPerson?: boolean;
  /** The rules file as it stood; empty for a rollback. */
  readonly rulesText: string;
  /** Who planned it. */
  readonly by?: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What is known of a plan once all its parts are made. */
export interface PlanSummary {
  readonly digest: string;
  readonly counts: PlanCounts;
  readonly fields: readonly FieldCounts[];
  readonly needs: Needs;
  readonly review?: Plan['review'];
}

/** A plan's row, for the other parts of the journal. */
export interface PlanRow {
  readonly plan_key: number;
  readonly inventory_key: number;
  readonly rolls_back: number | null;
  readonly review_of: number | null;
  readonly is_two_person: number;
  readonly is_forced: number;
  readonly origin: string;
  readonly created_at: string;
  readonly rules_text: Cell;
  readonly digest: string;
  readonly summary: Cell;
  readonly content_hash: string;
  readonly last_change: number;
  readonly changes: number;
  readonly last_flag: number;
  readonly flags: number;
  readonly option_changes: number;
  readonly purged_at: string | null;
}
