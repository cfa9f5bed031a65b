/**
 * How many of `width` cells each count gets: in proportion, all cells given away, and at least one for a count
 * that is not 0 where there is room, so that nothing small disappears.
 */
export function shares(counts: readonly number[], width: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const cells = counts.map((count) =>
    count === 0 ? 0 : Math.max(1, Math.floor((count / total) * width)),
  );
  for (let rest = width - cells.reduce((sum, each) => sum + each, 0); rest !== 0;) {
    const step = Math.sign(rest);
    const at = indexOfFurthest(counts, cells, total, width, step);
    if (at === -1) break;
    cells[at] = (cells[at] ?? 0) + step;
    rest -= step;
  }
  return cells;
}

/** The count whose cells are furthest below its part (`step` 1), or furthest above and more than one (`step` -1). */
function indexOfFurthest(
  counts: readonly number[],
  cells: readonly number[],
  total: number,
  width: number,
  step: number,
): number {
  let furthest = -1;
  let distance = Number.NEGATIVE_INFINITY;
  for (const [index, count] of counts.entries()) {
    const held = cells[index] ?? 0;
    if (count === 0 || (step < 0 && held <= 1)) continue;
    const lacking = ((count / total) * width - held) * step;
    if (lacking <= distance) continue;
    distance = lacking;
    furthest = index;
  }
  return furthest;
}
