/** Made when a text needs it: hardly one in a hundred does, and it takes longer to make than a small report. */
let segmenter: Intl.Segmenter | undefined;

/**
 * Nothing but these, and a code unit is what people call a character: Latin, Greek and Cyrillic letters, punctuation, currencies
 * and the signs that `visible` shows, none of which joins another (UAX 29). Asking the segmenter took a third of the time of a page.
 */
const NOTHING_JOINS =
  /^[\x20-\x7e\u00a0-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u21e5\u237d\u23ce]*$/u;

/** A text by its characters: at a place, in a slice, in number. A simple text is its own list, which spares most of the work. */
export type Characters = string | readonly string[];

/** A text in what people call characters: a letter with its accents, an emoji with all its parts, never half of one. */
export function charactersOf(text: string): Characters {
  if (NOTHING_JOINS.test(text)) return text;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

export function textOf(characters: Characters): string {
  return typeof characters === 'string' ? characters : characters.join('');
}
