const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Nothing but these: a code unit is what people call a character. */
const PLAIN = /^[\x20-\x7e]*$/u;

/** A text in what people call characters: a letter with its accents, an emoji with all its parts, never half of one. */
export function charactersOf(text: string): string[] {
  return PLAIN.test(text)
    ? text.split('')
    : Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
