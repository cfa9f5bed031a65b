/**
 * How a folded word sounds in English, roughly: consonants in classes, vowels only where the word begins with one.
 * Made for telling that "Schmidt" and "Shmit" may be one name, not for linguistics; digits stay as they are.
 */
export function soundOf(word: string): string {
  const first = /^[aeiou]/u.test(word) ? 'a' : '';
  const spoken = SOUNDS.reduce((text, [spelling, sound]) => text.replace(spelling, sound), word);
  return first + spoken.replace(/[aeiouyhw]/gu, '').replace(/(\p{L})\1+/gu, '$1');
}

/** In this order: what English spells with several letters, then what it spells in several ways. */
const SOUNDS: readonly (readonly [spelling: RegExp, sound: string])[] = [
  [/^(?:kn|gn|pn)/u, 'n'],
  [/^wr/u, 'r'],
  [/^ps/u, 's'],
  [/mb$/u, 'm'],
  [/tch|sch|ch|sh/gu, 'x'],
  [/ti(?=[ao])|ci(?=a)/gu, 'x'],
  [/ph/gu, 'f'],
  [/dg(?=[eiy])/gu, 'j'],
  [/dt/gu, 't'],
  [/gh(?=t|$)/gu, ''],
  [/ck|q/gu, 'k'],
  [/c(?=[eiy])/gu, 's'],
  [/c/gu, 'k'],
  [/z/gu, 's'],
  [/v/gu, 'f'],
];
