import type { PicklistOption } from '../../model/field.ts';

const MOST_SUGGESTIONS = 5;

/** As suggestions: each text once, the first ones only. */
export function labelsOf(options: readonly PicklistOption[]): readonly string[] {
  return [...new Set(options.map(({ label }) => label))].slice(0, MOST_SUGGESTIONS);
}

/** As a list in a sentence. */
export function quoted(options: readonly PicklistOption[]): string {
  return options.map(({ label }) => `"${label}"`).join(', ');
}
