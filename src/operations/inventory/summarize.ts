import type { InventoryHeader, Journal } from '../../journal/index.ts';
import {
  type Definition,
  type FieldType,
  findOption,
  type ParentType,
  type RecordSnapshot,
  type Value,
} from '../../model/field.ts';
import type { MessKind } from '../../model/mess.ts';
import type { CountedText, FieldSummary, Mess } from '../../model/summary.ts';
import { ruleNamed, type RuleName } from '../../rules/index.ts';
import type { Column } from '../../rules/types.ts';
import { columnMess } from './column-mess.ts';
import { addTo, type Counts, mostFrequent } from './count-values.ts';
import { DistinctCount } from './distinct-count.ts';

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

/** Different values of a field that are remembered whole; those that come after are judged anew each time. Bounds the memory. */
const REMEMBERED = 5_000;
/** Contents of one field that are looked at one after the other: 200 fields in turn would find nothing in the processor's cache. */
const JUDGED_TOGETHER = 200;
const SAMPLES = 3;
const TOP_SHOWN = 8;

/** Counts every field of one inventory as it stands in the journal, in one pass over its records. */
export function summarizeInventory(journal: Journal, inventoryId: string): FieldSummary[] {
  const { scope } = journal.inventories.find(inventoryId);
  const summary = new InventorySummary(journal.inventories.definitions(inventoryId), scope);
  for (const record of journal.inventories.records(inventoryId)) summary.see(record);
  return summary.end();
}

/** Counts fields while their records pass by: each record is seen once, in any order. Memory does not grow with the records. */
export class InventorySummary {
  readonly #counters: ReadonlyMap<string, FieldCounter>;
  readonly #seen: Readonly<Record<ParentType, Record<RecordSnapshot['unlisted'], number>>> = {
    matter: { absent: 0, unread: 0 },
    contact: { absent: 0, unread: 0 },
  };

  /** Of these definitions, those that an inventory of this scope reads. */
  constructor(
    definitions: readonly Definition[],
    { parents, definitionIds }: Pick<InventoryHeader['scope'], 'parents' | 'definitionIds'>,
  ) {
    this.#counters = new Map(
      definitions
        .filter(
          ({ id, parentType }) =>
            parents.includes(parentType) && definitionIds?.includes(id) !== false,
        )
        .map((definition) => [definition.id, new FieldCounter(definition)]),
    );
  }

  see({ parentType, values, unlisted }: RecordSnapshot): void {
    this.#seen[parentType][unlisted] += 1;
    for (const [definitionId, value] of values) {
      const counter = this.#counters.get(definitionId);
      if (counter?.definition.parentType === parentType) counter.add(value, unlisted);
    }
  }

  end(): FieldSummary[] {
    return [...this.#counters.values()].map((counter) =>
      counter.summary(this.#seen[counter.definition.parentType]),
    );
  }
}

class FieldCounter {
  readonly definition: Definition;
  readonly #states = { value: 0, blank: 0, absent: 0, unread: 0 };
  /** Records that listed the field, by what it would have been had they not. */
  readonly #listed = { absent: 0, unread: 0 };
  readonly #waiting: string[] = [];
  /** How often each remembered content stands there. */
  readonly #counts = new Map<string, number>();
  /** What is the matter with remembered contents; what is not listed is well-formed. */
  readonly #kinds = new Map<string, readonly MessKind[]>();
  /** Contents that were not remembered. */
  readonly #others = new DistinctCount();
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

  add(value: Value, unlisted: RecordSnapshot['unlisted']): void {
    this.#states[value.state] += 1;
    this.#listed[unlisted] += 1;
    if (value.state !== 'value') return;
    this.#waiting.push(value.content);
    if (this.#waiting.length === JUDGED_TOGETHER) this.#judgeWaiting();
  }

  /** `seen`: all records of the kind, by what a field is that they do not list. */
  summary(seen: Readonly<Record<RecordSnapshot['unlisted'], number>>): FieldSummary {
    this.#judgeWaiting();
    const texts = this.#texts();
    const { looksLike, kinds: ofColumn, clusters } = columnMess(this.definition, texts);
    let messy = this.#messyUnknown;
    for (const [content, count] of this.#counts) {
      const text = this.#textOf(content);
      const own = this.#kinds.get(content);
      const others = ofColumn.get(text);
      if (own === undefined && others === undefined) continue;
      messy += count;
      for (const kind of new Set([...(own ?? []), ...(others ?? [])]))
        this.#mess.add(kind, text, count);
    }
    return {
      definition: this.definition,
      states: {
        ...this.#states,
        absent: this.#states.absent + seen.absent - this.#listed.absent,
        unread: this.#states.unread + seen.unread - this.#listed.unread,
      },
      distinct: this.#counts.size + this.#others.size,
      isCapped: this.#others.isFull,
      wellFormed: this.#wellFormed,
      malformed: this.#states.value - this.#wellFormed,
      samples: [...this.#samples],
      messy,
      mess: this.#mess.all(),
      looksLike,
      top: topTexts(this.definition, texts),
      clusters,
    };
  }

  #judgeWaiting(): void {
    for (const content of this.#waiting) {
      const kinds = this.#judge(content);
      if (kinds.length === 0) this.#wellFormed += 1;
      else if (this.#samples.size < SAMPLES) this.#samples.add(this.#textOf(content));
    }
    this.#waiting.length = 0;
  }

  /** What is the matter with a content; it is counted on the way. */
  #judge(content: string): readonly MessKind[] {
    const count = this.#counts.get(content);
    if (count !== undefined) {
      this.#counts.set(content, count + 1);
      return this.#kinds.get(content) ?? [];
    }
    const kinds = this.#column.decide(content).mess;
    if (this.#counts.size < REMEMBERED) {
      this.#counts.set(content, 1);
      if (kinds.length > 0) this.#kinds.set(content, kinds);
    } else {
      this.#others.add(content);
      if (kinds.length > 0) this.#messyUnknown += 1;
      for (const kind of kinds) this.#mess.add(kind, this.#textOf(content), 1);
    }
    return kinds;
  }

  /** What people see of the remembered contents, each with how often it stands there. */
  #texts(): Counts {
    if (this.definition.options.length === 0) return this.#counts;
    const texts = new Map<string, number>();
    for (const [content, count] of this.#counts)
      addTo(texts, this.#textOf(content), count, REMEMBERED);
    return texts;
  }

  #textOf(content: string): string {
    return findOption(this.definition, content)?.label ?? content;
  }
}

/** The most frequent texts; of a field that holds records' ids nobody would read them. */
function topTexts({ fieldType }: Definition, texts: Counts): readonly CountedText[] {
  if (fieldType === 'contact' || fieldType === 'matter') return [];
  return [...mostFrequent(texts, TOP_SHOWN)].map(([value, count]) => ({ value, count }));
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
