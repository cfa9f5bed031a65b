import { fold, squash } from '../fold.ts';

/** The rules file's `map`: a value to the letter first, then without regard to capitals, spaces and punctuation. */
export class ValueMap {
  readonly #exact: ReadonlyMap<string, string>;
  /** Null where two keys, alike but for spelling, go different ways: then only the letter counts. */
  readonly #folded = new Map<string, string | null>();
  readonly #targets: ReadonlySet<string>;

  constructor(map: Readonly<Record<string, string>>) {
    this.#exact = new Map(Object.entries(map));
    this.#targets = new Set(this.#exact.values());
    for (const [from, to] of this.#exact) {
      const key = keyOf(from);
      if (key === '') continue;
      const other = this.#folded.get(key);
      this.#folded.set(key, other === undefined || other === to ? to : null);
    }
  }

  /** What a text becomes that is a key to the letter. A text that others are mapped to stays, or nothing would come to rest. */
  findExact(text: string): string | null {
    return this.#targets.has(text) ? null : (this.#exact.get(text) ?? null);
  }

  findFolded(text: string): string | null {
    return this.#folded.get(keyOf(text)) ?? null;
  }
}

function keyOf(text: string): string {
  return squash(fold(text));
}
