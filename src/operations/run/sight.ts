import type { PendingRecord } from '../../journal/index.ts';
import { type RecordSnapshot, valueOf } from '../../model/field.ts';
import { PlatformError } from '../../platforms/types.ts';
import type { Executor } from './executor.ts';
import type { OptionWriter } from './option-writer.ts';

/**
 * Whether this sign-in sees values at all, by the readings that a run makes anyway. A sign-in that sees none would leave every change
 * out as if each record were hidden for a reason of its own; it stops the run instead, before anything is written.
 */
export class Sight {
  readonly #executor: Executor;
  readonly #runId: string;
  readonly #picklists: OptionWriter;
  #hasSaid = false;

  constructor(executor: Executor, runId: string, picklists: OptionWriter) {
    this.#executor = executor;
    this.#runId = runId;
    this.#picklists = picklists;
  }

  /**
   * Looks at a batch's reading. Where not one of its records shows a value, more records are read (one request), so that a few that
   * are hidden do not pass for a missing permission. Throws `PlatformError` `signIn` where nothing is seen at all.
   */
  async check(
    batch: readonly PendingRecord[],
    fresh: ReadonlyMap<string, RecordSnapshot>,
  ): Promise<void> {
    if (fresh.size > 0 && !batch.some((record) => isSeen(record, fresh))) await this.#lookFurther();
    if (this.#hasSaid) return;
    this.#hasSaid = true;
    const seen = batch.filter((record) => isSeen(record, fresh)).length;
    const definitions = this.#picklists.definitions.length;
    const records = batch.length === 1 ? 'the record' : `the ${batch.length} records`;
    const values = seen === batch.length ? records : `${seen} of ${records}`;
    this.#executor.progress.say(
      `This sign-in reads ${definitions} custom fields, and the values of ${values} read so far.`,
    );
  }

  async #lookFurther(): Promise<void> {
    const { platform, journal } = this.#executor;
    const wider = journal.runs.nextRecords(this.#runId, platform.capabilities.recordsPerRead);
    const [first] = wider;
    if (first === undefined) return;
    const query = {
      parentType: first.parentType,
      recordIds: wider.map(({ recordId }) => recordId),
      definitionIds: [...new Set(wider.flatMap(definitionIdsOf))],
    };
    const fresh = new Map<string, RecordSnapshot>();
    for await (const page of platform.readRecords(query, this.#picklists.definitions)) {
      for (const record of page.records) fresh.set(record.recordId, record);
    }
    if (wider.some((record) => isSeen(record, fresh))) return;
    throw new PlatformError(
      'signIn',
      `Not one of the ${fresh.size} ${first.parentType}s that were read shows its custom field values: they come back stripped or redacted.`,
      'Tick the permission "Custom fields" (and the one of the records, "Matters" or "Contacts") for the app in Clio’s developer portal and sign in again: permissions are fixed when one signs in. If they are ticked, this user’s role in Clio lacks them. Nothing more was written.',
    );
  }
}

/** Whether a value that the changes of a record are about can be seen, an empty one included. */
function isSeen(pending: PendingRecord, fresh: ReadonlyMap<string, RecordSnapshot>): boolean {
  const record = fresh.get(pending.recordId);
  if (record === undefined) return false;
  return definitionIdsOf(pending).some((id) => valueOf(record, id).state !== 'unread');
}

/** Every definition that the comparison of a record's changes needs. */
export function definitionIdsOf({ changes }: PendingRecord): string[] {
  return changes.flatMap(({ change }) =>
    [...change.edits, ...change.guards].map(({ definitionId }) => definitionId),
  );
}
