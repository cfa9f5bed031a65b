/** Titles and ranks before a judge's name. */
const TITLES = new Set(
  'judge justice hon honorable honourable chief senior presiding associate magistrate district bankruptcy us'.split(
    ' ',
  ),
);
const OFFICES = new Set(['judge', 'justice', 'hon', 'honorable', 'honourable']);

/**
 * A folded name without the judge's titles before it: the office is not part of who it is.
 * Null where there are none, or fewer than two words are left (a surname alone may be another judge's).
 */
export function withoutTitles(folded: string): string | null {
  const words = folded.replace(/^u s /u, 'us ').split(' ');
  const start = words.findIndex((word) => !TITLES.has(word));
  const hasOffice = words.slice(0, Math.max(start, 0)).some((word) => OFFICES.has(word));
  const name = words.slice(start);
  return hasOffice && name.length >= 2 && !name.includes('and') ? name.join(' ') : null;
}
