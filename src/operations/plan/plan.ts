import { UserError } from '../../errors.ts';
import type { Journal } from '../../journal/index.ts';
import type { InventoryHeader } from '../../journal/index.ts';
import type { OptionChange, Plan, PlanCounts } from '../../model/change.ts';
import type { Definition, RecordSnapshot } from '../../model/field.ts';
import { type Assignment, assignRules } from '../../rules/assign.ts';
import { parseRulesFile } from '../../rules/file.ts';
import { chooseFields } from '../inventory/choose-fields.ts';
import { decideRecord, type Decision, withRivals } from './decide.ts';
import { PlanDigest } from './digest.ts';
import { estimateNeeds } from './needs.ts';
import { inScope, observeColumns } from './observe.ts';
import { OptionChanges } from './option-changes.ts';
import { restorableOptions } from './restorable-options.ts';

export interface PlanRequest {
  /** The newest where undefined. */
  readonly inventoryId?: string | undefined;
  readonly rulesText: string;
  readonly rulesFileName: string;
  /** Names or ids: only these fields' changes are planned; a column is still judged by all of its values. */
  readonly fields: readonly string[];
  readonly records: readonly string[];
  /** Who plans; a claim, not a proof. */
  readonly by?: string | undefined;
  /** Somebody else must approve. */
  readonly isTwoPerson?: boolean;
}

/**
 * Values of one inventory, through the rules, into a stored plan. Works from the journal alone.
 * Two passes over the records: the first shows each column to its rule, the second decides.
 */
export function makePlan(
  { journal, now }: { journal: Journal; now: () => Date },
  request: PlanRequest,
): Plan {
  const inventory = journal.inventories.find(request.inventoryId);
  const definitions = journal.inventories.definitions(inventory.inventoryId);
  const file = parseRulesFile(request.rulesText, request.rulesFileName);
  const { inventoryId, origin } = inventory;
  const restorable = restorableOptions(journal, { origin, before: inventoryId, definitions });
  const assignments = inScope(journal, inventory, assignRules(file, definitions, restorable));
  const planned = narrow(assignments, definitions, request, inventory, journal);
  const judged = withRivals(planned, assignments);

  observeColumns(journal, inventory, assignments);

  return journal.plans.create(
    {
      inventoryId: inventory.inventoryId,
      origin: inventory.origin,
      rollsBack: null,
      isTwoPerson: request.isTwoPerson === true,
      rulesText: request.rulesText,
      ...(request.by !== undefined && { by: request.by }),
      createdAt: now().toISOString(),
    },
    (sink) => {
      const chosen = new Set(planned);
      const tally = new Tally(planned, inventory.origin);
      const options = new OptionChanges(definitions);
      const records = journal.inventories.records(
        inventory.inventoryId,
        request.records.length === 0 ? {} : { recordIds: request.records },
      );
      for (const record of records) {
        for (const decision of decideRecord(record, judged)) {
          if (!chosen.has(decision.assignment)) continue;
          tally.add(decision, record);
          if (decision.kind === 'change') {
            sink.change(decision.change);
            options.need(decision.change);
          }
          if (decision.kind === 'flag') sink.flag(decision.flag);
        }
      }
      for (const optionChange of options.all(planned)) {
        tally.addOption(optionChange);
        sink.optionChange(optionChange);
      }
      return tally.summary();
    },
  );
}

function narrow(
  assignments: readonly Assignment[],
  definitions: readonly Definition[],
  request: PlanRequest,
  inventory: InventoryHeader,
  journal: Journal,
): readonly Assignment[] {
  for (const recordId of request.records) {
    const [known] = journal.inventories.records(inventory.inventoryId, { recordIds: [recordId] });
    if (known === undefined) {
      throw new UserError(
        'unknown_record',
        `${inventory.inventoryId} holds no record with the id ${recordId}.`,
        'Take the id from the record’s address in the browser or from `plan --json`, or run `clio-fields inventory` again.',
      );
    }
  }
  if (request.fields.length === 0) return assignments;
  const ids = new Set(chooseFields(request.fields, definitions).map(({ id }) => id));
  return assignments.filter(({ source, target }) => ids.has(source.id) || ids.has(target.id));
}

/** Counts a plan while it is made, and digests what it would do or ask. */
class Tally {
  readonly #fields: Map<
    Assignment,
    { unchanged: number; changed: number; flagged: number; unread: number }
  >;
  readonly #digest: PlanDigest;
  /** By kind of record. Its changes follow one another, so that the last one tells whether it was counted. */
  readonly #changedRecords = new Map<string, { count: number; lastId: string }>();
  readonly #optionChanges: OptionChange[] = [];

  constructor(assignments: readonly Assignment[], origin: string) {
    this.#fields = new Map(
      assignments.map((each) => [each, { unchanged: 0, changed: 0, flagged: 0, unread: 0 }]),
    );
    this.#digest = new PlanDigest(origin);
  }

  add(decision: Decision, record: RecordSnapshot): void {
    const counts = this.#fields.get(decision.assignment);
    if (counts === undefined) return;
    switch (decision.kind) {
      case 'unchanged':
        counts.unchanged += 1;
        return;
      case 'unread':
        counts.unread += 1;
        return;
      case 'change': {
        counts.changed += 1;
        this.#countRecord(record);
        this.#digest.change(decision.change);
        return;
      }
      case 'flag':
        counts.flagged += 1;
        this.#digest.flag(decision.flag);
        return;
    }
  }

  addOption(change: OptionChange): void {
    this.#optionChanges.push(change);
    this.#digest.optionChange(change);
  }

  summary() {
    const fields = [...this.#fields].map(([assignment, counts]) => ({
      definitionId: assignment.source.id,
      fieldName: assignment.source.name,
      parentType: assignment.source.parentType,
      fieldType: assignment.source.fieldType,
      rule: assignment.rule,
      evidence: [...assignment.column.evidence(), ...doubtsOf(assignment, counts)],
      ...counts,
    }));
    const sum = (key: keyof PlanCounts): number =>
      fields.reduce((total, field) => total + field[key], 0);
    return {
      digest: this.#digest.hex(),
      counts: {
        unchanged: sum('unchanged'),
        changed: sum('changed'),
        flagged: sum('flagged'),
        unread: sum('unread'),
      },
      fields,
      needs: estimateNeeds(
        [...this.#changedRecords.values()].map(({ count }) => count),
        this.#optionChanges,
      ),
    };
  }

  #countRecord({ parentType, recordId }: RecordSnapshot): void {
    const counted = this.#changedRecords.get(parentType);
    if (counted?.lastId === recordId) return;
    this.#changedRecords.set(parentType, { count: (counted?.count ?? 0) + 1, lastId: recordId });
  }
}

/** What may keep the changes of a field from being made. */
function doubtsOf(
  { source, clearsSource }: Assignment,
  { changed }: Pick<PlanCounts, 'changed'>,
): readonly string[] {
  return clearsSource && source.required && changed > 0
    ? [
        'it is required, and Clio leaves no required field empty: moves out of it are likely to be refused; source: keep copies instead',
      ]
    : [];
}
