import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { optionsOf } from './picklist-column.ts';

const Rows = z.array(
  z.object({
    input: z.string(),
    options: z.string(),
    with: z.string(),
    expected: z.string(),
    outcome: z.enum(['changed', 'flagged', 'newOption']),
    why: z.string(),
  }),
);

const With = z.looseObject({ field: z.string().default('Status') });

/** The picklist rule's table of single values. */
export const rows = Rows.parse(
  parseCsv(readFileSync(new URL('../../fixtures/rules/picklist.csv', import.meta.url), 'utf8'), {
    columns: true,
  }),
);

/** The field that a row's value goes into. */
export function fieldOf(row: (typeof rows)[number]) {
  const { field: name, ...rest } = With.parse(parseYaml(row.with) ?? {});
  return {
    options: optionsOf(z.array(z.string()).parse(parseYaml(row.options))),
    name,
    with: rest,
  };
}
