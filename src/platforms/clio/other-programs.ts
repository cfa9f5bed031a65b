/** How fast others use up the same token's allowance: by how much `Remaining` falls faster than we send. */
export class OtherPrograms {
  #pastTaken = 0;
  #pastMs = 0;
  #taken = 0;
  #sinceMs = 0;
  #notedAtMs = 0;
  #remainingAtStart = 0;
  #oursAtStart = 0;

  begin(nowMs: number, remaining: number, ours: number): void {
    this.end();
    this.#sinceMs = nowMs;
    this.#notedAtMs = nowMs;
    this.#remainingAtStart = remaining;
    this.#oursAtStart = ours;
  }

  note(nowMs: number, remaining: number, ours: number): void {
    this.#notedAtMs = nowMs;
    this.#taken = Math.max(
      this.#taken,
      this.#remainingAtStart - remaining - (ours - this.#oursAtStart),
    );
  }

  end(): void {
    this.#pastTaken = (this.#pastTaken + this.#taken) / 2;
    this.#pastMs = (this.#pastMs + (this.#notedAtMs - this.#sinceMs)) / 2;
    this.#taken = 0;
    this.#sinceMs = this.#notedAtMs;
  }

  /** How many they will hardly exceed before an answer to a request that leaves now (a Poisson's mean and one deviation). */
  likelyToTake(nowMs: number, latencyMs: number): number {
    const seenMs = this.#pastMs + this.#notedAtMs - this.#sinceMs;
    if (seenMs <= 0) return 0;
    const perMs = (this.#pastTaken + this.#taken) / seenMs;
    const mean = perMs * (latencyMs + nowMs - this.#notedAtMs);
    return mean < 0.05 ? 0 : Math.ceil(mean + Math.sqrt(mean));
  }
}
