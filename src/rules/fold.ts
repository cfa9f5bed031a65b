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

const NOT_ASCII = /\P{ASCII}/u;

function plainLetters(text: string): string {
  if (!NOT_ASCII.test(text)) return text.toLowerCase();
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

/** What a character is to the reader of words. */
type Kind = 'letter' | 'digit' | 'mark' | 'space' | 'dash' | 'apostrophe' | 'idle' | 'symbol';

const APOSTROPHES = new Set("'’‘ʼ`´");
const DASHES = new Set('-‐‑‒–—−_');
/** Punctuation that nobody means anything by, except between two digits. */
const IDLE = new Set(Array.from('.,;:"“”„«»/\\|()[]{}!¡·•…'));

function classify(character: string): Kind {
  if (/\p{L}/u.test(character)) return 'letter';
  if (/\p{Nd}/u.test(character)) return 'digit';
  if (/[\p{N}\p{M}]/u.test(character)) return 'mark';
  if (/[\s\p{Cc}]/u.test(character)) return 'space';
  if (DASHES.has(character)) return 'dash';
  if (APOSTROPHES.has(character)) return 'apostrophe';
  return IDLE.has(character) ? 'idle' : 'symbol';
}

/** Nearly every character of nearly every value is one of these. */
const ASCII: readonly Kind[] = Array.from({ length: 128 }, (_, code) =>
  classify(String.fromCharCode(code)),
);

function kindOf(character: string): Kind {
  return ASCII[character.codePointAt(0) ?? 0] ?? classify(character);
}

function readWords(characters: readonly string[]): string[] {
  const kinds = characters.map(kindOf);
  const words: string[] = [];
  let word = '';
  const endWord = () => {
    if (word !== '') words.push(word);
    word = '';
  };
  for (const [at, character] of characters.entries()) {
    const kind = kinds[at] ?? 'space';
    const before = kinds[at - 1] ?? 'space';
    const after = kinds[at + 1] ?? 'space';
    if (isWordKind(kind)) word += character;
    else if (kind === 'space') endWord();
    else if (character === '&') {
      endWord();
      words.push('and');
    } else if (isInsideWord(character, kind, before, after)) continue;
    else if (kind === 'symbol') word += character;
    else if (before === 'digit' && after === 'digit') word += plainMark(character, kind);
    else if (kind === 'dash' && isSign(before, after, word)) word += '-';
    else endWord();
  }
  endWord();
  return words;
}

function isWordKind(kind: Kind): boolean {
  return kind === 'letter' || kind === 'digit' || kind === 'mark';
}

/** An apostrophe in a word, also where an old export made it a question mark. */
function isInsideWord(character: string, kind: Kind, before: Kind, after: Kind): boolean {
  const isApostrophe = kind === 'apostrophe' || character === '?';
  return isApostrophe && before === 'letter' && after === 'letter';
}

/** A minus before a number, or the minus of a grade or blood group: at most two letters and then the sign. */
function isSign(before: Kind, after: Kind, word: string): boolean {
  if (after === 'digit') return !isWordKind(before) && word === '';
  return !isWordKind(after) && /^\p{L}{1,2}$/u.test(word);
}

function plainMark(character: string, kind: Kind): string {
  if (kind === 'dash') return '-';
  return kind === 'apostrophe' ? "'" : character;
}
