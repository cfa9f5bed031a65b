import type { FieldType } from '../../model/field.ts';
import { COURTS } from './courts.ts';
import type { Dice } from './dice.ts';
import { isoDate, type Area, type ContactFacts, type MatterFacts } from './facts.ts';
import { habits, tidy, typed, type Typed } from './habits.ts';
import {
  addressLine,
  addressLines,
  amounts,
  contradictoryDates,
  counts,
  dayFirstDates,
  emails,
  extensions,
  folderOf,
  links,
  notes,
  phone,
  phones,
  usDates,
  words,
  yesOrNo,
} from './hands.ts';
import { CARRIERS, GIVEN_NAMES, NOTE_SENTENCES } from './words.ts';

/** A definition of the firm and how its values came to be. */
export interface FieldOf<Facts> {
  readonly name: string;
  readonly fieldType: FieldType;
  /** Only matters of these areas have values; all of them where undefined. */
  readonly areas?: readonly Area[];
  readonly options?: readonly OptionOf[];
  /** Shown on every record: those without a row show an empty one. */
  readonly displayed?: true;
  readonly required?: true;
  /** Deleted for future use; what was typed survives. */
  readonly deleted?: true;
  /** Of the records that it is meant for, how many have a value, and how many an empty row. */
  readonly filled: number;
  readonly blank?: number;
  /** Null where there is nothing to type. */
  readonly type: (facts: Facts, dice: Dice) => Typed | null;
}

/** An option's text; `retired` ones can no longer be chosen. */
export type OptionOf = string | { readonly retired: string };

const CARRIER_OPTIONS = CARRIERS.slice(0, 5);

export const MATTER_FIELDS: readonly FieldOf<MatterFacts>[] = [
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
      const path = folderOf(opened, client);
      return typed(links, path, `https://files.example.com/${path}`, dice);
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

const receiptNumbers = habits<string>(
  [70, 'none', (number) => number],
  [12, 'case', (number) => number.toLowerCase()],
  [10, 'format', (number) => `${number.slice(0, 3)}-${number.slice(3, 5)}-${number.slice(5)}`],
  [8, 'spacing', (number) => ` ${number}`],
);

function typePhone(digits: string, dice: Dice): Typed {
  if (dice.chance(0.9)) return typed(phones, digits, telephone(digits), dice);
  const extension = dice.between(1, 499);
  return typed(extensions, { digits, extension }, `${telephone(digits)} ext. ${extension}`, dice);
}

function telephone(digits: string): string {
  return phone(digits, ['(', ') ', '-']);
}

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

/** Most notes are a sentence or two; a few go on for pages. */
function typeNote(dice: Dice): Typed {
  const sentences = dice.pick([1, 1, 1, 2, 2, 3, 4, 6, 9, 16, 38]);
  let text = dice.pick(NOTE_SENTENCES);
  for (let count = 1; count < sentences; count += 1) {
    text += `${count % 6 === 0 ? '\n' : ' '}${dice.pick(NOTE_SENTENCES)}`;
  }
  return typed(notes, text, text, dice);
}
