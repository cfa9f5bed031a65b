import { EXIT, UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { chooseFields } from '../inventory/inventory.ts';
import type { RollbackRequest } from './rollback.ts';

/**
 * Refuses to go on with a rollback that restores more than the records and fields that are named now, or that leaves alone what is to
 * be forced now: a rollback keeps the scope that it began with. Throws `UserError`.
 */
export function requireSameScope(
  journal: Journal,
  unfinished: Run,
  plan: Plan,
  { runId, records, fields, isForced }: RollbackRequest,
): void {
  const refuse = (difference: string): never => {
    throw new UserError(
      'other_scope',
      `${unfinished.runId}, the unfinished rollback of ${runId}, ${difference}. Nothing was written.`,
      `Go on with it as it began: \`clio-fields rollback ${runId} --resume\`. Or undo what it did: \`clio-fields rollback ${unfinished.runId}\`.`,
      EXIT.stopped,
    );
  };
  if (isForced && !plan.isForced) refuse('began without --force');
  if (records.length === 0 && fields.length === 0) return;
  const definitions = journal.inventories.definitions(plan.inventoryId);
  const chosen = new Set(chooseFields(fields, definitions).map(({ id }) => id));
  for (const { recordId, edits } of journal.plans.changes(plan.planId)) {
    if (records.length > 0 && !records.includes(recordId))
      refuse(`restores record ${recordId} too, which --record does not name`);
    if (fields.length > 0 && !edits.some(({ definitionId }) => chosen.has(definitionId)))
      refuse(`restores "${edits[0].fieldName}" too, which --field does not name`);
  }
}
