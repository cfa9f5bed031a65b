/**
 * Records that follow each other in the plan and that each had something that could not be made. In the plan's order, not in that of
 * the answers: comparing settles the conflicts of a whole reading before its first write is answered.
 */
export class ProblemStreak {
  readonly #stopAfter: number;
  readonly #troubled = new Set<number>();
  readonly #suspected = new Set<number>();
  #longest = 0;
  #longestFeared = 0;

  /** `stopAfter` 0: never. */
  constructor(stopAfter: number) {
    this.#stopAfter = stopAfter;
  }

  /** A record, by its place in the plan, that had a problem. */
  add(place: number): void {
    this.#troubled.add(place);
    this.#longest = Math.max(
      this.#longest,
      lengthAround(place, (each) => this.#troubled.has(each)),
    );
    this.#fear(place);
  }

  /** A record, by its place, of which what was sent was refused: what the problem is, and whether it is one, is yet to be seen. */
  suspect(place: number): void {
    this.#suspected.add(place);
    this.#fear(place);
  }

  /** What was suspected is seen by now. */
  clearSuspicion(): void {
    this.#suspected.clear();
    this.#longestFeared = this.#longest;
  }

  get longest(): number {
    return this.#longest;
  }

  get isTooLong(): boolean {
    return this.#isTooMany(this.#longest);
  }

  /** Whether it would be too long if all that is suspected were a problem. */
  get isFeared(): boolean {
    return this.#isTooMany(this.#longestFeared);
  }

  #fear(place: number): void {
    const isFeared = (each: number): boolean =>
      this.#troubled.has(each) || this.#suspected.has(each);
    this.#longestFeared = Math.max(this.#longestFeared, lengthAround(place, isFeared));
  }

  #isTooMany(inRow: number): boolean {
    return this.#stopAfter > 0 && inRow >= this.#stopAfter;
  }
}

/** How many places in a row, `place` among them, are `isIn`. */
function lengthAround(place: number, isIn: (place: number) => boolean): number {
  let from = place;
  let to = place;
  while (isIn(from - 1)) from -= 1;
  while (isIn(to + 1)) to += 1;
  return to - from + 1;
}
