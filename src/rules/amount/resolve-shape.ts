import type { MessKind } from '../../model/mess.ts';
import { type Reason, say } from '../reason.ts';
import type { NumberHabits } from './locale.ts';
import type { NumberShape, Reading } from './number.ts';
import type { ShownSeparators } from './separators.ts';

/** What may settle any number of a field. */
export interface FieldHabits {
  readonly shown: ShownSeparators;
  readonly habits: NumberHabits;
  readonly locale: string;
}

/** What is known of one number beside its digits. */
export interface NumberFacts {
  /** Money: a point with three digits behind it is no plain decimal then. */
  readonly isMoney: boolean;
  /** The most decimals that the result may have. */
  readonly places: number;
  readonly hasMark: boolean;
  readonly hasMagnitude: boolean;
  /** A currency that is not the locale's own, and whose countries write a decimal comma, or that has three decimals. */
  readonly isCommaDoubtful: boolean;
  /** The locale writes a decimal point, and no currency of elsewhere is named: a decimal comma is then rather a slip. */
  readonly isPointUsual: boolean;
  /** The currency is known, and has no smaller unit. */
  readonly isWholeCurrency: boolean;
  /** The amount, or the rules file, names a currency that is counted in lakhs and crores. */
  readonly isIndianCurrency: boolean;
}

export type Resolution =
  | { readonly kind: 'read'; readonly reading: Reading; readonly note: Reason | null }
  | { readonly kind: 'unclear'; readonly reason: Reason; readonly candidates: readonly Reading[] };

/** Settles which reading of a number holds: by itself, by the column, by the currency, by the locale, in this order. */
export function resolveShape(
  shape: NumberShape,
  field: FieldHabits,
  facts: NumberFacts,
): Resolution {
  switch (shape.kind) {
    case 'certain':
      return resolveCertain(shape.reading, field, facts);
    case 'either':
      return shape.mark === ','
        ? resolveComma(shape, field, facts)
        : resolvePoint(shape, field, facts);
    case 'onlyComma':
      return resolveOnlyComma(shape.reading, field);
    case 'onlySpace':
      return resolveOnlySpace(shape.reading, field, facts);
    case 'broken':
    default:
      return unclear(
        'impossible',
        'the points, commas or spaces in the number do not form one',
        [],
      );
  }
}

type Either = Extract<NumberShape, { kind: 'either' }>;

function resolveCertain(
  reading: Reading,
  { shown, habits, locale }: FieldHabits,
  { isMoney, places, hasMagnitude, isPointUsual, isIndianCurrency }: NumberFacts,
): Resolution {
  const isAtHome = habits.isIndian || isIndianCurrency || shown.groupsInLakhs;
  if (reading.hasLoneLakh && !isAtHome)
    return unclear(
      'ambiguous',
      'two digits stand between commas, as in India, and nothing else speaks for it: perhaps one is missing',
      [reading],
    );
  const hasLoneComma = reading.decimalMark === ',' && reading.groupMark === null;
  if (hasLoneComma && shown.isClearlyPoint)
    return unclear(
      'ambiguous',
      'it has a decimal comma where the other values of this field have a decimal point: perhaps digits are missing',
      [reading],
    );
  if (hasLoneComma && isPointUsual && !shown.isWitnessedComma)
    return unclear(
      'ambiguous',
      `it has a decimal comma where a decimal point is usual (locale ${locale}): perhaps digits are missing`,
      [reading],
    );
  if (reading.endsLikeGroup && isMoney && places < 3 && !hasMagnitude)
    return unclear(
      'ambiguous',
      'money has no three decimals: perhaps its last mark groups thousands as well',
      [reading],
    );
  return read(reading, reading.decimalMark === ',' ? 'the comma is the decimal mark' : null);
}

function resolveComma(shape: Either, field: FieldHabits, facts: NumberFacts): Resolution {
  const { shown, habits, locale } = field;
  const { grouped, decimal } = shape;
  if (shown.decimalMark === '.')
    return read(grouped, `the comma groups thousands (${sayShown(shown)})`);
  if (shown.decimalMark === ',') return readThreeDecimals(decimal, grouped, facts, sayShown(shown));
  if (facts.isCommaDoubtful)
    return unclear(
      'ambiguous',
      'the comma may group thousands or be the decimal mark, as is usual with this currency',
      [grouped, decimal],
    );
  if (habits.decimalMark === '.')
    return read(grouped, `the comma groups thousands (locale ${locale})`);
  if (habits.decimalMark === ',')
    return readThreeDecimals(decimal, grouped, facts, `locale ${locale}`);
  return unclear('ambiguous', 'the comma may group thousands or be the decimal mark', [
    grouped,
    decimal,
  ]);
}

function resolvePoint(shape: Either, field: FieldHabits, facts: NumberFacts): Resolution {
  const { shown, habits, locale } = field;
  const { grouped, decimal } = shape;
  if (shown.decimalMark === ',')
    return read(grouped, `the point groups thousands (${sayShown(shown)})`);
  if (shown.decimalMark === '.') return readThreeDecimals(decimal, grouped, facts, sayShown(shown));
  if (facts.isWholeCurrency)
    return read(grouped, 'the point groups thousands (this currency has no smaller unit)');
  if (habits.decimalMark === ',')
    return read(grouped, `the point groups thousands (locale ${locale})`);
  if (facts.hasMagnitude && !facts.isCommaDoubtful) return read(decimal, null);
  if (!facts.isMoney && !shown.contradicts && habits.decimalMark === '.')
    return read(decimal, null);
  return unclear('ambiguous', 'the point may group thousands or be the decimal mark', [
    grouped,
    decimal,
  ]);
}

/** Money with three decimals is a slip more often than an amount: only where three were asked for. */
function readThreeDecimals(
  decimal: Reading,
  grouped: Reading,
  facts: NumberFacts,
  why: string,
): Resolution {
  if (!facts.isMoney || facts.places >= 3 || facts.hasMagnitude)
    return read(
      decimal,
      `the ${decimal.decimalMark === ',' ? 'comma' : 'point'} is the decimal mark (${why})`,
    );
  const mark = decimal.decimalMark === ',' ? 'comma' : 'point';
  return unclear(
    'ambiguous',
    `the ${mark} would be the decimal mark (${why}), but money has no three decimals: perhaps it groups thousands`,
    [grouped, decimal],
  );
}

function resolveOnlyComma(reading: Reading, { shown, habits, locale }: FieldHabits): Resolution {
  if (shown.decimalMark === ',')
    return read(reading, `the comma is the decimal mark (${sayShown(shown)})`);
  if (shown.decimalMark === null && habits.decimalMark === ',')
    return read(reading, `the comma is the decimal mark (locale ${locale})`);
  return unclear(
    'impossible',
    'the comma neither groups thousands nor is it a plain decimal mark',
    [reading],
  );
}

function resolveOnlySpace(
  reading: Reading,
  { shown, habits, locale }: FieldHabits,
  { hasMark }: NumberFacts,
): Resolution {
  if (shown.groupsBySpace) return read(reading, `the space groups thousands (${sayShown(shown)})`);
  if (hasMark) return read(reading, 'the space groups thousands');
  if (habits.groupsBySpace) return read(reading, `the space groups thousands (locale ${locale})`);
  return unclear('ambiguous', 'the space may group thousands or part two numbers', [reading]);
}

function sayShown({ sentences }: ShownSeparators): string {
  return sentences[0] ?? '';
}

function read(reading: Reading, note: string | null): Resolution {
  return { kind: 'read', reading, note: note === null ? null : say('notation', note) };
}

function unclear(kind: MessKind, words: string, candidates: readonly Reading[]): Resolution {
  return { kind: 'unclear', reason: say(kind, words), candidates };
}
