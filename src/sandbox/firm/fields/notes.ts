import type { Dice } from '../dice.ts';
import { typed, type Typed } from '../habits.ts';
import { notes } from '../hands.ts';
import { NOTE_SENTENCES } from '../words.ts';

/** Most notes are a sentence or two; a few go on for pages. */
export function typeNote(dice: Dice): Typed {
  const sentences = dice.pick([1, 1, 1, 2, 2, 3, 4, 6, 9, 16, 38]);
  let text = dice.pick(NOTE_SENTENCES);
  for (let count = 1; count < sentences; count += 1) {
    text += `${count % 6 === 0 ? '\n' : ' '}${dice.pick(NOTE_SENTENCES)}`;
  }
  return typed(notes, text, text, dice);
}
