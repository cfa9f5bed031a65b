import { failpoint } from '../../failpoints.ts';
import { type InventoryHeader, type Journal, STATUSES } from '../../journal/index.ts';
import {
  contentOf,
  type Definition,
  isSameContent,
  type ParentType,
  type RecordSnapshot,
  valueOf,
} from '../../model/field.ts';
import type { Coverage, Timestamps } from '../../model/summary.ts';
import type { Platform, RecordPage, RecordQuery } from '../../platforms/types.ts';
import type { Progress } from '../progress.ts';
import { isHidden } from './inventory.ts';

/** What bringing an inventory up to date works with. */
export interface Parts {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly progress: Progress;
}

/** One kind of record, to be brought up to date. */
export interface Kind {
  readonly parts: Parts;
  readonly base: InventoryHeader;
  readonly inventoryId: string;
  readonly definitions: readonly Definition[];
  readonly parentType: ParentType;
  readonly updatedSince: string;
}

export interface KindRenewal {
  readonly coverage: Coverage;
  readonly read: number;
  readonly moved: number;
  readonly left: number;
  readonly timestamps: Timestamps;
}

/** Reads what changed and takes over the rest. */
export async function renewRecords(kind: Kind): Promise<KindRenewal> {
  const { parts, base, inventoryId, parentType } = kind;
  const { platform, journal } = parts;
  const reading = new Reading(kind);
  for await (const page of readChanged(kind)) reading.add(page);
  const left = await readLeft(kind);
  const told = reading.told(left);
  const untold = await readUntold(kind, told);
  for (const page of untold.pages) reading.add(page);
  const gone = [...left, ...untold.gone];
  reading.forget(gone);
  const kept = journal.inventories.takeOver(inventoryId, {
    from: base.inventoryId,
    parentType,
    left: gone,
  });
  const status = statusOf(kind);
  const total =
    base.scope.recordIds === null
      ? await platform.countRecords({ parentType, ...(status !== null && { status }) })
      : null;
  return {
    coverage: { parentType, read: reading.ids.size + kept, hidden: reading.hidden, total },
    read: reading.ids.size,
    moved: reading.moved,
    left: gone.length,
    timestamps: judge([reading.timestamps, untold.timestamps]),
  };
}

/** What was read anew of one kind of record, held against the earlier inventory. */
class Reading {
  readonly ids = new Set<string>();
  moved = 0;
  /** Of all records of the new inventory, those with values that were kept from this sign-in. */
  hidden: number;
  timestamps: Timestamps = 'unknown';
  readonly #kind: Kind;
  readonly #definitionIds: readonly string[] | undefined;

  constructor(kind: Kind) {
    this.#kind = kind;
    this.#definitionIds = definitionIdsOf(kind);
    this.hidden =
      kind.base.coverage.find(({ parentType }) => parentType === kind.parentType)?.hidden ?? 0;
  }

  add({ records, updatedAt }: RecordPage): void {
    const { parts, inventoryId, base, parentType } = this.#kind;
    const earlier = this.#earlier(records.map(({ recordId }) => recordId));
    parts.journal.inventories.addRecords(inventoryId, records);
    failpoint('during inventory');
    for (const record of records) {
      const { recordId } = record;
      const old = earlier.get(recordId);
      if (this.ids.has(recordId)) continue;
      this.ids.add(recordId);
      this.hidden +=
        Number(this.#isHidden(record)) - Number(old !== undefined && this.#isHidden(old));
      if (old !== undefined && hasSameValues(old, record)) continue;
      this.moved += 1;
      const changedAt = updatedAt?.get(recordId);
      if (old !== undefined && changedAt !== undefined && isBefore(changedAt, base.asOf))
        this.timestamps = 'silent';
    }
    parts.progress.report({
      step: `Reading changed ${parentType}s`,
      done: this.ids.size,
      total: null,
      allowance: parts.platform.allowance,
      expectedLeftMs: null,
    });
  }

  /** What the platform said of its own accord: changed, or no longer in what was asked for. */
  told(left: readonly string[]): ReadonlySet<string> {
    return new Set([...this.ids, ...left]);
  }

  /** Records that the new inventory does not hold. */
  forget(recordIds: readonly string[]): void {
    for (const old of this.#earlier(recordIds).values()) this.hidden -= Number(this.#isHidden(old));
  }

  #earlier(recordIds: readonly string[]): ReadonlyMap<string, RecordSnapshot> {
    const { parts, base, parentType } = this.#kind;
    const found = parts.journal.inventories.records(base.inventoryId, { parentType, recordIds });
    return new Map([...found].map((record) => [record.recordId, record]));
  }

  #isHidden(record: RecordSnapshot): boolean {
    return isHidden(record, this.#definitionIds);
  }
}

function readChanged(kind: Kind): AsyncIterable<RecordPage> {
  const { parts, definitions, updatedSince } = kind;
  return parts.platform.readRecords({ ...queryOf(kind), updatedSince }, definitions);
}

/** Matters of the earlier inventory that changed since and have another status now. */
async function readLeft(kind: Kind): Promise<string[]> {
  const { parts, base, parentType, updatedSince } = kind;
  const { platform, journal } = parts;
  const wanted = statusOf(kind);
  const others = STATUSES.filter((status) => wanted?.includes(status) === false);
  if (wanted === null || others.length === 0) return [];
  const left: string[] = [];
  const query = { ...queryOf(kind), status: others, updatedSince };
  for await (const { records } of platform.readRecords(query, kind.definitions)) {
    const recordIds = records.map(({ recordId }) => recordId);
    const held = journal.inventories.records(base.inventoryId, { parentType, recordIds });
    for (const { recordId } of held) left.push(recordId);
  }
  return left;
}

interface Untold {
  readonly pages: readonly RecordPage[];
  readonly gone: readonly string[];
  readonly timestamps: Timestamps;
}

/**
 * What this tool itself wrote since the earlier inventory must be among what changed. Where the platform does not tell of it,
 * its times of change say nothing about values; these records are then read by their ids.
 */
async function readUntold(kind: Kind, told: ReadonlySet<string>): Promise<Untold> {
  const { parts, base, parentType, definitions } = kind;
  const { platform, journal } = parts;
  const written = journal.runs.writtenAfter(base, parentType);
  const held = journal.inventories.records(base.inventoryId, { parentType, recordIds: written });
  const inBase = [...held].map(({ recordId }) => recordId);
  const recordIds = inBase.filter((recordId) => !told.has(recordId));
  if (recordIds.length === 0)
    return { pages: [], gone: [], timestamps: inBase.length > 0 ? 'tell' : 'unknown' };
  const pages: RecordPage[] = [];
  for await (const page of platform.readRecords({ ...queryOf(kind), recordIds }, definitions))
    pages.push(page);
  const found = new Set(pages.flatMap(({ records }) => records.map(({ recordId }) => recordId)));
  return {
    pages,
    // A record that is not there any more is no evidence against the times.
    gone: recordIds.filter((recordId) => !found.has(recordId)),
    timestamps: found.size > 0 ? 'silent' : 'unknown',
  };
}

function queryOf(kind: Kind): RecordQuery {
  const { base, parentType } = kind;
  const definitionIds = definitionIdsOf(kind);
  const status = statusOf(kind);
  return {
    parentType,
    ...(base.scope.recordIds !== null && { recordIds: base.scope.recordIds }),
    ...(definitionIds !== undefined && { definitionIds }),
    ...(status !== null && { status }),
  };
}

/** The fields of this kind that the earlier inventory was asked for; undefined for all. */
function definitionIdsOf({ base, parentType, definitions }: Kind): readonly string[] | undefined {
  const asked = base.scope.definitionIds;
  if (asked === null) return undefined;
  return definitions
    .filter((field) => field.parentType === parentType && asked.includes(field.id))
    .map(({ id }) => id);
}

function statusOf({ base, parentType }: Kind): readonly string[] | null {
  return parentType === 'matter' ? base.scope.status : null;
}

function hasSameValues(left: RecordSnapshot, right: RecordSnapshot): boolean {
  const ids = new Set([...left.values.keys(), ...right.values.keys()]);
  return [...ids].every((id) => holdsSame(left, right, id));
}

/** Whether two readings of a record show the same for a definition; what could not be read is like nothing else. */
export function holdsSame(
  left: RecordSnapshot,
  right: RecordSnapshot,
  definitionId: string,
): boolean {
  const [one, other] = [valueOf(left, definitionId), valueOf(right, definitionId)];
  if (one.state === 'unread' || other.state === 'unread') return one.state === other.state;
  return isSameContent(contentOf(one), contentOf(other));
}

/** Times of the platform have whole seconds. */
function isBefore(time: string, asOf: string | null): boolean {
  return asOf !== null && Date.parse(time) < Date.parse(asOf) - 1_000;
}

/** One value that moved in silence outweighs all that was told. */
export function judge(each: readonly Timestamps[]): Timestamps {
  if (each.includes('silent')) return 'silent';
  return each.includes('tell') ? 'tell' : 'unknown';
}
