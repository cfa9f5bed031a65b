import type { PicklistOption } from '../../model/field.ts';
import { fold } from '../fold.ts';
import { likeness } from './distance.ts';
import { canMeanTheSame } from './guards.ts';

/** An option as a text may come near it. */
export interface NearOption {
  readonly option: PicklistOption;
  /** From 0 to 1; from `CLOSE` on the text is probably meant to be the option. */
  readonly score: number;
}

/** Above this a text is so like an option that a slip of the pen is likely. */
export const CLOSE = 0.75;
/** Below this a suggestion is noise. */
const LIKE_ENOUGH = 0.5;
const MOST_SUGGESTIONS = 5;
/** Only the most promising options are compared letter by letter. */
const MOST_COMPARED = 24;
/** Characters; a longer text is not compared letter by letter. */
const LONGEST = 200;

/** Whether two folded texts are so alike that one is probably a slip for the other. */
export function isCloseTo(left: string, right: string): boolean {
  const [words, others] = [left.split(' '), right.split(' ')];
  return canMeanTheSame(words, others) && compare(left, words, right, others) >= CLOSE;
}

interface Known {
  readonly option: PicklistOption;
  readonly folded: string;
  readonly words: readonly string[];
  readonly pairs: number;
}

/** Finds the options that a folded text may have been meant to be, best first. */
export class Suggester {
  readonly #known: readonly Known[];
  readonly #byPair = new Map<string, number[]>();

  constructor(options: readonly PicklistOption[]) {
    this.#known = options.map((option) => {
      const folded = fold(option.label);
      return { option, folded, words: folded.split(' '), pairs: pairsOf(folded).size };
    });
    for (const [at, { folded }] of this.#known.entries())
      for (const pair of pairsOf(folded)) {
        const holders = this.#byPair.get(pair);
        if (holders === undefined) this.#byPair.set(pair, [at]);
        else holders.push(at);
      }
  }

  find(folded: string): readonly NearOption[] {
    if (folded === '' || folded.length > LONGEST) return [];
    const words = folded.split(' ');
    return this.#promising(folded)
      .map(({ option, folded: other, words: otherWords }) => ({
        option,
        score: canMeanTheSame(words, otherWords) ? compare(folded, words, other, otherWords) : 0,
      }))
      .filter(({ score }) => score >= LIKE_ENOUGH)
      .toSorted((left, right) => right.score - left.score)
      .slice(0, MOST_SUGGESTIONS);
  }

  /** The options that share most pairs of letters with the text; a tie keeps the order of the list. */
  #promising(folded: string): readonly Known[] {
    const shared = new Map<number, number>();
    const pairs = pairsOf(folded);
    for (const pair of pairs)
      for (const at of this.#byPair.get(pair) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    return [...shared]
      .map(([at, count]) => {
        const known = this.#known[at];
        return { known, at, share: count / Math.min(pairs.size, known?.pairs ?? 1) };
      })
      .toSorted((left, right) => right.share - left.share || left.at - right.at)
      .slice(0, MOST_COMPARED)
      .flatMap(({ known }) => (known === undefined ? [] : [known]));
  }
}

/** The letters two by two, word ends included. */
function pairsOf(folded: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  const text = ` ${folded} `;
  for (let at = 0; at + 1 < text.length; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** The best of: letter by letter; word by word in any order; short for the beginning of the words. */
function compare(
  text: string,
  words: readonly string[],
  option: string,
  optionWords: readonly string[],
): number {
  const asWhole = likeness(text, option);
  if (asWhole >= CLOSE)
    return isShortSlip(text, option) ? Math.min(asWhole, CLOSE - 0.01) : asWhole;
  return Math.max(asWhole, compareWords(words, optionWords), compareStarts(words, optionWords));
}

/** In a word of three letters one other letter is another word. */
function isShortSlip(text: string, option: string): boolean {
  return Math.min(text.length, option.length) < 4;
}

/** A word counts when the other text has it, or nearly; never enough to be called close. */
function compareWords(words: readonly string[], others: readonly string[]): number {
  const found = words.filter((word) => others.some((other) => isNearWord(word, other))).length;
  const covered = others.filter((other) => words.some((word) => isNearWord(other, word))).length;
  const whole = (found + covered) / (words.length + others.length);
  const part = Math.max(found / words.length, covered / others.length);
  return Math.min(CLOSE - 0.01, whole * 0.6 + part * 0.4);
}

function isNearWord(word: string, other: string): boolean {
  if (word === other) return true;
  return word.length > 3 && other.length > 3 && likeness(word, other) >= CLOSE;
}

/** "educ" for "educational", "am ind" for "american indian": in order, each word the start of one. */
function compareStarts(words: readonly string[], others: readonly string[]): number {
  if (words.length > others.length) return 0;
  const areStarts = words.every((word, at) => others[at]?.startsWith(word));
  return areStarts ? 0.55 + 0.1 * (words.length / others.length) : 0;
}
