import { makeDecimal, type Decimal } from './decimal.ts';
import { JOINING_SPACE } from './tidy.ts';

export type DecimalMark = '.' | ',';
export type GroupMark = '.' | ',' | "'" | ' ' | typeof JOINING_SPACE;

/** One way to read digits with separators; never negative. */
export interface Reading {
  readonly value: Decimal;
  readonly decimalMark: DecimalMark | null;
  readonly groupMark: GroupMark | null;
  /** Lakhs and crores: 12,34,567. */
  readonly isIndian: boolean;
  /** Only one pair of digits shows that: 12,34,567 may as well lack a digit. */
  readonly hasLoneLakh: boolean;
  /** Three digits behind the decimal mark beside another mark that groups: 1,234.000 may as well be a million. */
  readonly endsLikeGroup: boolean;
}

export type NumberShape =
  /** The separators leave one reading. */
  | { readonly kind: 'certain'; readonly reading: Reading }
  /** "1,234" and "1.234": thousands or a decimal mark. */
  | {
      readonly kind: 'either';
      readonly mark: DecimalMark;
      readonly grouped: Reading;
      readonly decimal: Reading;
    }
  /** A decimal comma where that is how the field writes, else damaged: "1234,567", ",75". */
  | { readonly kind: 'onlyComma'; readonly reading: Reading }
  /** One plain space between digits: grouping where that is how the field writes, else perhaps two numbers. */
  | { readonly kind: 'onlySpace'; readonly reading: Reading }
  | { readonly kind: 'broken' };

const BROKEN: NumberShape = { kind: 'broken' };

/** Reads one run of digits and separators, as `findNumbers` cuts it out; `centsMark` is a decimal mark known to follow it. */
export function readShape(token: string, centsMark: DecimalMark | null = null): NumberShape {
  const shape = readToken(token);
  if (shape.kind !== 'either' || centsMark === null) return shape;
  return centsMark === shape.mark ? BROKEN : { kind: 'certain', reading: shape.grouped };
}

function readToken(token: string): NumberShape {
  const parts = token.split(SEPARATORS);
  const marks = token.match(SEPARATORS_ALL) ?? [];
  const last = marks.at(-1);
  if (last === undefined) return certain(parts[0] ?? '', '', null, null);
  const kinds = new Set(marks);
  if (kinds.size > 2) return BROKEN;
  if (kinds.size === 2) return readMixed(parts, marks);
  if (marks.length > 1 || isGroupOnly(last)) return readGrouped(parts, last, marks.length);
  return readSingle(parts[0] ?? '', parts[1] ?? '', last === ',' ? ',' : '.');
}

const SEPARATORS = /[.,' \u00A0]/;
const SEPARATORS_ALL = /[.,' \u00A0]/g;

function isGroupOnly(mark: string): boolean {
  return mark !== '.' && mark !== ',';
}

/** "1,234.56" and its like: the last mark is the decimal one, the others group. */
function readMixed(parts: readonly string[], marks: readonly string[]): NumberShape {
  const decimalMark = marks.at(-1);
  const groupMark = marks[0];
  if (decimalMark !== '.' && decimalMark !== ',') return BROKEN;
  if (groupMark === undefined || marks.indexOf(decimalMark) !== marks.length - 1) return BROKEN;
  const groups = parts.slice(0, -1);
  const fraction = parts.at(-1) ?? '';
  if (fraction === '') return BROKEN;
  if (isThousands(groups)) return certain(groups.join(''), fraction, decimalMark, groupMark);
  if (groupMark === ',' && isIndian(groups))
    return inLakhs(groups, fraction, decimalMark, groupMark);
  return BROKEN;
}

/** One kind of mark that can only group. */
function readGrouped(groups: readonly string[], mark: string, count: number): NumberShape {
  const whole = groups.join('');
  if (isThousands(groups)) {
    const reading = makeReading(whole, '', null, mark);
    if (mark !== ' ') return { kind: 'certain', reading };
    // Up to the millions a plain space groups; longer chains are rather several numbers in a row.
    if (count === 1 || count > 3) return { kind: 'onlySpace', reading };
    return { kind: 'certain', reading };
  }
  if (mark === ',' && isIndian(groups)) return inLakhs(groups, '', null, mark);
  return BROKEN;
}

/** One point or comma. */
function readSingle(before: string, after: string, mark: DecimalMark): NumberShape {
  if (after === '') return mark === '.' && before !== '' ? certain(before, '', null, null) : BROKEN;
  const decimal = makeReading(before, after, mark, null);
  if (isThousands([before, after]))
    return { kind: 'either', mark, grouped: makeReading(before + after, '', null, mark), decimal };
  if (mark === '.') return { kind: 'certain', reading: decimal };
  const isPlainDecimals = before !== '' && (after.length <= 2 || before === '0');
  return { kind: isPlainDecimals ? 'certain' : 'onlyComma', reading: decimal };
}

function isThousands(groups: readonly string[]): boolean {
  const first = groups[0] ?? '';
  if (first.length < 1 || first.length > 3 || first.startsWith('0')) return false;
  for (let at = 1; at < groups.length; at += 1) if (groups[at]?.length !== 3) return false;
  return true;
}

function isIndian(groups: readonly string[]): boolean {
  const first = groups[0] ?? '';
  if (groups.length < 3 || first.length < 1 || first.length > 2 || first.startsWith('0'))
    return false;
  for (let at = 1; at < groups.length - 1; at += 1) if (groups[at]?.length !== 2) return false;
  return groups.at(-1)?.length === 3;
}

function certain(
  whole: string,
  fraction: string,
  decimalMark: DecimalMark | null,
  groupMark: string | null,
): NumberShape {
  return { kind: 'certain', reading: makeReading(whole, fraction, decimalMark, groupMark) };
}

function inLakhs(
  groups: readonly string[],
  fraction: string,
  decimalMark: DecimalMark | null,
  groupMark: string,
): NumberShape {
  const reading = makeReading(groups.join(''), fraction, decimalMark, groupMark);
  return {
    kind: 'certain',
    reading: { ...reading, isIndian: true, hasLoneLakh: groups.length === 3 },
  };
}

function makeReading(
  whole: string,
  fraction: string,
  decimalMark: DecimalMark | null,
  groupMark: string | null,
): Reading {
  return {
    value: makeDecimal(false, whole, fraction),
    decimalMark,
    groupMark: toGroupMark(groupMark),
    isIndian: false,
    hasLoneLakh: false,
    endsLikeGroup: decimalMark !== null && groupMark !== null && fraction.length === 3,
  };
}

function toGroupMark(mark: string | null): GroupMark | null {
  return mark === '.' || mark === ',' || mark === "'" || mark === ' ' || mark === JOINING_SPACE
    ? mark
    : null;
}
