import type { Change, Flag } from './change.ts';
import type { Timestamps } from './summary.ts';

/** What one look at the platform found that the newest inventory does not show yet. */
export interface Look {
  /** ISO 8601. */
  readonly lookedAt: string;
  readonly inventoryId: string;
  /** ISO 8601, by the platform's clock: changes from here on were read. */
  readonly updatedSince: string;
  /** What the inventory knows of the platform's times of change. */
  readonly timestamps: Timestamps;
  /** Records that the platform says changed. */
  readonly records: number;
  readonly changes: readonly Change[];
  readonly flags: readonly Flag[];
  readonly requests: number;
}
