import { readLegalForm, respell } from './spelling.ts';

/** A firm's name apart from its legal form. */
interface Firm {
  readonly name: string;
  /** "llp"; null where the text has none. */
  readonly form: string | null;
}

/** Words that the longest legal form has, each letter of "P. L. L. C." being one. */
const LONGEST_FORM = 5;

/**
 * Reads a folded text that is evidently the name of a firm: partners joined by "and".
 * Null for any other, for "Jane Doe" and "Jane Doe LLC" are a person and her company, not one thing.
 */
export function readFirm(folded: string): Firm | null {
  const words = folded.split(' ');
  const joint = words.lastIndexOf('and');
  if (joint < 1 || joint === words.length - 1) return null;
  for (let length = Math.min(LONGEST_FORM, words.length - joint - 2); length > 0; length -= 1) {
    const form = readLegalForm(words.slice(-length));
    if (form !== undefined) return { name: respell(words.slice(0, -length).join(' ')), form };
  }
  return { name: respell(folded), form: null };
}
