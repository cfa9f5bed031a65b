import type { PicklistOption } from '../../src/model/field.ts';
import { picklist } from '../../src/rules/picklist.ts';
import type { Column, Setting, Verdict } from '../../src/rules/types.ts';

/** Options of a list by their labels; a label in brackets of its own, `(retired) X`, is the retired X. */
export function optionsOf(labels: readonly string[]): PicklistOption[] {
  return labels.map((label, at) => ({
    id: `${7000 + at}`,
    label: label.replace(/^\(retired\) /u, ''),
    retired: label.startsWith('(retired) '),
  }));
}

export interface Field {
  readonly options: readonly PicklistOption[];
  readonly name?: string;
  /** A text field's values go into the picklist, unless the values are the picklist's own option ids. */
  readonly isOwn?: boolean;
  readonly with?: Readonly<Record<string, unknown>>;
}

export function settingOf({ options, name = 'Status', isOwn = false }: Field): Setting {
  const target = { fieldType: 'picklist', name, options } as const;
  const text = { fieldType: 'text_line', name: `${name} (old)`, options: [] } as const;
  return { locale: 'en-US', source: isOwn ? target : text, target };
}

/** A column that has seen `values`. */
export function columnOf(field: Field, values: readonly string[] = []): Column {
  const column = picklist.column(picklist.options.parse(field.with ?? {}), settingOf(field));
  for (const value of values) column.observe(value);
  return column;
}

/** What people see of a verdict: the option's label, or the outcome. */
export function becomes(verdict: Verdict, options: readonly PicklistOption[]): string {
  if (verdict.outcome === 'newOption') return `new: ${verdict.label}`;
  if (verdict.outcome !== 'changed') return verdict.outcome;
  return options.find(({ id }) => id === verdict.after)?.label ?? `unknown id ${verdict.after}`;
}

export function reasonOf(verdict: Verdict): string {
  return verdict.outcome === 'unchanged' ? '' : verdict.reason;
}

export function suggestionsOf(verdict: Verdict): readonly string[] {
  return verdict.outcome === 'flagged' ? verdict.suggestions : [];
}
