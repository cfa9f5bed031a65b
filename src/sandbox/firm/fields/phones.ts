import type { Dice } from '../dice.ts';
import { typed, type Typed } from '../habits.ts';
import { extensions, phone, phones } from '../hands.ts';

/** A telephone number as a hand typed it, one in ten with an extension. */
export function typePhone(digits: string, dice: Dice): Typed {
  if (dice.chance(0.9)) return typed(phones, digits, telephone(digits), dice);
  const extension = dice.between(1, 499);
  return typed(extensions, { digits, extension }, `${telephone(digits)} ext. ${extension}`, dice);
}

/** Ten digits as they should stand. */
export function telephone(digits: string): string {
  return phone(digits, ['(', ') ', '-']);
}
