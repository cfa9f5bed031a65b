import type { Definition } from '../../model/field.ts';
import type { Run } from '../../model/run.ts';
import { verifyValues } from '../record/verify.ts';
import type { Executor } from './executor.ts';
import type { CanaryAnswer, CanaryResult } from './limits.ts';
import type { StopReason } from './stop-reason.ts';

/**
 * The first records of a run, which somebody looks at before the rest is written. How many, and whether they were looked at, stands
 * in the journal: a run that is killed and resumed goes on with its canary.
 */
export class Canary {
  readonly #executor: Executor;
  readonly #runId: string;
  /** How many records it has; null where there is none, or none any more. */
  #size: number | null;
  readonly #written = new Set<string>();

  constructor(executor: Executor, { runId, canary }: Run) {
    this.#executor = executor;
    this.#runId = runId;
    this.#size = canary === null || canary.isPassed ? null : canary.records;
    if (this.#size === null) return;
    for (const { change } of executor.journal.runs.applied(runId))
      this.#written.add(`${change.parentType} ${change.recordId}`);
  }

  /** How many records it still takes. */
  get left(): number {
    return this.#size === null ? Number.POSITIVE_INFINITY : this.#size - this.#written.size;
  }

  noteWritten(record: string): void {
    if (this.#size !== null) this.#written.add(record);
  }

  /** Where the canary is complete: reads it anew, shows it, and answers with a reason to stop unless somebody said yes. */
  async pass(
    definitions: readonly Definition[],
    isLast: boolean,
    ask: (result: CanaryResult) => Promise<CanaryAnswer>,
  ): Promise<StopReason | null> {
    const isComplete = this.left <= 0 || (isLast && this.#written.size > 0);
    if (this.#size === null || !isComplete) return null;
    const { journal } = this.#executor;
    const standing = await verifyValues(this.#executor, this.#runId, definitions);
    const problems = [...journal.runs.problems(this.#runId)].length;
    const result: CanaryResult = {
      runId: this.#runId,
      records: this.#written.size,
      standing,
      problems,
      isGood: problems + standing.moved + standing.unseen === 0,
    };
    const answer = isLast && result.isGood ? 'over' : await ask(result);
    if (answer !== 'no') {
      journal.runs.passCanary(this.#runId, { records: result.records, how: answer });
      this.#size = null;
    }
    return answer === 'yes' || answer === 'over' ? null : { kind: 'canary', result };
  }
}
