import { z } from 'zod';
import { amountOption, toBound } from './amount/amount-option.ts';
import { commonCodes, findCurrency } from './amount/currencies.ts';
import { tallyCurrencies, type ShownCurrencies } from './amount/currency-tally.ts';
import { fromPlain, toPlain, type Decimal } from './amount/decimal.ts';
import { AMOUNT_FORMATS, formatAmount, sayFormat, type AmountFormat } from './amount/format.ts';
import { numberHabits } from './amount/locale.ts';
import { observeAmount } from './amount/observe.ts';
import { readAmount, type AmountContext } from './amount/read-amount.ts';
import { sayValues, tallySeparators, type ShownSeparators } from './amount/separators.ts';
import { misfit, settle, type Limits, fitting } from './amount/settle.ts';
import { LONGEST_AMOUNT, tidyAmount } from './amount/tidy.ts';
import { type Reason, say } from './reason.ts';
import { defineRule, flagged, type Column, type Setting, type Verdict } from './types.ts';

const options = z.strictObject({
  decimals: z
    .int()
    .min(0)
    .max(6)
    .default(0)
    .describe(
      'The most decimals that an amount may have; one with more is flagged, never rounded.',
    ),
  currency: z
    .string()
    .refine((text) => findCurrency(text) !== undefined, {
      error: 'must be an ISO 4217 code such as USD, or a currency sign',
    })
    .optional()
    .describe(
      'The field\'s currency (USD); an amount in another one is flagged. "$" alone fits every dollar.',
    ),
  mixed: z
    .enum(['rare', 'all'])
    .default('rare')
    .describe(
      'Without "currency", in a field that names several: flag the rare ones where one is usual (rare), or every value that names one (all).',
    ),
  credit: z
    .enum(['flag', 'negative', 'positive'])
    .default('flag')
    .describe('What CR behind an amount means; DR is the opposite.'),
  words: z
    .enum(['convert', 'flag'])
    .default('convert')
    .describe('Whether an amount in English words (five hundred dollars) becomes figures.'),
  min: amountOption.optional().describe('The least amount; a smaller one is flagged.'),
  max: amountOption.optional().describe('The greatest amount; a greater one is flagged.'),
  format: z
    .enum(AMOUNT_FORMATS)
    .default('plain')
    .describe('How a text field shows the amount; other fields hold the plain decimal.'),
});

type Options = z.infer<typeof options>;

/** Amounts of money, in the ways that people write them, as plain decimals. */
export const currency = defineRule({
  summary: 'Amounts of money in any usual notation become plain decimals.',
  reads: ['currency', 'numeric', 'text_line', 'text_area'],
  writes: ['currency', 'numeric', 'text_line', 'text_area'],
  options,
  column: currencyColumn,
  check: ({ currency: named, format }) =>
    named !== undefined && format.startsWith('$') && !fitsDollar(named)
      ? [`the format "${format}" writes a dollar sign, and the currency is ${named}`]
      : [],
});

function fitsDollar(named: string): boolean {
  return commonCodes(findCurrency(named)?.codes ?? [], findCurrency('$')?.codes ?? []).length > 0;
}

function currencyColumn(chosen: Options, setting: Setting): Column {
  const separators = tallySeparators();
  const currencies = tallyCurrencies(numberHabits(setting.locale).ownCurrency);
  const magnitudes = { mm: 0 };
  const limits: Limits = {
    places: chosen.decimals,
    min: toBound(chosen.min),
    max: toBound(chosen.max),
  };
  let shown: Shown | null = null;
  const whatIsShown = () =>
    (shown ??= {
      currencies: currencies.shown(),
      context: makeContext(chosen, setting, separators.shown(), magnitudes.mm > 0),
    });
  return {
    observe(value) {
      shown = null;
      if (!isNumberField(setting)) observeAmount(value, { separators, currencies, magnitudes });
    },
    evidence: () => [
      ...separators.shown().sentences,
      ...currencies.shown().sentences,
      ...(magnitudes.mm > 0
        ? [`millions: ${sayValues(magnitudes.mm)} write MM, so that M alone may be thousands`]
        : []),
    ],
    decide: (value) => decide(value, chosen, setting, limits, whatIsShown()),
  };
}

interface Shown {
  readonly context: AmountContext;
  readonly currencies: ShownCurrencies;
}

function decide(
  value: string,
  chosen: Options,
  setting: Setting,
  limits: Limits,
  shown: Shown,
): Verdict {
  const held = isNumberField(setting) ? fromPlain(value) : null;
  if (held !== null) return finish(value, held, [], chosen, setting, limits, shown);
  if (value.length > LONGEST_AMOUNT)
    return flagged(say('tooLong', 'it is a passage of text, not one amount'));
  const text = tidyAmount(value);
  if (text === '') return flagged(say('nothing', 'there is nothing in it to read'));
  const reading = readAmount(text, shown.context);
  if (reading.kind === 'unclear')
    return flagged(reading.reason, fitting(reading.suggestions, limits));
  const foreign = doubtCurrency(reading, shown, chosen, setting);
  if (foreign !== null) return flagged(foreign);
  return finish(value, reading.value, reading.notes, chosen, setting, limits, shown);
}

function finish(
  before: string,
  value: Decimal,
  notes: readonly Reason[],
  chosen: Options,
  setting: Setting,
  limits: Limits,
  shown: Shown,
): Verdict {
  const problem = misfit(value, limits);
  if (problem !== null) return problem;
  const after = isTextField(setting.target)
    ? formatAmount(value, chosen.format, chosen.decimals)
    : toPlain(value);
  if (after !== before && !isNumberField(setting) && !readsBack(after, value, shown.context))
    return flagged(
      say(
        'ambiguous',
        `it reads as ${toPlain(value)}, but written so it could be taken for another number next time`,
      ),
    );
  const form = isTextField(setting.target)
    ? sayFormat(chosen.format, chosen.decimals)
    : sayFormat('plain', chosen.decimals);
  return settle(before, after, notes, form);
}

/** Whether a result, read again from a text, is the same amount: else a second run would change it. */
function readsBack(after: string, value: Decimal, context: AmountContext): boolean {
  if (SURE.test(after)) return true;
  const again = readAmount(after, context);
  return again.kind === 'amount' && toPlain(again.value) === toPlain(value);
}

/** Whole, or not three decimals behind one to three digits: no other reading. */
const SURE = /^-?\d+(?:\.(?:\d{1,2}|\d{4,}))?$/;

function doubtCurrency(
  { codes, label }: { readonly codes: readonly string[] | null; readonly label: string },
  { context: { namedCodes }, currencies }: Shown,
  chosen: Options,
  { target, clearsSource = false }: Setting,
): Reason | null {
  if (codes === null) return null;
  if (namedCodes !== null)
    return commonCodes(codes, namedCodes).length > 0
      ? null
      : say(
          'notation',
          `it is in ${label}, and the rules file names ${chosen.currency ?? '$ (format)'}`,
        );
  // Nothing else tells the amounts of a text field apart by their currencies, nor those whose text is cleared.
  const wouldLoseIt = (isTextField(target) || clearsSource) && currencies.clearCodes === null;
  if ((chosen.mixed === 'all' || wouldLoseIt) && currencies.areSeveral)
    return say(
      'notation',
      `it is in ${label}, and this field holds ${currencies.sentences[0] ?? 'several currencies'}`,
    );
  if (currencies.clearCodes !== null && commonCodes(codes, currencies.clearCodes).length === 0)
    return say(
      'notation',
      `it is in ${label}, unlike almost all of this field (${currencies.sentences[0] ?? ''})`,
    );
  return null;
}

function makeContext(
  chosen: Options,
  setting: Setting,
  shown: ShownSeparators,
  writesMm: boolean,
): AmountContext {
  return {
    shown,
    habits: numberHabits(setting.locale),
    locale: setting.locale,
    places: chosen.decimals,
    namedCodes: findCurrency(chosen.currency ?? signOf(chosen.format))?.codes ?? null,
    writesMm,
    keptSign: chosen.format.startsWith('$') && isTextField(setting.target) ? '$' : null,
    credit: chosen.credit,
    words: chosen.words,
    fieldName: setting.source.name,
  };
}

/** A format that writes a sign says which currency the field is in. */
function signOf(format: AmountFormat): string {
  return format.startsWith('$') ? '$' : '';
}

function isNumberField({ source }: Setting): boolean {
  return source.fieldType === 'currency' || source.fieldType === 'numeric';
}

function isTextField({ fieldType }: Setting['target']): boolean {
  return fieldType === 'text_line' || fieldType === 'text_area';
}
