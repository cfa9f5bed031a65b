import { type Characters, charactersOf, textOf } from './characters.ts';
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
  const left = charactersOf(visible(before));
  const right = charactersOf(visible(after));
  const { start, end } = commonEnds(left, right);
  const pairs = pairUp(
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
  );
  if (!isAlike(left, right, start + end) && !isMiddleAlike(left, right, start + end, pairs.length))
    return { before: [mark(left, false)], after: [mark(right, false)] };
  const lengths = [left.length - start - end, right.length - start - end] as const;
  const gaps = gapsIn(pairs, lengths);
  if (pairs.length === 0)
    return {
      before: part(left, start, end, NONE, gaps.before),
      after: part(right, start, end, NONE, gaps.after),
    };
  return {
    before: part(left, start, end, new Set(pairs.map(([at]) => at)), gaps.before),
    after: part(right, start, end, new Set(pairs.map(([, at]) => at)), gaps.after),
  };
}

const NONE: ReadonlySet<number> = new Set();

/** Where one value goes on without a break, and the other has something between: places in the middles, which are `lengths` long. */
function gapsIn(
  pairs: readonly (readonly [number, number])[],
  lengths: readonly [number, number],
): { readonly before: ReadonlySet<number>; readonly after: ReadonlySet<number> } {
  if (pairs.length === 0 && lengths[0] > 0 && lengths[1] > 0) return { before: NONE, after: NONE };
  const before = new Set<number>();
  const after = new Set<number>();
  let [at, other] = [0, 0];
  for (const [nextAt, nextOther] of [...pairs, lengths]) {
    if (nextAt === at && nextOther > other) before.add(at);
    if (nextOther === other && nextAt > at) after.add(other);
    [at, other] = [nextAt + 1, nextOther + 1];
  }
  return { before, after };
}

function commonEnds(left: Characters, right: Characters): { start: number; end: number } {
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end])
    end += 1;
  return { start, end };
}

/** At the least so much of the shorter value is the same, or marks within it only confuse. */
const LEAST_ALIKE = 0.3;

function isAlike(left: Characters, right: Characters, same: number): boolean {
  return same > 0 && same >= Math.min(left.length, right.length) * LEAST_ALIKE;
}

/** Whether what stands between the ends that both have is alike in itself. */
function isMiddleAlike(left: Characters, right: Characters, ends: number, same: number): boolean {
  return same > 0 && same >= (Math.min(left.length, right.length) - ends) * LEAST_ALIKE;
}

/** Characters of one middle that are compared each with each; longer ones are read side by side. */
const LONGEST_SEARCHED = 300;
/** A shorter run of same characters between different ones says nothing. */
const SHORTEST_RUN = 3;

/** One table for all pairs of values: a new one each time took longer than filling it. */
const LENGTHS = new Uint16Array((LONGEST_SEARCHED + 1) ** 2);

/** The characters that both have in the same order (a longest common subsequence), in runs that say something. */
function pairUp(left: Characters, right: Characters): [number, number][] {
  if (left.length === 0 || right.length === 0) return [];
  if (left.length > LONGEST_SEARCHED || right.length > LONGEST_SEARCHED)
    return pairSideBySide(left, right);
  // No run that says something fits in: so it is with every other pair of values.
  if (Math.min(left.length, right.length) < SHORTEST_RUN) return [];
  const width = right.length + 1;
  const lengths = LENGTHS;
  lengths.fill(0, left.length * width, (left.length + 1) * width);
  for (let at = left.length - 1; at >= 0; at -= 1) {
    const character = left[at];
    const row = at * width;
    const below = row + width;
    lengths[row + right.length] = 0;
    for (let other = right.length - 1; other >= 0; other -= 1) {
      lengths[row + other] =
        character === right[other]
          ? (lengths[below + other + 1] ?? 0) + 1
          : Math.max(lengths[below + other] ?? 0, lengths[row + other + 1] ?? 0);
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
function pairSideBySide(left: Characters, right: Characters): [number, number][] {
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
  left: Characters,
  right: Characters,
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

/**
 * `all` in stretches that the other value has, too, and such that it has not: `same` says so of the characters between the ends.
 * Where only the other has something (`gaps`), there is a mark without text: what cuts long stretches must not cut this place out.
 */
function part(
  all: Characters,
  start: number,
  end: number,
  same: ReadonlySet<number>,
  gaps: ReadonlySet<number>,
): Mark[] {
  const tail = all.length - end;
  const isSameAt = (at: number): boolean => at < start || at >= tail || same.has(at - start);
  const found: Mark[] = [];
  for (let from = 0; from < all.length;) {
    if (gaps.has(from - start)) found.push(NOTHING);
    const isSame = isSameAt(from);
    let to = from + 1;
    while (to < all.length && isSameAt(to) === isSame && !gaps.has(to - start)) {
      if (to < start) to = start;
      else if (to >= tail) to = all.length;
      else to += 1;
    }
    found.push(mark(all.slice(from, to), isSame));
    from = to;
  }
  if (gaps.has(all.length - start)) found.push(NOTHING);
  return found;
}

const NOTHING: Mark = { text: '', isSame: false };

/** A difference that is nothing but spaces is shown as what it is. */
function mark(characters: Characters, isSame: boolean): Mark {
  const text = textOf(characters);
  return { text: isSame || text.trim() !== '' ? text : text.replaceAll(' ', '·'), isSame };
}

/** Characters that stay the same on each side of a cut. */
const KEPT = 60;
const LONGEST_SAME = 240;

/** Long stretches that both have, cut in the middle: a long note with one slip shows the slip. */
export function withoutLongSame(all: readonly Mark[]): Iterable<Mark> {
  return all.length > 1 && all.some(mayBeLong) ? cutLongSame(all) : all;
}

function mayBeLong({ isSame, text }: Mark): boolean {
  return isSame && text.length > LONGEST_SAME;
}

function* cutLongSame(all: readonly Mark[]): Iterable<Mark> {
  for (const [index, each] of all.entries()) {
    const characters = mayBeLong(each) ? charactersOf(each.text) : '';
    if (characters.length <= LONGEST_SAME) {
      yield each;
      continue;
    }
    const head = index === 0 ? '' : characters.slice(0, KEPT);
    const tail = index === all.length - 1 ? '' : characters.slice(-KEPT);
    const left = characters.length - head.length - tail.length;
    const cut = `… ${left.toLocaleString('en-US')} characters the same …`;
    const before = head === '' ? '' : `${textOf(head).trimEnd()} `;
    const after = tail === '' ? '' : ` ${textOf(tail).trimStart()}`;
    yield { text: `${before}${cut}${after}`, isSame: true };
  }
}
