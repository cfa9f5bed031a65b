import { z } from 'zod';
import { sayValues } from './amount/separators.ts';
import { type Reason, say } from './reason.ts';
import {
  changed,
  defineRule,
  flagged,
  UNCHANGED,
  type Column,
  type Setting,
  type Verdict,
} from './types.ts';

const word = z.string().trim().min(1);

const options = z.strictObject({
  languages: z
    .array(z.enum(['fr', 'es', 'de']))
    .default([])
    .describe('Languages beside English whose words for yes and no count (fr, es, de).'),
  yes: z.array(word).default([]).describe('More words that mean yes in this field.'),
  no: z.array(word).default([]).describe('More words that mean no in this field.'),
  write: z
    .tuple([word, word])
    .default(['Yes', 'No'])
    .describe('What a text field shows for yes and for no; a checkbox holds true or false.'),
});

type Options = z.infer<typeof options>;

/** Yes and no, in the words and marks that people use for them. */
export const checkbox = defineRule({
  summary: 'Words and marks for yes and no become one or the other.',
  reads: ['checkbox', 'text_line', 'text_area', 'picklist', 'numeric'],
  writes: ['checkbox', 'text_line', 'text_area'],
  options,
  column: checkboxColumn,
  check: ({ yes, no, write }) => [
    ...(yes.some((each) => no.map(foldWord).includes(foldWord(each)))
      ? ['the same word stands under "yes" and under "no"']
      : []),
    ...(foldWord(write[0]) === foldWord(write[1])
      ? ['"write" names the same word for yes and for no']
      : []),
  ],
});

function checkboxColumn(chosen: Options, setting: Setting): Column {
  const words = makeWords(chosen);
  const counts = { yes: 0, no: 0, crosses: 0, unclear: 0 };
  return {
    observe(value) {
      const folded = foldWord(shownText(value, setting));
      const meaning = words.get(folded);
      if (CROSSES.has(folded)) counts.crosses += 1;
      else if (meaning === undefined) counts.unclear += 1;
      else counts[meaning ? 'yes' : 'no'] += 1;
    },
    evidence: () => sayCounts(counts),
    decide: (value) => decide(value, chosen, setting, words, counts),
  };
}

interface Counts {
  readonly yes: number;
  readonly no: number;
  readonly crosses: number;
  readonly unclear: number;
}

function decide(
  value: string,
  chosen: Options,
  setting: Setting,
  words: ReadonlyMap<string, boolean>,
  counts: Counts,
): Verdict {
  const shown = shownText(value, setting);
  const folded = foldWord(shown);
  const meaning = words.get(folded);
  if (meaning === undefined) return flagged(sayUnclear(folded, shown));
  // Where yes is written out, a cross may mark the opposite.
  if (CROSSES.has(folded) && counts.yes > 0 && counts.no > 0)
    return flagged(
      say(
        'ambiguous',
        `a cross may mark yes or no, and this field also says yes (${counts.yes} values) and no (${counts.no} values) in words`,
      ),
      [answer(true, chosen, setting), answer(false, chosen, setting)],
    );
  const after = answer(meaning, chosen, setting);
  return after === value
    ? UNCHANGED
    : changed(after, say('notation', `"${shown.trim()}" means ${meaning ? 'yes' : 'no'}`));
}

function answer(meaning: boolean, chosen: Options, { target }: Setting): string {
  if (target.fieldType === 'checkbox') return meaning ? 'true' : 'false';
  return meaning ? chosen.write[0] : chosen.write[1];
}

/** A picklist holds an option's id: what counts is its label. */
function shownText(value: string, { source }: Setting): string {
  if (source.fieldType !== 'picklist') return value;
  return source.options.find((option) => option.id === value)?.label ?? value;
}

function makeWords(chosen: Options): ReadonlyMap<string, boolean> {
  const words = new Map<string, boolean>();
  const add = (list: readonly string[], meaning: boolean) => {
    for (const each of list) words.set(foldWord(each), meaning);
  };
  for (const language of ['en', ...chosen.languages] as const) {
    add(WORDS[language].yes, true);
    add(WORDS[language].no, false);
  }
  add([chosen.write[0], ...chosen.yes], true);
  add([chosen.write[1], ...chosen.no], false);
  return words;
}

const WORDS = {
  en: {
    yes: [
      'yes',
      'y',
      'yeah',
      'yep',
      'true',
      't',
      '1',
      'on',
      'x',
      'checked',
      'ticked',
      '✓',
      '✔',
      '☑',
      '☒',
      '✅',
      '🗹',
      '[x]',
      '(x)',
    ],
    no: [
      'no',
      'n',
      'nope',
      'false',
      'f',
      '0',
      'off',
      'unchecked',
      'unticked',
      '☐',
      '[ ]',
      '[]',
      '( )',
      '()',
    ],
  },
  fr: { yes: ['oui', 'o', 'vrai', 'coché'], no: ['non', 'faux', 'non coché'] },
  es: { yes: ['sí', 'si', 's', 'verdadero', 'marcado'], no: ['no', 'falso', 'no marcado'] },
  de: { yes: ['ja', 'j', 'wahr', 'angekreuzt'], no: ['nein', 'falsch', 'nicht angekreuzt'] },
} as const;

const CROSSES = new Set(['x']);

const LONGEST_WORD = 60;

/** Case, spaces around and between, variation signs, quotation marks around it and a mark that ends a sentence do not count. */
function foldWord(text: string): string {
  if (text.length > LONGEST_WORD) return text;
  const spaced = text
    .normalize('NFC')
    .replace(/[\uFE0E\uFE0F\u200B-\u200F\uFEFF]/g, '')
    .replace(/[\s\u00A0]+/gu, ' ');
  return spaced
    .trim()
    .toLowerCase()
    .replace(/^(["'])(.*)\1$/u, '$2')
    .replace(/(?<=\p{L})[.,;!]$/u, '');
}

function sayUnclear(folded: string, shown: string): Reason {
  if (folded === '')
    return say('nothing', 'there is nothing in it to read; empty is not the same as no');
  if (shown.length > LONGEST_WORD)
    return say('tooLong', 'it is a passage of text, not a yes or no');
  if (ABSENT.test(folded))
    return say(
      'nothing',
      'it says that there is no answer, or not yet, which is not the same as no',
    );
  if (UNSURE.test(folded)) return say('inexact', 'it is uncertain');
  return say(
    'unclear',
    'it is not one of the usual words for yes or no (the options "yes" and "no" add more)',
  );
}

const ABSENT =
  /^(?:n\/?a|n\.a\.?|none|null|nil|unknown|unk|tbd|tba|tbc|pending|not (?:applicable|known|available|yet)|[-–—.?*/]+)$/u;
const UNSURE =
  /\?|\b(?:maybe|perhaps|possibly|probably|likely|unsure|unclear|both|partly|partial|sometimes)\b/u;

/** Only what is there: a person looks for the answers that stand in the field. */
function sayCounts({ yes, no, crosses, unclear }: Counts): string[] {
  const answers: readonly (readonly [string, number])[] = [
    ['yes', yes],
    ['no', no],
    ['a cross', crosses],
    ['neither', unclear],
  ];
  const given = answers
    .filter(([, count]) => count > 0)
    .map(([meaning, count], index) => `${meaning} in ${index === 0 ? sayValues(count) : count}`);
  return given.length === 0 ? [] : [`answers: ${given.join(', ')}`];
}
