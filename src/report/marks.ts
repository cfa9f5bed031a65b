import { charactersOf } from './characters.ts';
import { visible } from './visible.ts';

/** A piece of a value as it is shown. */
export interface Mark {
  readonly text: string;
  /** Whether the other value has it, too. */
  readonly isSame: boolean;
}

/**
 * Two values as they are shown, parted into what both have and what only one has: to the character, and never within one.
 * A space that differs is made visible. Where hardly anything is the same, the values differ as wholes.
 */
export function marks(
  before: string,
  after: string,
): { readonly before: readonly Mark[]; readonly after: readonly Mark[] } {
  const [left, right] = [visible(before), visible(after)].map(charactersOf) as [string[], string[]];
  const { start, end } = commonEnds(left, right);
  const middles = [
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
  ] as const;
  const isWhole = !isAlike(left, right, start + end) && !mayBeAlike(...middles);
  if (isWhole) return { before: [mark(left, false)], after: [mark(right, false)] };
  const pairs = pairUp(...middles);
  const head = left.slice(0, start);
  const tail = left.slice(left.length - end);
  return {
    before: join(head, middles[0], new Set(pairs.map(([at]) => at)), tail),
    after: join(head, middles[1], new Set(pairs.map(([, at]) => at)), tail),
  };
}

function commonEnds(
  left: readonly string[],
  right: readonly string[],
): { start: number; end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return { start, end };
}

/** At the least so much of the shorter value is the same, or marks within it only confuse. */
const LEAST_ALIKE = 0.3;

function isAlike(left: readonly string[], right: readonly string[], same: number): boolean {
  return same > 0 && same >= Math.min(left.length, right.length) * LEAST_ALIKE;
}

function mayBeAlike(left: readonly string[], right: readonly string[]): boolean {
  return isAlike(left, right, pairUp(left, right).length);
}

/** Characters of one middle that are compared each with each; longer ones are read side by side. */
const LONGEST_SEARCHED = 300;
/** A shorter run of same characters between different ones says nothing. */
const SHORTEST_RUN = 3;

/** The characters that both have in the same order (a longest common subsequence), in runs that say something. */
function pairUp(left: readonly string[], right: readonly string[]): [number, number][] {
  if (left.length > LONGEST_SEARCHED || right.length > LONGEST_SEARCHED)
    return pairSideBySide(left, right);
  const width = right.length + 1;
  const lengths = new Uint16Array((left.length + 1) * width);
  for (let at = left.length - 1; at >= 0; at -= 1) {
    for (let other = right.length - 1; other >= 0; other -= 1) {
      lengths[at * width + other] =
        left[at] === right[other]
          ? (lengths[(at + 1) * width + other + 1] ?? 0) + 1
          : Math.max(lengths[(at + 1) * width + other] ?? 0, lengths[at * width + other + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  let run: [number, number][] = [];
  const endRun = (): void => {
    if (run.length >= SHORTEST_RUN) pairs.push(...run);
    run = [];
  };
  for (let at = 0, other = 0; at < left.length && other < right.length;) {
    if (left[at] === right[other]) {
      run.push([at, other]);
      at += 1;
      other += 1;
      continue;
    }
    endRun();
    if ((lengths[(at + 1) * width + other] ?? 0) >= (lengths[at * width + other + 1] ?? 0)) at += 1;
    else other += 1;
  }
  endRun();
  return pairs;
}

/** How far apart two long values may drift at one place, in characters of both, and how many alike bring them together again. */
const WIDEST_GAP = 80;
const ALIKE_AGAIN = 8;

/** As `pairUp` for long values, whose differences are small and many: time grows with their length, not with its square. */
function pairSideBySide(left: readonly string[], right: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let [at, other] = [0, 0];
  while (at < left.length && other < right.length) {
    if (left[at] === right[other]) {
      pairs.push([at, other]);
      at += 1;
      other += 1;
      continue;
    }
    const gap = nearestAgain(left, right, at, other);
    if (gap === null) break;
    at += gap[0];
    other += gap[1];
  }
  return pairs;
}

function nearestAgain(
  left: readonly string[],
  right: readonly string[],
  at: number,
  other: number,
): readonly [number, number] | null {
  for (let sum = 1; sum <= WIDEST_GAP; sum += 1) {
    for (let skipped = 0; skipped <= sum; skipped += 1) {
      let run = 0;
      while (
        run < ALIKE_AGAIN &&
        at + skipped + run < left.length &&
        left[at + skipped + run] === right[other + sum - skipped + run]
      )
        run += 1;
      if (run === ALIKE_AGAIN) return [skipped, sum - skipped];
    }
  }
  return null;
}

function join(
  head: readonly string[],
  middle: readonly string[],
  same: ReadonlySet<number>,
  tail: readonly string[],
): Mark[] {
  const found: { characters: string[]; isSame: boolean }[] = [];
  const add = (character: string, isSame: boolean): void => {
    const last = found.at(-1);
    if (last?.isSame === isSame) last.characters.push(character);
    else found.push({ characters: [character], isSame });
  };
  for (const character of head) add(character, true);
  for (const [at, character] of middle.entries()) add(character, same.has(at));
  for (const character of tail) add(character, true);
  return found.map(({ characters, isSame }) => mark(characters, isSame));
}

/** A difference that is nothing but spaces is shown as what it is. */
function mark(characters: readonly string[], isSame: boolean): Mark {
  const text = characters.join('');
  return { text: isSame || text.trim() !== '' ? text : text.replaceAll(' ', '·'), isSame };
}

/** Characters that stay the same on each side of a cut. */
const KEPT = 60;
const LONGEST_SAME = 240;

/** Long stretches that both have, cut in the middle: a long note with one slip shows the slip. */
export function* withoutLongSame(all: readonly Mark[]): Iterable<Mark> {
  for (const [index, each] of all.entries()) {
    const characters = each.isSame && all.length > 1 ? charactersOf(each.text) : [];
    if (characters.length <= LONGEST_SAME) {
      yield each;
      continue;
    }
    const head = index === 0 ? [] : characters.slice(0, KEPT);
    const tail = index === all.length - 1 ? [] : characters.slice(-KEPT);
    const left = characters.length - head.length - tail.length;
    yield {
      text: `${head.join('')} … ${left.toLocaleString('en-US')} characters the same … ${tail.join('')}`,
      isSame: true,
    };
  }
}
