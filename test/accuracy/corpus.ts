import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FieldType } from '../../src/model/field.ts';
import { type RuleName, rules } from '../../src/rules/index.ts';

/** A labelled string: what a rule should make of it. */
export interface Case {
  readonly id: string;
  readonly input: string;
  /** Canonical, as `try` prints it; null where the right answer is no answer. */
  readonly expected: string | null;
  readonly label: Label;
  readonly rule: RuleName;
  /** The rule's options. */
  readonly with: Readonly<Record<string, unknown>>;
  readonly locale: string | undefined;
  /** The field's name, for rules that listen to it. */
  readonly field: string;
  /** The type that the value goes into, where it is not the rule's own. */
  readonly target: FieldType | undefined;
  /** A picklist's option texts. */
  readonly options: readonly string[];
  readonly isCorpus: boolean;
  /** Cases of one group are one column. */
  readonly group: string;
}

const LABELS = ['convert', 'either', 'flag', 'keep', 'preserve'] as const;
export type Label = (typeof LABELS)[number];

const rowSchema = z.looseObject({
  id: z.string(),
  input: z.string(),
  expected: z.union([
    z.string(),
    z.boolean(),
    z.number(),
    z.null(),
    z.looseObject({ amount: z.union([z.string(), z.number()]), currency: z.string().nullish() }),
  ]),
  class: z.enum(LABELS),
  type: z.string().optional(),
  locale: z.string().optional(),
  order: z.string().optional(),
  region: z.string().optional(),
  extension: z.string().optional(),
  hint: z.string().nullish(),
  decimal_separator: z.string().nullish(),
  kind: z.string().optional(),
  field: z.string().optional(),
  options: z.array(z.string()).optional(),
  source: z.string().optional(),
});

type Row = z.output<typeof rowSchema>;

/** Reads every `*.jsonl` of a folder; the file's name, or a row's type, says which rule is meant. */
export function readCorpus(folder: string): Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => caseOf(rowSchema.parse(JSON.parse(line)), name.split('.')[0] ?? '')),
    );
}

function caseOf(row: Row, file: string): Case {
  const rule = ruleOf(row, file);
  const options = withOf(row, rule);
  return {
    id: row.id,
    input: row.input,
    expected: expectedOf(row),
    label: row.class,
    rule,
    with: options,
    locale: localeOf(row),
    field: row.field ?? 'values',
    target: undefined,
    options: row.options ?? [],
    isCorpus: true,
    // What is said of a row is said of its column: one source's field, in one locale and order.
    group: JSON.stringify([
      file,
      rule,
      row.type,
      row.source,
      row.field,
      localeOf(row),
      options,
      row.options,
    ]),
  };
}

const RULE_BY_FILE: Readonly<Record<string, RuleName>> = {
  currency: 'currency',
  dates: 'date',
  picklist: 'picklist',
};
const RULE_BY_TYPE: Readonly<Record<string, RuleName>> = {
  numeric: 'numeric',
  checkbox: 'checkbox',
  email: 'email',
  url: 'url',
  phone: 'phone',
};

function ruleOf({ type = '' }: Row, file: string): RuleName {
  return RULE_BY_FILE[file] ?? RULE_BY_TYPE[type] ?? 'text';
}

/** What a rules file would say for such a column: what the row tells about itself, and cents, which amounts have. */
function withOf(
  { order, region, hint, type, kind = '' }: Row,
  rule: RuleName,
): Record<string, unknown> {
  if (rule === 'currency') return { decimals: 2, ...currencyOf(hint) };
  if (rule === 'text' && type === 'person-name') return { case: 'name' };
  if (rule === 'text' && kind.startsWith('title case')) return { case: 'title' };
  if (rule === 'date' && /^(?:MDY|DMY|YMD)$/u.test(order ?? '')) return { order };
  if (rule === 'phone') return { format: 'e164', ...(region !== undefined && { region }) };
  return {};
}

/** The field's currency, where a row names one that the rule knows. */
function currencyOf(hint: string | null | undefined): { currency?: string } {
  const isKnown =
    typeof hint === 'string' && rules.currency.options.safeParse({ currency: hint }).success;
  return isKnown ? { currency: hint } : {};
}

/** A decimal comma is what a rules file says by a locale that has one. */
function localeOf({ locale, decimal_separator: separator }: Row): string | undefined {
  return locale ?? (separator === ',' ? 'de-DE' : undefined);
}

function expectedOf({ expected, extension }: Row): string | null {
  if (expected === null) return null;
  if (extension !== undefined && typeof expected === 'string')
    return `${expected} ext. ${extension}`;
  return typeof expected === 'object' ? String(expected.amount) : String(expected);
}
