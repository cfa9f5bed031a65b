/** ` Did you mean "Court"?` where one of the known words is so near that it was likely meant; nothing elsewhere. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const near = nearest(word, known);
  return near === null ? '' : ` Did you mean "${near}"?`;
}

/** The known word that was likely meant: the same but for capitals and spaces, or a slip or two of the keys away. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const meant = plain(word);
  const allowed = Math.min(MOST_SLIPS, Math.floor(meant.length / LETTERS_A_SLIP));
  let best: string | null = null;
  let fewest = allowed + 1;
  for (const candidate of known) {
    const slips = slipsBetween(meant, plain(candidate), fewest);
    if (slips >= fewest) continue;
    best = candidate;
    fewest = slips;
  }
  return best;
}

const MOST_SLIPS = 3;
const LETTERS_A_SLIP = 3;

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Letters left out, put in, taken for another or swapped with their neighbour; `limit` for so many or more. */
function slipsBetween(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let at = 1; at <= left.length; at += 1) {
    const next = [at];
    for (let other = 1; other <= right.length; other += 1) {
      const isSame = left[at - 1] === right[other - 1];
      const isSwap =
        at > 1 &&
        other > 1 &&
        left[at - 1] === right[other - 2] &&
        left[at - 2] === right[other - 1];
      next.push(
        Math.min(
          (next[other - 1] ?? 0) + 1,
          (row[other] ?? 0) + 1,
          (row[other - 1] ?? 0) + (isSame ? 0 : 1),
          isSwap ? (before[other - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = row;
    row = next;
  }
  return Math.min(row.at(-1) ?? limit, limit);
}
