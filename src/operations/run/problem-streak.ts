/**
 * Records that follow each other in the plan and that each had something that could not be made. In the plan's order, not in that of
 * the answers: comparing settles the conflicts of a whole reading before its first write is answered.
 */
export class ProblemStreak {
  readonly #stopAfter: number;
  readonly #troubled = new Set<number>();
  #longest = 0;

  /** `stopAfter` 0: never. */
  constructor(stopAfter: number) {
    this.#stopAfter = stopAfter;
  }

  /** A record, by its place in the plan, that had a problem. */
  add(place: number): void {
    this.#troubled.add(place);
    let from = place;
    let to = place;
    while (this.#troubled.has(from - 1)) from -= 1;
    while (this.#troubled.has(to + 1)) to += 1;
    this.#longest = Math.max(this.#longest, to - from + 1);
  }

  get longest(): number {
    return this.#longest;
  }

  get isTooLong(): boolean {
    return this.#stopAfter > 0 && this.#longest >= this.#stopAfter;
  }
}
