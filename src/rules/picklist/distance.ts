/**
 * How many letters must be put in, left out, exchanged or swapped with their neighbour to get from one text
 * to the other (optimal string alignment); `limit + 1` as soon as it must be more than `limit`.
 * Time: left.length * (2 * limit + 1).
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return alignmentDistance(
    left.slice(start, left.length - end),
    right.slice(start, right.length - end),
    limit,
  );
}

/** The same for two texts that begin and end with different letters. */
function alignmentDistance(left: string, right: string, limit: number): number {
  if (left === '' || right === '') return Math.max(left.length, right.length);
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current: number[] = [row];
    let best = row;
    const from = Math.max(1, row - limit);
    const to = Math.min(right.length, row + limit);
    if (from > 1) current[from - 1] = limit + 1;
    for (let at = from; at <= to; at += 1) {
      const isSame = left[row - 1] === right[at - 1];
      let cost = Math.min(
        (last[at] ?? limit + 1) + 1,
        (current[at - 1] ?? limit + 1) + 1,
        (last[at - 1] ?? limit + 1) + (isSame ? 0 : 1),
      );
      const isSwap = left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1];
      if (row > 1 && at > 1 && isSwap) cost = Math.min(cost, (beforeLast[at - 2] ?? limit + 1) + 1);
      current[at] = cost;
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[right.length] ?? limit + 1, limit + 1);
}

/** Likeness from 0 (nothing in common) to 1 (the same), by the longer text's length. */
export function likeness(left: string, right: string): number {
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 1;
  const limit = Math.floor(longer / 2);
  const distance = editDistance(left, right, limit);
  return distance > limit ? 0 : 1 - distance / longer;
}
