/** What can be the matter with a value. Public, as scripts see it. */
export const MESS_KINDS = [
  /** Spaces at an end, doubled, or of an odd kind; line breaks too many. */
  'spaces',
  /** Characters that nobody sees. */
  'invisible',
  /** Letters damaged by a wrong text encoding. */
  'damaged',
  /** Errors and rounding of a spreadsheet. */
  'spreadsheet',
  /** The same as another value of the field, but for capitals. */
  'capitals',
  /** Perhaps the same as another value of the field, spelled differently. */
  'spellings',
  /** An option of a picklist that is no longer offered. */
  'retired',
  /** Read for certain, but written otherwise than most of the field, or than its type wants it. */
  'notation',
  /** More than one reading: 03/04/2019. */
  'ambiguous',
  /** Not one exact value: a span, a month without a day, about so much. */
  'inexact',
  /** Words that say there is nothing: n/a, unknown. */
  'nothing',
  /** Several values in one. */
  'several',
  /** A note beside the value. */
  'notes',
  /** What no such value can be: an address without @, the 31st of April. */
  'impossible',
  /** Longer than the field holds, or than any such value is. */
  'tooLong',
  'unclear',
] as const;

export type MessKind = (typeof MESS_KINDS)[number];

/** All that is the matter with one value, each kind once. */
export type Messes = readonly [MessKind, ...MessKind[]];
