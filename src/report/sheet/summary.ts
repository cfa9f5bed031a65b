import { minuteOf } from '../../minute-of.ts';
import type { Plan, ReviewCounts } from '../../model/change.ts';
import { reviewCountsAsText } from '../people.ts';

/** What is told of a plan beside its rows. */
export interface SheetHead {
  readonly plan: Plan;
  readonly counts: ReviewCounts;
  /** The options of the picklists that can be chosen, by the field's name. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** How a sheet is filled in, a sentence a line. */
export const HOW_TO: readonly string[] = [
  'Every row of the sheets Changes and Flags is one value of one record. Write into the two yellow columns only.',
  'accept: write what stands under After. Of a flag: its one suggestion.',
  'skip: leave the value as it is in Clio.',
  'edit: write what you put under Your value: a date as 2019-04-03, an amount as 1234.56, an option of a picklist to the letter (sheet Options).',
  'clear: take the value away, so that the field is left empty.',
  'later, or nothing: not decided now; nothing is written.',
  'The arrows in the header filter the rows. To fill many rows, filter, write the first and fill down: only visible rows are filled.',
  'Rows may stand in any order. To sort, take the protection away first (Review, Unprotect Sheet; there is no password) and sort whole rows.',
  'A dot (·) stands for a space that is easily overlooked, ⏎ and \\u{…} for characters that cannot be seen.',
  'Then save the file, and run: clio-fields review import FILE',
  'Nothing is written to Clio by that. It refuses a file that was damaged, and says which cell.',
  'This file holds clients’ data: keep it where such files are kept, and delete it when it is no longer needed.',
];

/** Name and value, for the head of the first sheet. */
export function headLines({ plan, counts }: SheetHead): readonly (readonly [string, string])[] {
  return [
    ['Plan', plan.planId],
    ['Account', plan.origin],
    ['Made', `${minuteOf(plan.createdAt)}${plan.madeBy === null ? '' : `, by ${plan.madeBy}`}`],
    ['Digest', plan.digest],
    ['To change', number(plan.counts.changed)],
    ['Flagged', number(plan.counts.flagged)],
    ['Decided so far', reviewCountsAsText(counts)],
  ];
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
