import type { Ruling } from '../../model/decision.ts';
import type { Row } from '../protocol.ts';

/** A change is accepted as it is; a flag only where there is one suggestion. */
export function canAccept({ kind, suggestions }: Row): boolean {
  return kind === 'change' || suggestions.length === 1;
}

/** What choosing a flag's suggestion says: the only one is accepted, one of several put in by hand. */
export function rulingOf({ suggestions }: Row, index: number): Ruling {
  return suggestions.length === 1
    ? { kind: 'accept' }
    : { kind: 'edit', value: suggestions[index] ?? '' };
}
