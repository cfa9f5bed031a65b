import type { PicklistOption } from '../../model/field.ts';
import { tidy } from '../fold.ts';

/** A text that leads to an option: its label, or the label of one merged into it. */
export interface Spelling {
  readonly text: string;
  readonly option: PicklistOption;
}

/** A list is coded when this share of its options, and this many, begin with a code. */
const ENOUGH_SHARE = 0.8;
const ENOUGH_OPTIONS = 3;

/** "02 - Discovery", "4a. Appeal", "370 Other Fraud"; "2 Bedrooms" is a count, not a code. */
const CODED = /^(?:(\d{1,8}\p{L}?)\s?[-–—:.)]\s?|(\d{3,8}|0\d) )(\p{L}.*)$/u;

/**
 * In a list whose options begin with a code, the code alone and the text alone lead to their option as well.
 * Empty for any other list: a number before a single option may be part of its name.
 */
export function codedSpellings(options: readonly PicklistOption[]): readonly Spelling[] {
  const coded = options.flatMap((option) => {
    const [, marked, bare, text] = CODED.exec(tidy(option.label)) ?? [];
    const code = marked ?? bare;
    if (code === undefined || text === undefined) return [];
    return [
      { text: code, option },
      { text, option },
    ];
  });
  const count = coded.length / 2;
  return count >= ENOUGH_OPTIONS && count >= options.length * ENOUGH_SHARE ? coded : [];
}
