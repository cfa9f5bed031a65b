import type { Act, Reviewer } from '../model/certificate.ts';
import type { Change } from '../model/change.ts';
import type { ParentType } from '../model/field.ts';
import type { CanaryEnd, SettledStatus } from '../model/run.ts';
import { unpackChange } from './change-text.ts';
import type { Codec } from './codec.ts';
import type { Cell } from './connection.ts';
import { idOf, keyOf, recordIdCell } from './ids.ts';
import type { OutcomeBody } from './outcome-body.ts';
import { SETTLED_STATUSES } from './run-row.ts';
import { pages, type Store } from './store.ts';

/** A change that was settled and not made, as far as the journal still tells it. */
export interface Unmade {
  readonly changeId: string;
  readonly parentType: ParentType;
  readonly recordId: string;
  readonly definitionId: string;
  readonly status: SettledStatus;
  /** Null once its values were purged. */
  readonly known: { readonly change: Change; readonly reason: string | null } | null;
}

interface EntryRow {
  readonly entry_key: number;
  readonly text: string;
}

interface UnmadeRow {
  readonly key: number;
  readonly change_id: string;
  readonly parent_type: ParentType;
  readonly record_id: string | number;
  readonly status: SettledStatus;
  readonly change_body: Cell;
  readonly body: Cell;
}

/** What the journal can say of a run for good: it needs no client's value, and so outlives a purge. */
export class Testimony {
  readonly #store: Store;
  readonly #codec: Codec;

  constructor(store: Store, codec: Codec) {
    this.#store = store;
    this.#codec = codec;
  }

  planned(planId: string, createdAt: string): Act {
    const [entry] = this.#entries('planned', { planKey: keyOf('plan', planId) });
    if (entry === undefined) return { by: null, at: createdAt, entry: null };
    const { by, at }: { by: string; at: string } = JSON.parse(entry.text);
    return { by, at, entry: entry.entry_key };
  }

  /** Those of the plan and of the plans that it is the reviewed form of, in the order in which they began. */
  reviewers(planId: string): Reviewer[] {
    return this.#store.all<Reviewer>(REVIEWERS, keyOf('plan', planId) ?? null);
  }

  /** Oldest first, those after the run began left out. */
  approvals(planId: string, runId: string): (Act & { readonly how: string })[] {
    const began = this.started(runId).entry ?? Number.POSITIVE_INFINITY;
    return this.#entries('approval', { planKey: keyOf('plan', planId) })
      .filter(({ entry_key: key }) => key < began)
      .map(({ entry_key: entry, text }) => {
        const { by, how, at }: { by: string; how: string; at: string } = JSON.parse(text);
        return { by, how, at, entry };
      });
  }

  started(runId: string): Act {
    const [entry] = this.#entries('runStarted', { runKey: keyOf('run', runId) });
    if (entry === undefined) return { by: null, at: '', entry: null };
    const { startedAt: at }: { startedAt: string } = JSON.parse(entry.text);
    return { by: null, at, entry: entry.entry_key };
  }

  /** How its first records were looked at before the rest was written; null where they were not, or the journal was begun before it kept that. */
  canary(runId: string): (Act & CanaryEnd) | null {
    const entry = this.#entries('canaryPassed', { runKey: keyOf('run', runId) }).at(-1);
    if (entry === undefined) return null;
    const { records, how, at }: CanaryEnd & { at: string } = JSON.parse(entry.text);
    return { by: null, records, how, at, entry: entry.entry_key };
  }

  /** The last time; null where it never did. */
  ended(runId: string): Act | null {
    const entry = this.#entries('runFinished', { runKey: keyOf('run', runId) }).at(-1);
    if (entry === undefined) return null;
    const { endedAt: at }: { endedAt: string } = JSON.parse(entry.text);
    return { by: null, at, entry: entry.entry_key };
  }

  /** How many of the plan's option changes there are, and how those of the run ended. */
  options(
    planId: string,
    runId: string,
  ): { readonly planned: number; readonly counts: Readonly<Record<SettledStatus, number>> } {
    const counts = { applied: 0, alreadyThere: 0, conflict: 0, rejected: 0, noAccess: 0 };
    const rows = this.#store.all<{ status: SettledStatus; count: number }>(
      `SELECT status, COUNT(*) AS count FROM option_outcomes
       WHERE run_key = ? AND status IS NOT NULL GROUP BY status`,
      keyOf('run', runId) ?? null,
    );
    for (const status of SETTLED_STATUSES)
      counts[status] = rows.find((row) => row.status === status)?.count ?? 0;
    const [plan] = this.#store.all<{ planned: number }>(
      'SELECT option_changes AS planned FROM plans WHERE plan_key = ?',
      keyOf('plan', planId) ?? null,
    );
    return { planned: plan?.planned ?? 0, counts };
  }

  /** In the plan's order, in flat memory. */
  *unmade(runId: string): IterableIterator<Unmade> {
    const runKey = keyOf('run', runId) ?? null;
    for (const row of pages<UnmadeRow>((last, limit) =>
      this.#store.all(UNMADE, runKey, last?.key ?? 0, limit),
    )) {
      const { change_id: changeId, parent_type: parentType, status } = row;
      yield {
        changeId,
        parentType,
        recordId: String(row.record_id),
        definitionId: changeId.split(':').at(-1) ?? '',
        status,
        known: this.#known(row),
      };
    }
  }

  /** What kinds of record of an id a run's plan changes; it outlives a purge. */
  kindsOf(runId: string, recordId: string): ParentType[] {
    return this.#store
      .all<{ parent: ParentType }>(
        `SELECT DISTINCT c.parent_type AS parent FROM runs
         JOIN changes AS c ON c.plan_key = runs.plan_key
         WHERE runs.run_key = ? AND c.parent_type IN ('matter', 'contact') AND c.record_id = ?`,
        keyOf('run', runId) ?? null,
        recordIdCell(recordId),
      )
      .map(({ parent }) => parent);
  }

  /** When its clients' values were purged. */
  purgedAt(runId: string): string | null {
    const [row] = this.#store.all<{ at: string | null }>(
      'SELECT purged_at AS at FROM runs WHERE run_key = ?',
      keyOf('run', runId) ?? null,
    );
    return row?.at ?? null;
  }

  /** The runs that undo a run, oldest first. */
  rollbacksOf(runId: string): string[] {
    return this.#store
      .all<{ key: number }>(
        'SELECT run_key AS key FROM runs WHERE rolls_back = ? ORDER BY run_key',
        keyOf('run', runId) ?? null,
      )
      .map(({ key }) => idOf('run', key));
  }

  #known({ change_body: text, body }: UnmadeRow): Unmade['known'] {
    if (text === null || body === null) return null;
    const change = unpackChange(this.#codec.decode(text));
    const { reason }: OutcomeBody = JSON.parse(this.#codec.decode(body));
    return { change, reason };
  }

  #entries(
    kind: 'planned' | 'approval' | 'runStarted' | 'canaryPassed' | 'runFinished',
    { planKey, runKey }: { planKey?: number | undefined; runKey?: number | undefined },
  ): EntryRow[] {
    return this.#store.all<EntryRow>(
      `SELECT entry_key, text FROM entries
       WHERE kind = ? AND plan_key IS ? AND run_key IS ? AND text IS NOT NULL ORDER BY entry_key`,
      kind,
      planKey ?? null,
      runKey ?? null,
    );
  }
}

const REVIEWERS = `
  WITH RECURSIVE reviewed (plan_key) AS (
    SELECT ?
    UNION SELECT plans.review_of FROM plans JOIN reviewed USING (plan_key)
    WHERE plans.review_of IS NOT NULL
  )
  SELECT b.decided_by AS "by", b.how, COUNT(*) AS decisions,
    MIN(b.decided_at) AS first, MAX(b.decided_at) AS last
  FROM decision_batches AS b JOIN decisions USING (batch_key)
  WHERE b.plan_key IN (SELECT plan_key FROM reviewed) AND b.undone_at IS NULL
  GROUP BY b.decided_by, b.how ORDER BY MIN(b.batch_key)`;

const UNMADE = `
  SELECT o.change_key AS key, c.change_id, c.parent_type, c.record_id, o.status,
    c.body AS change_body, o.body
  FROM outcomes AS o INDEXED BY problems
  CROSS JOIN changes AS c ON c.change_key = o.change_key
  WHERE o.run_key = ? AND o.change_key > ? AND o.status IN ('conflict', 'rejected', 'noAccess')
  ORDER BY o.change_key LIMIT ?`;
