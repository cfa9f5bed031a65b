import { decodeBytes } from './bytes.ts';

/** What a text was before its UTF-8 was read in a code page that no web page has. */
export interface Reread {
  readonly original: string;
  /** Whether all of the text is explained by it, in one code page alone. */
  readonly isWhole: boolean;
}

/**
 * Undoes what Excel for Mac makes of a file without a mark ("caf√©", "don‚Äôt"), and a console of DOS or Windows
 * ("caf├⌐", "donΓÇÖt"); null where neither shows. Linear.
 */
export function rereadPage(text: string): Reread | null {
  const rereads = PAGES.flatMap((page) => reread(text, page) ?? []);
  const [first, ...others] = rereads;
  if (first === undefined) return null;
  const isSettled = others.every(({ original }) => original === first.original);
  return { ...first, isWhole: first.isWhole && isSettled };
}

function reread(text: string, page: Page): Reread | null {
  const original = text.replace(page.damaged, (run) => decode(run, page) ?? run);
  if (original === text) return null;
  const whole = decode(text, page);
  return { original: whole ?? original, isWhole: whole !== null };
}

interface Page {
  readonly byteOf: ReadonlyMap<string, number>;
  /** What the commonest letters beyond ASCII, and typographic quotes and dashes, look like in it. */
  readonly damaged: RegExp;
}

/** The characters of the bytes 0x80 to 0xFF (Unicode, mappings of vendors: ROMAN.TXT, CP437.TXT, CP850.TXT). */
const UPPER_HALVES = [
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00A0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uF8FFÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ',
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0',
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0',
] as const;

const PAGES = UPPER_HALVES.map(toPage);

function toPage(upperHalf: string): Page {
  const characters = Array.from(upperHalf);
  const at = (byte: number) => characters[byte - 0x80] ?? '';
  const continuation = `[${characters.slice(0, 0x40).join('')}]`;
  return {
    byteOf: new Map(characters.map((character, index) => [character, 0x80 + index])),
    damaged: new RegExp(
      `[${at(0xc2)}${at(0xc3)}]${continuation}|${at(0xe2)}${at(0x80)}${continuation}`,
      'gu',
    ),
  };
}

function decode(text: string, { byteOf }: Page): string | null {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const byte = code < 0x80 ? code : byteOf.get(character);
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return decodeBytes(bytes);
}
