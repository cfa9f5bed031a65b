import type { Journal } from '../../src/journal/index.ts';
import type { Plan } from '../../src/model/change.ts';
import type { Definition, RecordSnapshot } from '../../src/model/field.ts';
import { makePlan } from '../../src/operations/plan/plan.ts';
import { openReview, type Review } from '../../src/operations/review/review.ts';
import { openJournal } from '../journal/files.ts';
import { NOON, takeInventory } from '../journal/stock.ts';
import { definition, picklist, snapshot } from '../support/builders.ts';

/** A firm's fields, one of each kind that a review meets. */
export const FIELDS: readonly Definition[] = [
  picklist(['S.D.N.Y.', 'E.D.N.Y.', { label: 'Old one', retired: true }], {
    id: '503',
    name: 'Court',
  }),
  definition({ id: '501', name: 'Court (old)' }),
  definition({ id: '502', name: 'Settlement (old)' }),
  definition({ id: '504', name: 'Settlement Amount', fieldType: 'currency' }),
  definition({ id: '505', name: 'Client' }),
  definition({ id: '506', name: 'Date of Loss', fieldType: 'date' }),
  definition({ id: '507', name: 'Loss (text)' }),
];

export const RULES = `version: 1
fields:
  - { match: Court (old), rule: picklist, into: Court, with: { map: { SDNY: S.D.N.Y. } } }
  - { match: Settlement (old), rule: currency, into: Settlement Amount, source: clear, with: { decimals: 2 } }
  - { match: Client, rule: text }
  - { match: Loss (text), rule: date, into: Date of Loss, source: clear }
`;

/** Matters with changes and flags of every kind; the first of them, unless told otherwise. */
export const RECORDS: readonly RecordSnapshot[] = [
  snapshot({
    recordId: '1001',
    label: '00001-Notreal',
    values: { '501': 'SDNY', '505': ' A  B ' },
  }),
  snapshot({
    recordId: '1002',
    label: '00002-Notreal',
    values: { '501': 'SDNY', '502': '$5,000' },
  }),
  snapshot({
    recordId: '1003',
    label: '00003-Notreal',
    values: { '501': 'EDNYish', '502': 'approx. $7', '507': '3/4/2019' },
  }),
  snapshot({
    recordId: '1004',
    label: '00004-Notreal',
    values: { '501': 'SDNY', '503': '9002', '507': 'May 2019' },
  }),
];

export function planOn(
  journal: Journal,
  {
    records = RECORDS,
    definitions = FIELDS,
    rulesText = RULES,
    by = 'Pat Planner',
    isTwoPerson = false,
  }: {
    records?: readonly RecordSnapshot[];
    definitions?: readonly Definition[];
    rulesText?: string;
    by?: string;
    isTwoPerson?: boolean;
  } = {},
): Plan {
  const inventoryId = takeInventory(journal, { records, definitions });
  return makePlan(
    { journal, now: () => new Date(NOON) },
    {
      inventoryId,
      rulesText,
      rulesFileName: 'rules.yaml',
      fields: [],
      records: [],
      by,
      isTwoPerson,
    },
  );
}

export function reviewOf(journal: Journal, planId?: string): Review {
  return openReview({ journal, now: () => new Date(NOON) }, planId);
}

/** A plan of `RECORDS` in a journal of its own, and its review. `required`: the name of a field that must have a value. */
export function desk(required?: string): { journal: Journal; plan: Plan; review: Review } {
  const journal = openJournal();
  const definitions = FIELDS.map((field) =>
    field.name === required ? { ...field, required: true } : field,
  );
  const plan = planOn(journal, { definitions });
  return { journal, plan, review: reviewOf(journal) };
}

/** The id of the item about this record and field. */
export function itemAbout(review: Review, recordId: string, fieldName: string): string {
  for (const item of review.items()) {
    const part = item.kind === 'change' ? item.change : item.flag;
    const names =
      item.kind === 'change'
        ? item.change.edits.map((edit) => edit.fieldName)
        : [item.flag.fieldName];
    if (part.recordId === recordId && names.includes(fieldName)) return item.itemId;
  }
  throw new Error(`no item about ${fieldName} of ${recordId}`);
}
