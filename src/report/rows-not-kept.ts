import { counted } from '../counted.ts';

/** What a rollback could not put back to the bit: empty rows, where fields are empty all the same. */
export function rowsNotKeptInWords(changes: number): string {
  return `${counted(changes, 'change')} left a field empty as it was before, but the platform did not keep its empty row`;
}
