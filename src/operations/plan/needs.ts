import type { Needs, OptionChange } from '../../model/change.ts';

/** Records in one read and requests in a minute at peak; Clio's documentation of paging and of rate limits. */
const RECORDS_PER_READ = 200;
const REQUESTS_PER_MINUTE = 50;

/**
 * What an apply will ask of the platform: the account and the definitions once, one read for each 200 records of a kind,
 * one write for each record, and for each picklist one before the records where options are opened, one after them where some are retired.
 */
export function estimateNeeds(
  changedRecordsByParent: readonly number[],
  optionChanges: readonly OptionChange[],
): Needs {
  const records = changedRecordsByParent.reduce((total, count) => total + count, 0);
  const picklistWrites = new Set(
    optionChanges.map(({ definitionId, action }) => `${definitionId} ${action === 'retire'}`),
  ).size;
  if (records + picklistWrites === 0) return { reads: 0, writes: 0, minutes: 0 };
  const reads = changedRecordsByParent.reduce(
    (total, count) => total + Math.ceil(count / RECORDS_PER_READ),
    2,
  );
  const writes = records + picklistWrites;
  return { reads, writes, minutes: Math.ceil((reads + writes) / REQUESTS_PER_MINUTE) };
}
