import type { UserError } from '../errors.ts';
import { PARENT_TYPES, type ParentType } from '../model/field.ts';
import type { CanaryEnd, Intent, KeptLimits, Outcome, Run } from '../model/run.ts';
import { Brakes } from './brakes.ts';
import type { Chain } from './chain.ts';
import { ChangeOutcomes, type Position, type Withdrawn } from './change-outcomes.ts';
import type { Codec } from './codec.ts';
import { type FormerValue, formerValues } from './former-values.ts';
import { BEFORE_ALL_RECORDS, idOf, keyOf, purged, recordIdCell, unknownId } from './ids.ts';
import type { InventoryHeader } from './inventory-row.ts';
import { type OptionOutcome, OptionOutcomes, type OptionSettlement } from './option-outcomes.ts';
import type { PartFilter } from './parts.ts';
import { recordsWrittenAfter, runsBefore, runsWithOptions } from './past-runs.ts';
import type { Plans } from './plans.ts';
import { problemsOf, type RunProblem } from './problems.ts';
import {
  type PendingRecord,
  type RunChange,
  RunChanges,
  type SettledChange,
} from './run-changes.ts';
import { runOf, type RunRow, SELECT_RUNS, unfinishedRuns } from './run-row.ts';
import type { Store } from './store.ts';

/** Records that others go before. */
export interface Aside {
  readonly count: number;
  readonly has: (record: PendingRecord) => boolean;
}

const NONE_ASIDE: Aside = { count: 0, has: () => false };
const LAST_BEGUN = `
  SELECT max(begun_at) FROM (
    SELECT begun_at FROM outcomes WHERE run_key = ? AND status IS NULL
    UNION ALL
    SELECT begun_at FROM option_outcomes WHERE run_key = ? AND status IS NULL)`;
const NO_REQUESTS: Run['requests'] = { reads: 0, writes: 0, retries: 0, throttled: 0 };

/** Executions of plans: what was begun, and what became of it, durable before the call returns. */
export class Runs {
  readonly #store: Store;
  readonly #codec: Codec;
  readonly #chain: Chain;
  readonly #plans: Plans;
  readonly #changes: RunChanges;
  readonly #outcomes: ChangeOutcomes;
  readonly #options: OptionOutcomes;
  readonly #brakes: Brakes;
  readonly #now: () => Date;
  /** The first record with work left, by run: stored with the next outcome, so that a resume need not look for it. */
  readonly #positions = new Map<number, Position>();

  constructor(store: Store, codec: Codec, chain: Chain, plans: Plans, now: () => Date) {
    this.#store = store;
    this.#codec = codec;
    this.#chain = chain;
    this.#plans = plans;
    this.#changes = new RunChanges(store, codec);
    this.#outcomes = new ChangeOutcomes(store, codec, chain);
    this.#options = new OptionOutcomes(store, codec, chain);
    this.#brakes = new Brakes(store, chain);
    this.#now = now;
  }

  begin(start: {
    readonly planId: string;
    readonly rollsBack: string | null;
    readonly startedAt: string;
    /** How many first records somebody looks at before the rest is written. */
    readonly canary?: number | undefined;
    readonly limits?: KeptLimits;
  }): Run {
    const plan = this.#plans.row(start.planId);
    if (plan.purged_at !== null) throw purged(start.planId, plan.purged_at, 'Make a new plan.');
    const { planId, rollsBack, startedAt, canary = null } = start;
    return this.#store.transaction(() => {
      const key = this.#store.insert(
        `INSERT INTO runs (plan_key, rolls_back, started_at, status, canary, limits)
         VALUES (?, ?, ?, 'running', ?, ?)`,
        plan.plan_key,
        rollsBack === null ? null : (keyOf('run', rollsBack) ?? null),
        startedAt,
        canary,
        start.limits === undefined ? null : JSON.stringify(start.limits),
      );
      const runId = idOf('run', key);
      const { digest } = plan;
      this.#chain.append(
        'runStarted',
        { runKey: key },
        { runId, planId, digest, rollsBack, startedAt, canary },
      );
      return this.find(runId);
    });
  }

  /** The newest that is not at its end: running, or stopped with work left; one that is being rolled back is over. */
  unfinished(): Run | null {
    const [row] = unfinishedRuns(this.#store);
    return row === undefined ? null : runOf(row);
  }

  /** Throws `UserError` for an id that is unknown. */
  find(runId: string): Run {
    return runOf(this.#row(runId));
  }

  /** Newest first. */
  list(): Run[] {
    return this.#store.all<RunRow>(`${SELECT_RUNS} ORDER BY run_key DESC`).map(runOf);
  }

  finish(
    runId: string,
    end: { readonly status: 'completed' | 'incomplete'; readonly endedAt: string },
  ): void {
    const row = this.#row(runId);
    const { status, endedAt } = end;
    this.#store.transaction(() => {
      this.#store.run(
        'UPDATE runs SET status = ?, ended_at = ? WHERE run_key = ?',
        status,
        endedAt,
        row.run_key,
      );
      const { counts } = runOf(row);
      this.#chain.append(
        'runFinished',
        { runKey: row.run_key },
        { runId, status, endedAt, counts },
      );
    });
  }

  /** Gives a canary to a run that has written nothing yet. */
  setCanary(runId: string, records: number): void {
    this.#brakes.setCanary(this.#row(runId), records, this.#now().toISOString());
  }

  /** Somebody has heard how the canary ended: from here on the run may go on. */
  passCanary(runId: string, end: CanaryEnd): void {
    this.#brakes.passCanary(this.#row(runId), end, this.#now().toISOString());
  }

  /** What it is limited by from now on, over all resumes. */
  keepLimits(runId: string, limits: KeptLimits): void {
    this.#brakes.keepLimits(this.#row(runId), limits);
  }

  /** Adds to what the run has asked for already, before it was resumed. */
  addRequests(runId: string, requests: Run['requests']): void {
    this.#addRequests(this.#row(runId), requests);
  }

  #addRequests({ run_key: runKey }: RunRow, requests: Run['requests']): void {
    this.#store.run(
      `UPDATE runs SET reads = reads + ?, writes = writes + ?, retries = retries + ?,
         throttled = throttled + ? WHERE run_key = ?`,
      requests.reads,
      requests.writes,
      requests.retries,
      requests.throttled,
      runKey,
    );
  }

  /**
   * The next records, of one parent type, that have changes without an outcome: the same ones until they are settled.
   * Matters first, then by record id as people count. Empty when all is done, but for those that are set `aside`.
   */
  nextRecords(runId: string, limit: number, aside: Aside = NONE_ASIDE): PendingRecord[] {
    const run = this.#whole(runId);
    const start = this.#positionOf(run);
    let hasPosition = false;
    for (const parentType of PARENT_TYPES.slice(PARENT_TYPES.indexOf(start.parentType))) {
      const from = parentType === start.parentType ? start.record : BEFORE_ALL_RECORDS;
      const records = this.#changes.next(run, parentType, from, limit + aside.count);
      const [first] = records;
      if (first === undefined) continue;
      if (!hasPosition)
        this.#positions.set(run.run_key, { parentType, record: recordIdCell(first.recordId) });
      hasPosition = true;
      const others = records.filter((record) => !aside.has(record));
      if (others.length > 0) return others.slice(0, limit);
    }
    return [];
  }

  /** Records with changes that may have been sent and are not settled; only those changes. */
  begunRecords(runId: string): PendingRecord[] {
    return this.#changes.begun(this.#whole(runId));
  }

  /** When the last of what may have been sent and is not settled, options included, was to leave, ISO 8601; null where there is none. */
  lastBegunAt(runId: string): string | null {
    const run = this.#row(runId);
    const [at] = this.#store.column<string | null>(LAST_BEGUN, run.run_key, run.run_key);
    return at ?? null;
  }

  /**
   * Call it right before the changes of one record leave: it returns once the intent is durable, and with it that so many more
   * requests were sent. The latest intent counts.
   */
  beginChanges(runId: string, intents: readonly Intent[], requests = NO_REQUESTS): void {
    const run = this.#row(runId);
    const at = this.#now().toISOString();
    this.#outcomes.begin(run, intents, at, () => this.#addRequests(run, requests));
  }

  /**
   * Call it where the platform said that it did not do what was begun, before anything else is read or sent: it returns once it is
   * durable that nothing of this run's can be there. Otherwise, after a crash, somebody else's hand would pass for the run's own.
   */
  withdrawChanges(runId: string, withdrawn: readonly Withdrawn[]): void {
    this.#outcomes.withdraw(this.#row(runId), withdrawn);
  }

  /** Durable when it returns. A change is settled once. */
  settle(runId: string, outcomes: readonly Outcome[]): void {
    const run = this.#row(runId);
    this.#outcomes.settle(run, outcomes, this.#positionOf(run), this.#now().toISOString());
  }

  /** As `beginChanges`. */
  beginOptions(runId: string, changeIds: readonly string[], requests = NO_REQUESTS): void {
    const run = this.#whole(runId);
    const at = this.#now().toISOString();
    this.#options.begin(run, changeIds, at, () => this.#addRequests(run, requests));
  }

  /** As `withdrawChanges`, of option changes that were begun but once. */
  withdrawOptions(runId: string, changeIds: readonly string[]): void {
    this.#options.withdraw(this.#whole(runId), changeIds);
  }

  settleOption(runId: string, settlement: OptionSettlement): void {
    this.#options.settle(this.#whole(runId), settlement, this.#now().toISOString());
  }

  /** The option changes that are settled, in the plan's order. */
  optionOutcomes(runId: string): OptionOutcome[] {
    return this.#options.settled(this.#whole(runId));
  }

  /**
   * The runs on an account's host that changed options of picklists, rollbacks too, oldest first; those from before an inventory where
   * one is given. Purged ones are left out.
   */
  withOptions(origin: string, before: string | null): Run[] {
    return runsWithOptions(this.#store, origin, before).map((runId) => this.find(runId));
  }

  /** The ids of option changes that may have been sent and are not settled. */
  begunOptions(runId: string): string[] {
    return this.#options.begun(this.#whole(runId));
  }

  /** Every change of the plan, in its order, with what became of it; in flat memory. */
  changes(runId: string, filter: PartFilter = {}): IterableIterator<RunChange> {
    return this.#changes.all(this.#whole(runId), filter);
  }

  /** What a rollback has to undo: changes that wrote something, rejected ones too where the platform stored something else. */
  applied(runId: string, filter: PartFilter = {}): IterableIterator<SettledChange> {
    return this.#changes.written(this.#whole(runId), filter);
  }

  /**
   * The values that runs of plans changed before an inventory was taken, as they were before: what a column's evidence would
   * otherwise lose. What a rollback put back is left out, for it is in the inventory again; and so are purged runs.
   */
  *formerValues(
    inventory: Pick<InventoryHeader, 'inventoryId' | 'origin'>,
  ): IterableIterator<FormerValue> {
    yield* formerValues(runsBefore(this.#store, inventory), (runId) => this.applied(runId));
  }

  /** Ids of the records of a kind that runs wrote to after an inventory was begun, on its account's host. */
  writtenAfter(
    inventory: Pick<InventoryHeader, 'inventoryId' | 'origin'>,
    parentType: ParentType,
  ): string[] {
    const parts = { store: this.#store, codec: this.#codec };
    return recordsWrittenAfter(parts, inventory, parentType);
  }

  /** What could not be made, options first; read anew at each iteration. */
  problems(runId: string): Iterable<RunProblem> {
    const run = this.#whole(runId);
    return {
      [Symbol.iterator]: () => problemsOf(this.#options.settled(run), this.#changes.unmade(run)),
    };
  }

  #positionOf(run: RunRow): Position {
    return this.#positions.get(run.run_key) ?? storedPosition(run);
  }

  #row(runId: string): RunRow {
    const row = this.#store
      .all<RunRow>(`${SELECT_RUNS} WHERE run_key = ?`, keyOf('run', runId) ?? null)
      .at(0);
    if (row === undefined) throw this.#unknown(runId);
    return row;
  }

  #whole(runId: string): RunRow {
    const row = this.#row(runId);
    if (row.purged_at !== null) {
      throw purged(runId, row.purged_at, 'What it did can no longer be shown or rolled back.');
    }
    return row;
  }

  #unknown(runId: string): UserError {
    const known = this.#store
      .all<{ key: number }>('SELECT run_key AS key FROM runs ORDER BY run_key DESC LIMIT 6')
      .map(({ key }) => idOf('run', key));
    return unknownId('run', runId, known, 'clio-fields apply');
  }
}

function storedPosition({ position_parent: parent, position_record: record }: RunRow): Position {
  const parentType = PARENT_TYPES.find((each) => each === parent) ?? PARENT_TYPES[0];
  return { parentType, record: record ?? BEFORE_ALL_RECORDS };
}
