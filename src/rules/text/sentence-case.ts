import { FIXED } from './casing-words.ts';
import { shapeOf, toLower, toUpper } from './letter-case.ts';
import type { Spelling } from './spellings.ts';
import { isNoWord, takeApart } from './word.ts';

/** A capital at the start of each sentence; the rest in small letters where the whole text is in capitals. */
export function toSentences(text: string, spelling: Spelling): string {
  const shape = shapeOf(text);
  const lower =
    shape === 'capitals'
      ? text
          .split(/([ \n]+)/)
          .map((run) => lowerUnlessKnown(run, spelling))
          .join('')
      : text;
  return lower.replace(
    /(^|[.?!][ \n]+|\n)(["'“‘([]*)(\p{Ll})/gu,
    (_, gap: string, quotes: string, letter: string) => `${gap}${quotes}${toUpper(letter)}`,
  );
}

function lowerUnlessKnown(run: string, spelling: Spelling): string {
  const word = takeApart(run);
  if (word.core === '' || /\d/.test(word.core) || isNoWord(word)) return run;
  const lower = toLower(word.core);
  if (/^\p{L}(?:\.\p{L})+$/u.test(lower)) return run;
  const known = spelling(lower) ?? FIXED.get(lower) ?? lower;
  return word.lead + (known === 'i' ? 'I' : known) + word.tail;
}
