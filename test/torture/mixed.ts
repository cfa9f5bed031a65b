import { Journal } from '../../src/journal/index.ts';
import type { AccountRow } from '../../src/sandbox/account.ts';
import type { FaultKind } from '../../src/sandbox/fault-spec.ts';
import { contentsOf, crashAccount, CrashRig, type Doom } from '../e2e/crash-rig.ts';
import { drawDoom } from './crashes.ts';
import { drawFrom } from './draw.ts';

export interface MixedReport {
  readonly kills: number;
  readonly edits: number;
  readonly wrong: readonly string[];
}

/** What a write can meet, beside being done. */
const FAULTS: readonly FaultKind[] = [
  '412',
  '422',
  '422-entry',
  '500-after',
  'reset-after',
  'reset-before',
  '503',
  'truncated',
  'unchanged',
];
const KILLS = 3;

/**
 * Apply and rollback, each killed and resumed again and again, while the platform refuses, fails and forgets, in one of the ways that
 * nobody has documented, and other people edit between the commands. Laws: the journal tells what the platform holds; what others did
 * stands, also where it is the planned value; all else is restored in the end.
 */
export async function mixedCycle(seed: number): Promise<MixedReport> {
  const draw = drawFrom(seed);
  const rig = await CrashRig.start({
    seed,
    faultRetryAfterSeconds: 0,
    behaviour: {
      writesAllOrNothing: draw(2) === 0,
      etagMovesOnValueWrite: draw(3) > 0,
      restoresOptions: draw(4) > 0,
    },
  });
  try {
    rig.reset();
    const others = new Others(rig, draw);
    const wrong: string[] = [];
    let kills = 0;
    const play = async (args: readonly string[], times: number): Promise<void> => {
      for (let time = 0; time <= times; time += 1) {
        const isLast = time === times;
        const kind = FAULTS[draw(FAULTS.length)] ?? '412';
        const isCalm = isLast || draw(3) === 0;
        rig.sandbox.setFaults(isCalm ? [] : [{ kind, on: 'writes', probability: 0.2 }]);
        const doom: Doom = isLast ? {} : drawDoom(draw);
        const { code, signal, stderr } = await rig.run(
          [...args, '--leave-failing', '--json'],
          doom,
        );
        if (signal !== null) kills += 1;
        else if (code === 1) wrong.push(`${args.join(' ')}: code 1 ${stderr}`);
        if (!isLast) others.edit(draw(5));
        if (code === 0 || code === 3) break;
      }
    };
    // A value that must stay: where it was to move, one half of a move is refused.
    const source = rig.sandbox.account.definitions.find(({ id }) => id === 102);
    if (source !== undefined) source.required = draw(3) === 0;
    await play(['apply', '--resume', '--approve', rig.digest], draw(KILLS + 1));
    wrong.push(...untold(rig, others));
    await play(['rollback', 'run-1', '--resume'], draw(KILLS + 1));
    if (source !== undefined) source.required = false;
    await play(['rollback', 'run-1', '--resume'], 0);
    wrong.push(...unrestored(rig, others));
    const { code, stdout } = await rig.run(['audit', '--json']);
    if (code !== 0) wrong.push(`audit: ${stdout}`);
    return { kills, edits: others.edits, wrong: wrong.map((law) => `seed ${seed}: ${law}`) };
  } finally {
    await rig.close();
  }
}

/** What the platform holds and the journal of the first run tells otherwise. */
function untold(rig: CrashRig, others: Others): string[] {
  const held = contentsOf(rig.sandbox.account);
  const before = contentsOf(crashAccount());
  return readJournal(rig, ({ runs }) =>
    [...runs.changes('run-1')].flatMap(({ change, outcome }) => {
      if (outcome === null) return [`${change.changeId} is pending`];
      const { status, written } = outcome;
      return change.edits.flatMap(({ definitionId }) => {
        const key = `${change.recordId}/${definitionId}`;
        if (others.lastOf(key) !== undefined) return [];
        const told = written.find((each) => each.definitionId === definitionId)?.after;
        const expected =
          told === undefined ? asText(before[key]) : told.state === 'value' ? told.content : '';
        return asText(held[key]) === expected
          ? []
          : [`${key} is "${asText(held[key])}", told is "${expected}" (${status})`];
      });
    }),
  );
}

/** What is neither as it was nor as others left it. */
function unrestored(rig: CrashRig, others: Others): string[] {
  const held = contentsOf(rig.sandbox.account);
  const before = contentsOf(crashAccount());
  const keys = [...new Set([...Object.keys(before), ...Object.keys(held)])];
  const values = keys.flatMap((key) => {
    const theirs = others.lastOf(key);
    // The two halves of a move go together: where others hold the one, the other stays as well.
    if (theirs === undefined && others.lastOf(key.replace(/\/103$/u, '/102')) !== undefined)
      return [];
    const expected = asText(theirs ?? before[key]);
    return asText(held[key]) === expected
      ? []
      : [`rollback: ${key} is "${asText(held[key])}", not "${expected}"`];
  });
  const living = rig.sandbox.account.definitions
    .flatMap(({ options }) => options)
    .filter(({ deletedAt }) => deletedAt === null);
  return living.length === 1 ? values : [...values, `rollback: ${living.length} options live`];
}

/** Other people, at work between the commands. */
class Others {
  edits = 0;
  readonly #rig: CrashRig;
  readonly #draw: (below: number) => number;
  readonly #last = new Map<string, string>();

  constructor(rig: CrashRig, draw: (below: number) => number) {
    this.#rig = rig;
    this.#draw = draw;
  }

  lastOf(key: string): string | undefined {
    return this.#last.get(key);
  }

  /** Texts of their own, and the very text that is planned where the run has not come to it. What a lost answer leaves in doubt they leave alone. */
  edit(times: number): void {
    const { records } = this.#rig.sandbox.account;
    const { settled, begun } = this.#progress();
    for (let time = 0; time < times; time += 1) {
      const record = records[this.#draw(records.length)];
      const row = record?.rows.find(({ definitionId }) => definitionId === 101 + this.#draw(2));
      if (record === undefined || row === undefined) continue;
      const key = `${record.id}/${row.definitionId}`;
      if (begun.has(`${record.id}/101`) || begun.has(`${record.id}/103`)) continue;
      const isAsPlanned = row.definitionId === 101 && !settled.has(key) && this.#draw(2) === 0;
      const text = isAsPlanned ? `example text ${record.id - 1_001}` : `theirs ${this.edits}`;
      if (row.value === text) continue;
      row.value = text;
      this.edits += 1;
      this.#last.set(key, text);
    }
  }

  #progress(): { readonly settled: ReadonlySet<string>; readonly begun: ReadonlySet<string> } {
    return readJournal(this.#rig, ({ runs }) => {
      const settled = new Set<string>();
      const begun = new Set<string>();
      for (const { runId } of runs.list()) {
        for (const { change, outcome } of runs.changes(runId))
          if (outcome !== null) settled.add(`${change.recordId}/${change.edits[0].definitionId}`);
        for (const { recordId, changes } of runs.begunRecords(runId))
          for (const { change } of changes)
            begun.add(`${recordId}/${change.edits[0].definitionId}`);
      }
      return { settled, begun };
    });
  }
}

function readJournal<Answer>(rig: CrashRig, read: (journal: Journal) => Answer): Answer {
  const journal = Journal.open(rig.journal, {
    access: 'read',
    command: 'torture',
    now: () => new Date(),
  });
  try {
    return read(journal);
  } finally {
    journal.close();
  }
}

/** Whether there is a row for nothing is another test's business. */
function asText(value: AccountRow['value'] | undefined): string {
  return String(value ?? '');
}
