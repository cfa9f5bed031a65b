import type { FieldType } from '../../../model/field.ts';
import type { Dice } from '../dice.ts';
import type { Area } from '../facts.ts';
import type { Typed } from '../habits.ts';

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
