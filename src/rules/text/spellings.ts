import { LATIN, SMALL } from './casing-words.ts';
import { shapeOf, toLower } from './letter-case.ts';

/** So many words a column may hold before its spellings are given up: which came first must not matter. */
const MOST_WORDS = 50_000;

/** How the column's other values write a word; undefined where none does, or not all in one way. */
export type Spelling = (lowerCaseWord: string) => string | undefined;

export interface Spellings {
  observe(value: string): void;
  readonly of: Spelling;
  evidence(): readonly string[];
}

/**
 * How a column's values in mixed case write their words, so that "MACDONALD" can become what "Mary MacDonald"
 * shows. Two spellings of a word decide nothing.
 */
export function collectSpellings(): Spellings {
  const spellings = new Map<string, string | null>();
  let isFull = false;
  return {
    observe(value) {
      if (isFull || shapeOf(value) !== 'mixed') return;
      for (const [word] of value.matchAll(/\p{L}[\p{L}\p{M}'’]*/gu)) {
        if (!hasInnerCapital(word) && !isPlain(word)) continue;
        const key = toLower(word);
        // "AT" in one title says nothing of how "at" is written in another.
        if (SMALL.has(key) || LATIN.has(key)) continue;
        const known = spellings.get(key);
        spellings.set(key, known === undefined || known === word ? word : null);
      }
      if (spellings.size > MOST_WORDS) {
        isFull = true;
        spellings.clear();
      }
    },
    of(lowerCaseWord) {
      const spelling = spellings.get(lowerCaseWord);
      return spelling === null || spelling === undefined || !hasInnerCapital(spelling)
        ? undefined
        : spelling;
    },
    evidence() {
      const special = [...spellings.values()].filter(
        (spelling) => spelling !== null && hasInnerCapital(spelling),
      );
      return special.length === 0
        ? []
        : [`${special.length} words are always written with capitals of their own here (for case)`];
    },
  };
}

function hasInnerCapital(word: string): boolean {
  return /^.+\p{Lu}/u.test(word);
}

function isPlain(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}
