import type { Journal } from '../../journal/index.ts';
import type { Change, Flag, Plan } from '../../model/change.ts';
import type { EditTarget, Reviewable, ReviewItem, Ruling } from '../../model/decision.ts';
import type { Definition, RecordSnapshot } from '../../model/field.ts';
import { type Assignment, assignRules } from '../../rules/assign.ts';
import { parseRulesFile } from '../../rules/file.ts';
import { changeTo, clearing, textOf } from '../plan/make-change.ts';
import { restorableOptions } from '../plan/restorable-options.ts';
import { TypedValues } from './typed-value.ts';

/** What a ruling makes of an item: a change to write, nothing, or words why it cannot be. */
export type Ruled =
  | { readonly kind: 'write'; readonly change: Change }
  | { readonly kind: 'leave' }
  | { readonly kind: 'refused'; readonly reason: string };

export type RuledItem = readonly [item: Reviewable, ruling: Ruling];

/** Carries rulings out on a plan's items, with the plan's own rules, fields and records. */
export class Rulings {
  readonly #journal: Journal;
  readonly #plan: Plan;
  readonly #bySource: ReadonlyMap<string, Assignment>;
  readonly #typed: TypedValues;
  /** As the plan's inventory has them. */
  readonly definitions: readonly Definition[];
  /** The picklists that the plan takes options out of. */
  readonly retiring: ReadonlySet<string>;

  constructor(journal: Journal, plan: Plan) {
    this.#journal = journal;
    this.#plan = plan;
    const { inventoryId, origin } = plan;
    const definitions = journal.inventories.definitions(inventoryId);
    const restorable = restorableOptions(journal, { origin, before: inventoryId, definitions });
    const file = parseRulesFile(journal.plans.rulesText(plan.planId), `rules of ${plan.planId}`);
    const assignments = assignRules(file, definitions, restorable);
    this.definitions = definitions;
    this.#bySource = new Map(assignments.map((each) => [each.source.id, each]));
    const optionChanges = journal.plans.optionChanges(plan.planId);
    this.retiring = new Set(
      optionChanges.flatMap(({ action, definitionId }) =>
        action === 'retire' ? [definitionId] : [],
      ),
    );
    const added = new Set(
      optionChanges
        .filter(({ action }) => action === 'add')
        .map(({ definitionId, label }) => JSON.stringify([definitionId, label])),
    );
    this.#typed = new TypedValues({
      file,
      restorable,
      isAdded: (definitionId, label) => added.has(JSON.stringify([definitionId, label])),
    });
  }

  /** What each ruling makes of its item, in their order: a bounded list. */
  carryOut(ruled: readonly RuledItem[]): readonly Ruled[] {
    const records = this.#read(
      ruled.flatMap(([item, ruling]) => (needsRecord(item, ruling) ? [partOf(item)] : [])),
    );
    return ruled.map(([item, ruling]) => this.#carryOut(item, ruling, records));
  }

  /** Where an item's edit goes, and what can be chosen there. */
  target(item: Reviewable): EditTarget {
    const assignment = this.assignmentOf(item);
    const { target, retirements } = assignment;
    return {
      definitionId: target.id,
      fieldName: target.name,
      fieldType: target.fieldType,
      choices: choicesOf(target, new Set(retirements.map(({ optionId }) => optionId))),
      canClear: whyKept(assignment) === null,
    };
  }

  /** Of a change that moves a value: the field that it comes from, and what that holds. */
  source(item: Reviewable): ReviewItem['from'] {
    if (item.kind === 'flag') return null;
    const { edits, guards } = item.change;
    const { source, isMove } = this.assignmentOf(item);
    if (!isMove) return null;
    const held =
      edits.find(({ definitionId }) => definitionId === source.id)?.before ??
      guards.find(({ definitionId }) => definitionId === source.id)?.expected;
    const text = held === undefined ? null : textOf(source, held);
    return text === null ? null : { fieldName: source.name, text };
  }

  /** Which entry of the rules file, for which field, an item comes from. */
  assignmentOf(item: Reviewable): Assignment {
    const found = this.#bySource.get(
      item.kind === 'flag' ? item.flag.definitionId : sourceOf(item.change),
    );
    if (found === undefined) {
      throw new Error(`no rule of ${this.#plan.planId} makes ${partOf(item).recordId}'s item`);
    }
    return found;
  }

  #carryOut(item: Reviewable, ruling: Ruling, records: ReadonlyMap<string, RecordSnapshot>): Ruled {
    if (ruling.kind === 'skip' || ruling.kind === 'later') return { kind: 'leave' };
    if (item.kind === 'change' && ruling.kind === 'accept') {
      return { kind: 'write', change: item.change };
    }
    const record = records.get(recordKey(partOf(item)));
    if (record === undefined) throw new Error(`no record ${partOf(item).recordId}`);
    return ruling.kind === 'clear' ? this.#clear(item, record) : this.#write(item, ruling, record);
  }

  #write(item: Reviewable, ruling: ValueRuling, record: RecordSnapshot): Ruled {
    const text = ruling.kind === 'edit' ? ruling.value : onlySuggestion(item);
    if (typeof text !== 'string') return { kind: 'refused', reason: text.problem };
    const assignment = this.assignmentOf(item);
    const typed = this.#typed.read(text, assignment);
    if ('problem' in typed) return { kind: 'refused', reason: typed.problem };
    const change = changeTo(record, assignment, typed.planned, reasonOf(item, ruling));
    if (change !== null) return { kind: 'write', change };
    // A suggestion can be what the other field holds already: then all is well as it is.
    if (ruling.kind === 'accept') return { kind: 'leave' };
    const { name } = assignment.target;
    return { kind: 'refused', reason: `"${name}" holds "${text}" already; skip it instead` };
  }

  #clear(item: Reviewable, record: RecordSnapshot): Ruled {
    const assignment = this.assignmentOf(item);
    const { name } = assignment.source;
    const kept = whyKept(assignment);
    if (kept !== null) return { kind: 'refused', reason: kept };
    const change = clearing(record, assignment, clearedBecause(item));
    return change === null
      ? { kind: 'refused', reason: `"${name}" is empty already; skip it instead` }
      : { kind: 'write', change };
  }

  #read(parts: readonly Part[]): ReadonlyMap<string, RecordSnapshot> {
    if (parts.length === 0) return new Map();
    const recordIds = [...new Set(parts.map(({ recordId }) => recordId))];
    const records = this.#journal.inventories.records(this.#plan.inventoryId, { recordIds });
    return new Map([...records].map((record) => [recordKey(record), record]));
  }
}

/** Why the value of an assignment's source must stay there, and what to do instead; null where it may be taken away. */
function whyKept({ source: { name, required }, isMove, clearsSource }: Assignment): string | null {
  if (isMove && !clearsSource)
    return `the rules file keeps what "${name}" holds (source: keep); skip it instead`;
  return required
    ? `"${name}" is required, and Clio leaves no required field empty; write another value (edit), or skip it`
    : null;
}

/** What puts a value there. */
type ValueRuling = Extract<Ruling, { kind: 'accept' | 'edit' }>;

type Part = Pick<Change, 'parentType' | 'recordId'>;

/** The record that an item is about. */
export function partOf(item: Reviewable): Change | Flag {
  return item.kind === 'change' ? item.change : item.flag;
}

function needsRecord(item: Reviewable, { kind }: Ruling): boolean {
  return kind === 'edit' || kind === 'clear' || (kind === 'accept' && item.kind === 'flag');
}

function onlySuggestion(item: Reviewable): string | { readonly problem: string } {
  const suggestions = item.kind === 'flag' ? item.flag.suggestions : [];
  const [only, second] = suggestions;
  if (only === undefined) {
    return { problem: 'it has no suggestion to accept; type the value in (edit), or skip it' };
  }
  if (second === undefined) return only;
  const all = suggestions.map((each) => `"${each}"`).join(', ');
  return { problem: `it has ${suggestions.length} suggestions (${all}); choose one (edit)` };
}

function reasonOf(item: Reviewable, { kind }: Ruling): string {
  if (item.kind === 'change') {
    const { afterText } = item.change.edits[0];
    return `typed in at the review, in place of ${afterText === null ? 'nothing' : `"${afterText}"`}`;
  }
  const what = kind === 'accept' ? 'its suggestion, accepted' : 'typed in';
  return `${what} at the review; it was flagged: ${item.flag.reason}`;
}

function clearedBecause(item: Reviewable): string {
  return item.kind === 'flag'
    ? `cleared at the review; it was flagged: ${item.flag.reason}`
    : 'cleared at the review';
}

function choicesOf({ fieldType, options }: Definition, gone: ReadonlySet<string>): string[] {
  if (fieldType === 'checkbox') return ['true', 'false'];
  return options.filter(({ id, retired }) => !retired && !gone.has(id)).map(({ label }) => label);
}

/** The field whose value a change came from: an entry names each field but once. */
function sourceOf({ edits: [first, second], guards: [guard] }: Change): string {
  if (first.action === 'clear') return first.definitionId;
  return (second ?? guard ?? first).definitionId;
}

function recordKey({ parentType, recordId }: Part): string {
  return `${parentType} ${recordId}`;
}
