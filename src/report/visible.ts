/**
 * Control and format characters (the marks that turn writing direction around among them), line and paragraph separators,
 * and every space but the plain one: left as they are, a value could paint the terminal or show itself as another. What joins the
 * parts of one emoji is seen, as that emoji.
 */
const HIDDEN =
  /(?!(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d\p{Extended_Pictographic})[\p{Cc}\p{Cf}\u2028\u2029]|(?! )\p{Zs}/gu;

/** Plain spaces where they are easily overlooked: at an end, or more than one. */
const EASILY_OVERLOOKED = /^ +| +$| {2,}/gu;

const SHORT: Readonly<Record<string, string>> = {
  '\n': '⏎',
  '\t': '⇥',
  // The sign for a space that no line breaks at (ISO/IEC 9995-7).
  '\u00a0': '⍽',
};

/** What is on every keyboard, and nothing else. */
const PLAIN = /^[\x20-\x7e]*$/u;

/** A value on one line, with everything in it that cannot be seen made visible. */
export function visible(text: string): string {
  if (!mayHide(text)) return text;
  return text
    .replace(EASILY_OVERLOOKED, (spaces) => '·'.repeat(spaces.length))
    .replace(
      HIDDEN,
      (character) =>
        SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}}`,
    );
}

/** Of a diff's texts hardly one in ten: the others are spared the search for what is hidden. */
function mayHide(text: string): boolean {
  return !PLAIN.test(text) || text.startsWith(' ') || text.endsWith(' ') || text.includes('  ');
}
