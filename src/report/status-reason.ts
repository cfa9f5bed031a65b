import { minuteOf } from '../minute-of.ts';
import type { Run } from '../model/run.ts';
import type { ChangeLine } from './groups.ts';

/** Why a change of a run has its status; of one that was sent and not answered, that. Null where there is nothing to say. */
export function statusReason(
  { outcome, sentAt }: Pick<ChangeLine, 'outcome' | 'sentAt'>,
  { endedAt }: Pick<Run, 'endedAt'>,
): string | null {
  if (outcome !== null) return outcome.reason;
  if (sentAt === null) return null;
  return endedAt === null
    ? `sent at ${minuteOf(sentAt)}, answer not known; a resume or a rollback reads the record first`
    : `sent at ${minuteOf(sentAt)}, and no answer came before the run ended`;
}
