import type { PicklistOption } from '../../model/field.ts';
import { fold, squash } from '../fold.ts';
import { codedSpellings, type Spelling } from './coded-options.ts';
import { invertComma, mayBeLastNameFirst } from './comma.ts';
import { readFirm } from './firms.ts';
import { findParts, findRepeated } from './mentions.ts';
import type { ActivePack } from './packs.ts';
import { respell } from './spelling.ts';
import { stateCourtKey } from './state-courts.ts';
import { withoutTitles } from './titles.ts';

/** The options that a text fits at the tightest step that finds any, and what that step let pass. */
export interface Match {
  readonly options: readonly PicklistOption[];
  /** For people; completes `the option "Cash", ...`. */
  readonly how: string;
}

/** One comparison: the options that a text, and the same text folded, leads to. */
interface Step {
  readonly how: string;
  readonly find: (text: string, folded: string) => readonly PicklistOption[];
}

const LIKE = 'but for capitals, spaces, accents and punctuation';
const RESPELLED = 'written another way';
const LETS_PUNCTUATION_PASS = new Set([LIKE, RESPELLED]);

/** Matches whole texts with options, from the tightest comparison to the loosest that is still certain. */
export class Matcher {
  readonly #steps: readonly Step[];
  /** Options with a comma by their words in the order of the alphabet. */
  readonly #turned: Index;

  /** `fieldName` is what values may repeat ("Chapter 7" in Bankruptcy chapter). */
  constructor(spellings: readonly Spelling[], packs: readonly ActivePack[], fieldName: string) {
    const squashed = indexBy(spellings, (text) => squash(fold(text)));
    this.#turned = indexBy(spellings, (text) => (text.includes(',') ? sortWords(text) : null));
    this.#steps = [
      ...spellingSteps(spellings, squashed),
      ...packs.map(packStep),
      ...knowledgeSteps(spellings, squashed, fieldName),
    ];
  }

  /** `folded` is `fold(text)`. */
  find(text: string, folded: string): Match {
    const match = this.#findWhole(text, folded);
    if (match.options.length > 0) return this.#withRivals(text, match);
    const repeated = findRepeated(text, (part) => this.findOne(part));
    return repeated === null
      ? match
      : { options: [repeated], how: 'which each of its parts names' };
  }

  /** The only option that a text fits; null where none or several do. */
  findOne(text: string): PicklistOption | null {
    const { options } = this.#findWhole(text, fold(text));
    return options.length === 1 ? (options[0] ?? null) : null;
  }

  /** Options that the text names as well, part by part or with its words in another order, where its punctuation was let pass. */
  #withRivals(text: string, match: Match): Match {
    if (!LETS_PUNCTUATION_PASS.has(match.how)) return match;
    const parts = findParts(text, (part) => this.#findWhole(part, fold(part)).options);
    // "Washington DC" and "DC" name the same: its first word is no rival.
    const isNamedByPart = parts.some((part) => match.options.includes(part));
    const rivals = [
      ...(isNamedByPart ? [] : parts),
      ...(this.#turned.get(turnable(text) ?? '') ?? []),
    ];
    const options = [...new Set([...match.options, ...rivals])];
    return { ...match, options };
  }

  #findWhole(text: string, folded: string): Match {
    for (const { find, how } of this.#steps) {
      const options = find(text, folded);
      if (options.length > 0) return { options, how };
    }
    return { options: [], how: '' };
  }
}

/** The same words, spelled the same or in ways that nobody tells apart. */
function spellingSteps(spellings: readonly Spelling[], squashed: Index): readonly Step[] {
  const exact = indexBy(spellings, (text) => text);
  const plain = indexBy(spellings, plainText);
  const folded = indexBy(spellings, fold);
  const respelled = indexBy(spellings, (text) => respell(fold(text)));
  return [
    { how: 'to the letter', find: (text) => exact.get(text) ?? [] },
    { how: 'but for capitals and spaces', find: (text) => look(plain, plainText(text)) },
    { how: LIKE, find: (text, words) => keepOrder(text, look(folded, words)) },
    { how: LIKE, find: (text, words) => keepOrder(text, look(squashed, squash(words))) },
    {
      how: RESPELLED,
      find: (text, words) => keepOrder(text, look(respelled, respell(words))),
    },
  ];
}

/** What is left out or put in says nothing of which option is meant. */
function knowledgeSteps(
  spellings: readonly Spelling[],
  squashed: Index,
  fieldName: string,
): readonly Step[] {
  const titled = indexBy(spellings, (text) => squashOrNull(withoutTitles(fold(text))));
  const stateCourts = indexBy(spellings, (text) => stateCourtKey(fold(text)));
  const coded = indexBy(codedSpellings(optionsOf(spellings)), (text) => squash(fold(text)));
  const firms = indexBy(spellings, (text) => readFirm(fold(text))?.name ?? null);
  const formless = indexBy(spellings, readFormless);
  const optionWords = new Set(spellings.flatMap(({ text }) => fold(text).split(' ')));
  const nameWords = new Set(
    fold(fieldName)
      .split(' ')
      .filter((word) => isNoun(word) && !optionWords.has(word)),
  );
  return [
    {
      how: 'its code or its text alone',
      find: (_, words) => look(coded, squash(words)),
    },
    {
      how: "without the judge's title",
      find: (_, words) => findJudge(words, squashed, titled),
    },
    {
      how: "with the state's name in another place",
      find: (_, words) => look(stateCourts, stateCourtKey(words)),
    },
    {
      how: 'what stands after the comma put first',
      find: (text) => look(squashed, squashOrNull(foldOrNull(invertComma(text)))),
    },
    {
      how: "without the field's own name, which it repeats",
      find: (_, words) => look(squashed, dropName(words, nameWords)),
    },
    {
      how: 'with or without its legal form',
      find: (_, words) => findFirm(words, firms, formless),
    },
  ];
}

function packStep({ title, find }: ActivePack): Step {
  return { how: `by the usual names and short forms of ${title}`, find };
}

type Index = ReadonlyMap<string, readonly PicklistOption[]>;

function indexBy(spellings: readonly Spelling[], keyOf: (text: string) => string | null): Index {
  const index = new Map<string, PicklistOption[]>();
  for (const { text, option } of spellings) {
    const key = keyOf(text);
    if (key === null) continue;
    const options = index.get(key);
    if (options === undefined) index.set(key, [option]);
    else if (!options.includes(option)) options.push(option);
  }
  return index;
}

/** Nothing is like an empty text. */
function look(index: Index, key: string | null): readonly PicklistOption[] {
  return key === null || key === '' ? [] : (index.get(key) ?? []);
}

function optionsOf(spellings: readonly Spelling[]): readonly PicklistOption[] {
  return [...new Set(spellings.map(({ option }) => option))];
}

function plainText(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function squashOrNull(folded: string | null): string | null {
  return folded === null ? null : squash(folded);
}

function foldOrNull(text: string | null): string | null {
  return text === null ? null : fold(text);
}

/** A comma that may turn a name round counts: then only options with one, too, are the same. */
function keepOrder(text: string, options: readonly PicklistOption[]): readonly PicklistOption[] {
  return options.length > 0 && mayBeLastNameFirst(text)
    ? options.filter(({ label }) => label.includes(','))
    : options;
}

/** Two names of a person without a comma: "Lee Kim" may be either. Null for other texts. */
function turnable(text: string): string | null {
  return !text.includes(',') && fold(text).split(' ').length === 2 ? sortWords(text) : null;
}

function sortWords(text: string): string {
  return fold(text).split(' ').toSorted().join(' ');
}

function findJudge(words: string, names: Index, titled: Index): readonly PicklistOption[] {
  const name = squashOrNull(withoutTitles(words));
  const untitled = look(names, name);
  return untitled.length > 0 ? untitled : look(titled, name ?? squash(words));
}

/** Parts of names ("Kansas City"), and words that say whether rather than what. */
const NO_NOUNS = new Set(['city', 'not', 'non', 'and', 'the', 'type']);

function isNoun(word: string): boolean {
  return word.length > 2 && !NO_NOUNS.has(word);
}

/** "Chapter 7" in a field called Bankruptcy chapter is "7"; a word that tells the options apart is never dropped. */
function dropName(words: string, nameWords: ReadonlySet<string>): string | null {
  const all = words.split(' ');
  const rest = all.filter((word) => !nameWords.has(word));
  return rest.length === all.length ? null : squash(rest.join(' '));
}

/**
 * A firm's options by its name; a form that the text leaves out does not count, nor one that the options leave out.
 * Two different forms are two firms, or an older name of one.
 */
function findFirm(words: string, firms: Index, formless: Index): readonly PicklistOption[] {
  const firm = readFirm(words);
  if (firm === null) return [];
  const options = look(firms, firm.name);
  const isCertain = firm.form === null || options.length === look(formless, firm.name).length;
  return isCertain ? options : [];
}

function readFormless(text: string): string | null {
  const firm = readFirm(fold(text));
  return firm?.form === null ? firm.name : null;
}
