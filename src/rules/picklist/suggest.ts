import type { PicklistOption } from '../../model/field.ts';
import { fold } from '../fold.ts';
import { likeness } from './distance.ts';
import { canMeanTheSame } from './guards.ts';
import { plainWords } from './spelling.ts';

/** An option as a text may come near it. */
export interface NearOption {
  readonly option: PicklistOption;
  /** From 0 to 1; from `CLOSE` on the text is probably meant to be the option. */
  readonly score: number;
}

/** Above this a text is so like an option that a slip of the pen is likely. */
export const CLOSE = 0.75;
/** The best that likeness of another kind can be. */
const NOT_CLOSE = 0.74;
/** Below this a suggestion is noise. */
const LIKE_ENOUGH = 0.5;
const MOST_SUGGESTIONS = 5;
/** Only the most promising options are compared letter by letter. */
const MOST_COMPARED = 16;
/** Of the pairs of letters of the text with fewer. */
const LEAST_SHARE = 0.3;
/** Characters; a longer text is not compared letter by letter. */
const LONGEST = 200;

/** A text as it is compared: its plain words, and the same joined. */
interface Wording {
  readonly text: string;
  readonly words: readonly string[];
}

interface Known extends Wording {
  readonly option: PicklistOption;
  readonly pairs: number;
}

/** Whether two folded texts are so alike that one is probably a slip for the other. */
export function isCloseTo(left: string, right: string): boolean {
  return compare(wordingOf(left), wordingOf(right)) >= CLOSE;
}

/** Finds the options that a folded text may have been meant to be, best first. */
export class Suggester {
  readonly #known: readonly Known[];
  readonly #byPair = new Map<string, number[]>();

  constructor(options: readonly PicklistOption[]) {
    this.#known = options.map((option) => {
      const wording = wordingOf(fold(option.label));
      return { ...wording, option, pairs: pairsOf(wording.text).size };
    });
    for (const [at, { text }] of this.#known.entries())
      for (const pair of pairsOf(text)) {
        const holders = this.#byPair.get(pair);
        if (holders === undefined) this.#byPair.set(pair, [at]);
        else holders.push(at);
      }
  }

  find(folded: string): readonly NearOption[] {
    if (folded === '' || folded.length > LONGEST) return [];
    const wording = wordingOf(folded);
    return this.#promising(wording.text)
      .map((known) => ({ option: known.option, score: compare(wording, known) }))
      .filter(({ score }) => score > 0)
      .toSorted((left, right) => right.score - left.score)
      .slice(0, MOST_SUGGESTIONS);
  }

  /** The options that share most pairs of letters with the text; a tie keeps the order of the list. */
  #promising(text: string): readonly Known[] {
    const shared = new Uint16Array(this.#known.length);
    const pairs = pairsOf(text);
    for (const pair of pairs)
      for (const at of this.#byPair.get(pair) ?? []) shared[at] = (shared[at] ?? 0) + 1;
    return this.#known
      .map((known, at) => ({ known, share: (shared[at] ?? 0) / Math.min(pairs.size, known.pairs) }))
      .filter(({ share }) => share >= LEAST_SHARE)
      .toSorted((left, right) => right.share - left.share)
      .slice(0, MOST_COMPARED)
      .map(({ known }) => known);
  }
}

/** The letters two by two, word ends included. */
function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  const framed = ` ${text} `;
  for (let at = 0; at + 1 < framed.length; at += 1) pairs.add(framed.slice(at, at + 2));
  return pairs;
}

function wordingOf(folded: string): Wording {
  const words = plainWords(folded);
  return { text: words.join(' '), words };
}

/** The best of: letter by letter; word by word in any order; short for the beginning of the words. */
function compare(left: Wording, right: Wording): number {
  const score = compareLetters(left, right);
  return score >= LIKE_ENOUGH && canMeanTheSame(left.words, right.words) ? score : 0;
}

function compareLetters(left: Wording, right: Wording): number {
  const asWhole = likeness(left.text, right.text, LIKE_ENOUGH);
  if (asWhole >= CLOSE) return isShort(left.text, right.text) ? NOT_CLOSE : asWhole;
  return Math.max(
    asWhole,
    compareWords(left.words, right.words),
    compareStarts(left.words, right.words),
  );
}

/** In a word of three letters one other letter is another word. */
function isShort(left: string, right: string): boolean {
  return Math.min(left.length, right.length) < 4;
}

/** A word counts when the other text has it, or nearly; never enough to be called close. */
function compareWords(words: readonly string[], others: readonly string[]): number {
  const covered = new Set<number>();
  let found = 0;
  for (const word of words) {
    const at = others.findIndex((other, index) => !covered.has(index) && isNearWord(word, other));
    if (at < 0) continue;
    covered.add(at);
    found += 1;
  }
  const whole = (2 * found) / (words.length + others.length);
  const part = found / Math.min(words.length, others.length);
  return Math.min(NOT_CLOSE, whole * 0.6 + part * 0.4);
}

function isNearWord(word: string, other: string): boolean {
  if (word === other) return true;
  return word.length > 3 && other.length > 3 && likeness(word, other, CLOSE) > 0;
}

/** "educ" for "educational", "am ind" for "american indian": in order, each word the start of one. */
function compareStarts(words: readonly string[], others: readonly string[]): number {
  if (words.length > others.length) return 0;
  const areStarts = words.every((word, at) => others[at]?.startsWith(word));
  return areStarts ? 0.55 + 0.1 * (words.length / others.length) : 0;
}
