import type { Definition } from '../model/field.ts';
import type { MessKind } from '../model/mess.ts';
import type { FieldSummary } from '../model/summary.ts';

/** A kind of mess as a paralegal would call it, after a number of values: `260 in other notations than most`. */
export const MESS_WORDS = {
  spaces: 'with spaces or line breaks too many',
  invisible: 'with invisible characters',
  damaged: 'with letters damaged by a wrong encoding',
  spreadsheet: 'spoiled by a spreadsheet',
  capitals: 'the same as another, but for capitals',
  spellings: 'perhaps the same as another, spelled differently',
  retired: 'with an option that is no longer offered',
  notation: 'written otherwise than most',
  ambiguous: 'that can be read in two ways',
  inexact: 'that are not one exact value',
  nothing: 'that only say there is nothing',
  several: 'with several values in one',
  notes: 'with a note beside the value',
  impossible: 'that cannot be right',
  tooLong: 'that are too long',
  unclear: 'that are unclear',
} as const satisfies Readonly<Record<MessKind, string>>;

/** The same in a word or two, where there is little room. */
export const SHORT_MESS_WORDS = {
  spaces: 'spaces',
  invisible: 'invisible characters',
  damaged: 'damaged letters',
  spreadsheet: 'spreadsheet damage',
  capitals: 'capitals',
  spellings: 'spellings',
  retired: 'retired options',
  notation: 'notations',
  ambiguous: 'two readings',
  inexact: 'not exact',
  nothing: 'says nothing',
  several: 'several in one',
  notes: 'notes beside it',
  impossible: 'impossible',
  tooLong: 'too long',
  unclear: 'unclear',
} as const satisfies Readonly<Record<MessKind, string>>;

/** What a field's values are, for people: `text that holds dates`. */
export function typeWords({ definition, looksLike }: FieldSummary): string {
  const type = TYPE_WORDS[definition.fieldType];
  const held = looksLike === null ? undefined : HELD_WORDS[looksLike];
  return held === undefined ? type : `${type} that holds ${held}`;
}

const TYPE_WORDS: Readonly<Record<Definition['fieldType'], string>> = {
  checkbox: 'checkbox',
  contact: 'contact',
  currency: 'amount of money',
  date: 'date',
  email: 'e-mail address',
  matter: 'matter',
  numeric: 'number',
  picklist: 'picklist',
  text_area: 'long text',
  text_line: 'text',
  time: 'time of day',
  url: 'web address',
};

const HELD_WORDS: Readonly<Record<string, string>> = {
  checkbox: 'yes and no',
  currency: 'amounts of money',
  date: 'dates',
  email: 'e-mail addresses',
  numeric: 'numbers',
  phone: 'phone numbers',
  url: 'web addresses',
};
