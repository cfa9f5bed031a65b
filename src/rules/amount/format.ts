import { toPlain, type Decimal } from './decimal.ts';

/** How a text field shows an amount, each by its example. */
export const AMOUNT_FORMATS = ['plain', '1234.50', '1,234.50', '$1,234.50'] as const;
export type AmountFormat = (typeof AMOUNT_FORMATS)[number];

/** Writes a decimal for a text field; `places` decimals, always, except in the plain format. */
export function formatAmount(value: Decimal, format: AmountFormat, places: number): string {
  if (format === 'plain') return toPlain(value);
  const whole =
    format === '1234.50' ? value.whole : value.whole.replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',');
  const fraction = places === 0 ? '' : `.${value.fraction.padEnd(places, '0')}`;
  const sign = value.negative ? '-' : '';
  return `${sign}${format.startsWith('$') ? '$' : ''}${whole}${fraction}`;
}

/** What an amount is once it is written so, in words. */
export function sayFormat(format: AmountFormat, places: number): string {
  const cents = places === 0 ? '' : ' and cents';
  switch (format) {
    case 'plain':
      return 'a plain number';
    case '1234.50':
      return places === 0 ? 'a plain number' : 'a number with cents';
    case '1,234.50':
      return `a number with commas${cents}`;
    case '$1,234.50':
      return `dollars with commas${cents}`;
    default:
      return format satisfies never;
  }
}
