/**
 * How a text reads when case, spaces, accents and idle punctuation do not count: words with one space between them.
 *
 * What can carry meaning stays: a sign before a number ("-5"), what stands between two digits ("1.5", "1/2"),
 * a grade's or blood group's sign ("A-", "O+"), a question mark that doubts, and every symbol not listed as idle.
 * "&" reads as "and". Linear in the text's length, total, idempotent, the same under every locale.
 */
export function fold(text: string): string {
  return readWords(Array.from(plainLetters(text))).join(' ');
}

/**
 * The folded words run together, so that "S. W. 2d" and "SW2d" meet. Two digits never grow together
 * ("1 1" is not "11"), nor does "in active" become "inactive".
 */
export function squash(folded: string): string {
  const start = folded.startsWith('in ') ? 'in ' : '';
  return start + folded.slice(start.length).replace(/(?<!\p{Nd}) | (?!\p{Nd})/gu, '');
}

/** White space and invisible characters put in order; letters, case and punctuation as they stand. */
export function tidy(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFC').replace(SPACES, ' ').trim();
}

/** Soft hyphens, zero-width and direction marks, which no reader sees. */
const INVISIBLE = /\p{Cf}+/gu;
/** Control characters count as space: a tab or a stray NUL parts two words. */
const SPACES = /[\s\p{Cc}]+/gu;

/** Letters that Unicode does not decompose, as English keyboards write them. */
const LATIN = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ŋ', 'n'],
  ['ς', 'σ'],
  ['ﬀ', 'ff'],
  ['ﬁ', 'fi'],
  ['ﬂ', 'fl'],
]);
const LATIN_LETTERS = new RegExp(`[${[...LATIN.keys()].join('')}]`, 'gu');

function plainLetters(text: string): string {
  return (
    text
      .replace(INVISIBLE, '')
      .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
      .toLowerCase()
      .normalize('NFD')
      // Only Latin loses its marks: in other scripts they make other letters.
      .replace(/(?<=\p{Script=Latin})[\u0300-\u036f]+/gu, '')
      .normalize('NFC')
      .replace(LATIN_LETTERS, (letter) => LATIN.get(letter) ?? letter)
  );
}

const WORD = /^[\p{L}\p{N}\p{M}]$/u;
const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const SPACE = /^[\s\p{Cc}]$/u;
const APOSTROPHES = new Set("'’‘ʼ`´");
const DASHES = new Set('-‐‑‒–—−_');
/** Punctuation that nobody means anything by, except between two digits. */
const IDLE = new Set([...APOSTROPHES, ...DASHES, ...Array.from('.,;:"“”„«»/\\|()[]{}!¡·•…')]);

function readWords(characters: readonly string[]): string[] {
  const words: string[] = [];
  let word = '';
  const endWord = () => {
    if (word !== '') words.push(word);
    word = '';
  };
  for (const [at, character] of characters.entries()) {
    const before = characters[at - 1] ?? ' ';
    const after = characters[at + 1] ?? ' ';
    if (WORD.test(character)) word += character;
    else if (SPACE.test(character)) endWord();
    else if (character === '&') {
      endWord();
      words.push('and');
    } else if (isInsideWord(character, before, after)) continue;
    else if (!IDLE.has(character)) word += character;
    else if (DIGIT.test(before) && DIGIT.test(after)) word += plainMark(character);
    else if (isSign(character, before, after, word)) word += '-';
    else endWord();
  }
  endWord();
  return words;
}

/** An apostrophe in a word, also where an old export made it a question mark. */
function isInsideWord(character: string, before: string, after: string): boolean {
  const isApostrophe = APOSTROPHES.has(character) || character === '?';
  return isApostrophe && LETTER.test(before) && LETTER.test(after);
}

/** A minus before a number, or the minus of a grade or blood group: at most two letters and then the sign. */
function isSign(character: string, before: string, after: string, word: string): boolean {
  if (!DASHES.has(character) || character === '_') return false;
  if (DIGIT.test(after)) return !WORD.test(before) && word === '';
  return !WORD.test(after) && /^\p{L}{1,2}$/u.test(word);
}

function plainMark(character: string): string {
  if (DASHES.has(character)) return '-';
  return APOSTROPHES.has(character) ? "'" : character;
}
