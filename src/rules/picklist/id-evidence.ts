/** Ids that differ, before a column of numbers counts as an export of ids. */
const ENOUGH_IDS = 3;

/**
 * Whether a text column holds the ids of options, as some exports do: every value must be the id of an option.
 * One that is not decides against it.
 */
export class IdEvidence {
  readonly #ids = new Set<string>();
  #values = 0;
  #others = 0;

  /** `optionId` is null where the value is no option's id. */
  observe(optionId: string | null): void {
    this.#values += 1;
    if (optionId === null) this.#others += 1;
    else this.#ids.add(optionId);
  }

  get isCertain(): boolean {
    return this.#others === 0 && this.#ids.size >= ENOUGH_IDS;
  }

  get sentence(): string {
    return `all ${this.#values} values of the column are ids of options`;
  }
}
