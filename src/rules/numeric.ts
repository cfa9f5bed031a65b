import { z } from 'zod';
import { takeSign } from './amount/affixes.ts';
import { amountOption, toBound } from './amount/amount-option.ts';
import { fromPlain, toPlain, type Decimal } from './amount/decimal.ts';
import { findNumbers } from './amount/find-numbers.ts';
import { numberHabits } from './amount/locale.ts';
import { readShape } from './amount/number.ts';
import { foldUnit, readNumber, type NumberContext } from './amount/read-number.ts';
import { tallySeparators, type SeparatorTally, type ShownSeparators } from './amount/separators.ts';
import { misfit, settle, type Limits, fitting } from './amount/settle.ts';
import { LONGEST_AMOUNT, tidyAmount } from './amount/tidy.ts';
import { say } from './reason.ts';
import { defineRule, flagged, type Column, type Setting, type Verdict } from './types.ts';

const options = z.strictObject({
  decimals: z
    .int()
    .min(0)
    .max(12)
    .optional()
    .describe('The most decimals that a number may have; one with more is flagged, never rounded.'),
  unit: z
    .union([z.string().min(1), z.array(z.string().min(1))])
    .default([])
    .describe(
      'The unit that the field is in (oz, or a list of its spellings): left out; any other is flagged.',
    ),
  percent: z
    .enum(['flag', 'number', 'fraction'])
    .default('flag')
    .describe('What 5% becomes: a flag, the number 5, or the fraction 0.05.'),
  words: z
    .enum(['convert', 'flag'])
    .default('convert')
    .describe('Whether English number words (twenty-one) become digits.'),
  leadingZeros: z
    .enum(['flag', 'drop'])
    .default('flag')
    .describe('What to do with 00123, which may be an identifier.'),
  min: amountOption.optional().describe('The least number; a smaller one is flagged.'),
  max: amountOption.optional().describe('The greatest number; a greater one is flagged.'),
});

type Options = z.infer<typeof options>;

/** Numbers, in the ways that people write them, as plain decimals. */
export const numeric = defineRule({
  summary: 'Numbers in any usual notation become plain decimals.',
  reads: ['numeric', 'currency', 'text_line', 'text_area'],
  writes: ['numeric', 'currency', 'text_line', 'text_area'],
  options,
  column: numericColumn,
});

function numericColumn(chosen: Options, setting: Setting): Column {
  const separators = tallySeparators();
  const limits: Limits = {
    places: chosen.decimals ?? null,
    min: toBound(chosen.min),
    max: toBound(chosen.max),
  };
  let context: NumberContext | null = null;
  return {
    observe(value) {
      context = null;
      if (!isNumberField(setting)) observeNumber(value, separators);
    },
    evidence: () => separators.shown().sentences,
    decide(value) {
      context ??= makeContext(chosen, setting, separators.shown());
      return decide(value, setting, limits, context);
    },
  };
}

function decide(value: string, setting: Setting, limits: Limits, context: NumberContext): Verdict {
  const held = isNumberField(setting) ? fromPlain(value) : null;
  if (held !== null) return misfit(held, limits) ?? settle(value, toPlain(held), []);
  if (value.length > LONGEST_AMOUNT)
    return flagged(say('tooLong', 'it is a passage of text, not one number'));
  const text = tidyAmount(value);
  if (text === '') return flagged(say('nothing', 'there is nothing in it to read'));
  const reading = readNumber(text, context);
  if (reading.kind === 'unclear')
    return flagged(reading.reason, fitting(reading.suggestions, limits));
  const problem = misfit(reading.value, limits);
  if (problem !== null) return problem;
  const after = toPlain(reading.value);
  if (after !== value && !readsBack(after, reading.value, context))
    return flagged(
      say(
        'ambiguous',
        `it reads as ${after}, but written so it could be taken for another number next time`,
      ),
    );
  return settle(value, after, reading.notes);
}

/** Whether a result, read again from a text, is the same number: else a second run would change it. */
function readsBack(after: string, value: Decimal, context: NumberContext): boolean {
  const again = readNumber(after, context);
  return again.kind === 'number' && toPlain(again.value) === toPlain(value);
}

/** Only values with one number count for the field's habits. */
function observeNumber(value: string, separators: SeparatorTally): void {
  if (value.length > LONGEST_AMOUNT) return;
  const text = tidyAmount(value);
  const [number, second] = findNumbers(text);
  if (number === undefined || second !== undefined || number.exponent !== '') return;
  if (takeSign(text, number).problem === null) separators.observe(readShape(number.token));
}

function makeContext(chosen: Options, setting: Setting, shown: ShownSeparators): NumberContext {
  const units = typeof chosen.unit === 'string' ? [chosen.unit] : chosen.unit;
  return {
    shown,
    habits: numberHabits(setting.locale),
    locale: setting.locale,
    units: new Set(units.map(foldUnit)),
    percent: chosen.percent,
    words: chosen.words,
    leadingZeros: chosen.leadingZeros,
    fieldName: setting.source.name,
  };
}

function isNumberField({ source }: Setting): boolean {
  return source.fieldType === 'currency' || source.fieldType === 'numeric';
}
