import type { Reading } from './doubt.ts';
import { toLower, toUpper } from './letter-case.ts';
import { toSentences } from './sentence-case.ts';
import type { Spelling } from './spellings.ts';
import { toTitle } from './title-case.ts';

/** The cases that a text can be put into. */
export const CASES = ['title', 'name', 'upper', 'lower', 'sentence'] as const;

export type Case = (typeof CASES)[number];

/**
 * Puts a text into a case. Words that already have a capital somewhere are left alone unless the whole text is in
 * capitals: whoever wrote small letters too meant the capitals. Only the case of letters changes.
 */
export function recase(text: string, wanted: Case, spelling: Spelling): Reading {
  switch (wanted) {
    case 'upper':
      return { text: toUpper(text), doubts: [] };
    case 'lower':
      return { text: toLower(text), doubts: [] };
    case 'sentence':
      return { text: toSentences(text, spelling), doubts: [] };
    case 'title':
    case 'name':
      return toTitle(text, wanted, spelling);
    default:
      return wanted satisfies never;
  }
}
