import type { FieldType } from '../../model/field.ts';
import { isoDate, type MatterFacts } from './facts.ts';
import type { FieldOf } from './fields/field.ts';
import { tidy, typed } from './habits.ts';
import { amounts, counts, emails, links, usDates, words } from './hands.ts';
import { CHARGES } from './words.ts';

/** Further definitions for benchmarks: every matter has a value for each, all types in turn, messy where they are text. */
export function paddingFields(count: number): readonly FieldOf<MatterFacts>[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? KINDS[0];
    return { ...kind, name: `${kind.name} ${Math.floor(index / KINDS.length) + 1}`, filled: 1 };
  });
}

type Kind = Pick<FieldOf<MatterFacts>, 'name' | 'fieldType' | 'options' | 'type'> & {
  readonly fieldType: FieldType;
};

const KINDS: readonly [Kind, ...Kind[]] = [
  {
    name: 'Extra Text',
    fieldType: 'text_line',
    type: (_facts, dice) => {
      const text = dice.pick(CHARGES);
      return typed(words, text, text, dice);
    },
  },
  {
    name: 'Extra Amount (text)',
    fieldType: 'text_line',
    type: (_facts, dice) => {
      const dollars = dice.between(1, 2000) * 250;
      return typed(amounts, dollars, String(dollars), dice);
    },
  },
  {
    name: 'Extra Date (text)',
    fieldType: 'text_line',
    type: ({ opened }, dice) => {
      const day = opened + dice.between(0, 2000);
      return typed(usDates, day, isoDate(day), dice);
    },
  },
  {
    name: 'Extra Choice',
    fieldType: 'picklist',
    options: ['North', 'East', 'South', 'West', 'Elsewhere'],
    type: (_facts, dice) => tidy(dice.between(0, 4)),
  },
  {
    name: 'Extra Amount',
    fieldType: 'currency',
    type: (_facts, dice) => tidy(`${dice.between(1, 90_000)}.00`),
  },
  {
    name: 'Extra Date',
    fieldType: 'date',
    type: ({ opened }, dice) => tidy(isoDate(opened + dice.between(0, 2000))),
  },
  {
    name: 'Extra Number',
    fieldType: 'numeric',
    type: (_facts, dice) => tidy(String(dice.between(0, 5000))),
  },
  {
    name: 'Extra Check',
    fieldType: 'checkbox',
    type: (_facts, dice) => tidy(dice.chance(0.5)),
  },
  {
    name: 'Extra Count (text)',
    fieldType: 'text_line',
    type: (_facts, dice) => {
      const count = dice.between(0, 9);
      return typed(counts, count, String(count), dice);
    },
  },
  {
    name: 'Extra Email',
    fieldType: 'email',
    type: ({ client }, dice) => typed(emails, client, client.email, dice),
  },
  {
    name: 'Extra Link',
    fieldType: 'url',
    type: (_facts, dice) => {
      const address = `files.example.com/${dice.between(1, 99_999)}`;
      return typed(links, address, `https://${address}`, dice);
    },
  },
  {
    name: 'Extra Time',
    fieldType: 'time',
    type: (_facts, dice) => tidy(`${String(dice.between(8, 18)).padStart(2, '0')}:00`),
  },
];
