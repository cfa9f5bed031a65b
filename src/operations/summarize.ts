import type { Journal } from '../journal/index.ts';
import { type Definition, type FieldType, findOption, valueOf } from '../model/field.ts';
import type { FieldSummary } from '../model/summary.ts';
import { ruleNamed, type RuleName } from '../rules/index.ts';
import type { Column } from '../rules/types.ts';

/** The rule that says what a well-formed value of a type is, with its defaults; contact, matter and time have none. */
export const RULE_BY_TYPE: Readonly<Record<FieldType, RuleName>> = {
  checkbox: 'checkbox',
  contact: 'skip',
  currency: 'currency',
  date: 'date',
  email: 'email',
  matter: 'skip',
  numeric: 'numeric',
  picklist: 'picklist',
  text_area: 'text',
  text_line: 'text',
  time: 'skip',
  url: 'url',
};

const DISTINCT_KEPT = 50_000;
const SAMPLES = 3;

/** Counts every field of one inventory, in one pass over its records. */
export function summarizeInventory(journal: Journal, inventoryId: string): FieldSummary[] {
  const { scope } = journal.inventories.find(inventoryId);
  const counters = journal.inventories
    .definitions(inventoryId)
    .filter(
      ({ id, parentType }) =>
        scope.parents.includes(parentType) &&
        (scope.definitionIds === null || scope.definitionIds.includes(id)),
    )
    .map((definition) => new FieldCounter(definition));
  for (const record of journal.inventories.records(inventoryId)) {
    for (const counter of counters) {
      if (counter.definition.parentType === record.parentType)
        counter.add(valueOf(record, counter.definition.id));
    }
  }
  return counters.map((counter) => counter.summary());
}

class FieldCounter {
  readonly definition: Definition;
  readonly #states = { value: 0, blank: 0, absent: 0, unread: 0 };
  readonly #verdicts = new Map<string, boolean>();
  readonly #samples = new Set<string>();
  readonly #column: Column;
  #wellFormed = 0;

  constructor(definition: Definition) {
    this.definition = definition;
    const rule = ruleNamed(RULE_BY_TYPE[definition.fieldType]);
    this.#column = rule.column(rule.options.parse(DEFAULTS[definition.fieldType] ?? {}), {
      locale: 'en-US',
      source: definition,
      target: definition,
    });
  }

  add(value: ReturnType<typeof valueOf>): void {
    this.#states[value.state] += 1;
    if (value.state !== 'value') return;
    const { content } = value;
    const isWellFormed =
      this.#verdicts.get(content) ?? this.#column.decide(content).outcome === 'unchanged';
    if (this.#verdicts.size < DISTINCT_KEPT) this.#verdicts.set(content, isWellFormed);
    if (isWellFormed) this.#wellFormed += 1;
    else if (this.#samples.size < SAMPLES)
      this.#samples.add(findOption(this.definition, content)?.label ?? content);
  }

  summary(): FieldSummary {
    return {
      definition: this.definition,
      states: this.#states,
      distinct: this.#verdicts.size,
      wellFormed: this.#wellFormed,
      malformed: this.#states.value - this.#wellFormed,
      samples: [...this.#samples],
    };
  }
}

/** Cents in a currency field are no malformation. */
const DEFAULTS: Partial<Record<FieldType, object>> = { currency: { decimals: 2 } };
