import type { Journal } from '../journal/index.ts';
import { type Definition, type FieldType, findOption, valueOf } from '../model/field.ts';
import type { CountedText, FieldSummary, Mess, MessKind } from '../model/summary.ts';
import { ruleNamed, type RuleName } from '../rules/index.ts';
import type { Column } from '../rules/types.ts';
import { columnMess } from './column-mess.ts';
import { addTo } from './count-values.ts';
import { messOf } from './mess.ts';

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

/** Different values of a field that are remembered; those that come after are judged anew each time. */
const DISTINCT_KEPT = 50_000;
const SAMPLES = 3;
const TOP_SHOWN = 8;

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

/** One distinct value: how often it stands there, and what is the matter with it. */
interface Known {
  readonly kinds: readonly MessKind[];
  count: number;
}

class FieldCounter {
  readonly definition: Definition;
  readonly #states = { value: 0, blank: 0, absent: 0, unread: 0 };
  readonly #known = new Map<string, Known>();
  readonly #samples = new Set<string>();
  readonly #column: Column;
  readonly #mess = new MessTally();
  #wellFormed = 0;
  /** Messy ones among the values that were not remembered. */
  #messyUnknown = 0;

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
    const known = this.#known.get(content);
    const kinds = known?.kinds ?? messOf(this.#column.decide(content));
    if (known !== undefined) known.count += 1;
    else if (this.#known.size < DISTINCT_KEPT) this.#known.set(content, { kinds, count: 1 });
    else this.#addUnknown(content, kinds);
    if (kinds.length === 0) this.#wellFormed += 1;
    else if (this.#samples.size < SAMPLES) this.#samples.add(this.#textOf(content));
  }

  summary(): FieldSummary {
    const texts = this.#texts();
    const { looksLike, kinds: ofColumn, clusters } = columnMess(this.definition, texts);
    let messy = this.#messyUnknown;
    for (const [content, { kinds: own, count }] of this.#known) {
      const text = this.#textOf(content);
      const kinds = new Set([...own, ...(ofColumn.get(text) ?? [])]);
      if (kinds.size > 0) messy += count;
      for (const kind of kinds) this.#mess.add(kind, text, count);
    }
    return {
      definition: this.definition,
      states: this.#states,
      distinct: this.#known.size,
      isCapped: this.#known.size === DISTINCT_KEPT,
      wellFormed: this.#wellFormed,
      malformed: this.#states.value - this.#wellFormed,
      samples: [...this.#samples],
      messy,
      mess: this.#mess.all(),
      looksLike,
      top: mostFrequent(this.definition, texts),
      clusters,
    };
  }

  #addUnknown(content: string, kinds: readonly MessKind[]): void {
    if (kinds.length > 0) this.#messyUnknown += 1;
    for (const kind of kinds) this.#mess.add(kind, this.#textOf(content), 1);
  }

  /** What people see of the contents, each with how often it stands there. */
  #texts(): ReadonlyMap<string, number> {
    const texts = new Map<string, number>();
    for (const [content, { count }] of this.#known)
      addTo(texts, this.#textOf(content), count, DISTINCT_KEPT);
    return texts;
  }

  #textOf(content: string): string {
    return findOption(this.definition, content)?.label ?? content;
  }
}

/** The most frequent texts; of a field that holds records' ids nobody would read them. */
function mostFrequent(
  { fieldType }: Definition,
  texts: ReadonlyMap<string, number>,
): readonly CountedText[] {
  if (fieldType === 'contact' || fieldType === 'matter') return [];
  return [...texts]
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, TOP_SHOWN)
    .map(([value, count]) => ({ value, count }));
}

/** Counts each kind of mess, with a few samples. */
class MessTally {
  readonly #kinds = new Map<MessKind, { values: number; readonly samples: Set<string> }>();

  add(kind: MessKind, text: string, count: number): void {
    const tally = this.#kinds.get(kind) ?? { values: 0, samples: new Set() };
    this.#kinds.set(kind, tally);
    tally.values += count;
    if (tally.samples.size < SAMPLES) tally.samples.add(text);
  }

  all(): Mess[] {
    return [...this.#kinds]
      .map(([kind, { values, samples }]) => ({ kind, values, samples: [...samples] }))
      .toSorted((left, right) => right.values - left.values);
  }
}

/** Cents in a currency field are no malformation. */
const DEFAULTS: Partial<Record<FieldType, object>> = { currency: { decimals: 2 } };
