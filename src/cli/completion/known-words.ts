import { existsSync } from 'node:fs';
import { counted } from '../../counted.ts';
import { Journal } from '../../journal/index.ts';
import { REGIONS } from '../../platforms/base-url.ts';
import { RULE_NAMES } from '../../rules/names.ts';
import type { Context } from '../context.ts';
import type { Completion, KnownWords } from './complete.ts';

/** What stands for what in the journal and on this machine; a journal that cannot be read knows nothing. */
export function knownWords(context: Context, profiles: readonly string[]): KnownWords {
  return (slot) => {
    switch (slot) {
      case 'region':
        return plain(Object.keys(REGIONS));
      case 'profile':
        return plain(profiles);
      case 'rule':
        return plain(RULE_NAMES);
      case 'field':
        return fromJournal(context, fieldNames);
      case 'inventory-id':
        return fromJournal(context, inventories);
      case 'last|inventory-id|date':
        return [
          { value: 'last', description: 'the newest inventory' },
          ...fromJournal(context, inventories),
        ];
      case 'plan-id':
        return fromJournal(context, plans);
      case 'run-id':
        return fromJournal(context, runs);
      case 'id':
        return fromJournal(context, (journal) => [
          ...plans(journal),
          ...runs(journal),
          ...inventories(journal),
        ]);
      default:
        return [];
    }
  };
}

function fromJournal(
  { settings, now }: Context,
  read: (journal: Journal) => readonly Completion[],
): readonly Completion[] {
  if (!existsSync(settings.journalPath)) return [];
  const { passphrase } = settings;
  try {
    const journal = Journal.open(settings.journalPath, {
      access: 'read',
      command: 'complete',
      now,
      allowsNetwork: settings.allowsNetworkJournal,
      onWarning: () => undefined,
      ...(passphrase !== undefined && { passphrase }),
    });
    try {
      return read(journal);
    } finally {
      journal.close();
    }
  } catch {
    // Whoever presses Tab has not asked for a message.
    return [];
  }
}

/** The newest of each kind: more would not be read. */
const MOST_SHOWN = 30;

function inventories(journal: Journal): Completion[] {
  return journal.inventories.list(MOST_SHOWN).map(({ inventoryId, takenAt, records }) => ({
    value: inventoryId,
    description: `${dayOf(takenAt)}, ${counted(records.matter + records.contact, 'record')}`,
  }));
}

function plans(journal: Journal): Completion[] {
  return journal.plans.list(MOST_SHOWN).map(({ planId, createdAt, counts }) => ({
    value: planId,
    description: `${dayOf(createdAt)}, ${counted(counts.changed, 'change')}, ${counted(counts.flagged, 'flag')}`,
  }));
}

function runs(journal: Journal): Completion[] {
  return journal.runs
    .list()
    .slice(0, MOST_SHOWN)
    .map(({ runId, startedAt, status, counts }) => ({
      value: runId,
      description: `${dayOf(startedAt)}, ${status}, ${counts.applied.toLocaleString('en-US')} applied`,
    }));
}

function fieldNames(journal: Journal): Completion[] {
  const { inventoryId } = journal.inventories.find();
  const names = new Map<string, string>();
  for (const { name, parentType, fieldType } of journal.inventories.definitions(inventoryId))
    names.set(name, names.has(name) ? 'matters and contacts' : `${parentType}, ${fieldType}`);
  return [...names].map(([value, description]) => ({ value, description }));
}

function plain(values: readonly string[]): Completion[] {
  return values.map((value) => ({ value, description: '' }));
}

function dayOf(iso: string): string {
  return iso.slice(0, 10);
}
