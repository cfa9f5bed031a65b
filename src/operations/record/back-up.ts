import { setImmediate as turn } from 'node:timers/promises';
import { EXIT, UserError } from '../../errors.ts';
import type { InventoryHeader, Journal } from '../../journal/index.ts';
import type { ChainState } from '../../model/certificate.ts';
import type { Plan } from '../../model/change.ts';
import type { Run } from '../../model/run.ts';
import { chainState } from './chain-state.ts';

/** What a copy of a journal holds: as it was read from the copy. */
export interface Backup {
  readonly bytes: number;
  /** Newest first, each list. */
  readonly inventories: readonly InventoryHeader[];
  readonly plans: readonly Plan[];
  readonly runs: readonly Run[];
  readonly chain: ChainState;
}

/**
 * Copies all that the journal holds into the empty `file`, as of one moment, and reads the copy: another process can write meanwhile.
 * Throws `UserError` where there is no room, and where it is asked to stop before the copy is read.
 */
export async function backUp(
  { journal, stop }: { readonly journal: Journal; readonly stop: AbortSignal },
  file: string,
): Promise<Backup> {
  const copy = journal.copyInto(file);
  try {
    await turn();
    if (stop.aborted) throw stopped();
    return {
      bytes: copy.bytes,
      inventories: copy.inventories.list(Number.MAX_SAFE_INTEGER),
      plans: copy.plans.list(),
      runs: copy.runs.list(),
      chain: chainState(copy),
    };
  } finally {
    copy.close();
  }
}

function stopped(): UserError {
  return new UserError(
    'stopped',
    'The backup was stopped. Nothing was written.',
    'Run the same command again.',
    EXIT.stopped,
  );
}
