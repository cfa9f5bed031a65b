import { refuse } from './exchange.ts';
import type { Behaviour } from './options.ts';

/** Throws a 422 for a key that Clio's OpenAPI document does not have, where that is how Clio takes it. */
export function refuseUnknownKeys(
  sent: Record<string, unknown>,
  known: readonly string[],
  { unknownKeys }: Behaviour,
): void {
  const wrong = Object.keys(sent).find((key) => !known.includes(key));
  if (wrong !== undefined && unknownKeys === 'refused')
    throw refuse.argument(`${wrong} is not a known attribute`);
}
