import { z } from 'zod';
import { fromPlain, type Decimal } from './decimal.ts';

/** A bound in the rules file: a number, or a quoted plain decimal where it has more digits than a number keeps. */
export const amountOption = z.union([
  z.number().refine((value) => fromPlain(String(value)) !== null, {
    error: 'write it as a quoted plain decimal, such as "1000000.00"',
  }),
  z.string().refine((text) => fromPlain(text) !== null, {
    error: 'must be a plain decimal such as 1000 or "-12.50"',
  }),
]);

/** The bound as an exact decimal; null where there is none. */
export function toBound(option: number | string | undefined): Decimal | null {
  return option === undefined ? null : fromPlain(String(option));
}
