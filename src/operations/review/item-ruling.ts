import { UserError } from '../../errors.ts';
import type { Ruling } from '../../model/decision.ts';

/** One item's ruling, for many at once. */
export interface ItemRuling {
  readonly itemId: string;
  readonly ruling: Ruling;
}

/** A ruling that cannot be, and why. */
export interface RulingProblem {
  readonly itemId: string;
  readonly reason: string;
}

/** So many refused rulings are told in words. */
export const PROBLEMS_TOLD = 20;

/** One error for rulings that cannot be, by the first of them. */
export function refused(problems: readonly RulingProblem[]): UserError {
  const told = problems.slice(0, PROBLEMS_TOLD).map(({ itemId, reason }) => `${itemId}, ${reason}`);
  const more = problems.length > PROBLEMS_TOLD ? '\nand more' : '';
  return new UserError(
    'ruling_refused',
    `${told.join('\n')}${more}\nNothing was decided.`,
    'Give a value that the field takes, or skip the item.',
  );
}
