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
