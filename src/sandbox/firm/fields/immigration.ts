import type { MatterFacts } from '../facts.ts';
import { habits, tidy, typed } from '../habits.ts';
import { words } from '../hands.ts';
import type { FieldOf } from './field.ts';

/** What immigration matters have. */
export const IMMIGRATION_FIELDS: readonly FieldOf<MatterFacts>[] = [
  {
    name: 'Receipt Number',
    fieldType: 'text_line',
    areas: ['Immigration'],
    filled: 0.85,
    type: (_facts, dice) => {
      const number = `XYZ${String(dice.between(0, 9_999_999_999)).padStart(10, '0')}`;
      return typed(receiptNumbers, number, number, dice);
    },
  },
  {
    name: 'Form Type',
    fieldType: 'picklist',
    areas: ['Immigration'],
    filled: 0.9,
    options: ['I-130', 'I-140', 'I-485', 'I-765', 'N-400', { retired: 'I-129F' }],
    type: (_facts, dice) => tidy(dice.between(0, 5)),
  },
  {
    name: 'Country of Citizenship',
    fieldType: 'text_line',
    areas: ['Immigration'],
    filled: 0.9,
    type: ({ country }, dice) => typed(words, country, country, dice),
  },
];

const receiptNumbers = habits<string>(
  [70, 'none', (number) => number],
  [12, 'case', (number) => number.toLowerCase()],
  [10, 'format', (number) => `${number.slice(0, 3)}-${number.slice(3, 5)}-${number.slice(5)}`],
  [8, 'spacing', (number) => ` ${number}`],
);
