import { createHash } from 'node:crypto';
import { UserError } from '../../errors.ts';
import type { InventoryHeader, Journal } from '../../journal/index.ts';
import type { Account } from '../../model/account.ts';
import type { Change, Flag } from '../../model/change.ts';
import type { Definition, ParentType, RecordSnapshot } from '../../model/field.ts';
import type { Look } from '../../model/watch.ts';
import type { Platform, RecordQuery } from '../../platforms/types.ts';
import { type Assignment, assignRules } from '../../rules/assign.ts';
import { parseRulesFile, type RulesFile } from '../../rules/file.ts';
import { changesAfter, changesFrom } from '../inventory/change-times.ts';
import { holdsSame } from '../inventory/renew-records.ts';
import { decideRecord, type Decision } from '../plan/decide.ts';
import { inScope, observeColumns } from '../plan/observe.ts';
import { restorableOptions } from '../plan/restorable-options.ts';
import type { RulesText } from '../rules/clusters.ts';

interface Parts {
  readonly platform: Platform;
  readonly rules: RulesText;
  /** Opens the journal for reading, and only for as long as it is needed: others may write meanwhile. */
  readonly withJournal: <Result>(work: (journal: Journal) => Promise<Result>) => Promise<Result>;
  readonly now: () => Date;
}

/** What is known between two looks; made anew when a newer inventory stands in the journal or the fields changed. */
interface Ground {
  readonly base: InventoryHeader;
  readonly fieldsText: string;
  readonly assignments: readonly Assignment[];
  /** From when on the next look reads changes. */
  updatedSince: string;
  /** What was told already, by what it is about: a fingerprint of value and finding. */
  readonly told: Map<string, string>;
}

/**
 * Looks again and again at what changed on the platform since the newest inventory, and decides it by the rules file: what is told
 * is new, and told once. Writes nothing, neither to the platform nor to the journal.
 * The first look asks whose account it is; each takes one request for each 200 definitions and, for each kind of record that has rules, one for each 200 that changed.
 */
export class Watch {
  readonly #parts: Parts;
  readonly #file: RulesFile;
  #ground: Ground | null = null;

  /** Throws `UserError` for a rules file that cannot be read. */
  constructor(parts: Parts) {
    this.#parts = parts;
    this.#file = parseRulesFile(parts.rules.text, parts.rules.fileName);
  }

  /** Throws `PlatformError`, after which the next look finds what this one missed; `UserError` where the rules do not fit. */
  async look(): Promise<Look> {
    const { platform, withJournal, now } = this.#parts;
    const before = platform.requests.reads;
    const { account } = platform;
    const definitions = await platform.readDefinitions();
    const { answeredAtMs } = platform;
    return withJournal(async (journal) => {
      const ground = this.#standOn(journal, account, definitions);
      const { updatedSince, base } = ground;
      const news = new News(ground);
      for (const parentType of parentsOf(ground.assignments)) {
        const query = queryOf(ground, parentType);
        for await (const { records } of platform.readRecords(query, definitions))
          news.add(records, earlierRecords(journal, base, parentType, records));
      }
      news.remember();
      if (answeredAtMs !== null) ground.updatedSince = changesAfter(answeredAtMs);
      return {
        lookedAt: now().toISOString(),
        inventoryId: base.inventoryId,
        updatedSince,
        timestamps: base.since?.timestamps ?? 'unknown',
        records: news.records,
        changes: news.changes,
        flags: news.flags,
        requests: platform.requests.reads - before,
      };
    });
  }

  #standOn(journal: Journal, account: Account | null, definitions: readonly Definition[]): Ground {
    const base = journal.inventories.newestOf(this.#parts.platform.origin, account);
    if (base === null) {
      throw new UserError(
        'unknown_inventory',
        `The journal holds no inventory of ${this.#parts.platform.origin} to compare with.`,
        'Take one first: `clio-fields inventory`.',
      );
    }
    const { origin } = base;
    const restorable = restorableOptions(journal, { origin, before: null, definitions });
    const fieldsText = JSON.stringify([definitions, [...restorable]]);
    const known = this.#ground;
    if (known?.base.inventoryId === base.inventoryId && known.fieldsText === fieldsText)
      return known;
    const assignments = inScope(journal, base, assignRules(this.#file, definitions, restorable));
    observeColumns(journal, base, assignments);
    const isSameBase = known?.base.inventoryId === base.inventoryId;
    this.#ground = {
      base,
      fieldsText,
      assignments,
      updatedSince: isSameBase ? known.updatedSince : changesFrom(base),
      told: isSameBase ? known.told : new Map(),
    };
    return this.#ground;
  }
}

/** What one look finds, remembered only once it is whole. */
class News {
  readonly changes: Change[] = [];
  readonly flags: Flag[] = [];
  records = 0;
  readonly #ground: Ground;
  readonly #fresh = new Map<string, string | null>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  add(records: readonly RecordSnapshot[], earlier: ReadonlyMap<string, RecordSnapshot>): void {
    for (const record of records) {
      this.records += 1;
      const old = earlier.get(record.recordId);
      for (const decision of decideRecord(record, this.#ground.assignments)) {
        const { source, target } = decision.assignment;
        const isKnown =
          old !== undefined && [source, target].every(({ id }) => holdsSame(old, record, id));
        this.#note(record, decision, isKnown);
      }
    }
  }

  remember(): void {
    for (const [about, print] of this.#fresh) {
      if (print === null) this.#ground.told.delete(about);
      else this.#ground.told.set(about, print);
    }
  }

  #note(record: RecordSnapshot, decision: Decision, isKnown: boolean): void {
    const { source } = decision.assignment;
    const about = `${record.parentType}:${record.recordId}:${source.id}`;
    const print = isKnown ? null : printOf(decision);
    this.#fresh.set(about, print);
    if (print === null || this.#ground.told.get(about) === print) return;
    if (decision.kind === 'change') this.changes.push(decision.change);
    if (decision.kind === 'flag') this.flags.push(decision.flag);
  }
}

/** Null where there is nothing to tell. No value is kept, only what tells it from another. */
function printOf(decision: Decision): string | null {
  if (decision.kind !== 'change' && decision.kind !== 'flag') return null;
  const finding =
    decision.kind === 'change'
      ? decision.change.edits.map(({ before, after }) => [before, after])
      : [decision.flag.value, decision.flag.reason];
  return createHash('sha256').update(JSON.stringify(finding)).digest('base64').slice(0, 16);
}

function parentsOf(assignments: readonly Assignment[]): ReadonlySet<ParentType> {
  return new Set(assignments.map(({ source }) => source.parentType));
}

/** Only what changed, and of that only the fields that rules are for. */
function queryOf({ base, assignments, updatedSince }: Ground, parentType: ParentType): RecordQuery {
  const { recordIds, status } = base.scope;
  const here = assignments.filter(({ source }) => source.parentType === parentType);
  return {
    parentType,
    updatedSince,
    definitionIds: [...new Set(here.flatMap(({ source, target }) => [source.id, target.id]))],
    ...(recordIds !== null && { recordIds }),
    ...(status !== null && parentType === 'matter' && { status }),
  };
}

function earlierRecords(
  journal: Journal,
  { inventoryId }: InventoryHeader,
  parentType: ParentType,
  records: readonly RecordSnapshot[],
): ReadonlyMap<string, RecordSnapshot> {
  const recordIds = records.map(({ recordId }) => recordId);
  const found = journal.inventories.records(inventoryId, { parentType, recordIds });
  return new Map([...found].map((record) => [record.recordId, record]));
}
