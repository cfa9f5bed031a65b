import { COURTS } from '../courts.ts';
import { isoDate, type MatterFacts } from '../facts.ts';
import { tidy, typed } from '../habits.ts';
import {
  addressLine,
  addressLines,
  emails,
  folderOf,
  links,
  phones,
  words,
  yesOrNo,
} from '../hands.ts';
import type { FieldOf } from './field.ts';
import { typeNote } from './notes.ts';
import { telephone, typePhone } from './phones.ts';

/** What every matter can have. */
export const GENERAL_FIELDS: readonly FieldOf<MatterFacts>[] = [
  {
    name: 'Practice Area',
    fieldType: 'picklist',
    displayed: true,
    required: true,
    filled: 0.95,
    blank: 0.03,
    options: [
      'Personal Injury',
      'Family',
      'Criminal',
      'Immigration',
      { retired: 'PI' },
      { retired: 'Family Law' },
    ],
    type: ({ area }, dice) => {
      const retired = { 'Personal Injury': 4, Family: 5, Criminal: 2, Immigration: 3 }[area];
      const chosen = { 'Personal Injury': 0, Family: 1, Criminal: 2, Immigration: 3 }[area];
      return dice.chance(0.1) && retired !== chosen
        ? { value: retired, mess: 'spelling', meant: area }
        : tidy(chosen);
    },
  },
  {
    name: 'Case Number',
    fieldType: 'text_line',
    displayed: true,
    filled: 0.8,
    type: ({ opened, court }, dice) => {
      const number = `${isoDate(opened).slice(2, 4)}-CV-${String(dice.between(1, 99_999)).padStart(5, '0')}`;
      return court < 6 ? typed(words, number, number, dice) : null;
    },
  },
  {
    name: 'Court (old)',
    fieldType: 'text_line',
    filled: 0.75,
    blank: 0.02,
    type: ({ court }, dice) => {
      const { option, spellings } = COURTS[court] ?? COURTS[0];
      if (dice.chance(0.35)) return tidy(option);
      if (dice.chance(0.03))
        return { value: dice.pick(['TBD', '?', 'n/a']), mess: 'doubtful', meant: null };
      return { value: dice.pick(spellings), mess: 'spelling', meant: option };
    },
  },
  {
    name: 'Court',
    fieldType: 'picklist',
    displayed: true,
    filled: 0.2,
    blank: 0.1,
    options: COURTS.map(({ option }) => option),
    type: ({ court }) => tidy(court),
  },
  {
    name: 'Opposing Counsel',
    fieldType: 'contact',
    filled: 0.5,
    type: ({ counselIndex }) => (counselIndex === null ? null : tidy(counselIndex)),
  },
  {
    name: 'Related Matter',
    fieldType: 'matter',
    filled: 0.08,
    type: ({ relatedIndex }) => (relatedIndex === null ? null : tidy(relatedIndex)),
  },
  {
    name: 'Client Mailing Address',
    fieldType: 'text_line',
    filled: 0.85,
    blank: 0.03,
    type: ({ client }, dice) =>
      typed(addressLines, client.address, addressLine(client.address), dice),
  },
  {
    name: 'Client Phone',
    fieldType: 'text_line',
    filled: 0.8,
    type: ({ client }, dice) => typePhone(client.phone, dice),
  },
  {
    name: 'Client Email',
    fieldType: 'email',
    filled: 0.75,
    type: ({ client }, dice) => typed(emails, client, client.email, dice),
  },
  {
    name: 'Document Folder',
    fieldType: 'url',
    filled: 0.5,
    type: ({ opened, client }, dice) => {
      const folder = folderOf(opened, client);
      return typed(links, folder, `https://${folder}`, dice);
    },
  },
  {
    name: 'Referral Source',
    fieldType: 'picklist',
    filled: 0.6,
    options: [
      'Website',
      'Former Client',
      'Bar Association',
      'Advertisement',
      'Other',
      { retired: 'Yellow Pages' },
    ],
    type: (_facts, dice) => tidy(dice.between(0, 5)),
  },
  {
    name: 'Conflict Check (old)',
    fieldType: 'text_line',
    filled: 0.6,
    blank: 0.05,
    type: ({ isChecked }, dice) => typed(yesOrNo, isChecked, String(isChecked), dice),
  },
  {
    name: 'Conflict Check',
    fieldType: 'checkbox',
    displayed: true,
    filled: 0.2,
    blank: 0.3,
    type: ({ isChecked }) => tidy(isChecked),
  },
  {
    name: 'Retainer',
    fieldType: 'currency',
    filled: 0.4,
    type: (_facts, dice) => {
      const dollars = dice.between(2, 40) * 250;
      return tidy(`${dollars}.00`, String(dollars));
    },
  },
  {
    name: 'Next Hearing',
    fieldType: 'date',
    displayed: true,
    filled: 0.4,
    blank: 0.2,
    type: ({ hearing }) => tidy(isoDate(hearing)),
  },
  {
    name: 'Hearing Time',
    fieldType: 'time',
    filled: 0.3,
    type: (_facts, dice) =>
      tidy(
        `${String(dice.between(9, 16)).padStart(2, '0')}:${dice.pick(['00', '15', '30', '45'])}`,
      ),
  },
  {
    name: 'Statute of Limitations',
    fieldType: 'date',
    required: true,
    filled: 0.7,
    blank: 0.05,
    type: ({ incident }) => tidy(isoDate(incident + 3 * 365)),
  },
  {
    name: 'Notes',
    fieldType: 'text_area',
    filled: 0.6,
    blank: 0.05,
    type: (_facts, dice) => typeNote(dice),
  },
  {
    name: 'Old Status',
    fieldType: 'picklist',
    deleted: true,
    filled: 0.1,
    options: ['Active', 'Dormant', 'Destroyed'],
    type: (_facts, dice) => tidy(dice.between(0, 2)),
  },
  {
    name: 'Opposing Fax',
    fieldType: 'text_line',
    deleted: true,
    filled: 0.12,
    blank: 0.02,
    type: ({ client }, dice) => typed(phones, client.phone, telephone(client.phone), dice),
  },
];
