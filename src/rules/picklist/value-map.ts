import { fold, squash } from '../fold.ts';

/** The rules file's `map`: a value to the letter first, then without regard to capitals, spaces and punctuation. */
export class ValueMap {
  readonly #exact: ReadonlyMap<string, string>;
  /** Null where two keys, alike but for spelling, go different ways: then only the letter counts. */
  readonly #folded = new Map<string, string | null>();

  constructor(map: Readonly<Record<string, string>>) {
    this.#exact = new Map(Object.entries(map));
    for (const [from, to] of this.#exact) {
      const key = keyOf(from);
      if (key === '') continue;
      const other = this.#folded.get(key);
      this.#folded.set(key, other === undefined || other === to ? to : null);
    }
  }

  /** What values become, once each. */
  get targets(): ReadonlySet<string> {
    return new Set(this.#exact.values());
  }

  /** Characters of the longest key. */
  get longestKey(): number {
    return longestOf([...this.#exact.keys()]);
  }

  findExact(text: string): string | null {
    return this.#exact.get(text) ?? null;
  }

  findFolded(text: string): string | null {
    return this.#folded.get(keyOf(text)) ?? null;
  }
}

/** Characters of the longest of some texts; 0 where there are none. */
export function longestOf(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

function keyOf(text: string): string {
  return squash(fold(text));
}
