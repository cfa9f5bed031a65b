import type { Journal } from '../../journal/index.ts';
import type { Change, Edit, OptionChange, Written } from '../../model/change.ts';
import {
  type Content,
  contentOf,
  type Definition,
  findOption,
  isSameContent,
  type ParentType,
  type RecordSnapshot,
  valueOf,
} from '../../model/field.ts';
import type { Run, SettledStatus } from '../../model/run.ts';
import type { FieldStanding, MovedValue, Standing } from '../../model/standing.ts';
import type { Platform } from '../../platforms/types.ts';
import type { Progress } from '../progress.ts';
import { isWholeRollback } from '../run/restorable.ts';
import { readPlannedDefinitions } from '../run/same-account.ts';
import { countRowsNotKept } from './rows-not-kept.ts';
import { countUnanswered } from './unanswered.ts';

interface Verifier {
  readonly platform: Platform;
  readonly journal: Journal;
  readonly now: () => Date;
  readonly progress: Progress;
}

export interface Verification {
  readonly run: Run;
  /** ISO 8601. */
  readonly checkedAt: string;
  /** The run that has undone it, in whole or in part; null where none has. */
  readonly rolledBackBy: string | null;
  /** Whether nothing of it is meant to stand any more. */
  readonly isRolledBackWhole: boolean;
  readonly standing: Standing;
  readonly options: readonly OptionStanding[];
  /** Of a rollback: changes that left a field empty without the empty row that it had. */
  readonly rowsNotKept: number;
  /** Changes that were sent and never answered, where no reading has told yet whether they were made. */
  readonly unanswered: number;
  readonly requests: number;
}

/** What became of an option that the run added, retired or restored. */
export interface OptionStanding {
  readonly change: OptionChange;
  /** The id of another of the same text that the run made because the one that it was to restore did not come back; null elsewhere. */
  readonly replacedBy: string | null;
  readonly stands: boolean;
}

/**
 * Reads anew what a run wrote and compares: what still stands, what moved since and to what. Writes nothing.
 * Requests: one for each 200 definitions, one for each 200 records of a kind.
 */
export async function verifyRun(verifier: Verifier, runId: string): Promise<Verification> {
  const { platform, journal, now } = verifier;
  const run = journal.runs.find(runId);
  const checkedAt = now().toISOString();
  const before = platform.requests.reads;
  const definitions = await readPlannedDefinitions(verifier, journal.plans.find(run.planId));
  const standing = await verifyValues(verifier, runId, definitions);
  const laterRun = journal.runs.list().find(({ rollsBack }) => rollsBack === runId);
  return {
    run,
    checkedAt,
    rolledBackBy: laterRun?.runId ?? null,
    isRolledBackWhole: laterRun !== undefined && hasRestoredAll(journal, laterRun),
    standing,
    options: lastWords(
      journal.runs.optionOutcomes(runId).filter(({ status }) => status === 'applied'),
    ).map((outcome) => optionStanding(outcome, definitions)),
    rowsNotKept: countRowsNotKept(journal, run),
    unanswered: countUnanswered(journal, runId),
    requests: platform.requests.reads - before,
  };
}

/** Whether a rollback was of the whole run, and put back all of it. */
function hasRestoredAll(journal: Journal, { planId, counts }: Run): boolean {
  const { conflict, rejected, noAccess, pending } = counts;
  return (
    conflict + rejected + noAccess + pending === 0 &&
    isWholeRollback(journal, journal.plans.find(planId))
  );
}

/** The values alone, against definitions that are known: 200 records a request. */
export async function verifyValues(
  { platform, journal, progress }: Omit<Verifier, 'now'>,
  runId: string,
  definitions: readonly Definition[],
): Promise<Standing> {
  const tally = new Tally(definitions);
  const { applied } = journal.runs.find(runId).counts;
  let done = 0;
  for (const batch of batches(journal.runs.applied(runId), platform.capabilities.recordsPerRead)) {
    const fresh = await readRecords(platform, batch, definitions);
    for (const { change, outcome } of batch.changes)
      tally.add(change, outcome, fresh.get(change.recordId));
    done += batch.changes.length;
    progress.report({
      step: 'Verifying',
      done,
      total: Math.max(applied, done),
      allowance: platform.allowance,
      expectedLeftMs: null,
    });
  }
  return tally.standing();
}

interface WrittenChange {
  readonly change: Change;
  readonly outcome: { readonly written: readonly Written[]; readonly status: SettledStatus };
}

/** One request's worth of records, of one kind, with all that was written to them. */
interface Batch {
  readonly parentType: ParentType;
  readonly recordIds: Set<string>;
  readonly changes: WrittenChange[];
}

/** A plan's changes stand by record, so that a record is never in two batches. */
function* batches(changes: Iterable<WrittenChange>, recordsPerRead: number): Iterable<Batch> {
  let batch: Batch | null = null;
  for (const written of changes) {
    const { parentType, recordId } = written.change;
    const isFull =
      batch !== null &&
      (batch.parentType !== parentType ||
        (batch.recordIds.size === recordsPerRead && !batch.recordIds.has(recordId)));
    if (batch !== null && isFull) yield batch;
    if (batch === null || isFull) batch = { parentType, recordIds: new Set(), changes: [] };
    batch.recordIds.add(recordId);
    batch.changes.push(written);
  }
  if (batch !== null) yield batch;
}

async function readRecords(
  platform: Platform,
  { parentType, recordIds, changes }: Batch,
  definitions: readonly Definition[],
): Promise<Map<string, RecordSnapshot>> {
  const definitionIds = new Set(
    changes.flatMap(({ outcome }) => outcome.written.map(({ definitionId }) => definitionId)),
  );
  const query = { parentType, recordIds: [...recordIds], definitionIds: [...definitionIds] };
  const fresh = new Map<string, RecordSnapshot>();
  for await (const page of platform.readRecords(query, definitions)) {
    for (const record of page.records) fresh.set(record.recordId, record);
  }
  return fresh;
}

/** Counts by field, and keeps what no longer stands. */
class Tally {
  readonly #definitions: ReadonlyMap<string, Definition>;
  readonly #fields = new Map<
    string,
    { -readonly [Key in keyof FieldStanding]: FieldStanding[Key] }
  >();
  readonly #moved: MovedValue[] = [];

  constructor(definitions: readonly Definition[]) {
    this.#definitions = new Map(definitions.map((each) => [each.id, each]));
  }

  add(
    change: Change,
    { written, status }: WrittenChange['outcome'],
    record: RecordSnapshot | undefined,
  ): void {
    for (const edit of change.edits) {
      const done = written.find(({ definitionId }) => definitionId === edit.definitionId);
      if (done === undefined || isSameContent(done.before, done.after)) continue;
      // It may never have been written at all.
      if (status !== 'applied' && isStill(done.before, record, edit.definitionId)) continue;
      this.#addValue(change, edit, done.after, record);
    }
  }

  standing(): Standing {
    const fields = [...this.#fields.values()];
    const sum = (key: 'stands' | 'moved' | 'unseen'): number =>
      fields.reduce((total, field) => total + field[key], 0);
    return {
      stands: sum('stands'),
      moved: sum('moved'),
      unseen: sum('unseen'),
      fields,
      notStanding: this.#moved,
    };
  }

  #addValue(change: Change, edit: Edit, wrote: Content, record: RecordSnapshot | undefined): void {
    const { definitionId, fieldName } = edit;
    const { changeId, parentType, recordId, recordLabel } = change;
    const counts = this.#fields.get(definitionId) ?? {
      definitionId,
      fieldName,
      parentType,
      stands: 0,
      moved: 0,
      unseen: 0,
    };
    this.#fields.set(definitionId, counts);
    const value = record === undefined ? null : valueOf(record, definitionId);
    if (value === null || value.state === 'unread') {
      counts.unseen += 1;
    } else if (isStanding(wrote, contentOf(value))) {
      counts.stands += 1;
      return;
    } else {
      counts.moved += 1;
    }
    this.#moved.push({
      changeId,
      parentType,
      recordId,
      recordLabel,
      definitionId,
      fieldName,
      state: value === null ? 'gone' : value.state === 'unread' ? 'hidden' : 'moved',
      wrote: this.#text(definitionId, wrote),
      now: value === null ? null : this.#text(definitionId, contentOf(value)),
    });
  }

  /** What people see: an option's text; null for empty. */
  #text(definitionId: string, content: Content): string | null {
    if (content.state !== 'value') return null;
    const definition = this.#definitions.get(definitionId);
    const option = definition === undefined ? undefined : findOption(definition, content.content);
    return option?.label ?? content.content;
  }
}

function isStill(
  before: Content,
  record: RecordSnapshot | undefined,
  definitionId: string,
): boolean {
  const value = record === undefined ? null : valueOf(record, definitionId);
  return value !== null && value.state !== 'unread' && isSameContent(before, contentOf(value));
}

/** The two kinds of empty count as one: nobody's value is lost. */
function isStanding(wrote: Content, now: Content): boolean {
  return isSameContent(wrote, now) || (wrote.state !== 'value' && now.state !== 'value');
}

interface OptionWritten {
  readonly change: OptionChange;
  readonly optionId: string | null;
}

/** A rollback restores a retired option for its values, and retires it again: what it did last is what is to stand. */
function lastWords(outcomes: readonly OptionWritten[]): readonly OptionWritten[] {
  const keyOf = ({ change }: OptionWritten): string =>
    `${change.definitionId} ${change.action === 'add' ? change.label : change.optionId}`;
  return [...new Map(outcomes.map((outcome) => [keyOf(outcome), outcome])).values()];
}

function optionStanding(
  { change, optionId }: OptionWritten,
  definitions: readonly Definition[],
): OptionStanding {
  const field = definitions.find(({ id }) => id === change.definitionId);
  const option = field === undefined || optionId === null ? undefined : findOption(field, optionId);
  const isLiving = option !== undefined && !option.retired;
  const isReplaced = change.action === 'restore' && change.optionId !== optionId;
  return {
    change,
    replacedBy: isReplaced ? optionId : null,
    stands: change.action === 'retire' ? !isLiving : isLiving,
  };
}
