import { UserError } from '../../errors.ts';
import type { Journal, PartFilter } from '../../journal/index.ts';
import { chooseFields } from '../inventory/choose-fields.ts';
import type { Scope } from './restorable.ts';

/**
 * A record or a field that the run did not change is a slip of the pen: it must not look as if it had been restored, nor end a
 * run that stands half way. What was sent and not answered counts, until a reading tells. Throws `UserError`.
 */
export function requireChanged(journal: Journal, runId: string, { records, fields }: Scope): void {
  const { planId } = journal.runs.find(runId);
  const definitions = journal.inventories.definitions(journal.plans.find(planId).inventoryId);
  const idsOf = (names: readonly string[]): string[] =>
    chooseFields(names, definitions).map(({ id }) => id);
  for (const recordId of records) {
    if (isTouched(journal, runId, { recordIds: [recordId] })) continue;
    throw new UserError(
      'unknown_record',
      `${runId} changed nothing in a record with the id ${recordId}. Nothing was restored.`,
      `\`clio-fields show ${runId} --format json\` lists the records that it changed.`,
    );
  }
  for (const field of fields) {
    if (isTouched(journal, runId, { definitionIds: idsOf([field]) })) continue;
    throw new UserError(
      'unchanged_field',
      `${runId} changed nothing in the field "${field}". Nothing was restored.`,
      `\`clio-fields show ${runId}\` lists what it changed.`,
    );
  }
  if (records.length === 0 || fields.length === 0) return;
  if (isTouched(journal, runId, { recordIds: records, definitionIds: idsOf(fields) })) return;
  throw new UserError(
    'unchanged_field',
    `${runId} changed none of these fields in these records. Nothing was restored.`,
    `\`clio-fields show ${runId}\` lists what it changed in which record.`,
  );
}

function isTouched(journal: Journal, runId: string, filter: PartFilter): boolean {
  const [first] = journal.runs.applied(runId, filter);
  if (first !== undefined) return true;
  const { recordIds, definitionIds } = filter;
  return journal.runs
    .begunRecords(runId)
    .some(
      ({ recordId, changes }) =>
        (recordIds === undefined || recordIds.includes(recordId)) &&
        changes.some(
          ({ change, begun }) =>
            begun !== null &&
            change.edits.some(
              ({ definitionId }) =>
                definitionIds === undefined || definitionIds.includes(definitionId),
            ),
        ),
    );
}
