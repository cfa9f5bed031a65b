import { isoDate, type MatterFacts } from '../facts.ts';
import { tidy, typed } from '../habits.ts';
import { counts, dayFirstDates } from '../hands.ts';
import type { FieldOf } from './field.ts';

/** What family matters have. */
export const FAMILY_FIELDS: readonly FieldOf<MatterFacts>[] = [
  {
    name: 'Date of Marriage',
    fieldType: 'date',
    areas: ['Family'],
    filled: 0.8,
    type: ({ incident }, dice) => tidy(isoDate(incident - dice.between(400, 9000))),
  },
  {
    name: 'Date of Separation',
    fieldType: 'text_line',
    areas: ['Family'],
    filled: 0.85,
    type: ({ incident }, dice) => typed(dayFirstDates, incident, isoDate(incident), dice),
  },
  {
    name: 'Custody',
    fieldType: 'picklist',
    areas: ['Family'],
    filled: 0.6,
    blank: 0.1,
    options: ['Sole Custody', 'Joint Custody', 'To Be Determined', { retired: 'Shared' }],
    type: ({ children }, dice) => {
      if (children === 0) return null;
      const option = dice.between(0, 3);
      return option === 3
        ? { value: option, mess: 'spelling', meant: 'Joint Custody' }
        : tidy(option);
    },
  },
  {
    name: 'Number of Children',
    fieldType: 'text_line',
    areas: ['Family'],
    filled: 0.8,
    type: ({ children }, dice) => typed(counts, children, String(children), dice),
  },
];
