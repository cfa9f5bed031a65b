import type { PicklistOption } from '../../model/field.ts';
import { tidy } from '../fold.ts';

const MOST_SUGGESTIONS = 5;

/** As suggestions: each text once, the first ones only. */
export function labelsOf(options: readonly PicklistOption[]): readonly string[] {
  return [...new Set(options.map(({ label }) => label))].slice(0, MOST_SUGGESTIONS);
}

/** As a list in a sentence. */
export function quoted(options: readonly PicklistOption[]): string {
  return options.map(({ label }) => `"${label}"`).join(', ');
}

/** Whether a person sees which of two options is meant by their labels alone. */
export function isToldApart(label: string, other: string): boolean {
  return tidy(label) !== tidy(other);
}
