import { fold } from '../../fold.ts';
import { invertComma } from '../comma.ts';
import { respell } from '../spelling.ts';

/** What is known of a closed list of things: their names and usual short forms. */
export interface Pack {
  /** For people: "US states". */
  readonly title: string;
  /**
   * Which one thing a whole text names; null where it names none, or is doubtful.
   * `isAsked` says that the rules file asks for the pack by name: then short forms count
   * that are doubtful where the pack is taken up from the options alone.
   */
  readonly read: (text: string, isAsked: boolean) => string | null;
}

interface TableRules {
  /** Longer ways to say each name, with `*` for it. */
  readonly forms: readonly string[];
  /** Short forms that are a word of English too: taken in capitals or with a dot only. */
  readonly onlyInCapitals: readonly string[];
  /** Short forms that mean something else as often. */
  readonly onlyOnRequest: readonly string[];
}

/** A pack from lines of names that mean the same, separated by semicolons; the first is the usual one. */
export function readTable(title: string, lines: string, rules: TableRules): Pack {
  const things = new Map<string, string>();
  for (const line of lines.trim().split('\n')) {
    const [name = '', ...others] = line.split(';').map((each) => each.trim());
    for (const each of [name, ...others, ...rules.forms.map((form) => form.replace('*', name))])
      things.set(respell(fold(each)), name);
  }
  const inCapitals = new Set(rules.onlyInCapitals);
  const onRequest = new Set(rules.onlyOnRequest.map((each) => each.toLowerCase()));

  const isDoubtful = (text: string, key: string, isAsked: boolean) =>
    !text.includes('.') &&
    ((inCapitals.has(key) && text !== text.toUpperCase()) || (onRequest.has(key) && !isAsked));

  return {
    title,
    read(text, isAsked) {
      for (const each of [text, invertComma(text)]) {
        const key = each === null ? '' : respell(fold(each));
        const thing = things.get(key);
        if (thing !== undefined) return isDoubtful(text, key, isAsked) ? null : thing;
      }
      return null;
    },
  };
}
