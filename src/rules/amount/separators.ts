import { toPlain } from './decimal.ts';
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
  /** Almost every telling value (of many) has a decimal point, or each but one: a decimal comma is then rather a slip. */
  readonly isClearlyPoint: boolean;
  /** At least two values have a decimal comma, and none a point: the one in question is not its own witness. */
  readonly isWitnessedComma: boolean;
  readonly groupsBySpace: boolean;
  /** Several values are grouped in lakhs and crores, and none in thousands with commas. */
  readonly groupsInLakhs: boolean;
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
      isClearlyPoint:
        isClear(point, point + comma) || (comma === 1 && pointWitnesses.size >= FEWEST_WITNESSES),
      isWitnessedComma: commaWitnesses.size >= FEWEST_WITNESSES && point === 0,
      groupsBySpace: spaced > 0 && groups.size === countOf(groups, [' ', '\u00A0']),
      groupsInLakhs: (groups.get('lakhs') ?? 0) >= FEWEST_WITNESSES && !groups.has(','),
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
