import { FIXED, TITLE_CAPITALS } from './casing-words.ts';
import { capitalise, shapeOf, toLower, toUpper } from './letter-case.ts';
import type { Spelling } from './spellings.ts';
import { isNoWord, takeApart } from './word.ts';

/** A capital at the start of each sentence; the rest in small letters where the whole text is in capitals. */
export function toSentences(text: string, spelling: Spelling): string {
  return beginSentences(shapeOf(text) === 'capitals' ? lowerAll(text, spelling) : text);
}

function beginSentences(text: string): string {
  const runs = text.split(/([ \t\n]+)/);
  return runs
    .map((run, at) => {
      const isInside =
        at % 2 === 1 || (at > 0 && !endsSentence(runs[at - 2] ?? '', runs[at - 1] ?? ''));
      return isInside
        ? run
        : run.replace(
            /^(["'“‘([]*)(\p{Ll})/u,
            (_, quotes: string, letter: string) => quotes + toUpper(letter),
          );
    })
    .join('');
}

/** A full stop behind a short form ("lbs.", "e.g.", "Dr.") ends nothing. */
function endsSentence(run: string, gap: string): boolean {
  if (run === '' || gap.includes('\n')) return true;
  const word = run.replace(/["'”’)\]]+$/u, '');
  if (/[?!]$/.test(word)) return true;
  if (!word.endsWith('.')) return false;
  const bare = toLower(word.slice(0, -1)).replace(/^["'“‘([]+/, '');
  return !SHORT_FORMS.has(bare) && !/^\p{L}(?:\.\p{L})*$/u.test(bare);
}

function lowerAll(text: string, spelling: Spelling): string {
  let before = '';
  return text
    .split(/([ \t\n]+)/)
    .map((run, at) => {
      if (at % 2 === 1) return run;
      const written = lowerUnlessKnown(run, before, spelling);
      before = toLower(takeApart(run).core);
      return written;
    })
    .join('');
}

function lowerUnlessKnown(run: string, before: string, spelling: Spelling): string {
  const word = takeApart(run);
  if (word.core === '' || /\d/.test(word.core) || isNoWord(word)) return run;
  const lower = toLower(word.core);
  if (/^\p{L}(?:\.\p{L})+$/u.test(lower)) return run;
  return word.lead + (spelling(lower) ?? writeWord(lower, before)) + word.tail;
}

/** What is known to have capitals of its own, letters without a vowel, and a name behind its title; else small. */
function writeWord(lower: string, before: string): string {
  if (/^i(?:['’]\p{L}+)?$/u.test(lower) || HONORIFICS.has(before) || CAPITAL_WORDS.has(lower))
    return capitalise(lower);
  const fixed = FIXED.get(lower);
  if (fixed !== undefined) return fixed;
  const isLetters = TITLE_CAPITALS.has(lower) || /^[bcdfghjklmnpqrstvwxz]{3,6}$/.test(lower);
  return isLetters ? toUpper(lower) : lower;
}

const SHORT_FORMS = new Set(
  (
    'approx appt appts apt assn atty attys aug ave avg bldg blvd capt cf cert co corp ct cty dec def defs dep dept depts dist ' +
    'div dr est etc ext feb fig fri ft gen gov hon hosp hr hrs hwy inc incl ins jan jr jun lb lbs lt ltd mar mgr min mins ' +
    'misc mo mon mr mrs ms mt mtg mtn nat no nos nov oct op oz pars para pg pgs pl plf pltf pp pres prof pt rd re ref rep ' +
    'rev rm rte sat sec sep sept sgt sq sr st ste sun supp tel thu thur thurs tue tues univ v viz vol vs wed wk wks yr yrs'
  ).split(' '),
);
const HONORIFICS = new Set(
  'dr mr mrs ms miss prof judge justice atty attorney officer ofc det sgt rev'.split(' '),
);
/** Those that are no verb or adverb as well (march, may). */
const CAPITAL_WORDS = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday january february april june july august september october ' +
    'november december english spanish french german american christmas thanksgiving medicare medicaid'
  ).split(' '),
);
