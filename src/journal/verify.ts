import type { Plan } from '../model/change.ts';
import type { SettledStatus } from '../model/run.ts';
import { type Codec, hashOf } from './codec.ts';
import type { Cell } from './connection.ts';
import { idOf } from './ids.ts';
import { linkHash, outcomeText, readHead, START } from './link.ts';
import { PartReader } from './parts.ts';
import { frameHashOf } from './plan-frame.ts';
import type { PlanRow } from './plan-row.ts';
import { COUNT_COLUMNS, type RunRow, SELECT_RUNS, SETTLED_STATUSES } from './run-row.ts';
import { pages, type Store } from './store.ts';
import { contradictionOfDecisions } from './verify-decisions.ts';
import { contradictionOfPurges } from './verify-purges.ts';

export type Verification =
  | { readonly ok: true; readonly entries: number; readonly head: string }
  | {
      readonly ok: false;
      readonly entries: number;
      /** The first entry that does not hold, counted from 1; null where all hold, but the tables say something else. */
      readonly brokenAt: number | null;
      /** What that entry is about: `an outcome of run-1`; null where nothing tells it any more. */
      readonly about: string | null;
      readonly reason: string;
    };

interface EntryRow {
  readonly entry_key: number;
  readonly kind: string;
  readonly plan_key: number | null;
  readonly run_key: number | null;
  readonly option_key: number | null;
  readonly text: string | null;
  readonly hash: string;
  readonly change_id: string | null;
  readonly settled_at: string | null;
  readonly status: SettledStatus | null;
  readonly body: Cell;
  readonly body_hash: string | null;
}

/** A place in the journal that does not say what it said when it was written. */
class Broken extends Error {}

/**
 * Reads the chain from its start, and holds every approval, run and outcome against it. Takes seconds for a million changes.
 * Whoever can write the file can also write the whole chain anew: keep the head's hash elsewhere to notice that.
 */
export function verifyChain(store: Store, codec: Codec): Verification {
  const head = readHead(store);
  let last = START;
  let about: string | null = null;
  try {
    for (const entry of pages<EntryRow>((previous, limit) =>
      store.all(ENTRIES, previous?.entry_key ?? 0, limit),
    )) {
      const position = last.entryKey + 1;
      about = entry.entry_key === position ? describe(entry) : null;
      if (entry.entry_key !== position) throw new Broken('entries are missing');
      const hash = linkHash(last.hash, textOf(entry, codec));
      if (hash !== entry.hash) throw new Broken('an entry, or what it speaks of, was changed');
      last = { entryKey: position, hash };
      about = null;
    }
    if (last.entryKey !== head.entryKey || last.hash !== head.hash) {
      throw new Broken('entries are missing at the end');
    }
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return {
      ok: false,
      entries: head.entryKey,
      brokenAt: last.entryKey + 1,
      about,
      reason: error.message,
    };
  }
  const contradiction = findContradiction(store, codec);
  if (contradiction !== null) {
    return {
      ok: false,
      entries: head.entryKey,
      brokenAt: null,
      about: null,
      reason: contradiction,
    };
  }
  return { ok: true, entries: head.entryKey, head: head.hash };
}

const ENTRIES = `
  SELECT e.entry_key, e.kind, e.plan_key, e.run_key, e.option_key, e.text, e.hash, c.change_id,
    COALESCE(o.settled_at, p.settled_at) AS settled_at, COALESCE(o.status, p.status) AS status,
    COALESCE(o.body, p.body) AS body, COALESCE(o.body_hash, p.body_hash) AS body_hash
  FROM entries AS e
  LEFT JOIN outcomes AS o ON o.run_key = e.run_key AND o.change_key = e.change_key
  LEFT JOIN changes AS c ON c.change_key = e.change_key
  LEFT JOIN option_outcomes AS p ON p.run_key = e.run_key AND p.option_key = e.option_key
  WHERE e.entry_key > ? ORDER BY e.entry_key LIMIT ?`;

function describe({ kind, plan_key: planKey, run_key: runKey }: EntryRow): string {
  const run = runKey === null ? 'a run' : idOf('run', runKey);
  const plan = planKey === null ? 'a plan' : idOf('plan', planKey);
  switch (kind) {
    case 'planned':
      return `the making of ${plan}`;
    case 'decision':
    case 'decisionUndone':
      return `what was decided of ${plan}`;
    case 'approval':
      return `the approval of ${plan}`;
    case 'runStarted':
      return `the start of ${run}`;
    case 'canarySet':
    case 'canaryPassed':
      return `the canary of ${run}`;
    case 'runFinished':
      return `the end of ${run}`;
    case 'outcome':
      return `an outcome of ${run}`;
    case 'filed':
      return `a report of ${run} that was put into a file`;
    default:
      return `a ${kind}`;
  }
}

/** An entry's text: its own, or made again from the outcome that it is about. */
function textOf(entry: EntryRow, codec: Codec): string {
  if (entry.kind !== 'outcome') return entry.text ?? '';
  const { run_key: runKey, option_key: optionKey, status, settled_at: at, body } = entry;
  const changeId = optionKey === null ? entry.change_id : `option-${optionKey}`;
  const { body_hash: bodyHash } = entry;
  if (runKey === null || changeId === null || status === null || at === null || bodyHash === null) {
    throw new Broken('an outcome is missing');
  }
  if (body !== null && hashOf(codec.decode(body)) !== bodyHash) {
    throw new Broken(`what was written for ${changeId} was changed`);
  }
  return outcomeText({ runId: idOf('run', runKey), changeId, status, at, bodyHash });
}

/** What the tables say that no entry says, or that an entry says otherwise; null where there is nothing. */
function findContradiction(store: Store, codec: Codec): string | null {
  const parts = new PartReader(store, codec);
  for (const plan of store.all<PlanRow>('SELECT * FROM plans')) {
    const found = contradictionOfPlan(store, codec, parts, plan);
    if (found !== null) return `${idOf('plan', plan.plan_key)}: ${found}`;
  }
  for (const run of store.all<RunRow>(SELECT_RUNS)) {
    const found = contradictionOfRun(store, run);
    if (found !== null) return `${idOf('run', run.run_key)}: ${found}`;
  }
  return findGone(store) ?? contradictionOfDecisions(store, codec) ?? contradictionOfPurges(store);
}

/** A plan or a run that the entries speak of and that the tables no longer hold: they are never deleted, a purge keeps them too. */
function findGone(store: Store): string | null {
  for (const [noun, sql] of GONE) {
    const [first] = store.all<{ key: number }>(sql);
    if (first !== undefined) return `${idOf(noun, first.key)}: it is gone`;
  }
  return null;
}

const GONE = [
  [
    'plan',
    `SELECT plan_key AS key FROM entries
     WHERE kind IN ('planned', 'approval') AND text IS NOT NULL
       AND plan_key NOT IN (SELECT plan_key FROM plans) LIMIT 1`,
  ],
  [
    'run',
    `SELECT run_key AS key FROM entries
     WHERE kind = 'runStarted' AND text IS NOT NULL
       AND run_key NOT IN (SELECT run_key FROM runs JOIN plans USING (plan_key)) LIMIT 1`,
  ],
] as const;

function contradictionOfPlan(
  store: Store,
  codec: Codec,
  parts: PartReader,
  plan: PlanRow,
): string | null {
  const entries = said<{
    kind: string;
    digest: string;
    contentHash: string;
    /** Not said by entries from before the chain bound it. */
    frameHash?: string;
    isTwoPerson?: boolean;
  }>(
    store,
    `SELECT text FROM entries WHERE kind IN ('planned', 'approval') AND plan_key = ? AND text IS NOT NULL ORDER BY entry_key`,
    plan.plan_key,
  );
  const frame = entries.length === 0 ? null : readableFrame(plan, codec);
  if (entries.length > 0 && frame === null) return 'what it counts cannot be read';
  for (const { kind, digest, contentHash, frameHash = frame, isTwoPerson = false } of entries) {
    const isSame =
      digest === plan.digest &&
      contentHash === plan.content_hash &&
      frameHash === frame &&
      isTwoPerson === (plan.is_two_person === 1);
    if (!isSame) {
      return kind === 'approval' ? 'it is not what was approved' : 'it is not what was planned';
    }
  }
  if (plan.purged_at !== null) return null;
  const contentHash = parts.contentHash(
    plan.plan_key,
    { lastKey: plan.last_change, count: plan.changes },
    { lastKey: plan.last_flag, count: plan.flags },
  );
  return contentHash === plan.content_hash ? null : 'its changes or flags were changed';
}

/** Null where the plan's summary is not what this program writes. */
function readableFrame(plan: PlanRow, codec: Codec): string | null {
  try {
    return frameHashOf(plan, codec);
  } catch {
    return null;
  }
}

function contradictionOfRun(store: Store, run: RunRow): string | null {
  const [start] = said<Start>(
    store,
    `SELECT text FROM entries
     WHERE kind = 'runStarted' AND run_key = ? AND plan_key IS NULL AND text IS NOT NULL`,
    run.run_key,
  );
  const rollsBack = run.rolls_back === null ? null : idOf('run', run.rolls_back);
  if (
    start?.planId !== idOf('plan', run.plan_key) ||
    start.startedAt !== run.started_at ||
    start.rollsBack !== rollsBack
  ) {
    return 'it did not start as it says';
  }
  if (!isCanaryAsSaid(store, run, start)) return 'its first records were not looked at as it says';
  const counted = new Map(
    store
      .all<{ status: string; count: number }>(
        `SELECT status, COUNT(*) AS count FROM outcomes
         WHERE run_key = ? AND status IS NOT NULL GROUP BY status`,
        run.run_key,
      )
      .map(({ status, count }) => [status, count]),
  );
  const told = store
    .all<{ changes: number; options: number; last: number | null }>(
      `SELECT COUNT(change_key) AS changes, COUNT(option_key) AS options, MAX(entry_key) AS last
     FROM entries WHERE kind = 'outcome' AND run_key = ?`,
      run.run_key,
    )
    .at(0);
  if (!isEndAsSaid(store, run, told?.last ?? 0)) return 'it did not end as it says';
  const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
  const isCounted = SETTLED_STATUSES.every(
    (status) => (counted.get(status) ?? 0) === run[COUNT_COLUMNS[status]],
  );
  return isCounted && told?.changes === total && told.options === run.options_settled
    ? null
    : 'its counts are not those of its outcomes';
}

interface Start {
  readonly planId: Plan['planId'];
  readonly startedAt: string;
  readonly rollsBack: string | null;
  /** Not said where the run began before the chain bound it. */
  readonly canary?: number | null;
}

/** `lastOutcome`: the entry of its last outcome. One that settles something after its end runs again. */
function isEndAsSaid(store: Store, run: RunRow, lastOutcome: number): boolean {
  const ended = store
    .all<{ key: number; text: string }>(
      `SELECT entry_key AS key, text FROM entries
       WHERE kind = 'runFinished' AND run_key = ? AND plan_key IS NULL AND text IS NOT NULL
       ORDER BY entry_key DESC LIMIT 1`,
      run.run_key,
    )
    .at(0);
  if (run.status === 'running') return ended === undefined || ended.key < lastOutcome;
  if (ended === undefined) return false;
  const { status, endedAt }: { status: string; endedAt: string } = JSON.parse(ended.text);
  return status === run.status && endedAt === run.ended_at;
}

function isCanaryAsSaid(store: Store, run: RunRow, start: Start): boolean {
  const entries = (kind: 'canarySet' | 'canaryPassed') =>
    said<{ canary?: number; records?: number }>(
      store,
      `SELECT text FROM entries
       WHERE kind = '${kind}' AND run_key = ? AND plan_key IS NULL AND text IS NOT NULL
       ORDER BY entry_key`,
      run.run_key,
    );
  const set = entries('canarySet').at(-1);
  const canary = set === undefined ? start.canary : set.canary;
  const isPassed = entries('canaryPassed').length > 0;
  if (canary === undefined) return !isPassed || run.canary_passed === 1;
  return run.canary === canary && (run.canary_passed === 1) === isPassed;
}

function said<Content>(store: Store, sql: string, key: number): Content[] {
  return store.all<{ text: string }>(sql, key).map(({ text }): Content => JSON.parse(text));
}
