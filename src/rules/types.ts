import type { z } from 'zod';
import type { Definition, FieldType } from '../model/field.ts';
import type { Messes } from '../model/mess.ts';
import type { Reason } from './reason.ts';

/** What a rule says of one value; `mess` is what was the matter with it, for whoever counts. */
export type Verdict =
  | { readonly outcome: 'unchanged'; readonly mess: readonly [] }
  | {
      readonly outcome: 'changed';
      /** Canonical for the target's type (see `Content`); for a picklist the option's id, which may be one of `Setting.restorable`. */
      readonly after: string;
      /** In words that a paralegal understands; names the column's evidence where it decided. */
      readonly reason: string;
      readonly mess: Messes;
    }
  | {
      /** A picklist's option that does not exist yet; only under `unknown: add-option`. */
      readonly outcome: 'newOption';
      readonly label: string;
      readonly reason: string;
      readonly mess: Messes;
    }
  | {
      readonly outcome: 'flagged';
      readonly reason: string;
      readonly mess: Messes;
      /** Best first, as a person would type them into the field; empty where nothing can be proposed. */
      readonly suggestions: readonly string[];
    };

/** Where a rule works: what it reads, what it writes into, and the rules file's locale. */
export interface Setting {
  /** BCP 47; the rules file's `locale`. Decides only where neither the value nor the column does. */
  readonly locale: string;
  /** Whether the rules file itself names the locale, or it is only the default. */
  readonly localeIsExplicit?: boolean;
  readonly source: Pick<Definition, 'fieldType' | 'name' | 'options'>;
  /** The same as `source` unless the entry says `into`. */
  readonly target: Pick<Definition, 'fieldType' | 'name' | 'options'>;
  /** Ids of retired options of the target that a plan may restore: only under `unknown: add-option`. */
  readonly restorable?: ReadonlySet<string>;
  /** Whether the result goes into another field and the source is cleared: what is left out stands nowhere then. */
  readonly clearsSource?: boolean;
}

/**
 * One field's values on their way through a rule: all of them are observed first, then each is decided.
 * Pure: the same setting, options and observed values (in any order) give the same verdict for a value,
 * on every machine, in every time zone, today and next year.
 */
export interface Column {
  /**
   * First pass: each value of the field once (blank ones left out). Must be cheap in time and bounded in memory
   * (counts, or capped sets), for a column may have a million values.
   */
  observe(value: string): void;
  /**
   * What the column itself shows, one sentence each, with counts
   * ("month first: 212 values can only be month first, none only day first"). Called after the last observe.
   */
  evidence(): readonly string[];
  /**
   * Second pass. `value` is the source's canonical content (for a picklist source the option's id).
   * Never throws, whatever the string. Its own result decided again is unchanged.
   */
  decide(value: string): Verdict;
}

/** A rule: decides what one value should be. A file each, registered in `index.ts`. */
export interface Rule<Options = unknown> {
  /** One line for help and README. */
  readonly summary: string;
  /** The field types that it can read from and write into; with `into` they may differ. */
  readonly reads: readonly FieldType[];
  readonly writes: readonly FieldType[];
  /** The `with` block: strict, every option with a default and a `.describe()` for help and the JSON Schema. */
  readonly options: z.ZodType<Options>;
  column(options: Options, setting: Setting): Column;
  /** What is wrong with the options for this target (a map to an option that is not there), one message each; for the rules file's errors. */
  check?(options: Options, setting: Setting): readonly string[];
  /** The target's options that the plan retires once no value needs them (a merge's). */
  retirements?(options: Options, setting: Setting): readonly Retirement[];
}

/** An option that a rule takes out of use. */
export interface Retirement {
  readonly optionId: string;
  readonly label: string;
  readonly reason: string;
}

/** Makes a rule's type follow from its options schema. */
export function defineRule<Options>(rule: Rule<Options>): Rule<Options> {
  return rule;
}

export const UNCHANGED: Verdict = { outcome: 'unchanged', mess: [] };

export function changed(after: string, { words, mess }: Reason): Verdict {
  return { outcome: 'changed', after, reason: words, mess };
}

export function newOption(label: string, { words, mess }: Reason): Verdict {
  return { outcome: 'newOption', label, reason: words, mess };
}

export function flagged({ words, mess }: Reason, suggestions: readonly string[] = []): Verdict {
  return { outcome: 'flagged', reason: words, mess, suggestions };
}
