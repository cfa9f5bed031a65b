import type { PicklistOption } from '../../model/field.ts';
import { fold, squash } from '../fold.ts';
import { invertComma } from './comma.ts';
import { readFirm } from './firms.ts';
import type { ActivePack } from './packs.ts';
import { respell } from './spelling.ts';
import { withoutTitles } from './titles.ts';

/** A text that leads to an option: its label, or the label of one merged into it. */
export interface Spelling {
  readonly text: string;
  readonly option: PicklistOption;
}

/** The options that a text fits at the tightest step that finds any, and what that step let pass. */
export interface Match {
  readonly options: readonly PicklistOption[];
  /** For people; completes "the option "Cash", ...". */
  readonly how: string;
}

type Index = ReadonlyMap<string, readonly PicklistOption[]>;
type Step = (text: string, folded: string) => Match;

const NOTHING: Match = { options: [], how: '' };

/** Matches whole texts with options, from the tightest comparison to the loosest that is still certain. */
export class Matcher {
  readonly #steps: readonly Step[];

  constructor(spellings: readonly Spelling[], packs: readonly ActivePack[], fieldName: string) {
    const exact = indexBy(spellings, (text) => text);
    const plain = indexBy(spellings, plainText);
    const folded = indexBy(spellings, fold);
    const squashed = indexBy(spellings, (text) => squash(fold(text)));
    const respelled = indexBy(spellings, (text) => respell(fold(text)));
    const titled = indexBy(spellings, (text) => withoutTitles(fold(text)));
    const firms = indexBy(spellings, (text) => readFirm(fold(text))?.name ?? null);
    const formless = indexBy(spellings, readFormless);
    const nameWords = new Set(fold(fieldName).split(' ').filter(isNoun));

    const look = (index: Index, key: string | null, how: string): Match =>
      key === null || key === '' ? NOTHING : { options: index.get(key) ?? [], how };

    this.#steps = [
      (text) => look(exact, text, 'letter by letter'),
      (text) => look(plain, plainText(text), 'but for capitals and spaces'),
      (_, words) => look(folded, words, LIKE),
      (_, words) => look(squashed, squash(words), LIKE),
      (_, words) => look(respelled, respell(words), 'written another way'),
      ...packs.map((pack) => (text: string) => findInPack(pack, text)),
      (_, words) => {
        const name = withoutTitles(words);
        const how = "without the judge's title";
        const found = look(squashed, name === null ? null : squash(name), how);
        return found.options.length > 0 ? found : look(titled, name, how);
      },
      (text) => {
        const inverted = invertComma(text);
        return look(squashed, inverted === null ? null : squash(fold(inverted)), 'last word first');
      },
      (_, words) =>
        look(
          squashed,
          dropName(words, nameWords),
          "without the field's own name, which it repeats",
        ),
      (_, words) => findFirm(firms, formless, words),
    ];
  }

  /** `folded` is `fold(text)`. */
  find(text: string, folded: string): Match {
    for (const step of this.#steps) {
      const match = step(text, folded);
      if (match.options.length > 0) return match;
    }
    return NOTHING;
  }
}

const LIKE = 'but for capitals, spaces, accents and punctuation';

function indexBy(spellings: readonly Spelling[], keyOf: (text: string) => string | null): Index {
  const index = new Map<string, PicklistOption[]>();
  for (const { text, option } of spellings) {
    const key = keyOf(text);
    if (key === null || key === '') continue;
    const options = index.get(key);
    if (options === undefined) index.set(key, [option]);
    else if (!options.includes(option)) options.push(option);
  }
  return index;
}

function plainText(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function findInPack(pack: ActivePack, text: string): Match {
  return { options: pack.find(text), how: `by the usual short forms and names of ${pack.title}` };
}

/** Parts of names ("Kansas City") and words that say no rather than what. */
const NO_NOUNS = new Set([
  'city',
  'no',
  'not',
  'non',
  'of',
  'and',
  'or',
  'the',
  'in',
  'as',
  'type',
]);

function isNoun(word: string): boolean {
  return word.length > 2 && !NO_NOUNS.has(word);
}

/** "Chapter 7" in a field called Bankruptcy chapter is "7". */
function dropName(words: string, nameWords: ReadonlySet<string>): string | null {
  const all = words.split(' ');
  const rest = all.filter((word) => !nameWords.has(word));
  return rest.length === all.length || rest.length === 0 ? null : squash(rest.join(' '));
}

/**
 * A firm's options by its name; a form that the text leaves out does not count, nor one that the options leave out.
 * Two different forms are two firms, or an older name of one.
 */
function findFirm(firms: Index, formless: Index, words: string): Match {
  const firm = readFirm(words);
  if (firm === null) return NOTHING;
  const options = firms.get(firm.name) ?? [];
  const without = formless.get(firm.name) ?? [];
  const areCertain = firm.form === null || options.length === without.length;
  return areCertain ? { options, how: 'with or without its legal form' } : NOTHING;
}

function readFormless(text: string): string | null {
  const firm = readFirm(fold(text));
  return firm?.form === null ? firm.name : null;
}
