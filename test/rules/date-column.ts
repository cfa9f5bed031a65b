import { date } from '../../src/rules/date.ts';
import type { Column, Verdict } from '../../src/rules/types.ts';

/** The date rule over one field, as `try --column` runs it; `locale` among the options counts as the rules file's. */
export function columnOf(
  given: Readonly<Record<string, unknown>>,
  values: readonly string[],
  fieldType: 'text_line' | 'date' = 'text_line',
): Column {
  const { locale, ...options } = given;
  const column = date.column(date.options.parse(options), {
    locale: typeof locale === 'string' ? locale : 'en-US',
    localeIsExplicit: locale !== undefined,
    source: { fieldType: 'text_line', name: 'Date of Loss', options: [] },
    target: { fieldType, name: 'Date of Loss', options: [] },
  });
  for (const value of values) column.observe(value);
  return column;
}

/** What the rule says of a value that is alone in its field. */
export function decideAlone(value: string, options: Readonly<Record<string, unknown>>): Verdict {
  return columnOf(options, [value]).decide(value);
}
