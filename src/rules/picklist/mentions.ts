import type { PicklistOption } from '../../model/field.ts';
import { tidy } from '../fold.ts';

/** Finds the one option that a part of a text fits; null where none or several fit. */
type FindOption = (part: string) => PicklistOption | null;

const PARTS = /[,;/|()[\]!]+| [-–—] /u;
/** Longer texts are not searched for options. */
const MOST_WORDS = 16;
const LONGEST = 200;

/**
 * The option that every part of a text names: "New York, NY", "Côte d'Ivoire (Ivory Coast)".
 * Null where a part names none or another, or there is one part only.
 */
export function findRepeated(text: string, find: FindOption): PicklistOption | null {
  if (text.length > LONGEST) return null;
  const parts = partsOf(text);
  const [first, ...others] = parts.map((part) => (/\p{L}/u.test(part) ? find(part) : null));
  if (first === undefined || others.length === 0) return null;
  return others.every((other) => other?.id === first?.id) ? first : null;
}

/** The options that parts of a text name, its beginning and its end included, in the order they were found. */
export function findMentions(text: string, find: FindOption): readonly PicklistOption[] {
  const tidied = tidy(text);
  const words = tidied.split(' ');
  if (tidied.length > LONGEST || words.length > MOST_WORDS) return [];
  const starts = words.map((_, at) => words.slice(0, words.length - at).join(' '));
  const ends = words.map((_, at) => words.slice(at).join(' '));
  const found = [...partsOf(tidied).map(find), firstFound(starts, find), firstFound(ends, find)];
  return [...new Set(found)].filter((option) => option !== null);
}

/**
 * The options that a text names part by part, where every part is one and they are several: "A/B" is not "AB".
 * Words count as parts where each is an option by itself.
 */
export function findParts(
  text: string,
  find: (part: string) => readonly PicklistOption[],
): readonly PicklistOption[] {
  if (text.length > LONGEST) return [];
  for (const parts of [partsOf(text), tidy(text).split(/[ /]/)]) {
    const found = parts.length > 1 ? parts.map(find) : [];
    const options = [...new Set(found.flat())];
    if (options.length > 1 && found.every((each) => each.length > 0)) return options;
  }
  return [];
}

function partsOf(text: string): readonly string[] {
  return tidy(text)
    .split(PARTS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function firstFound(parts: readonly string[], find: FindOption): PicklistOption | null {
  for (const part of parts) {
    const option = find(part);
    if (option !== null) return option;
  }
  return null;
}
