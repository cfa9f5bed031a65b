import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { ParentType } from '../../model/field.ts';
import type { Platform } from '../../platforms/types.ts';

/** A record as a person names it. */
export interface RecordName {
  readonly parentType: ParentType;
  readonly recordId: string;
}

/**
 * Whether an id is a matter's or a contact's: as it was said, else as the run knows it, else a matter's.
 * Throws `UserError` where the run changed one of each.
 */
export function kindOfRecord(
  journal: Journal,
  runId: string,
  recordId: string,
  said: ParentType | undefined,
): ParentType {
  if (said !== undefined) return said;
  const [first, second] = journal.testimony.kindsOf(runId, recordId);
  if (second === undefined) return first ?? 'matter';
  throw new UserError(
    'which_record',
    `${runId} changed a matter and a contact with the id ${recordId}.`,
    'Say which with --parent matter or --parent contact.',
  );
}

/** What people call a record, read anew. Throws `UserError` where it is not there for this sign-in. */
export async function readLabel(
  platform: Platform,
  { parentType, recordId }: RecordName,
): Promise<string> {
  const query = { parentType, recordIds: [recordId], definitionIds: [] };
  for await (const { records } of platform.readRecords(query, [])) {
    const found = records.find((record) => record.recordId === recordId);
    if (found !== undefined) return found.label;
  }
  throw new UserError(
    'unknown_record',
    `There is no ${parentType} with the id ${recordId} that this sign-in can see. Nothing was uploaded.`,
    'The id is the number in the record’s address in the browser; --parent says whether it is a matter’s or a contact’s.',
  );
}
