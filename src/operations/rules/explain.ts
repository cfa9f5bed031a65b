import type { Journal } from '../../journal/index.ts';
import type {
  Destination,
  Example,
  Explanation,
  NamingEntry,
  OptionInForce,
} from '../../model/explanation.ts';
import { type Definition, findOption, type RecordSnapshot, valueOf } from '../../model/field.ts';
import {
  type Assignment,
  fitRules,
  type Fitting,
  isSkippedInsteadOf,
  wayTo,
} from '../../rules/assign.ts';
import { type Entry, parseRulesFile, type Path, type RulesFile } from '../../rules/file.ts';
import { ruleNamed } from '../../rules/index.ts';
import { optionsOf } from '../../rules/options.ts';
import { decideRecord, type Decision, withRivals } from '../plan/decide.ts';
import { findField } from '../plan/find-field.ts';
import { inScope, observeColumns } from '../plan/observe.ts';
import { restorableOptions } from '../plan/restorable-options.ts';
import type { RulesText } from './clusters.ts';

/**
 * Which entry of a rules file decides for one field, why, and what comes of it: read from the journal, without a request, and
 * nothing is stored. Throws `UserError` for a field that nobody knows and a rules file that cannot be read.
 */
export function explainField(
  journal: Journal,
  request: {
    readonly field: string;
    readonly inventoryId: string | undefined;
    readonly rules: RulesText;
  },
): Explanation {
  const inventory = journal.inventories.find(request.inventoryId);
  const definitions = journal.inventories.definitions(inventory.inventoryId);
  const field = findField(request.field, definitions);
  const file = parseRulesFile(request.rules.text, request.rules.fileName);
  const { inventoryId, origin } = inventory;
  const restorable = restorableOptions(journal, { origin, before: inventoryId, definitions });
  const fitting = fitRules(file, definitions, restorable);
  const naming = new Naming(file, field, definitions, fitting);
  const assignment = fitting.assignments.find(({ source }) => source.id === field.id) ?? null;
  const entry = assignment?.entry ?? naming.first;
  const all = inScope(journal, inventory, fitting.assignments);
  const concerned = withRivals(
    all.filter(({ source, target }) => source.id === field.id || target.id === field.id),
    all,
  );
  const tried = concerned.find(({ source }) => source.id === field.id);
  const trial = tried === undefined ? null : tryOut(journal, inventory, tried, concerned);
  const problems = fitting.misfits.filter(
    (misfit) => misfit.entry === entry || naming.entries.includes(misfit.entry),
  );
  return {
    field,
    inventoryId,
    rulesFile: request.rules.fileName,
    isInInventory:
      inventory.scope.parents.includes(field.parentType) &&
      inventory.scope.definitionIds?.includes(field.id) !== false,
    decides:
      entry === null ? null : { ...naming.describe(entry), summary: ruleNamed(entry.rule).summary },
    into: assignment === null || !assignment.isMove ? null : destinationOf(assignment, file),
    options: entry === null ? [] : optionsInForce(entry, file),
    locale: { value: file.locale, from: file.localeIsExplicit ? 'file' : 'default' },
    others: naming.entries
      .filter((each) => each !== entry)
      .map((each) => ({ ...naming.describe(each), why: naming.whyNot(each) })),
    filledFrom: fitting.assignments
      .filter(({ target, isMove }) => isMove && target.id === field.id)
      .map(({ entry: other, source }) => ({
        ...new Naming(file, source, definitions, fitting).describe(other),
        fieldName: source.name,
      })),
    problems: problems.map(({ path, message }) => ({ ...file.placeOf(path), message })),
    otherProblems: fitting.misfits.length - problems.length,
    evidence: trial?.evidence ?? [],
    values: trial?.values ?? null,
    examples: trial?.examples ?? { unchanged: null, changed: null, flagged: null },
  };
}

/** The entries of a rules file that name one field. */
class Naming {
  readonly entries: readonly Entry[];
  readonly #file: RulesFile;
  readonly #field: Definition;
  readonly #definitions: readonly Definition[];
  readonly #fitting: Fitting;

  constructor(
    file: RulesFile,
    field: Definition,
    definitions: readonly Definition[],
    fitting: Fitting,
  ) {
    this.#file = file;
    this.#field = field;
    this.#definitions = definitions;
    this.#fitting = fitting;
    this.entries = file.entries.filter((entry) => wayTo(entry, field, definitions) !== null);
  }

  /** The first that is for records of this kind; null where none is. */
  get first(): Entry | null {
    return this.entries.find((entry) => this.#isForParent(entry)) ?? null;
  }

  describe(entry: Entry): NamingEntry {
    return {
      place: this.#file.placeOf(this.#pathIn(entry)),
      rule: entry.rule,
      by: wayTo(entry, this.#field, this.#definitions) ?? { kind: 'name', text: this.#field.name },
      parent: entry.parent ?? null,
      isOptional: entry.isOptional,
    };
  }

  whyNot(entry: Entry): string {
    if (!this.#isForParent(entry)) return `it is only for ${entry.parent}s`;
    if (isSkippedInsteadOf(entry, this.#field, this.#file, this.#definitions))
      return 'another entry skips the field by its own name, which beats a pattern';
    const misfit = this.#fitting.misfits.find((each) => each.entry === entry);
    return misfit?.message ?? 'another entry names the field first';
  }

  #isForParent({ parent }: Entry): boolean {
    return parent === undefined || parent === this.#field.parentType;
  }

  #pathIn(entry: Entry): Path {
    return [...entry.path, 'match'];
  }
}

function destinationOf({ entry, target }: Assignment, file: RulesFile): Destination {
  const from = (key: string): 'file' | 'default' =>
    file.says([...entry.path, key]) ? 'file' : 'default';
  return {
    definitionId: target.id,
    fieldName: target.name,
    fieldType: target.fieldType,
    source: entry.source,
    sourceFrom: from('source'),
    existing: entry.existing,
    existingFrom: from('existing'),
  };
}

function optionsInForce({ path, rule, options }: Entry, file: RulesFile): OptionInForce[] {
  const values = new Map<string, unknown>(Object.entries(options ?? {}));
  return optionsOf(rule).map(({ name, description }) => {
    const place = [...path, 'with', name];
    const isSaid = file.says(place);
    return {
      name,
      value: plainOf(values.get(name)),
      from: isSaid ? 'file' : 'default',
      place: isSaid ? file.placeOf(place) : null,
      description,
    };
  });
}

function plainOf(value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

type Trial = Pick<Explanation, 'evidence' | 'examples'> & {
  readonly values: NonNullable<Explanation['values']>;
};

/** What the entry makes of the inventory's values, with the entries that fill the same field beside it. */
function tryOut(
  journal: Journal,
  inventory: Parameters<typeof observeColumns>[1],
  assignment: Assignment,
  concerned: readonly Assignment[],
): Trial {
  observeColumns(journal, inventory, concerned);
  const values = { unchanged: 0, changed: 0, flagged: 0, unread: 0, empty: 0 };
  const examples: { -readonly [Kind in keyof Explanation['examples']]: Example | null } = {
    unchanged: null,
    changed: null,
    flagged: null,
  };
  const { parentType } = assignment.source;
  for (const record of journal.inventories.records(inventory.inventoryId, { parentType })) {
    const { state } = valueOf(record, assignment.source.id);
    if (state === 'blank' || state === 'absent') values.empty += 1;
    for (const decision of decideRecord(record, concerned)) {
      if (decision.assignment !== assignment) continue;
      switch (decision.kind) {
        case 'unchanged':
          values.unchanged += 1;
          examples.unchanged ??= exampleOf(record, decision);
          break;
        case 'change':
          values.changed += 1;
          examples.changed ??= exampleOf(record, decision);
          break;
        case 'flag':
          values.flagged += 1;
          examples.flagged ??= exampleOf(record, decision);
          break;
        case 'unread':
          values.unread += 1;
          break;
      }
    }
  }
  return { values, examples, evidence: assignment.column.evidence() };
}

function exampleOf(record: RecordSnapshot, decision: Decision): Example {
  const { source } = decision.assignment;
  const value = valueOf(record, source.id);
  const content = value.state === 'value' ? value.content : '';
  return {
    recordId: record.recordId,
    recordLabel: record.label,
    before: findOption(source, content)?.label ?? content,
    after: decision.kind === 'change' ? decision.change.edits[0].afterText : null,
    reason:
      decision.kind === 'change'
        ? decision.change.reason
        : decision.kind === 'flag'
          ? decision.flag.reason
          : null,
    suggestions: decision.kind === 'flag' ? decision.flag.suggestions : [],
  };
}
