import type { Outcome } from '../model/run.ts';
import { type Codec, hashOf, makeSalt } from './codec.ts';
import type { Cell } from './connection.ts';

/** What of a change's outcome can hold clients' values. */
export type OutcomeBody = Pick<Outcome, 'reason' | 'written'>;

/**
 * The part of an outcome that can hold clients' values, as it stands in the file, and the hash of it that the chain binds.
 * The salt goes with the text when it is purged: what is left tells nothing.
 */
export function sealBody(
  codec: Codec,
  content: object,
): { readonly body: Cell; readonly bodyHash: string } {
  const text = JSON.stringify({ ...content, salt: makeSalt() });
  return { body: codec.encode(text), bodyHash: hashOf(text) };
}
