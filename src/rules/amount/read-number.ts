import { type Reason, say } from '../reason.ts';
import { readAfter, takeSign, type Signed, STAR, UNSIGNED } from './affixes.ts';
import { compare, shift, toPlain, type Decimal } from './decimal.ts';
import { findNumbers, type FoundNumber } from './find-numbers.ts';
import { readMixedFraction } from './fraction.ts';
import { dropLabel } from './label.ts';
import {
  LIKE_A_DATE,
  looksLikeDate,
  sayLeftover,
  sayNoNumber,
  saySeveral,
  WORDS_LOST,
} from './leftover.ts';
import { findMagnitude, sayPower } from './magnitude.ts';
import { readShape } from './number.ts';
import { type FieldHabits, resolveShape } from './resolve-shape.ts';
import { readScientific } from './scientific.ts';
import { splitWordsAndFigures } from './spelled.ts';
import { suggestNumber } from './suggest-number.ts';
import { isOrdinalWord, readNumberWords } from './words.ts';

/** What may settle a number beside its own text. */
export interface NumberContext extends FieldHabits {
  /** Folded: small letters without a dot at the end. */
  readonly units: ReadonlySet<string>;
  readonly percent: 'flag' | 'number' | 'fraction';
  readonly words: 'convert' | 'flag';
  readonly leadingZeros: 'flag' | 'drop';
  readonly fieldName: string;
}

export type NumberReading =
  | { readonly kind: 'number'; readonly value: Decimal; readonly notes: readonly Reason[] }
  | { readonly kind: 'unclear'; readonly reason: Reason; readonly suggestions: readonly string[] };

/** Reads one number out of a tidied text, or says why that cannot be done without guessing. */
export function readNumber(whole: string, context: NumberContext): NumberReading {
  if (SPREADSHEET_ERROR.test(whole))
    return unclear(say('spreadsheet', "it is a spreadsheet's error, not a value"));
  const { text, notes } = dropLabel(whole, context.fieldName);
  const both = splitWordsAndFigures(text);
  if (both !== null && both.words.mark === null)
    return compareWords(both.figures, both.words.value, context);
  const mixed = readMixedFraction(text);
  if (mixed !== null)
    return {
      kind: 'number',
      value: mixed,
      notes: [...notes, say('notation', 'the fraction is written as decimals')],
    };
  const [number, second, ...more] = findNumbers(text);
  if (number === undefined) return readWords(text, notes, context);
  if (second !== undefined)
    return unclear(
      saySeveral(text, more.length + 2, text.slice(number.end, second.start)),
      looksLikeDate(text)
        ? []
        : [number, second].map((each) => suggestNumber(each, UNSIGNED, context, NO_MONEY)),
    );
  return readOne(number, takeSign(text, number), notes, context);
}

/** "three (3)": the figures, where the words say the same. */
function compareWords(figures: string, words: Decimal, context: NumberContext): NumberReading {
  const reading = readNumber(figures, context);
  if (reading.kind === 'unclear') return reading;
  return compare(reading.value, words) === 0
    ? { ...reading, notes: [say('notation', 'words and figures agree'), ...reading.notes] }
    : unclear(say('ambiguous', 'the number in words and the number in figures differ'), [
        toPlain(words),
        toPlain(reading.value),
      ]);
}

const SPREADSHEET_ERROR = /^#(?:#*|N\/A|VALUE!?|REF!?|NAME\?|NUM!?|DIV\/0!?|NULL!?)$/i;
/** The unit's form that is compared: "OZ." is "oz". */
export function foldUnit(unit: string): string {
  return unit.trim().toLowerCase().replace(/\.$/, '');
}

function readOne(
  number: FoundNumber,
  signed: Signed,
  notes: readonly Reason[],
  context: NumberContext,
): NumberReading {
  const proposed = suggestNumber(number, signed, context, NO_MONEY);
  if (signed.problem !== null) return unclear(signed.problem, [proposed]);
  if (signed.notes.includes(STAR))
    return unclear(say('notes', 'the star behind it may point to a note'), [proposed]);
  const [odd] = signed.notes;
  if (odd !== undefined) return unclear(say('ambiguous', `perhaps ${odd.words}`), [proposed]);
  const tail = signed.before === '' ? readTail(signed.after, context) : null;
  if (tail === null) return unclear(sayRest(signed), [proposed]);
  const finish = (value: Decimal) => shift({ ...value, negative: signed.negative }, tail.power);

  const scientific = readScientific(number);
  if (scientific.kind === 'unclear')
    return unclear(
      scientific.reason,
      scientific.candidates.map((value) => toPlain(finish(value))),
    );
  if (scientific.kind === 'read')
    return {
      kind: 'number',
      value: finish(scientific.value),
      notes: [...notes, scientific.note, ...tail.notes],
    };
  if (context.leadingZeros === 'flag' && PADDED.test(number.token))
    return unclear(say('ambiguous', 'it starts with zeros like an identifier'), [proposed]);
  const resolution = resolveShape(readShape(number.token), context, {
    ...NO_MONEY,
    isPointUsual: context.habits.decimalMark === '.',
  });
  if (resolution.kind === 'unclear')
    return looksLikeDate(number.token)
      ? unclear(LIKE_A_DATE)
      : unclear(
          resolution.reason,
          resolution.candidates.map(({ value }) => toPlain(finish(value))),
        );
  return {
    kind: 'number',
    value: finish(resolution.reading.value),
    notes: [...(resolution.note === null ? [] : [resolution.note]), ...notes, ...tail.notes],
  };
}

const PADDED = /^0\d/;
const NO_MONEY = {
  isMoney: false,
  places: Infinity,
  hasMark: false,
  hasMagnitude: false,
  isCommaDoubtful: false,
  isPointUsual: false,
  isWholeCurrency: false,
  isIndianCurrency: false,
} as const;

/** What may stand behind a number: nothing, the field's unit, a percent sign, a magnitude in a word. */
function readTail(
  after: string,
  context: NumberContext,
): { power: number; notes: readonly Reason[] } | null {
  if (after === '') return { power: 0, notes: [] };
  if (isInName(after, context.fieldName))
    return { power: 0, notes: [say('notation', `the unit "${after}" stands in the field's name`)] };
  if (context.units.has(foldUnit(after)))
    return {
      power: 0,
      notes: [say('notation', `the unit "${after}" is left out (rules file)`)],
    };
  if (PERCENT.test(after)) {
    if (context.percent === 'flag') return null;
    const isFraction = context.percent === 'fraction';
    return {
      power: isFraction ? -2 : 0,
      notes: [
        say('notation', `"${after}" is ${isFraction ? 'divided out' : 'left out'} (rules file)`),
      ],
    };
  }
  const magnitude = after.length >= SHORTEST_MAGNITUDE ? findMagnitude(after) : undefined;
  if (magnitude === undefined || magnitude.needsCurrency) return null;
  return {
    power: magnitude.power,
    notes: [say('notation', `"${after}" is ${sayPower(magnitude.power)}`)],
  };
}

/** "12 oz" in the field "Weight (oz)": the name keeps what the number loses. */
function isInName(unit: string, fieldName: string): boolean {
  if (fieldName.endsWith(`(${unit})`)) return true;
  if (!UNIT.test(unit)) return false;
  return fieldName
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .includes(foldUnit(unit));
}

/** A single letter in a name is a unit only in brackets at its end. */
const UNIT = /^\p{L}{2,}\.?$/u;
const PERCENT = /^(?:%|percent|per cent|pct\.?)$/i;
/** "k" and "bn" may be units; "million" is not. */
const SHORTEST_MAGNITUDE = 4;

function readWords(text: string, notes: readonly Reason[], context: NumberContext): NumberReading {
  const digits = readNumberWords(text);
  if (digits === null) return unclear(isOrdinalWord(text) ? ORDINAL : sayNoNumber(text));
  if (context.words === 'flag')
    return unclear(say('notation', 'the number is spelled out'), [digits]);
  return {
    kind: 'number',
    value: { negative: false, whole: digits, fraction: '' },
    notes: [...notes, say('notation', 'the number was spelled out')],
  };
}

function sayRest({ before, after }: Signed): Reason {
  const marks = readAfter(before) ?? readAfter(after);
  if (marks !== null && marks.marks.length > 0)
    return say('impossible', 'it names a currency: the rule "currency" reads amounts of money');
  if (/^(?:st|nd|rd|th)$/i.test(after)) return ORDINAL;
  const reason = sayLeftover(`${before} ${after}`.trim());
  return reason === WORDS_LOST && before === '' ? UNIT_LOST : reason;
}

const ORDINAL = say('impossible', 'it is a place in an order, not a number');
const UNIT_LOST = say(
  'notes',
  'it has a unit or words that would be lost (name the unit with the option "unit")',
);

function unclear(reason: Reason, suggestions: readonly string[] = []): NumberReading {
  return {
    kind: 'unclear',
    reason,
    suggestions: [...new Set(suggestions)].filter((each) => each !== ''),
  };
}
