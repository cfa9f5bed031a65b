import { setMaxListeners } from 'node:events';
import type { PendingRecord } from '../../journal/index.ts';
import type { Outcome, Run } from '../../model/run.ts';
import { Canary } from './canary.ts';
import type { Executor } from './executor.ts';
import type { Limits } from './limits.ts';
import { Opening } from './opening.ts';
import type { OptionWriter } from './option-writer.ts';
import { ProblemStreak } from './problem-streak.ts';
import type { StopReason } from './stop-reason.ts';

/**
 * Asked between batches whether a run may go on, and told of every outcome: the one place where the limits on damage are kept.
 * What must not wait for a batch to end (a pause, too many problems) holds back the writes that have not left.
 */
export class Checkpoint {
  readonly #executor: Executor;
  readonly #limits: Limits;
  readonly #problems: ProblemStreak;
  readonly #canary: Canary;
  readonly #picklists: OptionWriter;
  readonly #opening: Opening | null;
  readonly #places = new Map<string, number>();
  #hold = new AbortController();
  #lastProblem = '';

  constructor(
    executor: Executor,
    { run, requestsLeft, limits }: { run: Run; requestsLeft: number; limits: Limits },
    picklists: OptionWriter,
  ) {
    this.#executor = executor;
    this.#limits = limits;
    this.#picklists = picklists;
    this.#opening =
      limits.window === undefined
        ? null
        : new Opening(executor, limits, limits.window, requestsLeft);
    this.#problems = new ProblemStreak(limits.stopAfterProblems);
    this.#canary = new Canary(executor, run);
  }

  /** Watches, until the returned function is called, for what may come between two batches. */
  watch(): () => void {
    const { pause } = this.#limits;
    if (pause.invitation !== '' && !pause.isSet()) this.#executor.progress.say(pause.invitation);
    return this.#limits.everySecond(() => {
      if (this.#limits.pause.isSet() || this.#opening?.isOpen === false) this.#hold.abort();
    });
  }

  /** Holds back the writes of the batch under way that have not left. */
  get hold(): AbortSignal {
    return this.#hold.signal;
  }

  /** How many of the `wanted` records the next batch may have. */
  room(wanted: number): number {
    const { stopAfter = Number.POSITIVE_INFINITY } = this.#limits;
    return Math.max(Math.min(wanted, stopAfter - this.#places.size, this.#canary.left), 1);
  }

  /** Why the run must stop now; null where it may go on, if need be after a wait. `isLast`: no record is left. */
  async pass(isLast: boolean): Promise<StopReason | null> {
    for (;;) {
      const reason = await this.#look(isLast);
      if (reason !== null || this.#opening === null || this.#opening.isOpen) return reason;
      if (isLast && !(await this.#picklists.areToBeWritten())) return null;
      await this.#opening.wait();
      if (this.#executor.stop.aborted) return { kind: 'asked' };
      // Hours may have gone by: options may have been renamed or retired.
      if (this.#opening.isOpen) await this.#picklists.refresh();
    }
  }

  async #look(isLast: boolean): Promise<StopReason | null> {
    const { pause, stopAfter = Number.POSITIVE_INFINITY } = this.#limits;
    if (pause.isSet()) return { kind: 'paused', place: pause.place };
    if (this.#executor.stop.aborted && !isLast) return { kind: 'asked' };
    if (this.#problems.isTooLong && !isLast) {
      return { kind: 'problems', inRow: this.#problems.longest, last: this.#lastProblem };
    }
    const refused = await this.#canary.pass(
      this.#picklists.definitions,
      isLast,
      this.#limits.askCanary,
    );
    if (refused !== null) return refused;
    return this.#places.size >= stopAfter && !isLast ? { kind: 'stopAfter' } : null;
  }

  /** A batch begins: what was held back before may leave again. */
  begin(batch: readonly PendingRecord[]): void {
    this.#hold = new AbortController();
    // One listener for each write that waits.
    setMaxListeners(0, this.#hold.signal);
    this.#problems.clearSuspicion();
    for (const record of batch) {
      const key = keyOf(record);
      if (!this.#places.has(key)) this.#places.set(key, this.#places.size);
    }
  }

  /** The batch ends without these, its last: they come again with the next. */
  leave(records: readonly PendingRecord[]): void {
    for (const record of records) this.#places.delete(keyOf(record));
  }

  /** What was sent of a record was refused. Whether that is a problem, the next reading or sending tells. */
  suspect(record: PendingRecord): void {
    this.#problems.suspect(this.#places.get(keyOf(record)) ?? 0);
  }

  /** Whether so many records in a row may have a problem that no more had better be sent before it is known. */
  get fearsProblems(): boolean {
    return this.#problems.isFeared;
  }

  /** What became of some changes of one record. */
  note(record: PendingRecord, outcomes: readonly Outcome[]): void {
    const key = keyOf(record);
    if (outcomes.some(({ written }) => written.length > 0)) this.#canary.noteWritten(key);
    const problem = outcomes.find(
      ({ status }) => status === 'conflict' || status === 'rejected' || status === 'noAccess',
    );
    if (problem === undefined) return;
    this.#lastProblem = problem.reason ?? problem.status;
    this.#problems.add(this.#places.get(key) ?? 0);
    if (this.#problems.isTooLong) this.#hold.abort();
  }
}

function keyOf({ parentType, recordId }: PendingRecord): string {
  return `${parentType} ${recordId}`;
}
