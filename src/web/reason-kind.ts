const MONTHS =
  'January|February|March|April|May|June|July|August|September|October|November|December';

/** What a reason says of its own value: anything quoted, a date in words, a number. */
const PARTICULARS = new RegExp(
  `"[^"]*"|“[^”]*”|\\d{1,2} (?:${MONTHS}) \\d{1,4}|[-+]?\\d[\\d.,:/-]*`,
  'gu',
);

/** A reason without what is particular to one value, so that like reasons can be counted and chosen together. */
export function reasonKind(reason: string): string {
  return reason.replace(PARTICULARS, '…').replace(/…(?:,? …)+/gu, '…');
}
