import { type ContactFacts, isoDate } from '../facts.ts';
import { tidy, typed } from '../habits.ts';
import { words } from '../hands.ts';
import { GIVEN_NAMES } from '../words.ts';
import type { FieldOf } from './field.ts';
import { typeNote } from './notes.ts';
import { typePhone } from './phones.ts';

/** What contacts have. */
export const CONTACT_FIELDS: readonly FieldOf<ContactFacts>[] = [
  {
    name: 'Referral Source',
    fieldType: 'text_line',
    filled: 0.3,
    type: (_facts, dice) => {
      const source = dice.pick([
        'Website',
        'Former client',
        'Bar association',
        'Radio',
        'Cousin of a client',
      ]);
      return typed(words, source, source, dice);
    },
  },
  {
    name: 'Notes',
    fieldType: 'text_area',
    filled: 0.3,
    blank: 0.05,
    type: (_facts, dice) => typeNote(dice),
  },
  {
    name: 'Date of Birth',
    fieldType: 'date',
    displayed: true,
    filled: 0.6,
    blank: 0.1,
    type: ({ party }) => (party.isCompany ? null : tidy(isoDate(party.born))),
  },
  {
    name: 'Preferred Language',
    fieldType: 'picklist',
    filled: 0.4,
    options: ['English', 'Spanish', 'Mandarin', 'Portuguese', 'Other'],
    type: (_facts, dice) => tidy(dice.between(0, 4)),
  },
  {
    name: 'Mobile',
    fieldType: 'text_line',
    filled: 0.7,
    type: ({ party }, dice) => typePhone(party.phone, dice),
  },
  {
    name: 'Emergency Contact',
    fieldType: 'text_line',
    filled: 0.2,
    type: ({ party }, dice) => {
      const name = `${dice.pick(GIVEN_NAMES)} ${party.shortName}`;
      return party.isCompany ? null : typed(words, name, name, dice);
    },
  },
  {
    name: 'Do Not Call',
    fieldType: 'checkbox',
    filled: 0.15,
    type: (_facts, dice) => tidy(dice.chance(0.5)),
  },
];
