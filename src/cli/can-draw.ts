import type { Environment } from '../config.ts';

/** Whether colours, bars and lines that are written over can be shown there: not in a pipe, and not on a terminal that says it is dumb. */
export function canDraw(
  { isTTY }: { readonly isTTY?: boolean },
  environment: Environment,
): boolean {
  return isTTY === true && environment['TERM'] !== 'dumb';
}
