import type { Account, AccountDefinition, AccountOption, AccountRecord } from '../account.ts';
import { FIRST_DEFINITION_ID, FIRST_OPTION_ID, FIRST_RECORD_ID } from '../number-spaces.ts';
import { Dice } from './dice.ts';
import { contactFacts, isoDate, matterFacts, type ContactFacts } from './facts.ts';
import { CONTACT_FIELDS } from './fields/contacts.ts';
import type { FieldOf, OptionOf } from './fields/field.ts';
import { MATTER_FIELDS } from './fields/matters.ts';
import { paddingFields } from './padding.ts';
import { rowMaker, type Defined, type Truth } from './rows.ts';

export interface FirmOptions {
  /** The same seed and sizes give the same firm on every machine. */
  readonly seed: number;
  readonly matters: number;
  readonly contacts: number;
  /** Pads the firm's own definitions with generated ones up to this many, all on matters. */
  readonly fields?: number;
  /** How many matters the user cannot write or fully see, spread over the account. None by default. */
  readonly access?: Partial<Record<RestrictedAccess, number>>;
  /** Called for each value that is made, with what its hands meant: for tests and demonstrations. */
  readonly onValue?: (truth: Truth) => void;
}

type RestrictedAccess = Exclude<AccountRecord['access'], 'write'>;

/**
 * Makes up a law firm with personal injury, family, criminal and immigration matters, and with the mess
 * that years of hands and two migrations leave in its custom fields. People, numbers and addresses are invented.
 */
export function makeFirm(options: FirmOptions): Account {
  const matterFields = [...MATTER_FIELDS, ...paddingFields(paddingCount(options))];
  const definitions = makeDefinitions(matterFields);
  const defined = {
    matter: withDefinitions(matterFields, definitions),
    contact: withDefinitions(CONTACT_FIELDS, definitions.slice(matterFields.length)),
  };
  const makeRows = rowMaker(recordIdAt, options.onValue);
  const contacts = makeContactFacts(options);
  const access = spreadAccess(options);
  return {
    account: { id: 700_001, name: 'Placeholder & Sample LLP' },
    user: { id: 344_000_007, name: 'Sam Sample', email: 'sam.sample@example.com' },
    definitions,
    records: [
      ...Array.from({ length: options.matters }, (_, index): AccountRecord => {
        const dice = new Dice(options.seed, MATTER_STREAM, index);
        const facts = matterFacts(dice, { index, matters: options.matters, contacts });
        return {
          id: recordIdAt(index),
          parentType: 'Matter',
          label: `${String(index + 1).padStart(5, '0')}-${facts.client.shortName}`,
          description: `${facts.area} matter, opened ${isoDate(facts.opened)}`,
          status: facts.status,
          access: access.get(index) ?? 'write',
          createdAt: facts.createdAt,
          updatedAt: facts.updatedAt,
          rows: makeRows(recordIdAt(index), defined.matter, facts, dice),
        };
      }),
      ...contacts.map((facts, index): AccountRecord => {
        const dice = new Dice(options.seed, CONTACT_ROWS_STREAM, index);
        return {
          id: recordIdAt(index),
          parentType: 'Contact',
          label: facts.party.name,
          description: null,
          status: null,
          access: 'write',
          createdAt: facts.createdAt,
          updatedAt: facts.updatedAt,
          rows: makeRows(recordIdAt(index), defined.contact, facts, dice),
        };
      }),
    ],
  };
}

const MATTER_STREAM = 1;
const CONTACT_STREAM = 2;
const CONTACT_ROWS_STREAM = 3;

const FIRM_FOUNDED = '2009-03-02T09:00:00Z';
const OPTIONS_RETIRED = '2019-01-15T17:30:00Z';

/** Matters' ids and contacts' run through each other, as in Clio, so that a mix-up shows. */
function recordIdAt(index: number): number {
  return FIRST_RECORD_ID + index * 13;
}

function paddingCount({ fields = 0 }: FirmOptions): number {
  return Math.max(0, fields - MATTER_FIELDS.length - CONTACT_FIELDS.length);
}

function makeDefinitions(matterFields: typeof MATTER_FIELDS): AccountDefinition[] {
  const makeOption = optionMaker();
  const fields = [
    ...matterFields.map((field) => ({ ...describe(field), parentType: 'Matter' as const })),
    ...CONTACT_FIELDS.map((field) => ({ ...describe(field), parentType: 'Contact' as const })),
  ];
  return fields.map(({ options, ...field }, index) => ({
    ...field,
    id: FIRST_DEFINITION_ID + index * 5,
    displayOrder: index + 1,
    createdAt: FIRM_FOUNDED,
    updatedAt: FIRM_FOUNDED,
    options: options.map(makeOption),
  }));
}

function describe<Facts>(field: FieldOf<Facts>) {
  return {
    name: field.name,
    fieldType: field.fieldType,
    displayed: field.displayed ?? false,
    required: field.required ?? false,
    deleted: field.deleted ?? false,
    options: field.options ?? [],
  };
}

function optionMaker(): (option: OptionOf) => AccountOption {
  let id = FIRST_OPTION_ID - 3;
  return (option) => {
    id += 3;
    const isRetired = typeof option !== 'string';
    return {
      id,
      option: isRetired ? option.retired : option,
      deletedAt: isRetired ? OPTIONS_RETIRED : null,
      createdAt: FIRM_FOUNDED,
      updatedAt: isRetired ? OPTIONS_RETIRED : FIRM_FOUNDED,
    };
  };
}

function withDefinitions<Facts>(
  fields: readonly FieldOf<Facts>[],
  definitions: readonly AccountDefinition[],
): readonly Defined<Facts>[] {
  return fields.flatMap((field, index) => {
    const definition = definitions[index];
    return definition === undefined ? [] : [{ field, definition }];
  });
}

function makeContactFacts({ seed, contacts }: FirmOptions): readonly ContactFacts[] {
  return Array.from({ length: contacts }, (_, index) =>
    contactFacts(new Dice(seed, CONTACT_STREAM, index)),
  );
}

/** Which matters are restricted: as evenly spread as the numbers allow, so that every page has its share. */
function spreadAccess({ matters, access = {} }: FirmOptions): Map<number, RestrictedAccess> {
  const kinds = RESTRICTED.flatMap((kind) => Array.from({ length: access[kind] ?? 0 }, () => kind));
  const step = matters / Math.max(kinds.length, 1);
  return new Map(kinds.map((kind, place) => [Math.floor((place + 0.5) * step), kind]));
}

const RESTRICTED = ['read', 'none', 'redacted', 'stripped'] as const;
