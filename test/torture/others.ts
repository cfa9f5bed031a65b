import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import { contentsOf, crashAccount, CrashRig, RULES } from '../e2e/crash-rig.ts';
import { drawFrom } from './draw.ts';

export interface OthersReport {
  readonly edits: number;
  readonly applied: number;
  readonly conflicts: number;
  readonly wrong: readonly string[];
}

/** How often somebody is at work, by requests of ours. */
const ODDS = 0.08;

/**
 * Apply and rollback on the real program while other people edit, clear and fill values of the same records. Law: what they did last stands, before, during and after both runs; all else is restored.
 *
 * Where the etag does not move with a value, nobody could see an edit between our reading and our write (the README says so): there
 * they are at work between readings only.
 */
export async function othersCycle({
  records,
  seed,
  etagMoves,
}: {
  readonly records: number;
  readonly seed: number;
  readonly etagMoves: boolean;
}): Promise<OthersReport> {
  const others = new Others(seed, etagMoves);
  const rig = await CrashRig.start(
    {
      seed,
      logLimit: 0,
      behaviour: { etagMovesOnValueWrite: etagMoves },
      onRequest: ({ method, url }, account) => others.seize(method, url, account),
    },
    { account: crashAccount(records), rules: RULES },
  );
  try {
    const before = contentsOf(rig.sandbox.account);
    rig.reset();
    others.begin();
    const wrong: string[] = [];
    const args = ['apply', '--resume', '--approve', rig.digest, '--json'];
    const applied = await rig.run(args);
    wrong.push(
      ...others.overwritten(rig.sandbox.account).map((key) => `apply: ${key} is not theirs`),
    );
    const undone = await rig.run(['rollback', 'run-1', '--json']);
    others.rest();
    for (const { code, stderr } of [applied, undone])
      if (code !== 0 && code !== 3) wrong.push(`code ${code} ${stderr}`);
    const held = contentsOf(rig.sandbox.account);
    const written = await plannedBy(rig);
    for (const key of new Set([...Object.keys(before), ...Object.keys(held)])) {
      const theirs = others.lastOf(key);
      // What they put back to the very value that the run had written cannot be told from the run's own.
      if (theirs !== undefined && theirs === written.get(key)) continue;
      const expected = theirs === undefined ? before[key] : theirs;
      // The two halves of a move go together: where they hold the one, the other stays as well.
      if (theirs === undefined && others.lastOf(otherHalfOf(key)) !== undefined) continue;
      if (held[key] !== expected)
        wrong.push(`rollback: ${key} is ${String(held[key])}, not ${String(expected)}`);
    }
    const { counts }: { counts: Readonly<Record<string, number>> } = JSON.parse(applied.stdout);
    return {
      edits: others.edits,
      applied: counts['applied'] ?? 0,
      conflicts: counts['conflict'] ?? 0,
      wrong,
    };
  } finally {
    await rig.close();
  }
}

/** What the run was to write, by record and definition; null for empty. */
async function plannedBy(rig: CrashRig): Promise<ReadonlyMap<string, AccountRow['value']>> {
  const { stdout } = await rig.run(['show', 'plan-1', '--json']);
  const { changes }: { changes: readonly ShownChange[] } = JSON.parse(stdout);
  return new Map(
    changes.flatMap(({ recordId, clears, ...edit }) =>
      (clears === undefined ? [edit] : [edit, clears]).map(
        ({ definitionId, after }): [string, string | null] => [
          `${recordId}/${definitionId}`,
          after,
        ],
      ),
    ),
  );
}

interface ShownEdit {
  readonly definitionId: string;
  readonly after: string | null;
}

interface ShownChange extends ShownEdit {
  readonly recordId: string;
  readonly clears?: ShownEdit;
}

/** The source of the stage's move, for its target. */
function otherHalfOf(key: string): string {
  return key.replace(/\/103$/u, '/102');
}

/** Other people: now and then one of them changes a value of some record. */
class Others {
  edits = 0;
  readonly #last = new Map<string, AccountRow['value']>();
  readonly #draw: (below: number) => number;
  readonly #etagMoves: boolean;
  #isAtWork = false;

  constructor(seed: number, etagMoves: boolean) {
    this.#draw = drawFrom(seed);
    this.#etagMoves = etagMoves;
  }

  begin(): void {
    this.#isAtWork = true;
  }

  rest(): void {
    this.#isAtWork = false;
  }

  lastOf(key: string): AccountRow['value'] | undefined {
    return this.#last.get(key);
  }

  overwritten(account: Account): string[] {
    const held = contentsOf(account);
    return [...this.#last].filter(([key, value]) => held[key] !== value).map(([key]) => key);
  }

  seize(method: string, url: string, account: Account): void {
    const isSafe = this.#etagMoves || (method === 'GET' && url.includes('/matters'));
    const odds = this.#etagMoves ? ODDS : 1;
    if (!this.#isAtWork || !isSafe || this.#draw(10_000) >= odds * 10_000) return;
    const times = this.#etagMoves ? 1 : 10;
    for (let time = 0; time < times; time += 1) this.#edit(account);
  }

  #edit(account: Account): void {
    const record = account.records[this.#draw(account.records.length)];
    const row = record?.rows[this.#draw(record.rows.length)];
    if (record === undefined || row === undefined || isPicklistOrAmount(row)) return;
    const value = this.#draw(3) === 0 ? null : `theirs ${this.edits}`;
    if (value === row.value) return;
    this.edits += 1;
    row.value = value;
    this.#last.set(`${record.id}/${row.definitionId}`, row.value);
  }
}

/** Their texts go into fields of texts. */
function isPicklistOrAmount({ definitionId }: AccountRow): boolean {
  return definitionId === 103 || definitionId === 105;
}
