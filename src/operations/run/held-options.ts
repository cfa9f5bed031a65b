import type { Plan } from '../../model/change.ts';
import { findOption } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import type { Executor } from './executor.ts';
import { findHolders, heldInWords } from './option-holders.ts';
import type { OptionLedger } from './option-ledger.ts';

/** The options that a run is to retire, and that something still holds. */
export class HeldOptions {
  readonly #executor: Executor;
  readonly #run: Run;
  readonly #plan: Plan;
  readonly #ledger: OptionLedger;

  constructor(executor: Executor, run: Run, plan: Plan, ledger: OptionLedger) {
    this.#executor = executor;
    this.#run = run;
    this.#plan = plan;
    this.#ledger = ledger;
  }

  /** Settles the retirements that must not be, with who is in the way. */
  async keep(): Promise<void> {
    const left = this.#leftValues();
    for (const each of this.#ledger.unsettled(({ action }) => action === 'retire')) {
      if (each.action === 'add') continue;
      const reason = left.has(`${each.definitionId}:${each.optionId}`)
        ? 'values that could not be changed still hold it'
        : await this.#heldByOthers(each.definitionId, each.optionId);
      if (reason !== null) this.#ledger.settle(each, 'conflict', reason, each.optionId);
    }
  }

  /** Options that stand where this run could not put another, seen by this sign-in or not. What is in conflict was read, and a reading tells. */
  #leftValues(): Set<string> {
    const left = new Set<string>();
    for (const { change, status } of this.#executor.journal.runs.problems(this.#run.runId)) {
      if (status === 'conflict') continue;
      for (const { definitionId, before } of change?.edits ?? []) {
        if (before.state === 'value') left.add(`${definitionId}:${before.content}`);
      }
    }
    return left;
  }

  /** What others have put on an option since; null where nobody has. An option that was open for this run alone is held by its own values. */
  async #heldByOthers(definitionId: string, optionId: string): Promise<string | null> {
    const field = this.#ledger.field(definitionId);
    if (field === undefined || field.deleted) return null;
    const heldId = this.#ledger.standIn(definitionId, optionId);
    if (findOption(field, heldId)?.retired !== false) return null;
    if (this.#ledger.isPassing(definitionId, optionId)) {
      return this.#ledger.isOpenedByOthers(definitionId, optionId)
        ? 'it was restored before this run came to it; it stays'
        : null;
    }
    if (this.#plan.isForced) return null;
    const { platform } = this.#executor;
    const holders = await findHolders(platform, field, heldId, this.#ledger.definitions);
    return holders === null ? null : heldInWords(holders, field);
  }
}
