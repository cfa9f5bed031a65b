import type { Definition } from '../../model/field.ts';

/**
 * The field that is called the same but for words that say its type or age: what came of "Injured (old)" is "Number of Injured",
 * but a date of loss is no date of marriage.
 */
export function namesake(field: Definition, others: readonly Definition[]): Definition | undefined {
  const wanted = wordsOf(field.name);
  return others
    .map((other) => ({ other, words: wordsOf(other.name) }))
    .filter(({ words }) => isWithin(words, wanted) || isWithin(wanted, words))
    .toSorted(
      (left, right) =>
        Math.abs(left.words.length - wanted.length) - Math.abs(right.words.length - wanted.length),
    )
    .at(0)?.other;
}

function isWithin(words: readonly string[], others: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => others.includes(word));
}

/** The words of a field's name that say what it is about; all of them where none says more than its type. */
function wordsOf(name: string): string[] {
  const words = name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !AGES.includes(word));
  const telling = words.filter((word) => !TYPES.includes(word));
  return telling.length > 0 ? telling : words;
}

const AGES = ['old', 'text', 'free', 'the', 'imported', 'legacy'];
const TYPES = ['amount', 'date', 'day', 'number', 'total', 'value', 'list', 'field'];
