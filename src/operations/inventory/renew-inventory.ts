import { UserError } from '../../errors.ts';
import type { InventoryHeader } from '../../journal/index.ts';
import { type Account, nameOfAccount } from '../../model/account.ts';
import { requireSameFields } from '../run/same-account.ts';
import { changesFrom, inSeconds } from './change-times.ts';
import { hintAtOtherKind } from './other-kind.ts';
import { judge, type KindRenewal, type Parts, renewRecords } from './renew-records.ts';

/** Which inventory is brought up to date, and from when on changes are read. */
export type Since =
  | { readonly kind: 'last' }
  | { readonly kind: 'inventory'; readonly inventoryId: string }
  /** The newest inventory; changes are read from `time` on, ISO 8601. */
  | { readonly kind: 'time'; readonly time: string };

/**
 * A complete inventory at the price of what changed: definitions are read anew, records only where the platform says that they
 * changed since an earlier inventory of the same account; all others are taken over from that one.
 * Requests: one that tells the account, one for each 200 definitions; for each kind of record one for each 200 that changed, at least one, and one that
 * counts them; with `--status`, one more for each 200 that may have left it.
 */
export async function renewInventory(parts: Parts, since: Since): Promise<InventoryHeader> {
  const { platform, journal, now } = parts;
  const before = platform.requests;
  const { account } = platform;
  const base = findBase(parts, since, account);
  const updatedSince = startOf(base, since);
  const takenAt = now().toISOString();
  const definitions = await platform.readDefinitions();
  requireSameFields(
    journal.inventories.definitions(base.inventoryId),
    definitions,
    base.inventoryId,
  );
  const inventoryId = journal.inventories.begin({
    origin: platform.origin,
    account,
    takenAt,
    asOf: platform.answeredAtMs === null ? null : new Date(platform.answeredAtMs).toISOString(),
    scope: base.scope,
  });
  journal.inventories.addDefinitions(inventoryId, definitions);

  const renewals: KindRenewal[] = [];
  for (const parentType of base.scope.parents) {
    const kind = { parts, base, inventoryId, definitions, parentType, updatedSince };
    try {
      renewals.push(await renewRecords(kind));
    } catch (error) {
      throw hintAtOtherKind(error, parentType, base.scope.parents);
    }
  }
  const after = platform.requests;
  const sum = (key: 'read' | 'moved' | 'left'): number =>
    renewals.reduce((total, renewal) => total + renewal[key], 0);
  return journal.inventories.finish(inventoryId, {
    requests: after.reads + after.writes - before.reads - before.writes,
    coverage: renewals.map(({ coverage }) => coverage),
    since: {
      inventoryId: base.inventoryId,
      updatedSince,
      fullInventoryId: base.since?.fullInventoryId ?? base.inventoryId,
      fullTakenAt: base.since?.fullTakenAt ?? base.takenAt,
      read: sum('read'),
      moved: sum('moved'),
      left: sum('left'),
      timestamps: judge([
        ...renewals.map(({ timestamps }) => timestamps),
        base.since?.timestamps ?? 'unknown',
      ]),
    },
  });
}

function findBase(
  { platform, journal }: Parts,
  since: Since,
  account: Account | null,
): InventoryHeader {
  const base =
    since.kind === 'inventory'
      ? journal.inventories.find(since.inventoryId)
      : journal.inventories.newestOf(platform.origin, account);
  if (base === null) {
    throw new UserError(
      'unknown_inventory',
      `The journal holds no inventory of ${platform.origin} to go on from.`,
      'Take a complete one first: `clio-fields inventory`.',
    );
  }
  const isOther = account !== null && base.account !== null && account.id !== base.account.id;
  if (base.origin !== platform.origin || isOther) {
    const [of, to] = isOther
      ? [nameOfAccount(base.account), nameOfAccount(account)]
      : [base.origin, platform.origin];
    throw new UserError(
      'other_account',
      `${base.inventoryId} is of ${of}, but you are signed in to ${to}.`,
      'Name an inventory of this account, or take a complete one: `clio-fields inventory`.',
    );
  }
  // Fails at once, and not after the reading, where its values were purged.
  journal.inventories.records(base.inventoryId);
  return base;
}

function startOf(base: InventoryHeader, since: Since): string {
  const earliest = changesFrom(base);
  if (since.kind !== 'time') return earliest;
  const askedMs = Date.parse(since.time);
  if (askedMs > Date.parse(earliest)) {
    throw new UserError(
      'since_too_late',
      `${base.inventoryId} shows the account as it was on ${earliest}: what changed between then and ${inSeconds(askedMs)} would be missing.`,
      `Name a time before that, or let the inventory say it: \`clio-fields inventory --since ${base.inventoryId}\`.`,
    );
  }
  return inSeconds(askedMs);
}
