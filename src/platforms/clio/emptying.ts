import type { Definition, FieldType } from '../../model/field.ts';

/** How a value's row is emptied: by null, by an empty text, or by taking the row away. */
export type Emptying = 'null' | 'emptyText' | 'destroy';

/**
 * Which way to empty a row Clio takes, by field type; learned from its answers.
 *
 * Null was seen to work, but of a field whose type is not known; an empty text works for texts; `_destroy` is in Clio's OpenAPI
 * document for every type, but takes the row as well: so in this order, each only where the one before was refused.
 */
export class Emptyings {
  readonly #taken = new Map<FieldType, Emptying>();

  /** `attempt` counts from 0 what was refused before; where it is known what Clio takes, that alone counts. */
  choose(definition: Definition, attempt: number): Emptying {
    return this.#taken.get(definition.fieldType) ?? waysOf(definition)[attempt] ?? 'null';
  }

  /** Whether there is another way than the one that was refused; what other records showed meanwhile counts. */
  hasNext(definition: Definition, attempt: number, refused: Emptying): boolean {
    const taken = this.#taken.get(definition.fieldType);
    if (taken !== undefined) return taken !== refused && attempt < ATTEMPTS_MAX;
    return attempt + 1 < waysOf(definition).length;
  }

  /** Clio took it, and showed the field empty. */
  learn({ fieldType }: Definition, emptying: Emptying): void {
    this.#taken.set(fieldType, emptying);
  }
}

function waysOf({ fieldType, required }: Definition): readonly Emptying[] {
  const ways: Emptying[] = TEXTS.includes(fieldType) ? ['null', 'emptyText'] : ['null'];
  // What is refused for being required is not to be had by a back door.
  return required ? ways : [...ways, 'destroy'];
}

/** Of the same row: two definitions of a type may have taught different ways. */
const ATTEMPTS_MAX = 4;

const TEXTS: readonly FieldType[] = ['email', 'text_area', 'text_line', 'url'];
