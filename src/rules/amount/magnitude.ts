/** A word or letter behind a number that multiplies it by a power of ten. */
export interface Magnitude {
  readonly power: number;
  /** Only next to a currency: a letter alone may be a unit as well (m: metres, months). */
  readonly needsCurrency: boolean;
  /** Only with Indian money: "Cr" elsewhere is a credit. */
  readonly needsIndia: boolean;
  /** The power that it is in another language; null where there is one alone. */
  readonly elsewhere: number | null;
}

/** The magnitude that a word behind a number names, case as written; undefined where it names none. */
export function findMagnitude(word: string): Magnitude | undefined {
  return EXACT.get(word) ?? WORDS.get(word.toLowerCase());
}

/** The power of ten in words, for reasons. */
export function sayPower(power: number): string {
  return `times 1${'0'.repeat(power).replace(/(?=(?:000)+$)/g, ',')}`;
}

const magnitude = (power: number, needsCurrency = false, needsIndia = false): Magnitude => ({
  power,
  needsCurrency,
  needsIndia,
  elsewhere: null,
});

/** Whole words and abbreviations that are written in any case. */
const WORDS = new Map<string, Magnitude>([
  ['hundred', magnitude(2)],
  ['thousand', magnitude(3)],
  ['thousands', magnitude(3)],
  ['k', magnitude(3)],
  ['grand', magnitude(3, true)],
  ['thou', magnitude(3, true)],
  // "Two mil" is two million to English speakers, and "dos mil" two thousand to Spanish ones in the same firm.
  ['mil', { ...magnitude(6), elsewhere: 3 }],
  ['mill', magnitude(6, true)],
  ['million', magnitude(6)],
  ['millions', magnitude(6)],
  ['mm', magnitude(6, true)],
  ['mn', magnitude(6, true)],
  ['mln', magnitude(6)],
  ['mio', magnitude(6)],
  ['billion', magnitude(9)],
  ['billions', magnitude(9)],
  ['bn', magnitude(9)],
  ['bln', magnitude(9)],
  ['mrd', magnitude(9)],
  ['trillion', magnitude(12)],
  ['trillions', magnitude(12)],
  ['tn', magnitude(12, true)],
  ['trn', magnitude(12)],
  ['lakh', magnitude(5)],
  ['lakhs', magnitude(5)],
  ['lac', magnitude(5)],
  ['lacs', magnitude(5)],
  ['crore', magnitude(7)],
  ['crores', magnitude(7)],
  ['cr', magnitude(7, true, true)],
]);

/** Single letters, where case tells: "m" may be metres or months, "b" a grade. */
const EXACT = new Map<string, Magnitude>([
  ['M', magnitude(6)],
  ['m', magnitude(6, true)],
  ['MM', magnitude(6)],
  ['B', magnitude(9)],
  ['b', magnitude(9, true)],
  ['T', magnitude(12, true)],
  ['L', magnitude(5, true, true)],
]);
