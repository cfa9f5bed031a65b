import { say } from '../reason.ts';
import type { Doubt, Reading } from './doubt.ts';

/** One entry of `replace`: what stands as a whole word, and what it becomes. */
export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/** Replaces whole words in the order given; capitals count. */
export function replaceWords(text: string, replacements: readonly Replacement[]): Reading {
  const doubts: Doubt[] = [];
  let result = text;
  for (const replacement of replacements) {
    const { from, to } = replacement;
    const before = result;
    result = replaceEach(before, from, (at) => {
      if (isJoined(before, at, replacement)) return from;
      if (hasItsDot(before, at, replacement)) {
        doubts.push({
          reason: say(
            'ambiguous',
            `“${from}.” has a full stop that “${to}” would keep: give the key with it as well`,
          ),
          readings: [],
        });
        return from;
      }
      if (isSaintOrDoctor(before, at, replacement)) {
        doubts.push({
          reason: say('ambiguous', `“${from}” stands before a name here: it may not mean “${to}”`),
          readings: [],
        });
        return from;
      }
      return to;
    });
  }
  return {
    text: result,
    doubts: doubts.slice(0, 1).map((doubt) => ({ ...doubt, readings: [result] })),
  };
}

/** Why the entries could not be run twice with one result, in words; null where they can. */
export function complainOfReplacements(replacements: readonly Replacement[]): string | null {
  for (const [at, { from, to }] of replacements.entries()) {
    if (from.trim() === '') return 'a key is empty';
    if (from === to) return `“${from}” is replaced by itself`;
    if (holdsWord(to, from)) {
      return `“${to}” holds “${from}” as a word of its own, so that it would grow with every run`;
    }
    const earlier = replacements.slice(0, at).find((each) => holdsWord(to, each.from));
    if (earlier !== undefined) {
      return `“${to}” holds “${earlier.from}”, which an entry further up replaces: move “${from}” above it`;
    }
  }
  return null;
}

function holdsWord(text: string, word: string): boolean {
  let isThere = false;
  replaceEach(text, word, () => {
    isThere = true;
    return word;
  });
  return isThere;
}

const WORD_BEFORE = /[\p{L}\p{N}\p{M}]$/u;
const WORD_AFTER = /^[\p{L}\p{N}\p{M}]/u;

/** Calls `write` for every place where `word` stands with no letter or digit on either side. */
function replaceEach(text: string, word: string, write: (at: number) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (at < from || !isWholeWord(text, at, at + word.length)) continue;
    parts.push(text.slice(from, at), write(at));
    from = at + word.length;
  }
  return parts.join('') + text.slice(from);
}

function isWholeWord(text: string, start: number, end: number): boolean {
  return (
    !WORD_BEFORE.test(text.slice(Math.max(0, start - 2), start)) &&
    !WORD_AFTER.test(text.slice(end, end + 2))
  );
}

/** Whether an entry spells a short form out: Co, Company. */
function spellsOut({ from, to }: Replacement): boolean {
  const isShort = /^\p{L}{1,5}$/u.test(from) && to.length > from.length;
  return isShort && to.charAt(0).toLowerCase() === from.charAt(0).toLowerCase();
}

/** "Co-op" holds no short form of Company. */
function isJoined(text: string, at: number, replacement: Replacement): boolean {
  const end = at + replacement.from.length;
  const [behind, front] = [text.slice(end, end + 2), text.slice(Math.max(0, at - 2), at)];
  return spellsOut(replacement) && (/^-\p{L}/u.test(behind) || /\p{L}-$/u.test(front));
}

/** "Dr." where the entry names "Dr": what it becomes would keep a full stop that means nothing. */
function hasItsDot(text: string, at: number, replacement: Replacement): boolean {
  return spellsOut(replacement) && text.charAt(at + replacement.from.length) === '.';
}

/** "St." is Saint and "Dr." is Doctor where a name follows; after a street's name nothing but its end does. */
function isSaintOrDoctor(text: string, at: number, { from, to }: Replacement): boolean {
  if (!/^(?:st|dr)\.?$/i.test(from) || !/^(?:street|drive)$/i.test(to)) return false;
  const next = /^[. ]*([\p{L}\p{M}]+)/u.exec(
    text.slice(at + from.length, at + from.length + 80),
  )?.[1];
  if (next === undefined) return isFirstWord(text, at);
  return !/^(?:[NSEW]|[NS][EW]|north|south|east|west|(?:north|south)(?:east|west)|apt|apartment|ste|suite|unit|floor|fl|rm|room|bldg|building|and|at|box|po|lot|dept)$/i.test(
    next,
  );
}

function isFirstWord(text: string, at: number): boolean {
  return !/\p{L}/u.test(text.slice(Math.max(0, text.lastIndexOf('\n', at)), at).slice(-40));
}
