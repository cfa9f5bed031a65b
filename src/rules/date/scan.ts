/** A run of digits or of letters, and what stands between it and the one before. */
export interface Atom {
  readonly isNumber: boolean;
  readonly text: string;
  readonly gap: string;
}

export interface Scan {
  readonly atoms: readonly Atom[];
  /** What stands after the last atom. */
  readonly tail: string;
}

const ATOM = /\d+|[\p{L}\p{M}]+/gu;

/** In one pass: linear in the length of `text`. */
export function scan(text: string): Scan {
  const atoms: Atom[] = [];
  let end = 0;
  for (const match of text.matchAll(ATOM)) {
    const [found] = match;
    const first = found.charCodeAt(0);
    atoms.push({
      isNumber: first >= 0x30 && first <= 0x39,
      text: found,
      gap: text.slice(end, match.index),
    });
    end = match.index + found.length;
  }
  return { atoms, tail: text.slice(end) };
}

const INVISIBLE = /[\p{Cc}\p{Cf}]+/gu;
const SPACE = /\s+/gu;
const DASH = /[\u2010-\u2015\u2212]/gu;
const APOSTROPHE = /[\u2018\u2019\u02bc\u00b4`]/gu;
const PLAIN = /^[\x21-\x7e]*$/;

/** The text without what nobody sees: control and zero-width characters, kinds of spaces, dashes and apostrophes. */
export function tidy(text: string): string {
  if (PLAIN.test(text)) return text;
  return text
    .normalize('NFC')
    .replaceAll(SPACE, ' ')
    .replaceAll(INVISIBLE, '')
    .replaceAll(DASH, '-')
    .replaceAll(APOSTROPHE, "'")
    .trim();
}
