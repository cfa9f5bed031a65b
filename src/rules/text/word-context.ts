import type { Spelling } from './spellings.ts';
import type { Word } from './word.ts';

/** A word of a title or a name, and what its place says of how it is written. */
export interface Context {
  readonly wanted: 'title' | 'name';
  readonly shape: 'capitals' | 'small' | 'mixed';
  readonly word: Word;
  readonly before: Word | undefined;
  /** The word before that one. */
  readonly wayBefore: Word | undefined;
  readonly after: Word | undefined;
  /** Begins the text or what follows a colon, a question mark or a line break. */
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly hasNumber: boolean;
  readonly spelling: Spelling;
}

/** The word in its new case, or the ways in which it may be written. */
export type Choice = string | readonly string[];
