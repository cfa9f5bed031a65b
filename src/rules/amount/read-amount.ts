import { type Reason, say } from '../reason.ts';
import { readAfter, readBefore, takeSign, type Named, type Signed } from './affixes.ts';
import { type CreditContext, takeCredit } from './credit.ts';
import {
  commonCodes,
  countsInCrores,
  minorUnits,
  usesDecimalComma,
  type CurrencyMark,
} from './currencies.ts';
import { compare, shift, toPlain, type Decimal } from './decimal.ts';
import { findNumbers, type FoundNumber } from './find-numbers.ts';
import { dropLabel } from './label.ts';
import { LIKE_A_DATE, looksLikeDate, sayLeftover, sayNoNumber, saySeveral } from './leftover.ts';
import type { NumberHabits } from './locale.ts';
import { sayPower } from './magnitude.ts';
import { readShape } from './number.ts';
import { type FieldHabits, resolveShape } from './resolve-shape.ts';
import { readScientific } from './scientific.ts';
import { readSpelled, splitWordsAndFigures, type SpelledAmount } from './spelled.ts';
import { suggestAmong, suggestAmount, suggestPart } from './suggest-amount.ts';

/** What may settle an amount beside its own text. */
export interface AmountContext extends FieldHabits, CreditContext {
  readonly places: number;
  /** The codes that the rules file names; null where it names none. */
  readonly namedCodes: readonly string[] | null;
  /** The field writes MM for millions, so that its M may be thousands. */
  readonly writesMm: boolean;
  /** The sign that the result is written with, so that it is not left out; null where it has none. */
  readonly keptSign: string | null;
  readonly words: 'convert' | 'flag';
  readonly fieldName: string;
}

export type AmountReading =
  | {
      readonly kind: 'amount';
      readonly value: Decimal;
      /** The currencies that fit what the text names; null where it names none. */
      readonly codes: readonly string[] | null;
      readonly label: string;
      readonly notes: readonly Reason[];
    }
  | { readonly kind: 'unclear'; readonly reason: Reason; readonly suggestions: readonly string[] };

/** Reads one amount of money out of a tidied text, or says why that cannot be done without guessing. */
export function readAmount(text: string, context: AmountContext): AmountReading {
  const spelled = readInWords(text, context);
  if (spelled !== null) return spelled;
  const labelled = dropLabel(text, context.fieldName);
  const numbers = findNumbers(labelled.text);
  const [number, second] = numbers;
  if (number === undefined) return unclear(sayNoNumber(text));
  if (second !== undefined) return readSeveral(labelled.text, numbers, context);
  const signed = takeSign(labelled.text, number);
  const credited = takeCredit(signed, context);
  const before = readBefore(credited.before);
  const after = readAfter(credited.after);
  if (before === null || after === null) return readPart(number, credited, context);
  if (credited.problem !== null)
    return unclear(credited.problem, [suggestAmount(number, credited, context)]);
  return readWhole(number, credited, before, after, context, labelled.notes);
}

/** An amount in words, or in words and figures that must agree; null where there are no words for it. */
function readInWords(text: string, context: AmountContext): AmountReading | null {
  const both = splitWordsAndFigures(text);
  if (both !== null) return compareWords(both.figures, both.words, context);
  const spelled = readSpelled(text);
  if (spelled === null) return null;
  if (context.words === 'flag')
    return unclear(say('notation', 'the amount is spelled out'), [toPlain(spelled.value)]);
  const marks = spelled.mark === null ? [] : [spelled.mark];
  const notes = [say('notation', 'the amount was spelled out'), ...sayMarks(marks, context)];
  return amount(spelled.value, fittingCodes(marks), marks, notes);
}

function compareWords(
  figures: string,
  words: SpelledAmount,
  context: AmountContext,
): AmountReading {
  const reading = readAmount(figures, context);
  if (reading.kind === 'unclear') return reading;
  if (compare(reading.value, words.value) !== 0)
    return unclear(say('ambiguous', 'the amount in words and the amount in figures differ'), [
      toPlain(words.value),
      toPlain(reading.value),
    ]);
  const codes =
    words.mark === null
      ? reading.codes
      : commonCodes(reading.codes ?? words.mark.codes, words.mark.codes);
  if (codes !== null && codes.length === 0) return unclear(CONTRADICTION);
  return { ...reading, codes, notes: [AGREEMENT, ...reading.notes] };
}

const CONTRADICTION = say('impossible', 'it names currencies that contradict each other');
const AGREEMENT = say('notation', 'words and figures agree');

/** The number with everything around it understood. */
function readWhole(
  number: FoundNumber,
  signed: Signed,
  before: Named,
  after: Named,
  context: AmountContext,
  notes: readonly Reason[] = [],
): AmountReading {
  const marks = [...before.marks, ...after.marks];
  const codes = fittingCodes(marks);
  if (codes !== null && codes.length === 0) return unclear(CONTRADICTION);
  if (marks.length === 2 && marks[0]?.label === marks[1]?.label)
    return unclear(say('ambiguous', 'it names the currency twice: perhaps an amount is missing'), [
      suggestAmount(number, signed, context),
    ]);

  const isRetirementPlan = number.token === '401' && marks.length === 0;
  const magnitudeProblem = doubtMagnitude(after, codes, isRetirementPlan, context);
  const power = after.magnitude?.power ?? 0;
  if (magnitudeProblem !== null)
    return unclear(
      magnitudeProblem,
      [power, after.magnitude?.elsewhere ?? 0].map((each) =>
        suggestAmount(number, signed, context, each),
      ),
    );
  const finish = (value: Decimal) => shift({ ...value, negative: signed.negative }, power);
  const said = [...notes, ...signed.notes, ...sayMagnitude(after), ...sayMarks(marks, context)];

  const scientific = readScientific(number);
  if (scientific.kind === 'unclear')
    return unclear(
      scientific.reason,
      scientific.candidates.map((value) => toPlain(finish(value))),
    );
  if (scientific.kind === 'read')
    return amount(finish(scientific.value), codes, marks, [scientific.note, ...said]);
  if (isPadded(number.token, marks.length > 0))
    return unclear(say('ambiguous', 'the number starts with zeros like an identifier'), [
      suggestAmount(number, signed, context),
    ]);

  const known =
    context.namedCodes?.length === 1
      ? context.namedCodes[0]
      : codes?.length === 1
        ? codes[0]
        : undefined;
  const resolution = resolveShape(readShape(number.token, signed.centsMark), context, {
    isMoney: true,
    places: context.places,
    hasMark: marks.length > 0 || signed.centsMark !== null,
    hasMagnitude: power > 0,
    isCommaDoubtful: isCommaDoubtful(context.namedCodes ?? codes ?? [], context.habits),
    isPointUsual: isPointUsual(codes ?? context.namedCodes, context.habits),
    isWholeCurrency: known !== undefined && minorUnits(known) === 0,
    isIndianCurrency: (codes ?? context.namedCodes ?? []).some(countsInCrores),
  });
  if (resolution.kind === 'unclear' && looksLikeDate(number.token)) return unclear(LIKE_A_DATE);
  if (resolution.kind === 'unclear')
    return unclear(
      resolution.reason,
      resolution.candidates.map(({ value }) => toPlain(finish(value))),
    );
  const value = finish(resolution.reading.value);
  if (known !== undefined && value.fraction.length > (minorUnits(known) ?? value.fraction.length))
    return unclear(say('impossible', `it has more decimals than ${known} has`), []);
  return amount(value, codes, marks, resolution.note === null ? said : [resolution.note, ...said]);
}

/** Several numbers: never one amount. */
function readSeveral(
  text: string,
  numbers: readonly FoundNumber[],
  context: AmountContext,
): AmountReading {
  const [first, second] = numbers;
  const between =
    first === undefined || second === undefined ? '' : text.slice(first.end, second.start);
  return unclear(
    saySeveral(text, numbers.length, between),
    looksLikeDate(text)
      ? []
      : numbers
          .slice(0, 3)
          .map((number, at) => suggestAmong(text, number, numbers[at + 1], context)),
  );
}

/** One number among words: the words would be lost, so the number is only proposed. */
function readPart(number: FoundNumber, signed: Signed, context: AmountContext): AmountReading {
  const rest = `${signed.before} ${signed.after}`.trim();
  const proposed = suggestPart(number, signed, context);
  // Among words, brackets are rather brackets than a minus.
  const inBrackets = signed.negative && signed.notes.length > 0;
  return unclear(
    sayLeftover(rest),
    inBrackets ? [proposed.replace('-', ''), proposed] : [proposed],
  );
}

/** Whatever currency it is, it is not the locale's own, and its countries write a decimal comma or three decimals. */
function isCommaDoubtful(codes: readonly string[], { ownCurrency }: NumberHabits): boolean {
  return (
    codes.length > 0 &&
    codes.every(
      (code) => code !== ownCurrency && (usesDecimalComma(code) || minorUnits(code) === 3),
    )
  );
}

/** Whether an amount in these currencies, or in none that is named, would have a decimal point here. */
function isPointUsual(
  codes: readonly string[] | null,
  { ownCurrency, decimalMark }: NumberHabits,
): boolean {
  return (
    decimalMark === '.' && (codes === null || (ownCurrency !== null && codes.includes(ownCurrency)))
  );
}

function fittingCodes(marks: readonly CurrencyMark[]): readonly string[] | null {
  const [first, ...rest] = marks;
  if (first === undefined) return null;
  return rest.reduce((fits, mark) => commonCodes(fits, mark.codes), first.codes);
}

function doubtMagnitude(
  { magnitude, magnitudeWord }: Named,
  codes: readonly string[] | null,
  isRetirementPlan: boolean,
  context: AmountContext,
): Reason | null {
  if (magnitude === null) return null;
  const isIndian =
    context.habits.isIndian ||
    (codes ?? context.namedCodes ?? []).some((code) => countsInCrores(code));
  if (magnitude.needsIndia && !isIndian)
    return say(
      'ambiguous',
      `"${magnitudeWord}" may be a magnitude or something else (crores, lakhs, a credit)`,
    );
  if (magnitude.elsewhere !== null)
    return say(
      'ambiguous',
      `"${magnitudeWord}" is ${sayPower(magnitude.power)} in English and ${sayPower(magnitude.elsewhere)} in Spanish`,
    );
  if (magnitude.needsCurrency && codes === null)
    return say('ambiguous', `"${magnitudeWord}" may be a magnitude or a unit`);
  if (isRetirementPlan && magnitudeWord.toLowerCase() === 'k')
    return say('ambiguous', '401k is a retirement plan as well as an amount');
  if (magnitudeWord.toLowerCase() === 'm' && context.writesMm)
    return say('ambiguous', 'this field writes MM for millions, so that M may be thousands');
  return null;
}

/** Digits that start with a zero and have no decimals are rather an account or a file number. */
function isPadded(token: string, hasMark: boolean): boolean {
  return !hasMark && /^0\d+$/.test(token);
}

function sayMagnitude({ magnitude, magnitudeWord }: Named): Reason[] {
  return magnitude === null
    ? []
    : [say('notation', `"${magnitudeWord}" is ${sayPower(magnitude.power)}`)];
}

function sayMarks(marks: readonly CurrencyMark[], { keptSign }: AmountContext): Reason[] {
  const lost = marks.filter(({ label }) => label !== keptSign);
  return lost.length === 0
    ? []
    : [say('notation', `left out: ${lost.map(({ label }) => label).join(' and ')}`)];
}

function amount(
  value: Decimal,
  codes: readonly string[] | null,
  marks: readonly CurrencyMark[],
  notes: readonly Reason[],
): AmountReading {
  return { kind: 'amount', value, codes, label: marks[0]?.label ?? '', notes };
}

function unclear(reason: Reason, suggestions: readonly string[] = []): AmountReading {
  const distinct = [...new Set(suggestions)].filter((suggestion) => suggestion !== '');
  return { kind: 'unclear', reason, suggestions: distinct };
}
