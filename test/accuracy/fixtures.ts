import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { FIELD_TYPES } from '../../src/model/field.ts';
import { RULE_NAMES } from '../../src/rules/index.ts';
import type { Case } from './corpus.ts';

const FOLDER = new URL('../../fixtures/rules/', import.meta.url);

/** A row's options; the rules file's locale, the field's name and the target's type stand among them. */
const withSchema = z.looseObject({
  locale: z.string().optional(),
  field: z.string().optional(),
  target: z.enum(FIELD_TYPES).optional(),
});

const rowSchema = z.looseObject({
  input: z.string(),
  expected: z.string(),
  outcome: z.enum(['changed', 'unchanged', 'flagged', 'newOption']),
  with: z.string().optional(),
  options: z.string().optional(),
});

/** The tables of cases that the rules are specified by. */
export function readFixtures(): Case[] {
  return readdirSync(FOLDER)
    .toSorted()
    .flatMap((name) => {
      const rule = RULE_NAMES.find((each) => `${each}.csv` === name);
      if (rule === undefined) return [];
      const rows = parseCsv(readFileSync(new URL(name, FOLDER), 'utf8'), { columns: true });
      return z
        .array(rowSchema)
        .parse(rows)
        .map((row, index): Case => {
          const isPicklist = rule === 'picklist';
          const said = withSchema.parse(
            parseYaml((isPicklist ? row.with : row.options) ?? '') ?? {},
          );
          const { locale, field = 'values', target, ...options } = said;
          return {
            id: `${name}:${index + 2}`,
            input: row.input,
            expected: row.outcome === 'flagged' ? null : row.expected,
            label:
              row.outcome === 'flagged' ? 'flag' : row.outcome === 'unchanged' ? 'keep' : 'convert',
            rule,
            with: options,
            locale,
            field,
            target,
            options: isPicklist
              ? z.array(z.string()).parse(parseYaml(row.options ?? '[]') ?? [])
              : [],
            isCorpus: false,
            group: `${name}:${index}`,
          };
        });
    });
}
