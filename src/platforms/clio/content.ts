import type { FieldType } from '../../model/field.ts';

/** A value that is not empty, in canonical form (see `Content`). */
export function canonicalText(type: FieldType | null, value: string | number | boolean): string {
  return type === 'currency' || type === 'numeric'
    ? plainDecimal(withoutDress(String(value)))
    : String(value);
}

/**
 * An amount without its dollar sign and the commas between its thousands, which no answer was seen to hold, but other programs reckon
 * with. "1,234" alone stays: its comma may be a decimal one.
 */
function withoutDress(text: string): string {
  const [, sign, dollar, whole, fraction] =
    /^(-?)(\$?)(\d+|\d{1,3}(?:,\d{3})+)(\.\d+)?$/.exec(text) ?? [];
  const isAmount = dollar === '$' || fraction !== undefined;
  return isAmount ? `${sign ?? ''}${whole?.replaceAll(',', '') ?? ''}${fraction ?? ''}` : text;
}

/**
 * A number without sign of plus, exponent or idle zeros ("+1.50e2" is "150"); another text as it stands, so that it is at least
 * equal to itself. Digits are moved, never calculated with, so that no amount is too large to be exact.
 */
function plainDecimal(text: string): string {
  if (/^(?:0|-?[1-9]\d*)$/.test(text)) return text;
  const parts = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts ?? [];
  const digits = whole + fraction;
  if (digits === '') return text;
  const point = whole.length + Number(exponent);
  const padded = digits.padStart(digits.length - point + 1, '0').padEnd(point, '0');
  const pointInPadded = Math.max(point, 1);
  const wholePart = padded.slice(0, pointInPadded).replace(/^0+(?=\d)/, '');
  const fractionPart = padded.slice(pointInPadded).replace(/0+$/, '');
  const plain = fractionPart === '' ? wholePart : `${wholePart}.${fractionPart}`;
  return sign === '-' && plain !== '0' ? `-${plain}` : plain;
}
