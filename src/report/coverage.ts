import { counted } from '../counted.ts';
import type { Coverage, Narrowing } from '../model/summary.ts';

/**
 * How much of one kind of record could be read: `1,996 of 2,000 matters read; 4 not visible to this user`.
 * `isRenewed`: an inventory that was brought up to date holds what it did not read anew.
 */
export function coverageInWords(
  { parentType, read, hidden, total, only }: Coverage,
  isRenewed = false,
): string {
  const missing = missingOf({ read, total });
  const of = total === null || missing <= 0 ? '' : ` of ${number(total)}`;
  return [
    `${of === '' ? counted(read, parentType) : `${number(read)}${of} ${parentType}s`} ${isRenewed ? 'held' : 'read'}`,
    missing > 0 && `${number(missing)} not visible to this user`,
    missing < 0 &&
      `${number(-missing)} more than the platform counts: deleted, or out of sight; a complete inventory tells which`,
    hidden > 0 && `${number(hidden)} with values that were kept from this sign-in`,
    only !== undefined && narrowingInWords(only),
  ]
    .filter((part) => part !== false)
    .join('; ');
}

/** That an inventory is of a part: `only open matters were asked for`. */
export function narrowingInWords({ status, records }: Narrowing): string {
  const parts = [
    status !== null && `${status.join(' or ')} matters`,
    records !== null && `${counted(records, 'record')} named with --record`,
  ].filter((part) => part !== false);
  return `only ${parts.join(' among ')} ${records === 1 ? 'was' : 'were'} asked for`;
}

/** Whether all of it was read, with all its values. */
export function isComplete(coverage: Coverage): boolean {
  return missingOf(coverage) === 0 && coverage.hidden === 0 && coverage.only === undefined;
}

function missingOf({ read, total }: Pick<Coverage, 'read' | 'total'>): number {
  return total === null ? 0 : total - read;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
