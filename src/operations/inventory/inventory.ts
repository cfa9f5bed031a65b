import { setImmediate } from 'node:timers/promises';
import { UserError } from '../../errors.ts';
import { failpoint } from '../../failpoints.ts';
import type { Journal } from '../../journal/index.ts';
import type { Coverage, InventoryHeader } from '../../journal/index.ts';
import {
  PARENT_TYPES,
  type Definition,
  type ParentType,
  type RecordSnapshot,
  valueOf,
} from '../../model/field.ts';
import type { FieldSummary } from '../../model/summary.ts';
import type { Platform, RecordPage, RecordQuery } from '../../platforms/types.ts';
import type { Progress } from '../progress.ts';
import { chooseFields } from './choose-fields.ts';
import { hintAtOtherKind } from './other-kind.ts';
import { InventorySummary } from './summarize.ts';

export interface InventoryRequest {
  readonly parents: readonly ParentType[];
  /** Names or ids; all fields where empty. */
  readonly fields: readonly string[];
  /** Record ids; all records where empty. */
  readonly records: readonly string[];
  /** Matters only; all where empty. */
  readonly status: readonly string[];
}

/** Records that are counted without a pause: in the pauses the next page is asked for and comes in, which saves its time. */
const COUNTED_AT_ONCE = 25;

/** An inventory with what its fields hold. */
export type InventoryTaken = InventoryHeader & { readonly fields: readonly FieldSummary[] };

/**
 * Reads definitions and values once, completely, stores them, and counts them on the way.
 * An inventory that is cut short is not kept.
 * Requests: one for each 200 definitions, one for each 200 records of a kind.
 */
export async function takeInventory(
  {
    platform,
    journal,
    now,
    progress,
  }: { platform: Platform; journal: Journal; now: () => Date; progress: Progress },
  request: InventoryRequest,
): Promise<InventoryTaken> {
  const takenAt = now().toISOString();
  const before = platform.requests;
  const { account } = platform;
  const definitions = await platform.readDefinitions();
  const chosen =
    request.fields.length === 0 ? null : chooseFields(request.fields, definitions, request.parents);
  const parents =
    chosen === null
      ? request.parents
      : PARENT_TYPES.filter((parent) => chosen.some(({ parentType }) => parentType === parent));
  const scope = {
    parents,
    definitionIds: chosen?.map(({ id }) => id) ?? null,
    recordIds: request.records.length === 0 ? null : request.records,
    status: request.status.length === 0 ? null : request.status,
  };
  const inventoryId = journal.inventories.begin({
    origin: platform.origin,
    account,
    takenAt,
    asOf: platform.answeredAtMs === null ? null : new Date(platform.answeredAtMs).toISOString(),
    scope,
  });
  journal.inventories.addDefinitions(inventoryId, definitions);

  const summary = new InventorySummary(definitions, scope);
  const coverage: Coverage[] = [];
  const missing = new Set(request.records);
  for (const parentType of parents) {
    const query: RecordQuery = {
      parentType,
      ahead: true,
      ...(request.records.length > 0 && { recordIds: request.records }),
      ...(chosen !== null && {
        definitionIds: chosen
          .filter((field) => field.parentType === parentType)
          .map(({ id }) => id),
      }),
      ...(request.status.length > 0 && parentType === 'matter' && { status: request.status }),
    };
    let read = 0;
    let hidden = 0;
    let total: number | null = null;
    for await (const page of readKind(platform, query, definitions, parents)) {
      for (const [index, record] of page.records.entries()) {
        missing.delete(record.recordId);
        summary.see(record);
        if (index % COUNTED_AT_ONCE === 0) await setImmediate();
      }
      journal.inventories.addRecords(inventoryId, page.records);
      failpoint('during inventory');
      read += page.records.length;
      hidden += page.records.filter((record) => isHidden(record, query.definitionIds)).length;
      total = page.totalRecords ?? total;
      progress.report({
        step: `Reading ${parentType}s`,
        done: read,
        total,
        allowance: platform.allowance,
        expectedLeftMs: null,
      });
    }
    coverage.push({
      parentType,
      read,
      hidden,
      // Ids say nothing of their kind: how many matters were meant, nobody knows.
      total: request.records.length > 0 ? null : total,
    });
  }
  const [unknown] = missing;
  if (unknown !== undefined) {
    throw new UserError(
      'unknown_record',
      `No ${parents.join(' or ')} with the id ${unknown} is visible to this user. The inventory was not stored.`,
      'Take the id from the record’s address in the browser, and leave out what this user may not see.',
    );
  }
  const after = platform.requests;
  const header = journal.inventories.finish(inventoryId, {
    requests: after.reads + after.writes - before.reads - before.writes,
    coverage,
  });
  return { ...header, fields: summary.end() };
}

/** Throws as `Platform.readRecords`; a refusal names the other kind where it was to be read, too. */
async function* readKind(
  platform: Platform,
  query: RecordQuery,
  definitions: readonly Definition[],
  parents: readonly ParentType[],
): AsyncIterable<RecordPage> {
  try {
    yield* platform.readRecords(query, definitions);
  } catch (error) {
    throw hintAtOtherKind(error, query.parentType, parents);
  }
}

/** Whether values that were asked for were kept from this sign-in. */
export function isHidden(
  record: RecordSnapshot,
  definitionIds: readonly string[] | undefined,
): boolean {
  if (definitionIds === undefined) return record.unlisted === 'unread';
  return definitionIds.some((id) => valueOf(record, id).state === 'unread');
}
