/**
 * Control characters, line and paragraph separators, and the marks that turn writing direction around:
 * left as they are, a value could paint the terminal or show itself as another.
 */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '⏎', '\t': '⇥' };

/** A value on one line, with everything in it that cannot be seen made visible. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (character) =>
      SHORT[character] ?? `\\u{${character.codePointAt(0)?.toString(16).padStart(4, '0') ?? ''}}`,
  );
}
