import { fold, squash, tidy } from '../fold.ts';
import { type Reason, say } from '../reason.ts';
import { isCloseTo } from './suggest.ts';

/** Clio takes labels up to this many characters. */
export const LONGEST_LABEL = 55;
/** More unknown values than this are no list of options. */
const MOST_NEW_OPTIONS = 200;
/** Different spellings counted; a column with more has none to be added. */
const MOST_SPELLINGS = 20_000;

/** Characters; however it is spaced, a longer text is no label. */
const LONGEST_OBSERVED = 1_000;

/** What an unknown text becomes: a label that all its spellings share, or why not. */
export type NewLabel =
  | { readonly kind: 'label'; readonly label: string; readonly count: number }
  | { readonly kind: 'refused'; readonly reason: Reason; readonly suggestions: readonly string[] };

/** Collects the column's texts and chooses, among spellings of the same words, the label of the option to add. */
export class NewOptions {
  readonly #counts = new Map<string, number>();
  readonly #named: readonly string[];
  readonly #isUnknown: (text: string) => boolean;
  #isOverflown = false;
  #chosen: ReadonlyMap<string, NewLabel> | null = null;

  /**
   * `named` are labels that the rules file gives and no option has yet: they stay as a person wrote them.
   * `isUnknown` says which texts no option fits; it is asked after the last observe only.
   */
  constructor(named: readonly string[], isUnknown: (text: string) => boolean) {
    this.#named = named;
    this.#isUnknown = isUnknown;
  }

  observe(text: string): void {
    if (text.length > LONGEST_OBSERVED) return;
    const label = tidy(text);
    if (this.#isOverflown || label.length > LONGEST_LABEL) return;
    this.#counts.set(label, (this.#counts.get(label) ?? 0) + 1);
    this.#isOverflown = this.#counts.size > MOST_SPELLINGS;
    if (this.#isOverflown) this.#counts.clear();
  }

  /** What becomes of an unknown text; called after the last observe. */
  choose(text: string): NewLabel {
    const label = tidy(text);
    if (label.length > LONGEST_LABEL)
      return refuse(
        say(
          'tooLong',
          `no option fits, and a new option may have ${LONGEST_LABEL} characters at most`,
        ),
      );
    if (this.#isOverflown) return refuse(TOO_MANY);
    this.#chosen ??= chooseLabels(this.#named, this.#counts, this.#isUnknown);
    if (this.#chosen.size > MOST_NEW_OPTIONS) return refuse(TOO_MANY);
    return this.#chosen.get(keyOf(label)) ?? { kind: 'label', label, count: 1 };
  }

  /** How many options are to be added. */
  count(): number {
    this.#chosen ??= chooseLabels(this.#named, this.#counts, this.#isUnknown);
    return [...this.#chosen.values()].filter(({ kind }) => kind === 'label').length;
  }
}

const TOO_MANY = say(
  'impossible',
  `no option fits, and the column has more than ${MOST_NEW_OPTIONS} such values: too many to make options of`,
);

function refuse(reason: Reason, suggestions: readonly string[] = []): NewLabel {
  return { kind: 'refused', reason, suggestions };
}

function keyOf(label: string): string {
  return squash(fold(label));
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly count: number;
}

function chooseLabels(
  named: readonly string[],
  counts: ReadonlyMap<string, number>,
  isUnknown: (text: string) => boolean,
): ReadonlyMap<string, NewLabel> {
  const chosen = new Map<string, NewLabel>();
  for (const label of named.toReversed())
    chosen.set(keyOf(label), { kind: 'label', label, count: 0 });
  const groups = groupSpellings(counts, isUnknown).filter(({ key }) => !chosen.has(key));
  const accepted: Group[] = [];
  for (const group of groups) {
    // Far over the limit nothing is added, so nothing needs comparing.
    const near =
      groups.length > MOST_NEW_OPTIONS
        ? undefined
        : accepted.find((other) => isCloseTo(fold(group.label), fold(other.label)));
    if (near === undefined) {
      accepted.push(group);
      chosen.set(group.key, { kind: 'label', label: group.label, count: group.count });
    } else {
      const words = `no option fits, and it is so close to "${near.label}", which ${times(near.count)}, that one of them may be misspelt`;
      chosen.set(group.key, refuse(say('spellings', words), [near.label]));
    }
  }
  return chosen;
}

/** The spellings of the same words under their most frequent one; most frequent first, on ties those with capitals and small letters, then in the order of code units. */
function groupSpellings(
  counts: ReadonlyMap<string, number>,
  isUnknown: (text: string) => boolean,
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [label, count] of [...counts].toSorted(byCount)) {
    if (!isUnknown(label)) continue;
    const key = keyOf(label);
    const group = groups.get(key);
    groups.set(key, { key, label: group?.label ?? label, count: (group?.count ?? 0) + count });
  }
  return [...groups.values()].toSorted((left, right) =>
    byCount([left.label, left.count], [right.label, right.count]),
  );
}

function byCount(left: readonly [string, number], right: readonly [string, number]): number {
  if (left[1] !== right[1]) return right[1] - left[1];
  const [isMixed, isOtherMixed] = [hasBothCases(left[0]), hasBothCases(right[0])];
  if (isMixed !== isOtherMixed) return isMixed ? -1 : 1;
  return left[0] < right[0] ? -1 : Number(left[0] > right[0]);
}

function hasBothCases(label: string): boolean {
  return label !== label.toUpperCase() && label !== label.toLowerCase();
}

function times(count: number): string {
  return count === 1 ? 'stands there once' : `stands there ${count} times`;
}
