import type { Journal } from '../../src/journal/index.ts';
import type { Change, Flag, OptionChange, Plan } from '../../src/model/change.ts';
import type { Definition, RecordSnapshot } from '../../src/model/field.ts';
import { change, definition, snapshots } from '../support/builders.ts';

/** What journals are filled with in tests. */

export const ORIGIN = 'https://app.clio.com';
export const NOON = '2026-01-05T12:00:00.000Z';

export function takeInventory(
  journal: Journal,
  {
    records = snapshots(2, () => ({ '501': 'sdny' })),
    definitions = [definition()],
    takenAt = NOON,
    origin = ORIGIN,
  }: {
    records?: readonly RecordSnapshot[];
    definitions?: readonly Definition[];
    takenAt?: string;
    origin?: string;
  } = {},
): string {
  const inventoryId = journal.inventories.begin({
    origin,
    takenAt,
    scope: {
      parents: ['matter', 'contact'],
      definitionIds: null,
      recordIds: null,
      status: null,
    },
  });
  journal.inventories.addDefinitions(inventoryId, definitions);
  journal.inventories.addRecords(inventoryId, records);
  journal.inventories.finish(inventoryId, { requests: 3, coverage: [] });
  return inventoryId;
}

/** As many changes as asked for, one a matter, in the order of their ids. */
export function changesOf(count: number): Change[] {
  return Array.from({ length: count }, (_, index) => change({ recordId: String(1001 + index) }));
}

export function makePlan(
  journal: Journal,
  {
    changes = changesOf(2),
    flags = [],
    optionChanges = [],
    digest = 'a'.repeat(64),
    createdAt = NOON,
    rollsBack = null,
    rulesText = 'version: 1\n',
    origin = ORIGIN,
    inventoryId,
  }: {
    changes?: Iterable<Change>;
    flags?: readonly Flag[];
    optionChanges?: readonly OptionChange[];
    digest?: string;
    createdAt?: string;
    rollsBack?: string | null;
    rulesText?: string;
    origin?: string;
    inventoryId?: string;
  } = {},
): Plan {
  return journal.plans.create(
    {
      inventoryId: inventoryId ?? takeInventory(journal, { takenAt: createdAt, origin }),
      origin,
      rollsBack,
      rulesText,
      createdAt,
    },
    (sink) => {
      let changed = 0;
      for (const each of changes) {
        sink.change(each);
        changed += 1;
      }
      for (const each of flags) sink.flag(each);
      for (const each of optionChanges) sink.optionChange(each);
      return {
        digest,
        counts: { unchanged: 0, changed, flagged: flags.length, unread: 0 },
        fields: [
          {
            definitionId: '501',
            fieldName: 'Court',
            parentType: 'matter',
            fieldType: 'text_line',
            rule: 'text',
            evidence: ['spelled "SDNY" most often'],
            unchanged: 0,
            changed,
            flagged: flags.length,
            unread: 0,
          },
        ],
        needs: { reads: 1, writes: changed, minutes: 1 },
      };
    },
  );
}

export function beginRun(journal: Journal, plan: Plan, startedAt: string = NOON): string {
  const { planId, rollsBack, digest } = plan;
  journal.plans.approve(planId, { digest, by: 'A. Nobody', how: 'test', at: startedAt });
  return journal.runs.begin({ planId, rollsBack, startedAt }).runId;
}
