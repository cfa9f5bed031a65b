import type { ItemState } from '../../model/decision.ts';
import type { Decided, Row } from '../protocol.ts';

export function number(count: number): string {
  return count.toLocaleString('en-US');
}

/** `1 matter`, `214 matters`. */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A day as people write it, in this machine's own time. */
export function day(iso: string): string {
  return new Date(iso).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

/** What a state is called in lists and filters. */
export const STATE_WORDS: Readonly<Record<ItemState, string>> = {
  undecided: 'To decide',
  accept: 'Accepted',
  edit: 'Edited',
  clear: 'Cleared',
  skip: 'Skipped',
  later: 'For later',
};

export const KIND_WORDS = { change: 'Changes', flag: 'Flags' } as const;

/** Who decided a row and when, in one line. */
export function decidedWords({ by, at, isCarriedOver }: Decided): string {
  const earlier = isCarriedOver ? ', for an earlier plan' : '';
  return `decided on ${day(at)} by ${by}${earlier}`;
}

/** What a row is about, for people and for those who hear it read. */
export function subject({ count, parentType, records }: Row): string {
  const [first] = records;
  return count === 1 && first !== undefined ? first.label : counted(count, parentType);
}
