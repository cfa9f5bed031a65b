import { UserError } from '../../errors.ts';
import type { Journal, PartFilter } from '../../journal/index.ts';
import type { Change } from '../../model/change.ts';
import { chooseFields } from '../inventory/choose-fields.ts';
import type { Scope } from './restorable.ts';

/**
 * A record or a field that the run did not change is a slip of the pen: it must not look as if it had been restored, nor end a
 * run that stands half way. What was sent and not answered counts, until a reading tells. Throws `UserError`.
 */
export function requireChanged(journal: Journal, runId: string, scope: Scope): void {
  const { records, fields } = scope;
  if (records.length === 0 && fields.length === 0) return;
  const { record, field, isApart } = findUntouched(journal, runId, scope);
  if (record !== undefined) {
    throw new UserError(
      'unknown_record',
      `${runId} changed nothing in a record with the id ${record}. Nothing was restored.`,
      `\`clio-fields show ${runId} --format json\` lists the records that it changed.`,
    );
  }
  if (field !== undefined) {
    throw new UserError(
      'unchanged_field',
      `${runId} changed nothing in the field "${field}". Nothing was restored.`,
      `\`clio-fields show ${runId}\` lists what it changed.`,
    );
  }
  if (!isApart) return;
  throw new UserError(
    'unchanged_field',
    `${runId} changed none of these fields in these records. Nothing was restored.`,
    `\`clio-fields show ${runId}\` lists what it changed in which record.`,
  );
}

/** The first record and field that the run did not touch, and whether no field was touched in any of the records; in one pass. */
function findUntouched(journal: Journal, runId: string, { records, fields }: Scope) {
  const { planId } = journal.runs.find(runId);
  const definitions = journal.inventories.definitions(journal.plans.find(planId).inventoryId);
  const idsOf = (name: string): string[] => chooseFields([name], definitions).map(({ id }) => id);
  const chosen = fields.map((name) => [name, idsOf(name)] as const);
  const recordIds = new Set(records);
  const definitionIds = new Set(chosen.flatMap(([, ids]) => ids));
  const recordsLeft = new Set(records);
  const fieldsLeft = new Map(chosen);
  let isApart = records.length > 0 && fields.length > 0;
  // Where fields are named, too, it counts whether one was touched in any record.
  const filter = fields.length === 0 ? { recordIds: records } : {};
  for (const { recordId, edits } of touched(journal, runId, filter)) {
    const touchedIds = edits.map(({ definitionId }) => definitionId);
    for (const [name, ids] of fieldsLeft)
      if (ids.some((id) => touchedIds.includes(id))) fieldsLeft.delete(name);
    recordsLeft.delete(recordId);
    if (recordIds.has(recordId) && touchedIds.some((id) => definitionIds.has(id))) isApart = false;
    if (recordsLeft.size === 0 && fieldsLeft.size === 0 && !isApart) break;
  }
  const [record] = recordsLeft;
  const [field] = fieldsLeft.keys();
  return { record, field, isApart };
}

/** What wrote something, and what was sent and may have. */
function* touched(journal: Journal, runId: string, filter: PartFilter): Iterable<Change> {
  for (const { change } of journal.runs.applied(runId, filter)) yield change;
  for (const { changes } of journal.runs.begunRecords(runId))
    for (const { change, begun } of changes) if (begun !== null) yield change;
}
