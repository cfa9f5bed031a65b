import { say } from '../reason.ts';
import { readBefore, type Signed } from './affixes.ts';
import { countsInCrores } from './currencies.ts';
import type { NumberHabits } from './locale.ts';

/** Takes "CR" and "DR" off, where the rules file says what they mean; with Indian money "Cr" is a crore. */
export function takeCredit(signed: Signed, { credit, habits }: CreditContext): Signed {
  const match = CREDIT.exec(signed.after);
  if (match === null || credit === 'flag') return signed;
  const [, rest = '', mark = ''] = match;
  const isCredit = mark.toLowerCase() === 'cr';
  if (isCredit && (habits.isIndian || namesIndia(signed.before) || namesIndia(rest))) return signed;
  const negative = isCredit === (credit === 'negative');
  if (signed.negative)
    return {
      ...signed,
      problem: say('ambiguous', 'it has both a minus and a credit or debit mark'),
    };
  const note = say(
    'notation',
    `${mark} means a ${negative ? 'negative' : 'positive'} amount (rules file)`,
  );
  return { ...signed, negative, after: rest, notes: [...signed.notes, note] };
}

/** What says which of the two marks is a minus. */
export interface CreditContext {
  readonly credit: 'flag' | 'negative' | 'positive';
  readonly habits: NumberHabits;
}

function namesIndia(text: string): boolean {
  return readBefore(text)?.marks.some(({ codes }) => codes.some(countsInCrores)) ?? false;
}

const CREDIT = /^(|.*[^ ]) ?\b(cr|dr)\.?$/i;
