import { fold } from '../fold.ts';
import { readLegalForm } from './spelling.ts';

/**
 * "Doe, John" as "John Doe", "Korea, Republic of" as "Republic of Korea"; null where the text has not
 * exactly one comma with words on both sides.
 */
export function invertComma(text: string): string | null {
  const parts = text.split(',');
  const [last, first] = parts.map((part) => part.trim());
  if (parts.length !== 2 || !last || !first) return null;
  return `${first} ${last}`;
}

const TWO_WORDS = /^\s*\p{L}{2,}\s*,\s*(\p{L}{2,})\s*$/u;
/** What follows a comma without turning the name round, as legal forms do. */
const SUFFIXES = new Set(['jr', 'sr', 'esq', 'ii', 'iii', 'iv', 'dc']);

/** Whether the comma may turn a name round: "James, Thomas" is not "James Thomas". */
export function mayBeLastNameFirst(text: string): boolean {
  const second = TWO_WORDS.exec(text)?.[1];
  if (second === undefined) return false;
  const folded = fold(second);
  return !SUFFIXES.has(folded) && readLegalForm([folded]) === undefined;
}
