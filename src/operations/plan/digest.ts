import { LineHash } from '../../journal/line-hash.ts';
import type { Change, Flag, OptionChange } from '../../model/change.ts';

/**
 * The digest of a plan: SHA-256, hex, over the account's origin, everything that the plan would do or ask, in its order, and whether it
 * would do so by force.
 * Neither its id nor its time counts, so that the same inventory and rules give the same digest.
 */
export class PlanDigest {
  readonly #hash = new LineHash();

  constructor(origin: string, isForced = false) {
    this.#add(['clio-fields plan', 1, origin, ...(isForced ? ['forced'] : [])]);
  }

  change({ changeId, edits, guards }: Change): void {
    this.#add([
      changeId,
      edits.map(({ definitionId, before, after }) => [definitionId, before, after]),
      guards.map(({ definitionId, expected }) => [definitionId, expected]),
    ]);
  }

  flag({ flagId, value, reason }: Flag): void {
    this.#add(['flag', flagId, value, reason]);
  }

  optionChange({ changeId }: OptionChange): void {
    this.#add([changeId]);
  }

  /** Ends the digest; nothing can be added after it. */
  hex(): string {
    return this.#hash.digest().toString('hex');
  }

  #add(part: unknown): void {
    this.#hash.add(JSON.stringify(part));
  }
}
