import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importing } from '../support/importing.ts';
import { crashAccount, CrashRig, MATTERS, RULES } from './crash-rig.ts';

/*
 * What can befall the journal's file, through the real program: each time a clear word and its code, and nothing lost.
 */

let rig: CrashRig;
beforeAll(async () => {
  rig = await CrashRig.start({}, { account: crashAccount(), rules: RULES });
});
afterAll(async () => rig.close());

describe('a disk without room', () => {
  test('in the middle of an inventory or a plan leaves the journal as it was, and it works once there is room', async () => {
    rig.reset();
    const before = await rig.run(['runs', '--json']);
    for (const args of [['inventory'], ['plan', '--field', 'Field 101']]) {
      const full = await runWithRoom(rig, args, 40 * 1024);
      expect(full.code, full.stderr).toBe(1);
      expect(full.stderr).toContain('What was stored before is safe');
      expect((await rig.run(['runs', '--json'])).stdout).toBe(before.stdout);
      const again = await rig.run(args);
      expect(again, again.stderr).toMatchObject({ code: 0 });
    }
  });

  test('keeps the rules file that init was to replace', async () => {
    rig.reset();
    const rules = join(dirname(rig.journal), 'rules.yaml');
    const before = readFileSync(rules, 'utf8');
    const full = await runWithRoom(rig, ['init', '--force'], 40 * 1024);
    expect(full.code, full.stderr).toBe(1);
    expect(full.stderr).toContain('There is no room for the rules file');
    expect(readFileSync(rules, 'utf8')).toBe(before);
  });

  test('in the middle of a run ends it with 1; a resume writes the rest, and each record once', async () => {
    rig.reset();
    const from = rig.sandbox.counters.requests;
    const apply = ['apply', '--resume', '--approve', rig.digest, '--json'];
    const full = await runWithRoom(rig, apply, roomOf(rig) + 64 * 1024);
    expect(full.code, full.stdout).toBe(1);
    expect(JSON.parse(full.stdout).error.hint).toContain('apply --resume');
    const written = rig.committed(from).size;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThan(MATTERS);
    const resumed = await rig.run(apply);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(resumed.stdout).counts.pending).toBe(0);
    const committed = rig.committed(from);
    expect([...committed.values()]).toEqual(Array.from({ length: MATTERS }, () => 1));
    expect((await rig.run(['audit', '--json'])).code).toBe(0);
    expect((await rig.run(['rollback', 'run-1'])).code).toBe(0);
  });
});

describe('a file that is no good', () => {
  const COMMANDS = [['runs'], ['audit'], ['plan'], ['apply', '--resume']];

  test.each<[string, string, (file: string) => void]>([
    ['overwritten from its start', 'not_a_journal', (file) => overwrite(file, 0)],
    ['cut short', 'journal_damaged', (file) => truncateSync(file, 40_000)],
    ['cut to a few bytes', 'journal_damaged', (file) => truncateSync(file, 50)],
  ])('%s is refused by every command, and left as it is', async (_what, code, spoil) => {
    rig.reset();
    spoil(rig.journal);
    const bytes = readFileSync(rig.journal);
    for (const args of COMMANDS) {
      const ended = await rig.run([...args, '--json']);
      expect([args, ended.code]).toEqual([args, 2]);
      expect(JSON.parse(ended.stdout).error.code).toBe(code);
    }
    expect(readFileSync(rig.journal).equals(bytes)).toBe(true);
  });

  test('damaged inside sends nothing, for what it sent could not be undone', async () => {
    rig.reset();
    const { size } = statSync(rig.journal);
    overwrite(rig.journal, Math.floor(size / 8192) * 4096);
    const from = rig.sandbox.counters.requests;
    const ended = await rig.run(['apply', '--approve', rig.digest, '--json']);
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout).error.code).toBe('journal_damaged');
    expect(rig.committed(from).size).toBe(0);
    const doctor = await rig.run(['doctor', '--json']);
    expect(doctor.code).toBe(3);
    expect(doctor.stdout).toContain('the file is damaged');
    const copy = join(dirname(rig.journal), 'copy.sqlite');
    const backup = await rig.run(['backup', copy, '--json']);
    expect(backup.code).toBe(2);
    expect(JSON.parse(backup.stdout).error.code).toBe('journal_damaged');
    expect(existsSync(copy)).toBe(false);
  });

  test('a log that holds something else is passed over: what was stored before stands', async () => {
    rig.reset();
    writeFileSync(`${rig.journal}-wal`, Buffer.alloc(50_000, 0xa5));
    const from = rig.sandbox.counters.requests;
    const ended = await rig.run(['apply', '--approve', rig.digest, '--json']);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(rig.committed(from).size).toBe(MATTERS);
    expect((await rig.run(['rollback', 'run-1'])).code).toBe(0);
  });
});

test('two processes at once: one writes, the other is told who, and both can read', async () => {
  rig.reset();
  const first = rig.run(['apply', '--approve', rig.digest, '--rate', '240', '--json']);
  await until(async () => (await rig.run(['runs', '--json'])).stdout.includes('run-1'));
  const second = await rig.run(['rollback', 'run-1', '--json']);
  expect(second.code).toBe(4);
  const { error } = JSON.parse(second.stdout);
  expect(error.code).toBe('journal_locked');
  expect(error.message).toMatch(/`apply`, process \d+ on /u);
  expect((await first).code).toBe(0);
  expect((await rig.run(['rollback', 'run-1'])).code).toBe(0);
});

test('a clock that jumps back and forth changes no order, and no report tells of less than no time', async () => {
  rig.reset();
  const jumping = { environment: importing(JUMPING) };
  const applied = await rig.run(['apply', '--approve', rig.digest, '--json'], jumping);
  expect(applied, applied.stderr).toMatchObject({ code: 0 });
  const undone = await rig.run(['rollback', 'run-1', '--json'], jumping);
  expect(undone, undone.stderr).toMatchObject({ code: 0 });
  const { runs } = JSON.parse((await rig.run(['runs', '--json'])).stdout);
  expect(runs.map(({ runId }: { runId: string }) => runId)).toEqual(['run-2', 'run-1']);
  for (const runId of ['run-1', 'run-2']) {
    const { chain, run } = JSON.parse((await rig.run(['audit', runId, '--json'])).stdout);
    expect(chain.holds).toBe(true);
    expect(run.seconds ?? 0).toBeGreaterThanOrEqual(0);
    const text = await rig.run(['audit', runId]);
    expect(text.stdout).not.toMatch(/-\d+ (?:s|min|h)\b/u);
  }
});

/** Now right, now a day ahead, now a day behind, a few times a second. */
const JUMPING = `const Real = Date;
const now = () => Real.now() + [0, 1, -1][Math.floor(performance.now() / 150) % 3] * 86400000;
globalThis.Date = class extends Real {
  constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts); }
  static now() { return now(); }
};`;

/** How many bytes the journal has. */
function roomOf({ journal }: CrashRig): number {
  return statSync(journal).size;
}

/** Runs the program where no file can grow beyond so many bytes: SQLite sees its writes fail as on a full disk. */
function runWithRoom(
  crashRig: CrashRig,
  args: readonly string[],
  bytes: number,
): ReturnType<CrashRig['run']> {
  const blocks = Math.max(Math.floor(bytes / 512), 1);
  return crashRig.run(args, {
    through: ['sh', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'sh'],
  });
}

function overwrite(file: string, from: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, from, Math.min(from + 40 * 4096, bytes.length));
  writeFileSync(file, bytes);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) if (await holds()) return;
  throw new Error('it never came to that');
}
