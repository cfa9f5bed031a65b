import { counted } from '../counted.ts';
import { charactersOf, textOf } from './characters.ts';
import { type Mark, marks, withoutLongSame } from './marks.ts';
import { visible } from './visible.ts';

/** Some six lines of a terminal: what is longer would push what stands around it out of sight. */
const LONGEST = 480;
const HEAD = 240;
const TAIL = 120;

/** Whether a value would fill a screen. */
export function isLong(value: string): boolean {
  return value.length > LONGEST;
}

/** A value as it is shown, cut in its middle where it would fill a screen. */
export function inShort(value: string): string {
  return cutMiddle(visible(value));
}

/** As `inShort`, cut so that what tells it from `other` is in sight. */
export function inShortBeside(value: string, other: string | undefined): string {
  if (other === undefined || !isLong(value)) return inShort(value);
  return marksInShort(marks(value, other).before)
    .map(({ text }) => text)
    .join('');
}

/** What differs in sight, as much of it as a screen has room for; how much is left out is said. */
export function marksInShort(all: readonly Mark[]): readonly Mark[] {
  const shown: Mark[] = [];
  let length = 0;
  for (const [index, mark] of [...withoutLongSame(all)].entries()) {
    if (!mark.isSame && length > LONGEST) return [...shown, leftOut(all.slice(index))];
    const text = mark.isSame ? mark.text : cutMiddle(mark.text);
    shown.push({ ...mark, text });
    length += text.length;
  }
  return shown;
}

function leftOut(rest: readonly Mark[]): Mark {
  const differences = rest.filter(({ isSame }) => !isSame).length;
  const characters = rest.reduce((sum, { text }) => sum + charactersOf(text).length, 0);
  return {
    text: ` … ${counted(differences, 'more difference')} in ${counted(characters, 'character')}`,
    isSame: true,
  };
}

function cutMiddle(text: string): string {
  if (!isLong(text)) return text;
  const characters = charactersOf(text);
  if (characters.length <= LONGEST) return text;
  const left = characters.length - HEAD - TAIL;
  return `${textOf(characters.slice(0, HEAD))} … ${left.toLocaleString('en-US')} more characters … ${textOf(characters.slice(-TAIL))}`;
}
