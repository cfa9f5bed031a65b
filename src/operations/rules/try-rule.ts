import type { FieldType, PicklistOption } from '../../model/field.ts';
import { ruleNamed, type RuleName } from '../../rules/index.ts';
import { type Column, type Setting, UNCHANGED } from '../../rules/types.ts';

/** The field type that shows best what a rule makes of a text. */
export const TRIED_INTO: Readonly<Record<RuleName, FieldType>> = {
  text: 'text_line',
  picklist: 'picklist',
  currency: 'currency',
  date: 'date',
  numeric: 'numeric',
  checkbox: 'checkbox',
  email: 'email',
  url: 'url',
  phone: 'text_line',
  skip: 'text_line',
};

export interface Trial {
  readonly rule: RuleName;
  readonly setting: Setting;
  /** Parsed by the rule's schema. */
  readonly options: unknown;
  /** Take all values as one field, so that what the column shows counts. */
  readonly isColumn: boolean;
}

export interface TrialResult {
  readonly input: string;
  readonly outcome: 'unchanged' | 'changed' | 'flagged';
  /** What the value would be; null where the rule will not decide. */
  readonly output: string | null;
  readonly reason: string | null;
  readonly suggestions: readonly string[];
}

/** What a rule makes of values, without a platform or a journal: a text field's value into the type that fits the rule. */
export function tryRule(
  { rule, setting, options, isColumn }: Trial,
  values: readonly string[],
): { results: TrialResult[]; evidence: readonly string[] } {
  const column = ruleNamed(rule).column(options, setting);
  if (isColumn) for (const value of values) if (value !== '') column.observe(value);
  return {
    results: values.map((input) => describe(input, column, setting.target.options)),
    evidence: isColumn ? column.evidence() : [],
  };
}

function describe(input: string, column: Column, options: readonly PicklistOption[]): TrialResult {
  // A row without a value is blank on the platform, and no rule ever sees it.
  const verdict = input === '' ? UNCHANGED : column.decide(input);
  const labelOf = (content: string): string =>
    options.find(({ id }) => id === content)?.label ?? content;
  switch (verdict.outcome) {
    case 'unchanged':
      return { input, outcome: 'unchanged', output: labelOf(input), reason: null, suggestions: [] };
    case 'changed': {
      const output = labelOf(verdict.after);
      const outcome = output === input ? 'unchanged' : 'changed';
      return { input, outcome, output, reason: verdict.reason, suggestions: [] };
    }
    case 'newOption':
      return {
        input,
        outcome: 'changed',
        output: verdict.label,
        reason: verdict.reason,
        suggestions: [],
      };
    case 'flagged':
      return {
        input,
        outcome: 'flagged',
        output: null,
        reason: verdict.reason,
        suggestions: verdict.suggestions,
      };
  }
}
