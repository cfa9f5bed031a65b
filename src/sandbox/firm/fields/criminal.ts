import { isoDate, type MatterFacts } from '../facts.ts';
import { tidy, typed } from '../habits.ts';
import { contradictoryDates, words } from '../hands.ts';
import type { FieldOf } from './field.ts';

/** What criminal matters have. */
export const CRIMINAL_FIELDS: readonly FieldOf<MatterFacts>[] = [
  {
    name: 'Charge',
    fieldType: 'text_line',
    areas: ['Criminal'],
    filled: 0.9,
    type: ({ charge }, dice) => typed(words, charge, charge, dice),
  },
  {
    name: 'Arrest Date',
    fieldType: 'text_line',
    areas: ['Criminal'],
    filled: 0.9,
    type: ({ incident }, dice) => typed(contradictoryDates, incident, isoDate(incident), dice),
  },
  {
    name: 'Custody Status',
    fieldType: 'picklist',
    areas: ['Criminal'],
    filled: 0.8,
    options: ['In Custody', 'Released on Bond', 'Personal Recognizance'],
    type: (_facts, dice) => tidy(dice.between(0, 2)),
  },
  {
    name: 'Bond Amount',
    fieldType: 'currency',
    areas: ['Criminal'],
    filled: 0.4,
    blank: 0.2,
    type: (_facts, dice) => {
      const dollars = dice.between(1, 100) * 500;
      return tidy(`${dollars}.00`, String(dollars));
    },
  },
];
