/** Longer values are prose, whatever numbers stand in them. Bounds the work that one value can cause. */
export const LONGEST_AMOUNT = 200;

/** Stands for every space that keeps digits together (no-break, thin, narrow): such a space groups, it does not part. */
export const JOINING_SPACE = '\u00A0';

/**
 * An amount's text with one character for each meaning: full-width and Arabic digits as 0 to 9, one minus,
 * one apostrophe, one ordinary and one joining space, and nothing that nobody sees.
 * The caller bounds the length.
 */
export function tidyAmount(text: string): string {
  if (isTidy(text)) return text;
  let tidied = '';
  for (const character of text) tidied += plainCharacter(character);
  return tidied
    .replace(/ *\u00A0[ \u00A0]*/g, JOINING_SPACE)
    .replace(/ {2,}/g, ' ')
    .replace(/^[ \u00A0]+|[ \u00A0]+$/g, '')
    .replace(QUOTED, '$2');
}

function isTidy(text: string): boolean {
  return TIDY.test(text);
}

/** Quotation marks around the whole, and the apostrophe by which Excel keeps a number a text; '99 is rather a year. */
const QUOTED = /^(?:(["'])(?=.*\1$)|'(?!\d\d$)(?=[-+(]?[$€£]?\d))(.*?)\1$/;

/** Printable ASCII but the backtick, without a double space, one at an end or a quote in front. Each character has one way to match: linear. */
const TIDY = /^(?!["'])[!-_a-~]+(?: [!-_a-~]+)*$/;

function plainCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x20 && code < 0x7f) return character === '`' ? "'" : character;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCodePoint(code - 0xfee0);
  if (code >= 0x660 && code <= 0x669) return String.fromCodePoint(code - 0x660 + 0x30);
  if (code >= 0x6f0 && code <= 0x6f9) return String.fromCodePoint(code - 0x6f0 + 0x30);
  const known = PLAIN.get(character);
  if (known !== undefined) return known;
  if (INVISIBLE.test(character)) return '';
  return character;
}

const INVISIBLE = /^\p{Cf}$/u;

const PLAIN = new Map<string, string>([
  ...each(' \t\n\r\v\f\u0085\u2028\u2029', ' '),
  ...each(
    '\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000',
    JOINING_SPACE,
  ),
  ...each('‐‑−﹣', '-'),
  ...each('’‘ʼʹ´′˙', "'"),
  ...each('、،', ','),
  ['٫', '.'],
  ['٬', "'"],
  ...each('￡₤', '£'),
  ['￥', '¥'],
  ['￦', '₩'],
  ['￠', '¢'],
]);

function each(characters: string, plain: string): [string, string][] {
  return Array.from(characters, (character) => [character, plain]);
}
