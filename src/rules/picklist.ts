import type { PicklistOption } from '../model/field.ts';
import { checkPicklistOptions, retirements } from './picklist/check.ts';
import { isToldApart } from './picklist/labels.ts';
import { Meaning, type Wanted } from './picklist/meaning.ts';
import { NewOptions } from './picklist/new-options.ts';
import { asRetired, flagRetired } from './picklist/retired.ts';
import { type PicklistOptions, picklistOptions } from './picklist/schema.ts';
import { say } from './reason.ts';
import {
  changed,
  type Column,
  defineRule,
  flagged,
  newOption,
  type Setting,
  UNCHANGED,
  type Verdict,
} from './types.ts';

export const picklist = defineRule<PicklistOptions>({
  summary: 'finds the option of a picklist that a value means',
  reads: ['picklist', 'text_line', 'text_area', 'numeric'],
  writes: ['picklist'],
  options: picklistOptions,
  column: (options, setting) => new PicklistColumn(options, setting),
  check: (options, { target }) => checkPicklistOptions(options, target),
  retirements: (options, { target }) => retirements(options, target),
});

/** Verdicts remembered, so that a value that thousands of records hold is decided once. */
const MOST_REMEMBERED = 5_000;
/** Characters; a longer value is decided anew each time. */
const LONGEST_REMEMBERED = 200;

class PicklistColumn implements Column {
  readonly #source: Setting['source'];
  readonly #sourceById: ReadonlyMap<string, PicklistOption>;
  readonly #isOwnField: boolean;
  readonly #addsOptions: boolean;
  readonly #meaning: Meaning;
  readonly #newOptions: NewOptions;
  readonly #remembered = new Map<string, Verdict>();

  constructor(options: PicklistOptions, setting: Setting) {
    const { source, target } = setting;
    this.#source = source;
    this.#sourceById = new Map(source.options.map((option) => [option.id, option]));
    this.#isOwnField = isSameField(source, target);
    this.#addsOptions = options.unknown === 'add-option';
    this.#meaning = new Meaning(options, setting);
    this.#newOptions = new NewOptions(this.#meaning.missing, (text) => this.#isUnknown(text));
  }

  observe(value: string): void {
    if (this.#isOwnField) return;
    const text = this.#readText(value);
    if (text === undefined) return;
    this.#meaning.observe(text);
    if (this.#addsOptions) this.#newOptions.observe(text);
  }

  evidence(): readonly string[] {
    const added = this.#addsOptions ? this.#newOptions.count() : 0;
    return [
      ...this.#meaning.evidence(),
      ...(added > 0
        ? [`${added} new ${added === 1 ? 'option' : 'options'} for values that no option fits`]
        : []),
    ];
  }

  decide(value: string): Verdict {
    const known = this.#remembered.get(value);
    if (known !== undefined) return known;
    const verdict = this.#isOwnField ? this.#decideOption(value) : this.#decideValue(value);
    if (value.length <= LONGEST_REMEMBERED && this.#remembered.size < MOST_REMEMBERED)
      this.#remembered.set(value, verdict);
    return verdict;
  }

  /** The field's own value, an option's id: it stays, unless the rules file moves it or the option is retired. */
  #decideOption(id: string): Verdict {
    const option = this.#sourceById.get(id);
    if (option === undefined) return this.#flagLostOption();
    const kept = this.#meaning.options.moves.get(id);
    if (kept !== undefined) return changed(kept.id, say('notation', sayMerged(option, kept)));
    if (option.retired) return asRetired(this.#decideRetired(option));
    return this.#meaning.onward(option) === null ? UNCHANGED : this.#decideText(option.label);
  }

  /** An option is restored for values that come to it; those that stand on it already say nothing of whether it should be. */
  #decideRetired({ id, label }: PicklistOption): Verdict {
    const verdict = this.#decideText(label);
    const isItself = verdict.outcome === 'changed' && verdict.after === id;
    return isItself ? flagRetired(label) : verdict;
  }

  #flagLostOption(): Verdict {
    return flagged(say('retired', `it is an option that "${this.#source.name}" no longer has`));
  }

  /** A value of another field: a text, or the label of another picklist's option. */
  #decideValue(value: string): Verdict {
    const text = this.#readText(value);
    return text === undefined ? this.#flagLostOption() : this.#decideText(text);
  }

  #readText(value: string): string | undefined {
    return this.#source.fieldType === 'picklist' ? this.#sourceById.get(value)?.label : value;
  }

  #decideText(text: string): Verdict {
    const finding = this.#meaning.find(text);
    return finding.outcome === 'wanted' ? this.#addOption(finding) : finding;
  }

  #addOption({ label, isNamed }: Wanted): Verdict {
    const chosen = this.#newOptions.choose(label);
    if (chosen.kind === 'refused') return flagged(chosen.reason, chosen.suggestions);
    const words = isNamed
      ? `the rules file maps it to "${chosen.label}", a new option`
      : 'no option fits: a new one';
    return newOption(chosen.label, say('notation', words));
  }

  #isUnknown(text: string): boolean {
    const finding = this.#meaning.find(text);
    return finding.outcome === 'wanted' && !finding.isNamed;
  }
}

/** Options of one text are told by their ids. */
function sayMerged(option: PicklistOption, kept: PicklistOption): string {
  return isToldApart(option.label, kept.label)
    ? `"${option.label}" is merged into "${kept.label}"`
    : `"${option.label}" (option ${option.id}) is merged into option ${kept.id} of the same text`;
}

function isSameField(source: Setting['source'], target: Setting['target']): boolean {
  if (source === target) return true;
  return (
    source.fieldType === target.fieldType &&
    source.name === target.name &&
    source.options.length === target.options.length &&
    source.options.every(({ id }, at) => id === target.options[at]?.id)
  );
}
