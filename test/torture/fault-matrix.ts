import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import { FAULTS, type FaultKind, type FaultSpec } from '../../src/sandbox/fault-spec.ts';
import { contentsOf, crashAccount, CrashRig, type Ended, RULES } from '../e2e/crash-rig.ts';

/** One fault, on one side. */
export interface FaultCase {
  readonly kind: FaultKind;
  readonly on: 'reads' | 'writes';
}

/** Faults that mean something on writes only. */
const WRITES_ONLY: ReadonlySet<FaultKind> = new Set([
  'unchanged',
  'altered',
  '412',
  '422',
  '422-entry',
]);
const READS_ONLY: ReadonlySet<FaultKind> = new Set(['page-token', 'foreign-link']);

/** Every fault of the sandbox, on each side that it can strike. */
export const FAULT_CASES: readonly FaultCase[] = (Object.keys(FAULTS) as FaultKind[]).flatMap(
  (kind) => [
    ...(READS_ONLY.has(kind) ? [] : [{ kind, on: 'writes' } as const]),
    ...(WRITES_ONLY.has(kind) ? [] : [{ kind, on: 'reads' } as const]),
  ],
);

/** A tenth of the writes; half of the reads, of which a run has few. */
const PROBABILITY = { writes: 0.1, reads: 0.5 } as const;
/** A person resumes this often while the trouble lasts; then the trouble ends. */
const PATIENCE = 6;

/** How one fault's inventory, apply and rollback went; `wrong` is empty where all laws held. */
export interface FaultReport {
  readonly changes: number;
  readonly applied: number;
  readonly reported: number;
  readonly stops: number;
  readonly faults: number;
  readonly wrong: readonly string[];
}

/**
 * Inventory, apply and rollback of so many records on the real program while a part of the requests go wrong.
 *
 * Laws: the inventory under fire gives the plan of the quiet one. Each change ends with a status. What is `applied` stands in the
 * account; what is not stands as it was, or is told with what the account shows. No row is made twice. A stop has code 4 or 5
 * (1 where a read never came through), and a resume goes on. Rollback under the same fire, finished in quiet, restores everything.
 */
export async function faultCycle(
  { kind, on }: FaultCase,
  { records, seed }: { readonly records: number; readonly seed: number },
): Promise<FaultReport> {
  const rig = await CrashRig.start(
    { seed, slowMs: 1_500, faultRetryAfterSeconds: 0, logLimit: 0 },
    { account: crashAccount(records), rules: RULES },
  );
  try {
    const fire: readonly FaultSpec[] = [{ kind, on, probability: PROBABILITY[on] }];
    const cycle = new FaultCycle(rig, records, fire);
    await cycle.readUnderFire();
    await cycle.apply();
    await cycle.rollBack();
    return cycle.report();
  } finally {
    await rig.close();
  }
}

interface RunReport {
  readonly runId: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly { readonly changeId: string; readonly reason: string | null }[];
}

interface ShownChange {
  readonly changeId: string;
  readonly recordId: string;
  readonly status: string;
  readonly written: readonly {
    readonly definitionId: string;
    readonly after: { readonly state: string; readonly content?: string };
  }[];
}

type Held = Readonly<Record<string, AccountRow['value']>>;

const CHANGES_A_RECORD = 3;

class FaultCycle {
  readonly #rig: CrashRig;
  readonly #fire: readonly FaultSpec[];
  readonly #before: Held;
  readonly #changes: number;
  readonly #wrong: string[] = [];
  #token: string;
  #stops = 0;
  #applied = 0;

  constructor(rig: CrashRig, records: number, fire: readonly FaultSpec[]) {
    this.#rig = rig;
    this.#fire = fire;
    this.#before = contentsOf(rig.sandbox.account);
    this.#changes = records * CHANGES_A_RECORD;
    this.#token = rig.sandbox.token;
    rig.reset();
  }

  async readUnderFire(): Promise<void> {
    await this.#untilDone('inventory', ['inventory', '--json'], (code) => code === 0);
    const planned = await this.#run(['plan', '--json']);
    const { digest }: { digest: string } = JSON.parse(planned.stdout);
    if (digest !== this.#rig.digest) this.#wrong.push('inventory: another plan than in quiet');
  }

  async apply(): Promise<void> {
    const args = ['apply', '--resume', '--approve', this.#rig.digest, '--json'];
    const ended = await this.#untilDone('apply', args, isOver);
    const report = this.#reportOf('apply', ended);
    if (report === null) return;
    await this.#compare('apply', report);
    this.#applied = report.counts['applied'] ?? 0;
  }

  async rollBack(): Promise<void> {
    const args = ['rollback', 'run-1', '--resume', '--json'];
    const ended = await this.#untilDone('rollback', args, isOver);
    const report = this.#reportOf('rollback', ended);
    if (report !== null) await this.#compare('rollback', report);
    // What the fire kept from being restored, or altered, is restored in quiet.
    const again = await this.#run(['rollback', 'run-1', '--force', '--json']);
    if (again.code !== 0) this.#wrong.push(`rollback in quiet: code ${again.code} ${again.stderr}`);
    const after = contentsOf(this.#rig.sandbox.account);
    for (const [key, value] of Object.entries(this.#before)) {
      if (after[key] !== value) this.#wrong.push(`rollback: ${key} is ${String(after[key])}`);
      delete after[key];
    }
    for (const key of Object.keys(after)) this.#wrong.push(`rollback: ${key} was left behind`);
  }

  report(): FaultReport {
    const faults = Object.values(this.#rig.sandbox.counters.faults);
    return {
      changes: this.#changes,
      applied: this.#applied,
      reported: this.#changes - this.#applied,
      stops: this.#stops,
      faults: faults.reduce((sum, count) => sum + count, 0),
      wrong: this.#wrong,
    };
  }

  /** Again and again, as a person would, at first under fire and at last in quiet. */
  async #untilDone(
    what: string,
    args: readonly string[],
    isDone: (code: number | null) => boolean,
  ): Promise<Ended> {
    const { sandbox } = this.#rig;
    sandbox.setFaults(this.#fire);
    for (let tries = 1; ; tries += 1) {
      if (tries > PATIENCE) sandbox.setFaults([]);
      const ended = await this.#run(args);
      if (isDone(ended.code)) {
        sandbox.setFaults([]);
        return ended;
      }
      this.#stops += 1;
      if (![1, 4, 5].includes(ended.code ?? -1) || tries > PATIENCE + 1) {
        this.#wrong.push(
          `${what}: code ${ended.code} ${ended.stderr}${ended.stdout.slice(0, 500)}`,
        );
        sandbox.setFaults([]);
        return ended;
      }
      if (ended.code === 5) this.#token = sandbox.signIn();
    }
  }

  async #run(args: readonly string[]): Promise<Ended> {
    return this.#rig.run(args, { token: this.#token });
  }

  #reportOf(what: string, { stdout }: Ended): RunReport | null {
    const report: RunReport = JSON.parse(stdout);
    if (report.counts === undefined) {
      this.#wrong.push(`${what}: no report: ${stdout.slice(0, 300)}`);
      return null;
    }
    const all = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
    if (what === 'apply' && all !== this.#changes)
      this.#wrong.push(`${what}: ${all} of ${this.#changes} changes are in the report`);
    if (report.counts['pending'] !== 0)
      this.#wrong.push(`${what}: ${report.counts['pending']} changes were left`);
    return report;
  }

  /** Holds what the journal says of every change against what the account holds. */
  async #compare(what: string, { runId, problems, counts }: RunReport): Promise<void> {
    const shown = await this.#run(['show', runId, '--format', 'json']);
    const { changes }: { changes: readonly ShownChange[] } = JSON.parse(shown.stdout);
    const held = contentsOf(this.#rig.sandbox.account);
    const told = new Set(problems.map(({ changeId }) => changeId));
    for (const { changeId, recordId, status, written } of changes) {
      for (const { definitionId, after } of written) {
        const stands = asText(held[`${recordId}/${definitionId}`]);
        if (stands !== (after.content ?? null))
          this.#wrong.push(`${what}: ${changeId} is ${status}, but holds ${String(stands)}`);
      }
      if (status === 'applied' || status === 'alreadyThere') continue;
      if (!told.has(changeId)) this.#wrong.push(`${what}: ${changeId} is ${status} and not told`);
      if (what === 'apply' && written.length === 0)
        for (const id of definitionsOf(changeId))
          this.#expectUntouched(what, changeId, `${recordId}/${id}`, held);
    }
    const unsettled = changes.filter(({ status }) => status === 'pending').length;
    if (unsettled !== counts['pending']) this.#wrong.push(`${what}: ${unsettled} are unsettled`);
    this.#expectRowsOnce(what, this.#rig.sandbox.account);
  }

  #expectUntouched(what: string, changeId: string, key: string, held: Held): void {
    if (asText(held[key]) !== asText(this.#before[key]))
      this.#wrong.push(`${what}: ${changeId} was not made, but ${key} is ${String(held[key])}`);
  }

  #expectRowsOnce(what: string, { records }: Account): void {
    for (const { id, rows } of records) {
      if (new Set(rows.map(({ definitionId }) => definitionId)).size !== rows.length)
        this.#wrong.push(`${what}: record ${id} has a row twice`);
    }
  }
}

/** Done, or done with some that could not be made. */
function isOver(code: number | null): boolean {
  return code === 0 || code === 3;
}

/** The definitions that a change of the stage writes: a move writes its target and clears its source. */
function definitionsOf(changeId: string): readonly string[] {
  const definitionId = changeId.split(':').at(-1) ?? '';
  return { '103': ['103', '102'] }[definitionId] ?? [definitionId];
}

function asText(value: AccountRow['value'] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
