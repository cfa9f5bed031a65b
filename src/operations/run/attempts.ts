import type { Fault } from './failing-records.ts';
import type { ProofOfLife } from './proof-of-life.ts';

/**
 * How often one record is read and sent again before its changes are given up. More often than there are rounds without an answer
 * (`FailureStreak`), so that an outage stops the run first.
 */
const MOST = 8;
/** So often a record fails before the others go on without it. */
const BEFORE_ASIDE = 3;

/** How often one record was sent in vain, and whether the record or the platform is at fault. */
export class Attempts {
  readonly #proof: ProofOfLife;
  readonly #record: string;
  readonly #trustsPlatform: boolean;
  #count: number;
  #failedAt: number | null;
  #isItsOwn: boolean;
  #lastTrouble = '';
  #isGivenUp = false;

  /**
   * `record`: what tells it from others. `fault`: what spoke against it before it was set aside. `trustsPlatform`: a person said that
   * the platform works.
   */
  constructor(
    proof: ProofOfLife,
    record: string,
    { fault, trustsPlatform }: { readonly fault: Fault | null; readonly trustsPlatform: boolean },
  ) {
    this.#proof = proof;
    this.#record = record;
    this.#trustsPlatform = trustsPlatform;
    this.#count = fault?.tries ?? 0;
    this.#failedAt = fault?.failedAt ?? null;
    this.#isItsOwn = fault !== null;
  }

  get count(): number {
    return this.#count;
  }

  /** Whether others were taken between two of its failures, by a platform that does not fail now and then: then it is no outage that it fails for. */
  get isItsOwnFault(): boolean {
    return this.#isItsOwn && (this.#trustsPlatform || !this.#proof.isUnsteady);
  }

  /** Null where the platform may have been down all the while: then the record comes again as if for the first time. */
  get fault(): Fault | null {
    if (!this.#isItsOwn || this.#failedAt === null) return null;
    return { tries: this.#count, failedAt: this.#failedAt };
  }

  /** Whether it failed so often that the others had better go on without it. */
  get areStubborn(): boolean {
    return this.#failedAt !== null && this.#count >= BEFORE_ASIDE;
  }

  /** Whether it is to be given up. What an outage left undone is work left, unless `isLeft`: a person said that the platform works. */
  areUsedUp(isLeft: boolean): boolean {
    const isOutage = this.#failedAt !== null && !this.isItsOwnFault && !isLeft;
    return this.#count >= MOST && !isOutage;
  }

  /** Nothing of the record is left to be done. */
  end(): void {
    if (!this.#isGivenUp) this.#proof.ended(this.#record);
  }

  /** Sent in vain; the platform's answer, if there was one, was about this record. */
  note(trouble: string): void {
    this.#count += 1;
    this.#lastTrouble = trouble;
  }

  /** Sent in vain, without an answer that can be used. */
  noteFailure(trouble: string): void {
    this.#isItsOwn ||= this.#failedAt !== null && this.#proof.isSince(this.#failedAt);
    const failedAt = this.#proof.failed(this.#record);
    this.#failedAt ??= failedAt;
    this.note(trouble);
  }

  /** Why, in words. */
  giveUp(): string {
    this.#isGivenUp = true;
    const meanwhile = this.#isItsOwn ? ', while other records were written' : '';
    return `given up after ${this.#count} tries${meanwhile}: ${this.#lastTrouble}`;
  }
}
