import type { Account } from '../model/account.ts';
import type { ParentType } from '../model/field.ts';
import type { Coverage, Narrowing, Renewal } from '../model/summary.ts';
import { readStored } from './failures.ts';
import { idOf } from './ids.ts';

/** What an inventory was asked to read; null is all. */
export interface Scope {
  readonly parents: readonly ParentType[];
  readonly definitionIds: readonly string[] | null;
  readonly recordIds: readonly string[] | null;
  readonly status: readonly string[] | null;
}

/** Of matters; contacts have none. */
export const STATUSES = ['open', 'pending', 'closed'] as const;

export interface InventoryHeader {
  readonly inventoryId: string;
  readonly origin: string;
  /** Null where the sign-in could not know it. */
  readonly account: Account | null;
  /** ISO 8601. */
  readonly takenAt: string;
  /** ISO 8601, by the platform's clock, before the first record was read; null where it did not say. */
  readonly asOf: string | null;
  /** Null for a complete reading. */
  readonly since: Renewal | null;
  readonly scope: Scope;
  readonly records: Readonly<Record<ParentType, number>>;
  readonly requests: number;
  readonly coverage: readonly Coverage[];
}

export interface InventoryRow {
  readonly inventory_key: number;
  readonly origin: string;
  readonly account_id: string | null;
  readonly account_name: string | null;
  readonly taken_at: string;
  readonly scope: string;
  readonly matters: number;
  readonly contacts: number;
  readonly requests: number;
  readonly coverage: string;
  readonly as_of: string | null;
  readonly since: string | null;
  readonly purged_at: string | null;
}

/** Throws `UserError` for a row that is not as it was written; `path` is the journal's. */
export function headerOf(row: InventoryRow, path: string): InventoryHeader {
  const { scope, coverage, since } = readStored(
    path,
    (): Pick<InventoryHeader, 'scope' | 'coverage' | 'since'> => ({
      scope: JSON.parse(row.scope),
      coverage: JSON.parse(row.coverage),
      since: row.since === null ? null : JSON.parse(row.since),
    }),
  );
  return {
    inventoryId: idOf('inventory', row.inventory_key),
    origin: row.origin,
    account: row.account_id === null ? null : { id: row.account_id, name: row.account_name },
    takenAt: row.taken_at,
    asOf: row.as_of,
    since,
    scope,
    records: { matter: row.matters, contact: row.contacts },
    requests: row.requests,
    coverage: coverage.map((each) => {
      const only = narrowingOf(scope, each.parentType);
      return only === null ? each : { ...each, only };
    }),
  };
}

/** Which records of a kind alone were asked for; null where all were. */
export function narrowingOf(
  { recordIds, status }: Pick<Scope, 'recordIds' | 'status'>,
  parentType: ParentType,
): Narrowing | null {
  const isOfStatus =
    parentType === 'matter' && status !== null && STATUSES.some((each) => !status.includes(each));
  if (recordIds === null && !isOfStatus) return null;
  return { status: isOfStatus ? status : null, records: recordIds?.length ?? null };
}
