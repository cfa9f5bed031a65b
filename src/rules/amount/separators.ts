import type { MessKind } from '../../model/mess.ts';
import { type Reason, say } from '../reason.ts';
import { toPlain } from './decimal.ts';
import type { NumberHabits } from './locale.ts';
import type { DecimalMark, NumberShape, Reading } from './number.ts';

/** How a field's own values use point, comma and space. Counts only: bounded however long the column is. */
export interface SeparatorTally {
  observe(shape: NumberShape): void;
  /** What the values show; the same until the next observe. */
  shown(): ShownSeparators;
}

export interface ShownSeparators {
  /** The decimal mark that all telling values agree on; null where none tells or they contradict. */
  readonly decimalMark: DecimalMark | null;
  /** Some values can only have a decimal point, others only a decimal comma. */
  readonly contradicts: boolean;
  /** Almost every telling value (of many) has a decimal point: a decimal comma is then rather a slip. */
  readonly isClearlyPoint: boolean;
  /** At least two values have a decimal comma, and none a point: the one in question is not its own witness. */
  readonly isWitnessedComma: boolean;
  readonly groupsBySpace: boolean;
  /** One sentence each, with counts. */
  readonly sentences: readonly string[];
}

/** So many values and such a share make a habit clear enough to doubt what breaks it. */
const CLEAR_COUNT = 20;
const CLEAR_SHARE = 0.95;

/** Whether `count` of `total` is a habit that an exception has to explain. */
export function isClear(count: number, total: number): boolean {
  return total >= CLEAR_COUNT && count >= total * CLEAR_SHARE;
}

export function tallySeparators(): SeparatorTally {
  let point = 0;
  let comma = 0;
  let spaced = 0;
  const groups = new Map<string, number>();
  const pointWitnesses = new Set<string>();
  const commaWitnesses = new Set<string>();
  return {
    observe(shape) {
      if (shape.kind !== 'certain') return;
      const { decimalMark, groupMark, isIndian } = shape.reading;
      if (groupMark !== null) {
        const name = isIndian ? 'lakhs' : groupMark;
        groups.set(name, (groups.get(name) ?? 0) + 1);
        if (groupMark === ' ' || groupMark === '\u00A0') spaced += 1;
      }
      if (decimalMark === '.' || groupMark === ',') {
        point += 1;
        addWitness(pointWitnesses, shape.reading);
      } else if (decimalMark === ',' || groupMark === '.') {
        comma += 1;
        addWitness(commaWitnesses, shape.reading);
      }
    },
    shown: () => ({
      decimalMark: decide(pointWitnesses.size, commaWitnesses.size),
      contradicts: point > 0 && comma > 0,
      isClearlyPoint: isClear(point, point + comma),
      isWitnessedComma: commaWitnesses.size >= FEWEST_WITNESSES && point === 0,
      groupsBySpace: spaced > 0 && groups.size === countOf(groups, [' ', '\u00A0']),
      sentences: [
        ...sayMarks(point, comma, Math.max(pointWitnesses.size, commaWitnesses.size)),
        ...sayGroups(groups),
      ],
    }),
  };
}

/** One number alone may be a slip, and the same number over and over is one witness. */
const FEWEST_WITNESSES = 2;

function addWitness(witnesses: Set<string>, { value }: Reading): void {
  if (witnesses.size < FEWEST_WITNESSES) witnesses.add(toPlain(value));
}

function decide(points: number, commas: number): DecimalMark | null {
  if (points > 0 && commas > 0) return null;
  if (points >= FEWEST_WITNESSES) return '.';
  return commas >= FEWEST_WITNESSES ? ',' : null;
}

function countOf(groups: ReadonlyMap<string, number>, names: readonly string[]): number {
  return names.filter((name) => groups.has(name)).length;
}

function sayMarks(point: number, comma: number, witnesses: number): string[] {
  if (point === 0 && comma === 0) return [];
  if (witnesses < FEWEST_WITNESSES && (point === 0 || comma === 0))
    return [
      `too few values show the decimal mark: ${sayValues(point)} can only have a decimal point, ${sayValues(comma)} only a decimal comma`,
    ];
  if (comma === 0)
    return [
      `decimal point: ${sayValues(point)} can only have a decimal point, none only a decimal comma`,
    ];
  if (point === 0)
    return [
      `decimal comma: ${sayValues(comma)} can only have a decimal comma, none only a decimal point`,
    ];
  return [
    `decimal marks contradict each other and decide nothing: ${sayValues(point)} can only have a decimal point, ${sayValues(comma)} only a decimal comma`,
  ];
}

function sayGroups(groups: ReadonlyMap<string, number>): string[] {
  return [...groups]
    .toSorted(
      ([leftName, left], [rightName, right]) => right - left || (leftName < rightName ? -1 : 1),
    )
    .map(([name, count]) => `thousands: ${sayValues(count)} ${GROUP_WORDS[name] ?? ''}`);
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  ',': 'with commas (1,234,567)',
  '.': 'with points (1.234.567)',
  "'": "with apostrophes (1'234'567)",
  ' ': 'with spaces (1 234 567)',
  '\u00A0': 'with no-break spaces (1 234 567)',
  lakhs: 'with commas in lakhs and crores (12,34,567)',
};

export function sayValues(count: number): string {
  return count === 1 ? '1 value of this field' : `${count} values of this field`;
}

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
  /** The amount names the currency of a locale with a decimal point: a decimal comma is then rather a slip. */
  readonly isPointCurrency: boolean;
  /** The currency is known, and has no smaller unit. */
  readonly isWholeCurrency: boolean;
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
  { shown }: FieldHabits,
  { isPointCurrency }: NumberFacts,
): Resolution {
  const hasLoneComma = reading.decimalMark === ',' && reading.groupMark === null;
  if (hasLoneComma && shown.isClearlyPoint)
    return unclear(
      'ambiguous',
      'it has a decimal comma where almost all values of this field have a decimal point: perhaps digits are missing',
      [reading],
    );
  if (hasLoneComma && isPointCurrency && !shown.isWitnessedComma)
    return unclear(
      'ambiguous',
      'it has a decimal comma where this currency has a decimal point: perhaps digits are missing',
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
