/** An exact decimal number as digit strings, in one form: no leading zeros, no trailing zeros, no minus zero. */
export interface Decimal {
  readonly negative: boolean;
  /** At least one digit. */
  readonly whole: string;
  /** Empty for a whole number. */
  readonly fraction: string;
}

/** Puts digits into a decimal's one form. */
export function makeDecimal(negative: boolean, whole: string, fraction = ''): Decimal {
  const wholeDigits = whole.slice(countLeadingZeros(whole)) || '0';
  const fractionDigits = fraction.slice(0, fraction.length - countTrailingZeros(fraction));
  const isZero = wholeDigits === '0' && fractionDigits === '';
  return { negative: negative && !isZero, whole: wholeDigits, fraction: fractionDigits };
}

/** The plain decimal that platforms hold: "-1234.5". */
export function toPlain({ negative, whole, fraction }: Decimal): string {
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Reads what `toPlain` writes, also with idle zeros; null for anything else. */
export function fromPlain(text: string): Decimal | null {
  const match = PLAIN.exec(text);
  if (match === null) return null;
  return makeDecimal(match[1] === '-', match[2] ?? '0', match[3] ?? '');
}

const PLAIN = /^(-)?(\d+)(?:\.(\d+))?$/;

/** Moves the decimal point `places` to the right; to the left where negative. */
export function shift(decimal: Decimal, places: number): Decimal {
  const { negative, whole, fraction } = decimal;
  if (places >= 0) {
    const padded = fraction.padEnd(places, '0');
    return makeDecimal(negative, whole + padded.slice(0, places), padded.slice(places));
  }
  const padded = whole.padStart(1 - places, '0');
  const point = padded.length + places;
  return makeDecimal(negative, padded.slice(0, point), padded.slice(point) + fraction);
}

/** Negative where `left` is smaller, zero where both are equal. */
export function compare(left: Decimal, right: Decimal): number {
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  const magnitude = compareMagnitude(left, right);
  return left.negative ? -magnitude : magnitude;
}

/** The two nearest numbers with at most `places` decimals, the nearer one first. */
export function neighbours(decimal: Decimal, places: number): readonly [Decimal, Decimal] {
  const kept = decimal.fraction.slice(0, places);
  const rest = decimal.fraction.slice(places);
  const inner = makeDecimal(decimal.negative, decimal.whole, kept);
  const digits = addOne(decimal.whole + kept.padEnd(places, '0'));
  const point = digits.length - places;
  const outer = makeDecimal(decimal.negative, digits.slice(0, point), digits.slice(point));
  return (rest.codePointAt(0) ?? 0) >= FIVE ? [outer, inner] : [inner, outer];
}

const FIVE = 0x35;

/** How many digits somebody has to write, idle zeros left out. */
export function countDigits({ whole, fraction }: Decimal): number {
  return (whole === '0' ? 0 : whole.length) + fraction.length;
}

function compareMagnitude(left: Decimal, right: Decimal): number {
  if (left.whole.length !== right.whole.length) return left.whole.length - right.whole.length;
  if (left.whole !== right.whole) return left.whole < right.whole ? -1 : 1;
  if (left.fraction === right.fraction) return 0;
  return left.fraction < right.fraction ? -1 : 1;
}

function addOne(digits: string): string {
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === '9') at -= 1;
  const zeros = '0'.repeat(digits.length - 1 - at);
  if (at < 0) return `1${zeros}`;
  return `${digits.slice(0, at)}${Number(digits[at]) + 1}${zeros}`;
}

function countLeadingZeros(digits: string): number {
  let count = 0;
  while (digits[count] === '0') count += 1;
  return count;
}

function countTrailingZeros(digits: string): number {
  let count = 0;
  while (count < digits.length && digits[digits.length - 1 - count] === '0') count += 1;
  return count;
}
