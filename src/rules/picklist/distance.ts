/**
 * How many letters must be put in, left out, exchanged or swapped with their neighbour to get from one text
 * to the other, no part being edited twice (optimal string alignment); `limit + 1` where it is more than `limit`.
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && isSameFromEnd(left, right, end)) end += 1;
  const from = left.slice(start, left.length - end);
  const to = right.slice(start, right.length - end);
  const [short, long] = from.length < to.length ? [from, to] : [to, from];
  if (short === '') return Math.min(long.length, limit + 1);
  const distance = short.length <= BITS ? byBits(short, long) : byRows(short, long, limit);
  return Math.min(distance, limit + 1);
}

/** Likeness from 0 (nothing in common) to 1 (the same), by the longer text's length; 0 where it is under `least`. */
export function likeness(left: string, right: string, least: number): number {
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 1;
  const limit = Math.floor(longer * (1 - least));
  const distance = editDistance(left, right, limit);
  return distance > limit ? 0 : 1 - distance / longer;
}

function isSameFromEnd(left: string, right: string, at: number): boolean {
  return left.charCodeAt(left.length - 1 - at) === right.charCodeAt(right.length - 1 - at);
}

const BITS = 32;
/** For each UTF-16 code unit, the places where the shorter text has it. Empty between calls; kept, for it is large. */
const PLACES = new Int32Array(65_536);

/**
 * A whole column of the usual table at a time, a bit for each letter of the shorter text.
 * H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances",
 * Nordic Journal of Computing 10 (2003), figure 9.
 */
function byBits(short: string, long: string): number {
  for (let at = 0; at < short.length; at += 1) {
    const letter = short.charCodeAt(at);
    PLACES[letter] = (PLACES[letter] ?? 0) | (1 << at);
  }
  const lastBit = 1 << (short.length - 1);
  let distance = short.length;
  let [up, down, same, placesBefore] = [-1, 0, 0, 0];
  for (let at = 0; at < long.length; at += 1) {
    const places = PLACES[long.charCodeAt(at)] ?? 0;
    const swapped = ((~same & places) << 1) & placesBefore;
    same = swapped | (((places & up) + up) ^ up) | places | down;
    const right = down | ~(same | up);
    const left = same & up;
    if ((right & lastBit) !== 0) distance += 1;
    if ((left & lastBit) !== 0) distance -= 1;
    const shifted = (right << 1) | 1;
    up = (left << 1) | ~(same | shifted);
    down = shifted & same;
    placesBefore = places;
  }
  for (let at = 0; at < short.length; at += 1) PLACES[short.charCodeAt(at)] = 0;
  return distance;
}

/** The usual table, row by row, no further from the diagonal than `limit`: for what is too long for bits. */
function byRows(short: string, long: string, limit: number): number {
  const far = limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: long.length + 1 }, (_, at) => at);
  for (let row = 1; row <= short.length; row += 1) {
    const current: number[] = [row];
    const from = Math.max(1, row - limit);
    const to = Math.min(long.length, row + limit);
    let best = row;
    for (let at = 1; at < from; at += 1) current.push(far);
    for (let at = from; at <= to; at += 1) {
      const isSame = short.charCodeAt(row - 1) === long.charCodeAt(at - 1);
      const isSwap =
        row > 1 &&
        at > 1 &&
        short.charCodeAt(row - 1) === long.charCodeAt(at - 2) &&
        short.charCodeAt(row - 2) === long.charCodeAt(at - 1);
      const cost = Math.min(
        (last[at] ?? far) + 1,
        (current[at - 1] ?? far) + 1,
        (last[at - 1] ?? far) + (isSame ? 0 : 1),
        isSwap ? (beforeLast[at - 2] ?? far) + 1 : far,
      );
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return far;
    beforeLast = last;
    last = current;
  }
  return last[long.length] ?? far;
}
