import { messOf, type Reason, say } from '../reason.ts';

/** A text on its way through a rule, and what was done to it so far. */
export interface Draft {
  readonly text: string;
  readonly did: readonly Reason[];
}

/**
 * Puts characters and white space in order and changes nothing that a reader sees: composed accents (NFC, never NFKC),
 * plain spaces, `\n` at line ends (a rule that writes several lines keeps the value's own, see `keepLineEnds`),
 * no invisible or control characters, nothing at the edges. Idempotent, total, linear.
 */
export function clean(text: string, tidy: (text: string) => string = tidySpaces): Draft {
  let draft: Draft = { text, did: [] };
  if (PLAIN.test(text)) return draft;
  for (const step of STEPS) draft = apply(draft, step.does, step.run);
  return apply(draft, TIDIED, tidy);
}

/** Runs one step and notes it where it changed something. */
export function apply(draft: Draft, does: Reason, run: (text: string) => string): Draft {
  const text = run(draft.text);
  return text === draft.text ? draft : { text, did: [...draft.did, does] };
}

/** The same for values that are one line by nature (an address of e-mail or web, a number). */
export function cleanLine(text: string): string {
  return clean(text).text;
}

/** What cleaning did, for rules that name it in one breath. */
export function sayCleaned({ did }: Draft): Reason {
  return { words: 'spaces and invisible characters removed', mess: messOf(did) };
}

/** Words of ASCII, one space between them: what nearly all values are, and what no step changes. Saves half of the time of a clean text. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

const STEPS = [
  { does: say('invisible', 'invisible characters removed'), run: dropInvisible },
  { does: say('invisible', 'control characters removed'), run: dropControls },
  {
    does: say('invisible', 'accents joined to their letters'),
    run: (text: string) => text.normalize('NFC'),
  },
] as const;

const TIDIED = say('spaces', 'spaces and line breaks tidied');

/** Zero-width space, word joiner, byte order mark, soft hyphen, Mongolian vowel separator. */
const ZERO_WIDTH =
  /(?<![\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])\u200B|\u200B(?![\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])|[\u2060\uFEFF\u00AD\u180E]/gu;

/**
 * Joiners shape letters in Arabic, Syriac, Mongolian and the Indic scripts, where they follow a letter or its mark,
 * and tie emoji together; anywhere else they are leftovers of copying (Unicode 15, section 23.2).
 */
const IDLE_JOINER =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Tibetan}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F](?=\u200D\p{Extended_Pictographic}))[\u200C\u200D]/gu;

const DIRECTION_MARK = /[\u061C\u200E\u200F\u202A-\u202C\u2066-\u2069]/gu;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

function dropInvisible(text: string): string {
  const joined = text.replace(ZERO_WIDTH, '').replace(IDLE_JOINER, '');
  return RIGHT_TO_LEFT.test(joined) ? joined : joined.replace(DIRECTION_MARK, '');
}

/** All of C0 but tab and the line ends, and DEL. One between two words is damage, which is found before. */
const CONTROL = /(?![\t\n\v\f\r\u0080-\u009F])\p{Cc}/gu;

function dropControls(text: string): string {
  return text.replace(CONTROL, '');
}

/**
 * No-break, thin, em and ideographic spaces become plain ones; a run becomes one; at most one empty line stays. What other programs mean
 * a break by (vertical tab, form feed, U+2028, U+2029) is none in a browser, where words run together over it.
 */
export function tidySpaces(text: string): string {
  return text
    .replace(LINE_END, '\n')
    .replace(/[\p{Zs}\t]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const LINE_END = /\r\n?|[\n\v\f\u2028\u2029]/g;

/**
 * The same for a text that may be laid out in several lines, as a table or an outline: blanks before a line's first word stay,
 * and so do tabs and wide gaps within it. The first line keeps its blanks only where a later one has some.
 */
export function tidyLines(text: string): string {
  const lines = text
    .replace(LINE_END, '\n')
    .replace(/\p{Zs}/gu, ' ')
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  if (first === last) return tidySpaces(text);
  const rest = lines
    .slice(first, last + 1)
    .map(tidyGaps)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
  return /\n[ \t]/.test(rest) ? rest : rest.trimStart();
}

/** A gap that aligns what stands behind it has a tab, or at least so many blanks; two follow a full stop. */
const WIDE = 3;
/** One blank before a line is a slip. */
const INDENT = 2;

function tidyGaps(line: string): string {
  return line.replace(/[ \t]+/g, (gap, at: number) => {
    const isMeant = gap.includes('\t') || gap.length >= (at === 0 ? INDENT : WIDE);
    if (isMeant) return gap;
    return at === 0 ? '' : ' ';
  });
}
