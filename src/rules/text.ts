import { z } from 'zod';
import type { FieldType } from '../model/field.ts';
import { keyedInOrder } from './keyed.ts';
import { type Reason, say, sayAll } from './reason.ts';
import { ABBREVIATION_PACKS, replacementsOf } from './text/abbreviations.ts';
import { tidyAddress, type AddressStyle } from './text/address.ts';
import { CASES, recase, type Case } from './text/casing.ts';
import { findDamage } from './text/damage.ts';
import type { Doubt, Reading } from './text/doubt.ts';
import { apply, clean, type Draft, tidyLines, tidySpaces } from './text/hygiene.ts';
import { keepLineEnds } from './text/line-ends.ts';
import { complainOfReplacements, replaceWords, type Replacement } from './text/replace.ts';
import { settle } from './text/settle.ts';
import { collectSpellings, type Spellings } from './text/spellings.ts';
import { findSpreadsheetDamage, watchIdentifiers } from './text/spreadsheet.ts';
import { changed, defineRule, flagged, UNCHANGED, type Verdict } from './types.ts';

const options = z.strictObject({
  case: z
    .enum([...CASES, 'keep'])
    .default('keep')
    .describe(
      'title: Smith v. Jones; name: for persons, with particles (Juan de la Cruz); upper; lower; sentence: names in a text all of capitals lose theirs, but for well-known ones; words with capitals of their own stay as they are',
    ),
  replace: keyedInOrder(z.string())
    .superRefine((entries, context) => {
      const complaint = complainOfReplacements(replacements(entries));
      if (complaint !== null) context.addIssue({ code: 'custom', message: complaint });
    })
    .prefault({})
    .describe('whole words and what they become, in this order, capitals count: { "St.": Street }'),
  abbreviations: z
    .array(z.enum(ABBREVIATION_PACKS))
    .default([])
    .describe('packs of short forms to spell out: legal (Pltf., Atty.), office (Dept., Bldg.)'),
  address: z
    .enum(['us', 'ca', 'no'])
    .default('no')
    .describe(
      'treats the text as an address: street suffix, directions, unit, PO Box, state or province, ZIP or postal code',
    ),
  addressWords: z
    .enum(['expand', 'shorten'])
    .default('expand')
    .describe('with address: Street, North, Suite spelled out, or in the short forms of the post'),
  quotes: z
    .enum(['keep', 'straight'])
    .default('keep')
    .describe('straight: “ ” and ‘ ’ become " and \''),
  dashes: z
    .enum(['keep', 'hyphen'])
    .default('keep')
    .describe('hyphen: – and — and their like become -'),
  lineBreaks: z
    .enum(['flag', 'space', 'comma'])
    .default('flag')
    .describe('line breaks in a field of one line: flag them, or join with a space or a comma'),
  repair: z
    .boolean()
    .default(false)
    .describe(
      'true: puts damaged encoding right where the original is certain; else it is flagged with the original as suggestion',
    ),
});

type Options = z.infer<typeof options>;

/** Text put in order without loss; everything beyond characters and spaces is asked for by an option. */
export const text = defineRule<Options>({
  summary: 'text: characters and spaces in order; case, words and addresses on request',
  reads: ['text_line', 'text_area', 'email', 'url', 'numeric', 'date'],
  writes: ['text_line', 'text_area'],
  options,
  column(chosen, { target }) {
    const identifiers = watchIdentifiers();
    const spellings = collectSpellings();
    const usesSpellings =
      chosen.case === 'title' || chosen.case === 'name' || chosen.case === 'sentence';
    return {
      observe(value) {
        identifiers.observe(value);
        if (usesSpellings) spellings.observe(value);
      },
      evidence: () => [...identifiers.evidence(), ...(usesSpellings ? spellings.evidence() : [])],
      decide(value) {
        const setting = {
          options: chosen,
          fieldType: target.fieldType,
          isIdentifierColumn: identifiers.isShown(),
          spellings,
        };
        return keepLineEnds(value, (plain) => settle(plain, (each) => decideOnce(each, setting)));
      },
    };
  },
});

interface Circumstances {
  readonly options: Options;
  readonly fieldType: FieldType;
  readonly isIdentifierColumn: boolean;
  readonly spellings: Spellings;
}

function decideOnce(value: string, circumstances: Circumstances): Verdict {
  const sound = makeSound(value, circumstances.options.repair);
  const tidy = tidierFor(circumstances);
  if ('reason' in sound) {
    const suggestion = sound.original === null ? [] : [clean(sound.original, tidy).text];
    return flagged(
      sound.reason,
      suggestion.filter((each) => each !== ''),
    );
  }
  const cleaned = cleanDraft(sound, tidy);
  if (cleaned.text === '')
    return flagged(say('nothing', 'nothing is left once spaces and invisible characters are gone'));
  const spoiled = findSpreadsheetDamage(cleaned.text, circumstances.isIdentifierColumn);
  if (spoiled !== null) return flagged(spoiled);
  const { draft, doubts } = takeSteps(cleaned, circumstances);
  const [doubt] = doubts;
  if (doubt !== undefined) {
    return flagged(
      doubt.reason,
      doubt.readings.filter((reading) => reading !== value),
    );
  }
  return fit(value, draft, circumstances);
}

/** How often damage may lie upon damage. */
const LAYERS = 3;

/** The text without damage, or why it is not certain what it was. */
function makeSound(
  value: string,
  mayRepair: boolean,
): Draft | { reason: Reason; original: string | null } {
  let draft: Draft = { text: value, did: [] };
  for (let layer = 0; layer < LAYERS; layer += 1) {
    const damage = findDamage(draft.text);
    if (damage === null) return draft;
    if (!mayRepair || !damage.isCertain || damage.original === null) return damage;
    const { original } = damage;
    const { words, mess } = damage.reason;
    draft = apply(draft, { words: `repaired: ${words}`, mess }, () => original);
  }
  const reason = say('damaged', 'damage lies upon damage: the original is not certain');
  return { reason, original: draft.text };
}

type Tidier = (text: string) => string;

/** Only in a text area can lines stand in columns; those of an address do not. */
function tidierFor({ options: { address }, fieldType }: Circumstances): Tidier {
  return fieldType === 'text_area' && address === 'no' ? tidyLines : tidySpaces;
}

function cleanDraft(draft: Draft, tidy: Tidier): Draft {
  const cleaned = clean(draft.text, tidy);
  return { text: cleaned.text, did: [...draft.did, ...cleaned.did] };
}

interface Stage {
  readonly draft: Draft;
  readonly doubts: readonly Doubt[];
}

/** What the rules file asks for beyond cleaning, in a fixed order: case before words, so that these stay as written. */
function takeSteps(cleaned: Draft, circumstances: Circumstances): Stage {
  const { options: chosen, spellings } = circumstances;
  const tidy = tidierFor(circumstances);
  const words = [...replacements(chosen.replace), ...replacementsOf(chosen.abbreviations)];
  let stage: Stage = { draft: cleaned, doubts: [] };
  const step = (isWanted: boolean, does: string, run: (text: string) => Reading) => {
    if (isWanted) stage = take(stage, does, run, tidy);
  };
  step(chosen.quotes === 'straight', 'quotes made straight', plainQuotes);
  step(chosen.dashes === 'hyphen', 'dashes made hyphens', plainDashes);
  step(chosen.case !== 'keep', `in ${chosen.case} case`, (each) =>
    recase(each, chosen.case as Case, spellings.of),
  );
  step(words.length > 0, 'words replaced', (each) => replaceWords(each, words));
  step(chosen.address !== 'no', 'address in the form of the post', (each) =>
    tidyAddress(each, { country: chosen.address, words: chosen.addressWords } as AddressStyle),
  );
  return stage;
}

function take(stage: Stage, does: string, run: (text: string) => Reading, tidy: Tidier): Stage {
  const reading = run(stage.draft.text);
  return {
    draft: apply(stage.draft, say('notation', does), () => clean(reading.text, tidy).text),
    doubts: [...stage.doubts, ...reading.doubts],
  };
}

function replacements(entries: ReadonlyMap<string, string>): Replacement[] {
  return Array.from(entries, ([from, to]) => ({
    from: asDecided(from),
    to: asDecided(to),
  }));
}

/** As values stand when words are replaced. */
function asDecided(words: string): string {
  return words.normalize('NFC').replaceAll(/\r\n?/gu, '\n');
}

function plainQuotes(from: string): Reading {
  return {
    text: from.replace(/[“”„‟]/g, '"').replace(/[‘’‚‛]/g, "'"),
    doubts: [],
  };
}

function plainDashes(from: string): Reading {
  return { text: from.replace(/[\u2010-\u2015\u2212]/g, '-'), doubts: [] };
}

/** An assumption: Clio documents no limit for a text line, and 255 characters is what such columns usually hold. */
const LONGEST_LINE = 255;

function fit(value: string, draft: Draft, { options: chosen, fieldType }: Circumstances): Verdict {
  const isLine = fieldType !== 'text_area';
  let fitted = draft;
  if (isLine && draft.text.includes('\n')) {
    if (chosen.lineBreaks === 'flag') {
      return flagged(say('spaces', 'it holds line breaks, and the field has one line'), [
        joinLines(draft.text, 'comma'),
        joinLines(draft.text, 'space'),
      ]);
    }
    const { lineBreaks } = chosen;
    fitted = apply(draft, say('spaces', 'lines joined'), (each) => joinLines(each, lineBreaks));
  }
  const tooLong = isLine ? complainOfLength(fitted.text) : null;
  if (tooLong !== null) return flagged(tooLong);
  if (fitted.text === '') return flagged(say('nothing', 'nothing is left'));
  return fitted.text === value ? UNCHANGED : changed(fitted.text, sayAll(fitted.did));
}

function complainOfLength(line: string): Reason | null {
  if (line.length <= LONGEST_LINE) return null;
  const length = Array.from(line).length;
  return length > LONGEST_LINE
    ? say('tooLong', `it is too long: ${length} characters, a text line holds ${LONGEST_LINE}`)
    : null;
}

function joinLines(lines: string, how: 'space' | 'comma'): string {
  const parts = lines.split(/\n+/);
  return how === 'space'
    ? parts.join(' ')
    : parts.map((part) => part.replace(/[,;]$/, '')).join(', ');
}
