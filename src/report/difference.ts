/** What two texts have in common at both ends, and what differs between. */
export interface Difference {
  readonly head: string;
  readonly left: string;
  readonly right: string;
  readonly tail: string;
}

/** Where two texts differ: the shortest middle that tells one from the other, never cutting a character in two. */
export function difference(leftText: string, rightText: string): Difference {
  const left = Array.from(leftText);
  const right = Array.from(rightText);
  const shorter = Math.min(left.length, right.length);
  let start = 0;
  while (start < shorter && left[start] === right[start]) start += 1;
  let end = 0;
  while (end < shorter - start && left.at(-1 - end) === right.at(-1 - end)) end += 1;
  return {
    head: left.slice(0, start).join(''),
    left: left.slice(start, left.length - end).join(''),
    right: right.slice(start, right.length - end).join(''),
    tail: left.slice(left.length - end).join(''),
  };
}
