import type { Dice } from './dice.ts';

/** What is wrong with a value. */
export type Mess =
  | 'none'
  /** Right, but not in the form that the field wants: a US date in a text field, an amount with a k. */
  | 'format'
  /** Spaces too many, no-break spaces, zero-width characters, line breaks at the end. */
  | 'spacing'
  | 'case'
  /** Another spelling or a shorter form of the same thing. */
  | 'spelling'
  /** UTF-8 that was once read as Windows-1252. */
  | 'encoding'
  /** Only a person can say what is meant. */
  | 'doubtful';

/** What hands typed for what they meant. */
export interface Typed {
  /** A text, a boolean, or an index: of the definition's option, of a contact, of a matter. */
  readonly value: string | number | boolean;
  readonly mess: Mess;
  /** What the field (or the field that it should have gone into) ought to say; null where nobody can tell. */
  readonly meant: string | null;
}

/** How often, what kind of mess, and how it is written. */
export type Habit<Meaning> = readonly [
  weight: number,
  mess: Mess | ((meaning: Meaning) => Mess),
  write: (meaning: Meaning, dice: Dice) => string,
];

export type Habits<Meaning> = (
  meaning: Meaning,
  dice: Dice,
) => { readonly text: string; readonly mess: Mess };

/** People's ways of writing one kind of thing, chosen by weight. */
export function habits<Meaning>(
  ...all: readonly [Habit<Meaning>, ...Habit<Meaning>[]]
): Habits<Meaning> {
  const total = all.reduce((sum, [weight]) => sum + weight, 0);
  return (meaning, dice) => {
    const [, mess, write] = choose(all, dice.next() * total);
    return {
      text: write(meaning, dice),
      mess: typeof mess === 'function' ? mess(meaning) : mess,
    };
  };
}

/** The common case: `meant` is lost where the text is doubtful. */
export function typed<Meaning>(
  write: Habits<Meaning>,
  meaning: Meaning,
  meant: string,
  dice: Dice,
): Typed {
  const { text, mess } = write(meaning, dice);
  if (mess === 'doubtful') return { value: text, mess, meant: null };
  return { value: text, mess: text === meant ? 'none' : mess, meant };
}

export function tidy(value: Typed['value'], meant = String(value)): Typed {
  return { value, mess: 'none', meant };
}

function choose<Meaning>(
  all: readonly [Habit<Meaning>, ...Habit<Meaning>[]],
  point: number,
): Habit<Meaning> {
  let reached = 0;
  for (const habit of all) {
    reached += habit[0];
    if (point < reached) return habit;
  }
  return all[0];
}
