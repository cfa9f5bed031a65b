import type { Dice } from '../dice.ts';
import { isoDate, type MatterFacts } from '../facts.ts';
import { tidy, typed, type Typed } from '../habits.ts';
import { amounts, counts, emails, usDates, words } from '../hands.ts';
import { CARRIERS } from '../words.ts';
import type { FieldOf } from './field.ts';

/** The picklist lacks the last carriers. */
const CARRIER_OPTIONS = CARRIERS.slice(0, 5);

/** What personal injury matters have. */
export const PERSONAL_INJURY_FIELDS: readonly FieldOf<MatterFacts>[] = [
  {
    name: 'Date of Loss',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.93,
    blank: 0.02,
    type: ({ incident }, dice) => typed(usDates, incident, isoDate(incident), dice),
  },
  {
    name: 'Accident Type',
    fieldType: 'picklist',
    areas: ['Personal Injury'],
    filled: 0.85,
    // The first text stands twice, from a migration that made its own options.
    options: [
      'Motor Vehicle Accident',
      'Slip and Fall',
      'Dog Bite / Animal Attack',
      'Workplace Injury',
      'Medical Malpractice',
      'Motor Vehicle Accident',
      { retired: 'MVA' },
      { retired: 'Auto' },
      { retired: 'Slip & Fall' },
    ],
    type: (_facts, dice) => typeAccident(dice),
  },
  {
    name: 'Insurance Carrier (old)',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.75,
    type: ({ carrier }, dice) =>
      typed(words, CARRIERS[carrier] ?? CARRIERS[0], CARRIERS[carrier] ?? CARRIERS[0], dice),
  },
  {
    name: 'Insurance Carrier',
    fieldType: 'picklist',
    areas: ['Personal Injury'],
    filled: 0.1,
    options: CARRIER_OPTIONS,
    type: ({ carrier }) => (carrier < CARRIER_OPTIONS.length ? tidy(carrier) : null),
  },
  {
    name: 'Policy Limit',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.5,
    type: (_facts, dice) => typePolicyLimit(dice),
  },
  {
    name: 'Settlement (old)',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.7,
    blank: 0.04,
    type: ({ settlement }, dice) => typed(amounts, settlement, String(settlement), dice),
  },
  {
    name: 'Settlement Amount',
    fieldType: 'currency',
    areas: ['Personal Injury'],
    displayed: true,
    filled: 0.3,
    blank: 0.25,
    type: ({ settlement, settlementIsEntered }) => {
      if (settlementIsEntered) return tidy(`${settlement}.00`, String(settlement));
      // A first offer that nobody brought up to date.
      return { value: `${Math.round(settlement / 2)}.00`, mess: 'doubtful', meant: null };
    },
  },
  {
    name: 'Adjuster Email',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.5,
    type: ({ carrier }, dice) => {
      const email = `claims${carrier}@example.com`;
      return typed(emails, { name: 'Claims Desk', email }, email, dice);
    },
  },
  {
    name: 'Injured (old)',
    fieldType: 'text_line',
    areas: ['Personal Injury'],
    filled: 0.6,
    type: ({ injured }, dice) => typed(counts, injured, String(injured), dice),
  },
  {
    name: 'Number of Injured',
    fieldType: 'numeric',
    areas: ['Personal Injury'],
    filled: 0.15,
    blank: 0.1,
    type: ({ injured }) => tidy(String(injured)),
  },
];

/** Half of the motor vehicle accidents sit on the option that a migration made, or on a retired one. */
function typeAccident(dice: Dice): Typed {
  const option = dice.pick([0, 0, 0, 5, 6, 7, 1, 1, 8, 2, 3, 4]);
  if ([5, 6, 7].includes(option)) {
    return { value: option, mess: 'spelling', meant: 'Motor Vehicle Accident' };
  }
  if (option === 8) return { value: option, mess: 'spelling', meant: 'Slip and Fall' };
  return tidy(option);
}

/** Two limits in one field are two amounts: a person and an accident. */
function typePolicyLimit(dice: Dice): Typed {
  const limit = dice.pick([25, 50, 100, 250]);
  const meant = `${limit}000`;
  switch (dice.between(0, 4)) {
    case 0:
      return { value: `${limit}/${limit * 2}`, mess: 'doubtful', meant: null };
    case 1:
      return { value: `${limit}k`, mess: 'format', meant };
    case 2:
      return { value: `$${limit},000`, mess: 'format', meant };
    case 3:
      return { value: `$${limit},000.00 `, mess: 'format', meant };
    default:
      return { value: meant, mess: 'none', meant };
  }
}
