import type { AccountDefinition, AccountRow } from '../account.ts';
import { FIRST_ROW_ID } from '../number-spaces.ts';
import type { Dice } from './dice.ts';
import type { Area } from './facts.ts';
import type { FieldOf } from './fields/field.ts';
import type { Mess, Typed } from './habits.ts';

/** What a value of the firm ought to say. */
export interface Truth {
  readonly parentType: 'Matter' | 'Contact';
  readonly recordId: number;
  readonly definitionId: number;
  readonly fieldName: string;
  /** As the row holds it. */
  readonly value: string | number | boolean;
  readonly mess: Mess;
  /** The right content, for a picklist an option's text; null where only a person can tell. */
  readonly meant: string | null;
}

export interface Defined<Facts> {
  readonly field: FieldOf<Facts>;
  readonly definition: AccountDefinition;
}

interface CommonFacts {
  readonly area?: Area;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Makes each record's rows, numbered through the whole account. */
export function rowMaker(
  recordIdAt: (index: number) => number,
  onValue: ((truth: Truth) => void) | undefined,
) {
  let rowId = FIRST_ROW_ID - 1;
  return function makeRows<Facts extends CommonFacts>(
    recordId: number,
    fields: readonly Defined<Facts>[],
    facts: Facts,
    dice: Dice,
  ): AccountRow[] {
    const rows: AccountRow[] = [];
    for (const { field, definition } of fields) {
      const typed = typeValue(field, facts, dice);
      if (typed === 'absent') continue;
      rowId += 1;
      const value = typed === 'blank' ? null : storedValue(typed, definition, recordIdAt);
      rows.push({
        id: rowId,
        definitionId: definition.id,
        value,
        createdAt: facts.createdAt,
        updatedAt: facts.updatedAt,
      });
      if (typed === 'blank' || value === null) continue;
      onValue?.({
        parentType: definition.parentType,
        recordId,
        definitionId: definition.id,
        fieldName: definition.name,
        value,
        mess: typed.mess,
        meant: meaning(typed, value, definition),
      });
    }
    return rows;
  };
}

function typeValue<Facts extends CommonFacts>(
  field: FieldOf<Facts>,
  facts: Facts,
  dice: Dice,
): Typed | 'blank' | 'absent' {
  const share = dice.next();
  const blank = field.blank ?? 0;
  if (facts.area !== undefined && field.areas?.includes(facts.area) === false) return 'absent';
  if (share < field.filled) return field.type(facts, dice) ?? 'absent';
  return share < field.filled + blank ? 'blank' : 'absent';
}

function storedValue(
  { value }: Typed,
  definition: AccountDefinition,
  recordIdAt: (index: number) => number,
): AccountRow['value'] {
  if (typeof value !== 'number') return value;
  return definition.fieldType === 'picklist'
    ? (definition.options[value]?.id ?? null)
    : recordIdAt(value);
}

/** A tidy choice means what it is; what it shows is known only with the definition. */
function meaning(
  typed: Typed,
  stored: string | number | boolean,
  { fieldType, options }: AccountDefinition,
): string | null {
  if (typed.mess !== 'none' || typeof stored !== 'number') return typed.meant;
  if (fieldType !== 'picklist') return String(stored);
  return options.find(({ id }) => id === stored)?.option ?? null;
}
