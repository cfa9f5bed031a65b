import { spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';

export const RULES = `version: 1
locale: en-US
fields:
  - { match: Field 101, rule: text }
  - { match: Field 102, rule: currency, into: Field 103, source: clear }
  - { match: Field 104, rule: picklist, into: Field 105, with: { unknown: add-option } }
`;

export const MATTERS = 24;

/** Updates, a move that creates and clears, and a picklist that needs a new option: three changes a matter. */
export function crashAccount(matters = MATTERS): Account {
  const account: Account = {
    ...smallAccount(),
    definitions: [
      aDefinition(101, 'text_line'),
      aDefinition(102, 'text_line'),
      aDefinition(103, 'currency'),
      aDefinition(104, 'text_line'),
      aDefinition(105, 'picklist', { options: [anOption(9001, 'Alpha')] }),
    ],
    records: [],
  };
  for (let index = 0; index < matters; index += 1) {
    const row = 10_000 + index * 10;
    account.records.push(
      aMatter(1_001 + index, {
        rows: [
          aRow(row, 101, `  example  text ${index} `),
          aRow(row + 1, 102, `$${(index % 900) + 1},500.00`),
          ...(index % 2 === 0 ? [aRow(row + 2, 103, null)] : []),
          aRow(row + 3, 104, index % 3 === 0 ? 'Alpha' : 'Beta'),
        ],
      }),
    );
  }
  return account;
}

/** What an account holds, read state included, without the ids of rows. */
export function contentsOf({ records }: Account): Record<string, AccountRow['value']> {
  return Object.fromEntries(
    records.flatMap(({ id, rows }) =>
      rows.map(({ definitionId, value }) => [`${id}/${definitionId}`, value]),
    ),
  );
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Doom {
  readonly failpoint?: string;
  /** SIGKILL so many milliseconds after the start. */
  readonly afterMs?: number;
  /** SIGKILL when the n-th write arrives: it is done, and nobody hears of it. */
  readonly atWrite?: number;
  readonly signal?: NodeJS.Signals;
  /** The signal a second time, as soon as the first was heard. */
  readonly isHasty?: boolean;
  /** Another access token than the one that is good from the start. */
  readonly token?: string;
  /** A command that starts the program, which is appended to it. */
  readonly through?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Stage {
  readonly account: Account;
  readonly rules: string;
}

/** What the program says to the first signal. */
const HEARD = 'Press again to stop at once.';

/** The real program against a sandbox, with a plan ready in a journal that every cycle begins from. */
export class CrashRig {
  readonly sandbox: Sandbox;
  readonly #folder: string;
  #victim: (() => void) | null = null;
  #writesLeft = 0;

  static async start(
    options: SandboxOptions = {},
    { account, rules }: Stage = { account: crashAccount(), rules: RULES },
  ): Promise<CrashRig> {
    const hook: { current: ((method: string) => void) | null } = { current: null };
    const sandbox = await startSandbox(account, {
      logLimit: 10_000,
      ...options,
      onRequest: (note, held) => {
        options.onRequest?.(note, held);
        hook.current?.(note.method);
      },
    });
    const rig = new CrashRig(sandbox, mkdtempSync(join(tmpdir(), 'clio-fields-crash-')));
    hook.current = (method) => rig.#noteRequest(method);
    await rig.#prepare(rules);
    return rig;
  }

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.#folder = folder;
  }

  /** Starts over with the journal as it was when the plan was made. */
  reset(): void {
    for (const suffix of ['-wal', '-shm']) rmSync(`${this.journal}${suffix}`, { force: true });
    copyFileSync(join(this.#folder, 'planned.sqlite'), this.journal);
  }

  /** As if a while had passed since the last write: what is not done by now does not arrive any more. */
  letTimePass(): void {
    const journal = new Database(this.journal);
    for (const table of ['outcomes', 'option_outcomes'])
      journal.exec(
        `UPDATE ${table} SET begun_at = '2026-01-01T00:00:00.000Z' WHERE status IS NULL`,
      );
    journal.close();
  }

  async run(args: readonly string[], doom: Doom = {}): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const [program = process.execPath, ...parts] = [
        ...(doom.through ?? []),
        process.execPath,
        join(this.#folder, 'bin', 'clio-fields.js'),
        ...args,
      ];
      const child = spawn(program, parts, {
        env: {
          PATH: process.env['PATH'],
          CLIO_ACCESS_TOKEN: doom.token ?? this.sandbox.token,
          CLIO_BASE_URL: this.sandbox.baseUrl,
          CLIO_FIELDS_JOURNAL: this.journal,
          CLIO_FIELDS_RULES: join(this.#folder, 'rules.yaml'),
          ...(doom.failpoint !== undefined && { CLIO_FIELDS_FAILPOINT: doom.failpoint }),
          ...doom.environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const kill = (): void => {
        child.kill(doom.signal ?? 'SIGKILL');
      };
      const timer = doom.afterMs === undefined ? undefined : setTimeout(kill, doom.afterMs);
      this.#victim = doom.atWrite === undefined ? null : kill;
      this.#writesLeft = doom.atWrite ?? 0;
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => {
        const wasHeard = stderr.includes(HEARD);
        stderr += chunk.toString();
        if (doom.isHasty === true && !wasHeard && stderr.includes(HEARD)) kill();
      });
      child.on('error', reject);
      child.on('close', (code, signal) => {
        clearTimeout(timer);
        resolve({ code, signal, stdout, stderr });
      });
    });
  }

  /** Committed writes of records since the log's position `from`, by record. */
  committed(from: number): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { number, method, url, status } of this.sandbox.log) {
      const recordId = /\/matters\/(?<id>\d+)/u.exec(url)?.groups?.['id'];
      if (number <= from || method !== 'PATCH' || status !== 200 || recordId === undefined)
        continue;
      counts.set(recordId, (counts.get(recordId) ?? 0) + 1);
    }
    return counts;
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get journal(): string {
    return join(this.#folder, 'journal.sqlite');
  }

  async #prepare(rules: string): Promise<void> {
    // A copy of the built program: a build meanwhile must not change what is tested.
    for (const part of ['bin', 'dist', 'package.json'])
      cpSync(part, join(this.#folder, part), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(this.#folder, 'node_modules'));
    writeFileSync(join(this.#folder, 'rules.yaml'), rules);
    for (const args of [['inventory'], ['plan', '--json']]) {
      const ended = await this.run(args);
      if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.stderr}${ended.stdout}`);
      if (args.includes('--json')) this.#digest = JSON.parse(ended.stdout).digest;
    }
    writeFileSync(join(this.#folder, 'planned.sqlite'), readFileSync(this.journal));
  }

  #digest = '';

  get digest(): string {
    return this.#digest;
  }

  #noteRequest(method: string): void {
    if (this.#victim === null || method !== 'PATCH') return;
    this.#writesLeft -= 1;
    if (this.#writesLeft === 0) this.#victim();
  }
}

/** What one cycle of apply and rollback, each killed and resumed, did wrong; empty where all laws held. */
export async function crashCycle(
  rig: CrashRig,
  dooms: { readonly apply: readonly Doom[]; readonly rollback: readonly Doom[] },
): Promise<{ kills: number; wrong: string[] }> {
  const wrong: string[] = [];
  let kills = 0;
  rig.reset();
  const before = JSON.stringify(contentsOf(rig.sandbox.account), null, 0);
  const phase = async (args: readonly string[], fates: readonly Doom[], what: string) => {
    const from = rig.sandbox.counters.requests;
    for (const doom of [...fates, {}]) {
      const ended = await rig.run([...args, '--json'], doom);
      if (ended.signal === 'SIGKILL') {
        kills += 1;
        continue;
      }
      if (ended.code !== 0 && !isOverAlready(ended))
        wrong.push(
          `${what} ${JSON.stringify(doom)}: code ${ended.code} ${ended.stderr}${ended.stdout.slice(0, 600)}`,
        );
      break;
    }
    const committed = rig.committed(from);
    const odd = [...committed].filter(([, count]) => count !== 1);
    if (committed.size !== MATTERS || odd.length > 0)
      wrong.push(
        `${what}: ${committed.size} records written, more than once: ${JSON.stringify(odd)} (${JSON.stringify(fates)})`,
      );
    for (const { id, rows } of rig.sandbox.account.records) {
      const definitions = new Set(rows.map(({ definitionId }) => definitionId));
      if (definitions.size !== rows.length) wrong.push(`${what}: record ${id} has a row twice`);
    }
  };
  await phase(['apply', '--resume', '--approve', rig.digest], dooms.apply, 'apply');
  if (JSON.stringify(contentsOf(rig.sandbox.account)) === before) wrong.push('apply did nothing');
  await phase(['rollback', 'run-1', '--resume'], dooms.rollback, 'rollback');
  const after = contentsOf(rig.sandbox.account);
  for (const [key, value] of Object.entries(JSON.parse(before) as Record<string, unknown>)) {
    if (after[key] !== value) wrong.push(`rollback: ${key} is ${String(after[key])}`);
    delete after[key];
  }
  for (const key of Object.keys(after)) wrong.push(`rollback: ${key} was left behind`);
  const living = rig.sandbox.account.definitions
    .flatMap(({ options }) => options)
    .filter(({ deletedAt }) => deletedAt === null);
  if (living.length !== 1) wrong.push(`rollback: ${living.length} options live`);
  return { kills, wrong };
}

/** Killed after its end: there is nothing left to resume, and the plan is not carried out again. */
function isOverAlready({ code, stdout }: Ended): boolean {
  return code === 2 && stdout.includes('"plan_stale"');
}
