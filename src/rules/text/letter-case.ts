/** What a text's own capitals say of it. */
export function shapeOf(text: string): 'capitals' | 'small' | 'mixed' {
  if (!/\p{Ll}/u.test(text)) return 'capitals';
  return /\p{Lu}/u.test(text) ? 'mixed' : 'small';
}

/** The first letter in capitals. */
export function capitalise(lower: string): string {
  const [first = '', ...rest] = lower;
  return toUpper(first) + rest.join('');
}

/** Letter by letter, so that none becomes two ("ß" stays) and the same on every machine. */
export function toUpper(text: string): string {
  return text.replace(/\p{Ll}/gu, (letter) => {
    if (letter === 'ς') return 'Σ';
    const upper = letter.toUpperCase();
    return upper.length === letter.length && upper.toLowerCase() === letter ? upper : letter;
  });
}

/** As `toUpper`, the other way; a sigma at the end of a word is written as one. */
export function toLower(text: string): string {
  return text.replace(FINAL_SIGMA, 'ς').replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return lower.length === letter.length && lower.toUpperCase() === letter ? lower : letter;
  });
}

const FINAL_SIGMA = /(?<=[\p{L}\p{M}])Σ(?![\p{L}\p{M}])/gu;
