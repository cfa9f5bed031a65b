import { say } from '../reason.ts';
import { SMALL } from './casing-words.ts';
import { chooseWord } from './choose-word.ts';
import type { Doubt, Reading } from './doubt.ts';
import { shapeOf } from './letter-case.ts';
import type { Spelling } from './spellings.ts';
import { takeApart, type Word } from './word.ts';

/** Puts a text into the case of titles or of names; a word that can be written in more than one way is a doubt. */
export function toTitle(text: string, wanted: 'title' | 'name', spelling: Spelling): Reading {
  const runs = text.split(/([ \t\n]+)/);
  const words = runs.map((run, at) => (at % 2 === 0 ? takeApart(run) : undefined));
  const shape = shapeOf(words.map((word) => weighty(word?.core ?? '')).join(' '));
  const hasNumber = /\d/.test(text);
  const doubts: Doubt[] = [];
  const pieces = runs.map((run, at): string => {
    const word = words[at];
    if (word === undefined || word.core === '') return run;
    const before = words[at - 2];
    const choice = chooseWord({
      wanted,
      shape,
      word,
      before,
      wayBefore: words[at - 4],
      after: words[at + 2],
      isFirst: isBeginning(before, runs[at - 1], word),
      isLast: isEnd(words[at + 2]),
      hasNumber,
      spelling,
    });
    if (typeof choice === 'string') return word.lead + choice + word.tail;
    doubts.push({
      reason: say(
        'ambiguous',
        `“${word.core}” can be written ${choice.map((each) => `“${each}”`).join(' or ')}`,
      ),
      readings: choice.map((each) => [at, word.lead + each + word.tail].join(':')),
    });
    return word.lead + (choice[0] ?? word.core) + word.tail;
  });
  return { text: pieces.join(''), doubts: readDoubts(pieces, doubts) };
}

/** The whole text in each reading of its first doubtful word; one doubt is enough to ask. */
function readDoubts(pieces: readonly string[], doubts: readonly Doubt[]): Doubt[] {
  return doubts.slice(0, 1).map(({ reason, readings }) => ({
    reason,
    readings: readings.map((reading) => {
      const colon = reading.indexOf(':');
      return pieces.with(Number(reading.slice(0, colon)), reading.slice(colon + 1)).join('');
    }),
  }));
}

/** What tells a text's shape: "v." and "of" are small in capitals too. */
function weighty(core: string): string {
  return SMALL.has(core) ? '' : core;
}

/** Nothing behind it, or a dash and the like; a full stop apart from its word ("v . Roe") ends nothing. */
function isEnd(after: Word | undefined): boolean {
  return after === undefined || (after.core === '' && after.lead !== '.');
}

function isBeginning(before: Word | undefined, gap: string | undefined, word: Word): boolean {
  if (before === undefined || before.core === '' || gap === undefined || gap.includes('\n')) {
    return true;
  }
  return /[:?!]$/.test(before.tail) || /["'“‘([]$/.test(word.lead);
}
