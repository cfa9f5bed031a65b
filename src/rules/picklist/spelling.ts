import { squash } from '../fold.ts';

/**
 * The key under which two ways to write the same words meet: "Third" and "3rd", "Saint" and "St.",
 * "United States" and "U.S.", "Limited Liability Company" and "L.L.C.", "with prejudice" and "w/ prejudice".
 * Only pairs that no list of options tells apart; what has two readings ("Co": company or county) is not here.
 */
export function respell(folded: string): string {
  return squash(plainWords(folded).join(' '));
}

/** The words of a folded text, each in its shortest usual spelling, "the" left out. */
export function plainWords(folded: string): readonly string[] {
  const words = folded.split(' ').filter((word) => word !== 'the');
  return joinPhrases(words).map(plainWord);
}

/** "llc" for "limited liability company" and the like; undefined where the words are no legal form. */
export function readLegalForm(words: readonly string[]): string | undefined {
  const joined = joinPhrases(words);
  const [only] = joined;
  if (joined.length !== 1 || only === undefined) return undefined;
  const form = plainWord(only);
  return LEGAL_FORMS.has(form) ? form : undefined;
}

/**
 * The short names of the legal forms of the United States and of other common-law countries.
 * Each stands for one form; a longer spelling leads to it below.
 */
const LEGAL_FORMS = new Set(
  'llc llp lllp lp pllc pc pa plc pllp inc ltd corp gp chtd apc aplc psc'.split(' '),
);

/** Longest first, so that "professional limited liability company" is not read as "limited liability company". */
const PHRASES: readonly (readonly [words: readonly string[], short: string])[] = (
  [
    ['united states of america', 'us'],
    ['united states', 'us'],
    ['u s of a', 'us'],
    ['u s a', 'us'],
    ['u s', 'us'],
    ['professional limited liability company', 'pllc'],
    ['limited liability limited partnership', 'lllp'],
    ['limited liability partnership', 'llp'],
    ['limited liability company', 'llc'],
    ['limited liability co', 'llc'],
    ['ltd liability company', 'llc'],
    ['ltd liability co', 'llc'],
    ['public limited company', 'plc'],
    ['professional corporation', 'pc'],
    ['professional association', 'pa'],
    ['limited partnership', 'lp'],
    ['general partnership', 'gp'],
    ['public limited co', 'plc'],
    ['community interest company', 'cic'],
    ['joint stock company', 'jsc'],
    ['gesellschaft mit beschrankter haftung', 'gmbh'],
    ['besloten vennootschap', 'bv'],
    ['naamloze vennootschap', 'nv'],
    ['societe a responsabilite limitee', 'sarl'],
    ['societe anonyme', 'sa'],
    ['sociedad anonima', 'sa'],
    ['sociedade anonima', 'sa'],
    ['societa per azioni', 'spa'],
    ['w prejudice', 'with prejudice'],
    ['w o', 'without'],
    ['w out', 'without'],
    ['wo prejudice', 'without prejudice'],
    ['l l l p', 'lllp'],
    ['p l l c', 'pllc'],
    ['l l c', 'llc'],
    ['l l p', 'llp'],
    ['p l c', 'plc'],
    ['a p c', 'apc'],
    ['p s c', 'psc'],
    ['l p', 'lp'],
    ['p c', 'pc'],
    ['p a', 'pa'],
    ['g p', 'gp'],
  ] as const
).map(([words, short]) => [words.split(' '), short]);

/** By their first word: a text is matched against a handful of phrases instead of all. */
const PHRASES_BY_WORD = new Map<string, (typeof PHRASES)[number][]>();
for (const phrase of PHRASES) {
  const first = phrase[0][0] ?? '';
  PHRASES_BY_WORD.set(first, [...(PHRASES_BY_WORD.get(first) ?? []), phrase]);
}

function joinPhrases(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let at = 0; at < words.length;) {
    const phrase = PHRASES_BY_WORD.get(words[at] ?? '')?.find(([expected]) =>
      expected.every((word, offset) => words[at + offset] === word),
    );
    joined.push(...(phrase?.[1].split(' ') ?? words.slice(at, at + 1)));
    at += phrase?.[0].length ?? 1;
  }
  return joined;
}

const WORDS = new Map([
  ['usa', 'us'],
  ['saint', 'st'],
  ['mount', 'mt'],
  ['fort', 'ft'],
  ['incorporated', 'inc'],
  ['corporation', 'corp'],
  ['limited', 'ltd'],
  ['chartered', 'chtd'],
  ['aktiengesellschaft', 'ag'],
  ['kommanditgesellschaft', 'kg'],
  ['aktiebolag', 'ab'],
  ['department', 'dept'],
  ['association', 'assn'],
  ['government', 'govt'],
  ['national', 'natl'],
  ['international', 'intl'],
  ['attorney', 'atty'],
  ['versus', 'v'],
  ['vs', 'v'],
]);

const ORDINALS = new Map(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth ' +
    'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
  )
    .split(' ')
    .map((word, at) => [word, `${at + 1}th`]),
);

/** American law reports also write 2d and 3d for 2nd and 3rd. */
const ORDINAL_NUMBER = /^(\d+)(?:st|nd|rd|th|d)$/u;

function plainWord(word: string): string {
  const ordinal = ORDINALS.get(word) ?? word.replace(ORDINAL_NUMBER, '$1th');
  return WORDS.get(ordinal) ?? ordinal;
}
