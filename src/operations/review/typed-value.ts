import type { Planned } from '../../model/change.ts';
import type { FieldType } from '../../model/field.ts';
import type { Assignment } from '../../rules/assign.ts';
import type { RulesFile } from '../../rules/file.ts';
import { ruleNamed } from '../../rules/index.ts';
import type { Column, Verdict } from '../../rules/types.ts';
import { RULE_BY_TYPE } from '../inventory/summarize.ts';

/** What a typed text stands for in its field, or why it cannot stand there, in words. */
export type Typed = { readonly planned: Planned } | { readonly problem: string };

/** What a plan was made under. */
interface Terms {
  readonly file: Pick<RulesFile, 'locale' | 'localeIsExplicit'>;
  /** Ids of retired options that a plan may restore. */
  readonly restorable: ReadonlySet<string>;
  /** Whether the plan itself adds an option of this label. */
  readonly isAdded: (definitionId: string, label: string) => boolean;
}

/**
 * Reads what a person types for an assignment's target: by the target's own type and options, with the options of the rules file
 * where its rule is the type's own. Text is taken as it is typed, but for spaces and characters that nobody sees.
 */
export class TypedValues {
  readonly #terms: Terms;
  readonly #columns = new Map<Assignment, Column>();

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  read(text: string, assignment: Assignment): Typed {
    const { target } = assignment;
    if (text.trim() === '') {
      return { problem: 'there is no value; to leave it as it is, skip it' };
    }
    if (RULE_BY_TYPE[target.fieldType] === 'skip') {
      return { problem: `a ${target.fieldType} field cannot be written here; change it in Clio` };
    }
    if (target.fieldType === 'picklist') {
      const [option, ...others] = target.options.filter(
        ({ label, retired }) => !retired && label === text.trim(),
      );
      const isKept = assignment.retirements.every(({ optionId }) => optionId !== option?.id);
      if (option !== undefined && others.length === 0 && isKept) {
        return { planned: { state: 'value', content: option.id } };
      }
      if (option === undefined && this.#terms.isAdded(target.id, text.trim())) {
        return { planned: { state: 'newOption', label: text.trim() } };
      }
    }
    return this.#judge(text, assignment, this.#column(assignment).decide(text));
  }

  #judge(text: string, { target }: Assignment, verdict: Verdict): Typed {
    switch (verdict.outcome) {
      case 'unchanged':
        return { planned: { state: 'value', content: text } };
      case 'changed':
        return { planned: { state: 'value', content: verdict.after } };
      case 'newOption':
        return this.#terms.isAdded(target.id, verdict.label)
          ? { planned: { state: 'newOption', label: verdict.label } }
          : { problem: `"${target.name}" has no option "${verdict.label}"; ${HOW.picklist}` };
      case 'flagged': {
        const perhaps = verdict.suggestions.slice(0, 3).map((each) => `"${each}"`);
        const hint = perhaps.length > 0 ? `perhaps ${perhaps.join(' or ')}` : HOW[target.fieldType];
        return { problem: `${verdict.reason}${hint === undefined ? '' : `; ${hint}`}` };
      }
    }
  }

  #column(assignment: Assignment): Column {
    const known = this.#columns.get(assignment);
    if (known !== undefined) return known;
    const { target, entry } = assignment;
    const name = RULE_BY_TYPE[target.fieldType];
    const rule = ruleNamed(name);
    const isText = name === 'text';
    const options =
      entry.rule === name && !isText ? entry.options : rule.options.parse(DEFAULTS[name] ?? {});
    const { file, restorable } = this.#terms;
    const column = rule.column(options, {
      ...file,
      restorable,
      source: { name: target.name, fieldType: 'text_line', options: [] },
      target,
    });
    this.#columns.set(assignment, column);
    return column;
  }
}

/** A currency field can hold cents. */
const DEFAULTS: Readonly<Record<string, object>> = { currency: { decimals: 2 } };

/** How a value of a type is typed without a doubt. */
const HOW: Readonly<Partial<Record<FieldType, string>>> = {
  checkbox: 'type true or false',
  currency: 'type a plain amount such as 1234.56',
  date: 'type it as year-month-day, such as 2019-04-03',
  email: 'type one address such as ann@example.com',
  numeric: 'type a plain number such as 1234.5',
  picklist: 'type one of its options to the letter',
  url: 'type one address such as https://example.com/',
};
