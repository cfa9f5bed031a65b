import { type Reason, say } from '../reason.ts';
import { decodeBytes } from './bytes.ts';
import { rereadPage } from './code-pages.ts';

/** What shows that a text was damaged on its way, and what it must have been. */
export interface Damage {
  readonly reason: Reason;
  /** Null where the original cannot be told. */
  readonly original: string | null;
  /** Whether putting it back is certain: the damage done again to `original` gives the text as it stands. */
  readonly isCertain: boolean;
}

/** The first damage found in a text as it came, before any cleaning; null where there is none. Linear. */
export function findDamage(text: string): Damage | null {
  if (PLAIN.test(text)) return null;
  for (const find of DETECTORS) {
    const damage = find(text);
    if (damage !== null) return damage;
  }
  return null;
}

/** ASCII without the signs that begin a code of some program, or stand for a lost letter: nothing that a detector looks for. */
const PLAIN = /^[\t\n\r !-$'-<>@-[\]^`-~]*$/;

const DETECTORS: readonly ((text: string) => Damage | null)[] = [
  findLostCharacters,
  findHiddenOrder,
  findDoubleEncoding,
  findOtherPages,
  findWindowsControls,
  findSplitWords,
  findMarkPile,
  findStrangeMarks,
  findCutLetters,
  findEntities,
  findPercentEncoding,
  findEscapes,
  findQuestionMarks,
];

/** Half of a letter of Windows-1250 or 1251 before a soft hyphen or a no-break space, which cleaning would take away. */
function findCutLetters(text: string): Damage | null {
  return /[ÄÅĂĐĹ]\u00AD|[РС]\u00A0[А-Яа-я]?[РС]/.test(text) ? lost(WRONG_ENCODING) : null;
}

function lost(words: string, original: string | null = null): Damage {
  return { reason: say('damaged', words), original, isCertain: false };
}

function hidden(words: string): Damage {
  return { reason: say('invisible', words), original: null, isCertain: false };
}

/** The replacement character, halves of characters, non-characters, private symbols, places of lost objects. */
function findLostCharacters(text: string): Damage | null {
  if (/\uFFFD/.test(text)) {
    return lost('some letters were lost and stand as the replacement sign (U+FFFD)');
  }
  if (/\p{Cs}/u.test(text)) return lost('it holds half of a character, the other half is lost');
  if (/[\uFFFC\uFFF9-\uFFFB]/.test(text)) {
    return lost('it holds the mark of a picture or a note that was lost in copying');
  }
  if (/\p{Co}/u.test(text)) {
    return lost('it holds a private symbol that other computers cannot show');
  }
  if (/\p{Noncharacter_Code_Point}/u.test(text)) {
    return lost('it holds a code that stands for no character');
  }
  return null;
}

/** U+202D and U+202E make letters show in another order than they are stored in. */
function findHiddenOrder(text: string): Damage | null {
  return /[\u202D\u202E]/.test(text)
    ? hidden('hidden marks make it show its letters in another order than they are stored')
    : null;
}

/** Where Windows-1252 differs from Latin-1: byte 0x80 to 0x9F; five bytes are not in use. (WHATWG Encoding, index windows-1252) */
const WINDOWS_1252 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ');
const BYTE_OF = new Map<string, number>([
  ...Array.from({ length: 128 }, (_, at): [string, number] => [
    String.fromCharCode(0x80 + at),
    0x80 + at,
  ]),
  ...WINDOWS_1252.map((character, at): [string, number] => [character, 0x80 + at]),
]);
const BYTES = [...BYTE_OF.keys()].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const CONTINUATION = `[${[...BYTE_OF]
  .filter(([, byte]) => byte < 0xc0)
  .map(([c]) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  .join('')}]`;
/**
 * UTF-8 that was read as Windows-1252: a lead byte's character and as many of continuation bytes as it asks for.
 * É, Ê and Ë lead only to signs of phonetic writing, and stand before ® and ’ in names ("NESTLÉ®", "RENÉ’S").
 */
const DOUBLE = new RegExp(
  `[\\u00C2-\\u00C8\\u00CC-\\u00DF]${CONTINUATION}|[\\u00E0-\\u00EF]${CONTINUATION}{2}|[\\u00F0-\\u00F4]${CONTINUATION}{3}`,
);
const BYTE_RUN = new RegExp(`[${BYTES.join('')}]+`, 'g');

function findDoubleEncoding(text: string): Damage | null {
  if (!DOUBLE.test(text)) return null;
  let isCertain = true;
  const original = text.replace(BYTE_RUN, (run) => {
    const decoded = decodeBytes(Array.from(run).map((character) => BYTE_OF.get(character) ?? 0));
    if (decoded === null || hasControl(decoded)) isCertain = false;
    return decoded ?? run;
  });
  if (original === text) return lost(WRONG_ENCODING, decodeParts(text));
  return { reason: say('damaged', WRONG_ENCODING), original, isCertain };
}

const WRONG_ENCODING = 'accents or quotes were damaged by a wrong text encoding';

/** "caf√©" and "caf├⌐"; and "voilà" as Windows-1252 without the no-break space that was its second half. */
function findOtherPages(text: string): Damage | null {
  if (!LEFTOVERS.test(text)) return null;
  const reread = rereadPage(text);
  if (reread !== null)
    return {
      reason: say('damaged', WRONG_ENCODING),
      original: reread.original,
      isCertain: reread.isWhole,
    };
  return /\p{Ll}[ÂÃ](?![\p{L}\p{M}])/u.test(text) ? lost(WRONG_ENCODING) : null;
}

/** The signs that such damage begins with: most texts hold none of them. */
const LEFTOVERS = /[¬√‚┬├ΓÔÂÃ]/;

/** As much of it as can be read: only the sequences that are UTF-8 on their own. */
function decodeParts(text: string): string | null {
  const original = text.replace(new RegExp(DOUBLE, 'g'), (run) => {
    const decoded = decodeBytes(Array.from(run).map((character) => BYTE_OF.get(character) ?? 0));
    return decoded === null || hasControl(decoded) ? run : decoded;
  });
  return original === text ? null : original;
}

function hasControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** The controls U+0080 to U+009F are never typed: they are Windows-1252 that was read as Latin-1. */
function findWindowsControls(text: string): Damage | null {
  if (!/[\u0080-\u009F]/.test(text)) return null;
  const original = text.replace(
    /[\u0080-\u009F]/g,
    (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control,
  );
  const isCertain = !/[\u0080-\u009F]/.test(original) && !text.includes('\u0085');
  return {
    reason: say('damaged', 'quotes or dashes were damaged by a wrong text encoding'),
    original: isCertain ? original : null,
    isCertain,
  };
}

/** A control character between two letters or digits may have been anything: a space, a letter, nothing. */
function findSplitWords(text: string): Damage | null {
  const splits = /[\p{L}\p{N}](?:(?![\t\n\v\f\r\u0080-\u009F])\p{Cc})+(?=[\p{L}\p{N}\p{M}])/u;
  return splits.test(text) ? hidden('a control character stands in the middle of it') : null;
}

/** Nobody writes more than thirty marks on a letter (Unicode Annex 15, stream-safe text); more would also make NFC slow. */
function findMarkPile(text: string): Damage | null {
  return /\p{M}{31}/u.test(text) ? lost('it piles up accents without a letter') : null;
}

/**
 * Marks of phonetic writing and a comma below where Unicode has no such letter: what a wrong code page leaves of
 * "ö" or "ê". The line below stays out: it is spelled in languages of the Pacific Northwest.
 */
function findStrangeMarks(text: string): Damage | null {
  return /\p{Script=Latin}[\u0326\u0339-\u033F\u0346-\u035B]/u.test(text.normalize('NFC'))
    ? lost('an accent stands where no language puts it, as where a letter was damaged')
    : null;
}

const LATIN_1_ENTITIES =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
/** The named characters that exports leave behind (HTML 4.01, section 24). */
const ENTITIES = new Map<string, string>([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['ndash', '–'],
  ['mdash', '—'],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['bull', '•'],
  ['hellip', '…'],
  ['trade', '™'],
  ['euro', '€'],
  ['OElig', 'Œ'],
  ['oelig', 'œ'],
  ['Scaron', 'Š'],
  ['scaron', 'š'],
  ...LATIN_1_ENTITIES.split(' ').map((name, at): [string, string] => [
    name,
    String.fromCharCode(0xa0 + at),
  ]),
]);

function findEntities(text: string): Damage | null {
  const original = text.replace(
    /&(?:#(\d{2,7})|#[xX]([0-9a-fA-F]{2,6})|([A-Za-z]{2,6}[1-4]{0,2}));/g,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? entity;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return characterOf(code) ?? entity;
    },
  );
  if (original === text) return null;
  const reason = say('damaged', 'it holds codes of web pages (such as &amp;)');
  return { reason, original, isCertain: true };
}

/** Null for what no page would mean by a number: controls, halves, non-characters. */
function characterOf(code: number): string | null {
  if (code > 0x10ffff || (code < 0x20 && code !== 0x0a && code !== 0x09)) return null;
  const character = String.fromCodePoint(code);
  return /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(character) && code >= 0x20
    ? null
    : character;
}

/** Letters beyond ASCII, or spaces between letters, that a web form sent as %C3%A8 or %20; addresses of the web may. */
function findPercentEncoding(text: string): Damage | null {
  if (/:\/\/|www\./i.test(text)) return null;
  const original = text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run, at: number) => {
    const decoded = decodeBytes(
      run
        .split('%')
        .slice(1)
        .map((byte) => Number.parseInt(byte, 16)),
    );
    if (decoded === null || hasControl(decoded)) return run;
    const isBetweenLetters =
      /\p{L}/u.test(text.charAt(at - 1)) && /[\p{L}\p{N}]/u.test(text.charAt(at + run.length));
    return /\P{ASCII}/u.test(decoded) || isBetweenLetters ? decoded : run;
  });
  if (original === text) return null;
  const reason = say('damaged', 'it holds codes of web addresses (such as %20)');
  return { reason, original, isCertain: true };
}

/** `\u00e9`, quoted-printable `=C3=A9` and Excel's `_x000D_`, as programs write letters beyond ASCII and line ends. */
function findEscapes(text: string): Damage | null {
  const original = readExcelCodes(text)
    .replace(/(?:\\u[0-9a-fA-F]{4})+/g, (run) => {
      const decoded = String.fromCharCode(
        ...run
          .split('\\u')
          .slice(1, 2000)
          .map((code) => Number.parseInt(code, 16)),
      );
      return /[\p{Cc}\p{Cs}]/u.test(decoded) ? run : decoded;
    })
    .replace(/(?:=[0-9A-F]{2}){2,}/g, (run) => {
      const decoded = decodeBytes(
        run
          .split('=')
          .slice(1)
          .map((byte) => Number.parseInt(byte, 16)),
      );
      return decoded !== null && /^\P{ASCII}+$/u.test(decoded) && !hasControl(decoded)
        ? decoded
        : run;
    });
  return original === text
    ? null
    : lost('it holds codes of a program in place of letters', original);
}

function readExcelCodes(text: string): string {
  if (!text.includes('_x')) return text;
  return text
    .replace(/_x000[dD]_\n?/g, '\n')
    .replace(
      /_x([0-9A-F]{4})_/g,
      (run, code: string) => characterOf(Number.parseInt(code, 16)) ?? run,
    );
}

/** "Jos? Garc?a": a question mark with letters on both sides, the second in lower case, in text that is no address. */
function findQuestionMarks(text: string): Damage | null {
  if (/:\/\/|www\.|=/i.test(text)) return null;
  return /\p{L}\?\p{Ll}/u.test(text)
    ? lost('a question mark stands in a word, as where a letter was lost')
    : null;
}
