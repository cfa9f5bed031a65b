import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { FIELD_TYPES, type FieldType } from '../../src/model/field.ts';
import type { Column, Rule, Verdict } from '../../src/rules/types.ts';

const Rows = z.array(
  z.object({
    input: z.string(),
    options: z
      .string()
      .transform((text) => z.record(z.string(), z.unknown()).parse(parseYaml(text) ?? {})),
    expected: z.string(),
    outcome: z.enum(['unchanged', 'changed', 'flagged']),
    why: z.string(),
  }),
);

const Cases = z.array(
  z.object({
    why: z.string(),
    options: z.record(z.string(), z.unknown()).default({}),
    values: z.array(z.string()),
    count: z.int().default(1),
    evidence: z.string().optional(),
    becomes: z.record(z.string(), z.string()),
  }),
);

/** A rule's table of single values. */
export function rowsOf(rule: string): z.infer<typeof Rows> {
  return Rows.parse(parseCsv(fixture(`${rule}.csv`), { columns: true }));
}

/** A rule's table of whole fields. */
export function casesOf(rule: string): z.infer<typeof Cases> {
  return Cases.parse(parseYaml(fixture(`${rule}.columns.yaml`)));
}

function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/rules/${name}`, import.meta.url), 'utf8');
}

/**
 * A rule over one text field, moved into a field of the type that the rule is for.
 * `locale`, `field` (a name), `target` (a type) and `clears` among the options are the setting's.
 */
export function columnOf<Options>(
  rule: Rule<Options>,
  targetType: FieldType,
  given: Readonly<Record<string, unknown>>,
  values: readonly string[],
): Column {
  const { locale, field, target, clears, ...options } = given;
  const name = typeof field === 'string' ? field : 'Example';
  const column = rule.column(rule.options.parse(options), {
    locale: typeof locale === 'string' ? locale : 'en-US',
    localeIsExplicit: locale !== undefined,
    source: { fieldType: 'text_line', name, options: [] },
    target: { fieldType: z.enum(FIELD_TYPES).default(targetType).parse(target), name, options: [] },
    clearsSource: clears === true,
  });
  for (const value of values) column.observe(value);
  return column;
}

/** A verdict in a word: the result, "unchanged" or "flagged". */
export function becomes(verdict: Verdict): string {
  return verdict.outcome === 'changed' ? verdict.after : verdict.outcome;
}
