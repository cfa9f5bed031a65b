import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Journal } from '../../src/journal/index.ts';
import { newFolder, openJournal, tamper } from '../journal/files.ts';
import { beginRun, makePlan, takeInventory } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { change, outcome, snapshot } from '../support/builders.ts';
import { contentsOf, crashAccount, CrashRig, MATTERS, RULES } from './crash-rig.ts';

const SECRET = 'Zyxwvutsrq';
const PASSPHRASE = 'correct horse Zürich';

interface Place {
  readonly folder: string;
  readonly journal: string;
  readonly bin: (...args: string[]) => ReturnType<typeof runBin>;
}

/** A folder whose journal holds one run that is done. */
function aRun(passphrase?: string): Place {
  const folder = newFolder();
  const file = join(folder, '.clio-fields', 'journal.sqlite');
  const journal = openJournal(file, passphrase === undefined ? {} : { passphrase });
  const records = [snapshot({ label: SECRET, values: { '501': SECRET } })];
  const inventoryId = takeInventory(journal, { records });
  const changes = [change({ before: SECRET, recordLabel: SECRET })];
  const runId = beginRun(journal, makePlan(journal, { inventoryId, changes }));
  journal.runs.settle(
    runId,
    changes.map((each) => outcome(each)),
  );
  journal.runs.finish(runId, { status: 'completed', endedAt: '2026-01-05T12:01:00.000Z' });
  journal.close();
  const environment = passphrase === undefined ? {} : { CLIO_FIELDS_PASSPHRASE: passphrase };
  return { folder, journal: file, bin: async (...args) => runBin(args, { folder, environment }) };
}

function namesIn(folder: string): string[] {
  return readdirSync(folder).toSorted();
}

describe('a backup', () => {
  test('is one file for this user alone, says what it holds, and is worked with by its name', async () => {
    const { folder, bin } = aRun();
    const made = await bin('backup', 'copy.sqlite', '--json');
    expect(made, made.stderr).toMatchObject({ code: 0, stderr: '' });
    const told = JSON.parse(made.stdout);
    const copy = join(folder, 'copy.sqlite');
    expect(told).toMatchObject({
      formatVersion: 1,
      file: copy,
      bytes: statSync(copy).size,
      inventories: { count: 1, newest: { inventoryId: 'inventory-1' } },
      plans: { count: 1, newest: { planId: 'plan-1', digest: 'a'.repeat(64) } },
      runs: { count: 1, newest: { runId: 'run-1', status: 'completed', counts: { applied: 1 } } },
      chain: { holds: true, head: expect.stringMatching(/^[0-9a-f]{64}$/u) },
    });
    if (process.platform !== 'win32') expect(statSync(copy).mode & 0o777).toBe(0o600);
    rmSync(join(folder, '.clio-fields'), { recursive: true });
    const audit = await bin('audit', '--expect', told.chain.head, '--journal', copy, '--json');
    expect(audit, audit.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(audit.stdout)).toMatchObject({ chain: told.chain, run: { runId: 'run-1' } });
    expect(namesIn(folder), 'nothing stands beside it').toEqual(['copy.sqlite']);
  });

  test('tells a person how big it is, what is the newest in it, and its last hash', async () => {
    const { bin } = aRun();
    const { stdout } = await bin('backup', 'copy.sqlite');
    expect(stdout).toMatch(/^Wrote .*copy\.sqlite \(\d+ kB\), .*: it holds clients' data\.\n/u);
    expect(stdout).toMatch(/ Runs +1, the newest run-1 \(1 applied\), of 2026-01-05 12:00 UTC\n/u);
    expect(stdout).toContain('The record holds');
    expect(stdout).toMatch(/ Last hash +[0-9a-f]{64}\n/u);
    for (const line of stdout.split('\n').slice(1)) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('replaces an earlier one with --force alone', async () => {
    const { folder, bin } = aRun();
    writeFileSync(join(folder, 'copy.sqlite'), 'an earlier one');
    const refused = await bin('backup', 'copy.sqlite', '--json');
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: 'backup_exists',
      hint: expect.stringContaining('--force'),
    });
    expect(readFileSync(join(folder, 'copy.sqlite'), 'utf8')).toBe('an earlier one');
    expect((await bin('backup', 'copy.sqlite', '--force')).code).toBe(0);
    expect((await bin('runs', '--journal', 'copy.sqlite')).stdout).toContain('run-1');
  });

  test('is refused where it would spoil something, and leaves nothing behind', async () => {
    const { folder, journal, bin } = aRun();
    const before = readFileSync(journal);
    writeFileSync(join(folder, 'other.sqlite-wal'), 'of another journal');
    mkdirSync(join(folder, 'folder'));
    const names = namesIn(folder);
    for (const [file, code] of [
      [journal, 'backup_is_journal'],
      ['other.sqlite', 'backup_beside_log'],
      ['folder', 'backup_file'],
      ['nowhere/copy.sqlite', 'backup_file'],
    ] as const) {
      const ended = await bin('backup', file, '--force', '--json');
      expect([file, ended.code]).toEqual([file, 2]);
      expect(JSON.parse(ended.stdout).error.code, file).toBe(code);
    }
    expect(readFileSync(journal).equals(before)).toBe(true);
    expect(namesIn(folder)).toEqual(names);
  });

  test('makes no journal where none is', async () => {
    const folder = newFolder();
    const ended = await runBin(['backup', 'copy.sqlite', '--json'], { folder });
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.stdout).error.code).toBe('no_journal');
    expect(namesIn(folder)).toEqual([]);
  });

  test('of a journal with a passphrase is closed to everybody without it', async () => {
    const { folder, bin } = aRun(PASSPHRASE);
    expect((await bin('backup', 'copy.sqlite')).code).toBe(0);
    expect(readFileSync(join(folder, 'copy.sqlite'), 'latin1')).not.toContain(SECRET);
    const open = await runBin(['runs', '--journal', 'copy.sqlite', '--json'], { folder });
    expect(JSON.parse(open.stdout).error.code).toBe('passphrase_missing');
    expect((await bin('show', 'run-1', '--journal', 'copy.sqlite')).stdout).toContain(SECRET);
  });

  test('of a record that does not hold is told with 2, and takes no place of an earlier one', async () => {
    const { folder, journal, bin } = aRun();
    expect((await bin('backup', 'earlier.sqlite')).code).toBe(0);
    const earlier = readFileSync(join(folder, 'earlier.sqlite'));
    tamper(journal, "UPDATE outcomes SET status = 'rejected'");
    const kept = await bin('backup', 'earlier.sqlite', '--force', '--json');
    expect(kept.code).toBe(2);
    expect(JSON.parse(kept.stdout).error.code).toBe('backup_less_sound');
    expect(readFileSync(join(folder, 'earlier.sqlite')).equals(earlier)).toBe(true);
    const made = await bin('backup', 'copy.sqlite', '--json');
    expect(made.code).toBe(2);
    expect(made.stderr).toContain('Keep this journal as it is');
    expect(JSON.parse(made.stdout).chain).toMatchObject({ holds: false });
    expect(namesIn(folder)).toEqual(['.clio-fields', 'copy.sqlite', 'earlier.sqlite']);
  });
});

describe('a backup of a journal that is written', () => {
  let rig: CrashRig;
  /** What the n-th write of the account sees before it is answered. */
  let atWrite: { n: number; see: () => void } | null = null;
  beforeAll(async () => {
    rig = await CrashRig.start(
      {
        onRequest: ({ method }) => {
          if (method !== 'PATCH' || atWrite === null) return;
          atWrite.n -= 1;
          if (atWrite.n === 0) atWrite.see();
        },
      },
      { account: crashAccount(), rules: RULES },
    );
  });
  afterAll(async () => rig.close());

  const copyIn = (): string => join(dirname(rig.journal), 'copy.sqlite');
  const loseJournal = (): void => {
    for (const suffix of ['', '-wal', '-shm', '.lock'])
      rmSync(`${rig.journal}${suffix}`, { force: true });
  };
  const start = (): void => {
    rig.reset();
    onTestFinished(() => {
      for (const name of namesIn(dirname(rig.journal)).filter((each) => each.startsWith('copy')))
        rmSync(join(dirname(rig.journal), name));
    });
  };

  test('after a kill holds what stands in the log alone: the run goes on from it, and all of it comes back', async () => {
    start();
    const before = contentsOf(rig.sandbox.account);
    const from = rig.sandbox.counters.requests;
    const killed = await rig.run(['apply', '--approve', rig.digest], {
      failpoint: 'before outcome@12',
    });
    expect(killed.signal).toBe('SIGKILL');
    expect(statSync(`${rig.journal}-wal`).size).toBeGreaterThan(0);
    const copy = copyIn();
    const made = await rig.run(['backup', copy, '--json']);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    const { counts } = JSON.parse(made.stdout).runs.newest;
    expect(counts.applied).toBeGreaterThan(0);
    expect(counts.pending).toBeGreaterThan(0);
    loseJournal();
    const resumed = await rig.run(['apply', '--resume', '--journal', copy, '--json']);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(resumed.stdout)).toMatchObject({
      runId: 'run-1',
      counts: { applied: 3 * MATTERS, alreadyThere: 0, pending: 0 },
    });
    const committed = rig.committed(from);
    expect([...committed.values()]).toEqual(Array.from({ length: MATTERS }, () => 1));
    const dry = await rig.run(['rollback', 'run-1', '--dry-run', '--journal', copy, '--json']);
    expect(dry, dry.stderr).toMatchObject({ code: 0 });
    const undone = await rig.run(['rollback', 'run-1', '--journal', copy, '--json']);
    expect(undone, undone.stderr).toMatchObject({ code: 0 });
    expect(contentsOf(rig.sandbox.account)).toEqual(before);
    expect(existsSync(rig.journal), 'the journal that is gone is not begun again').toBe(false);
  });

  test('in the middle of an apply is whole: what was written since is seen, and nothing is written twice', async () => {
    start();
    const before = contentsOf(rig.sandbox.account);
    const from = rig.sandbox.counters.requests;
    const copy = copyIn();
    const seen: { code: number | null; stdout: string; stderr: string }[] = [];
    atWrite = { n: 12, see: () => seen.push(backUpNow(copy)) };
    const applied = await rig.run(['apply', '--approve', rig.digest, '--json']);
    expect(applied, applied.stderr).toMatchObject({ code: 0 });
    expect(seen).toMatchObject([{ code: 0, stderr: '' }]);
    const { runs, chain } = JSON.parse(seen[0]?.stdout ?? '');
    expect(chain.holds).toBe(true);
    expect(runs.newest).toMatchObject({ runId: 'run-1', status: 'incomplete' });
    expect(runs.newest.counts.pending).toBeGreaterThan(0);
    expect((await rig.run(['doctor', '--journal', copy, '--json'])).stdout).toContain('sound, at ');

    const { requests } = rig.sandbox.counters;
    const resumed = await rig.run(['apply', '--resume', '--journal', copy, '--json']);
    expect(resumed, resumed.stderr).toMatchObject({ code: 0 });
    const { counts } = JSON.parse(resumed.stdout);
    expect(counts).toMatchObject({ conflict: 0, rejected: 0, noAccess: 0, pending: 0 });
    expect(counts.applied + counts.alreadyThere).toBe(3 * MATTERS);
    expect(counts.applied).toBeGreaterThan(runs.newest.counts.applied);
    expect(rig.sandbox.counters.requests, 'the account was read').toBeGreaterThan(requests);
    expect(rig.committed(requests).size, 'and not written').toBe(0);
    expect([...rig.committed(from).values()]).toEqual(Array.from({ length: MATTERS }, () => 1));
    expect((await rig.run(['rollback', 'run-1'])).code, 'by the journal itself').toBe(0);
    expect(contentsOf(rig.sandbox.account)).toEqual(before);
  });

  test('that was copied without its log is told of by every command until the log is there', async () => {
    start();
    const before = contentsOf(rig.sandbox.account);
    await rig.run(['apply', '--approve', rig.digest], { failpoint: 'before outcome@12' });
    const copy = copyIn();
    copyFileSync(rig.journal, copy);
    const read = await rig.run(['runs', '--journal', copy]);
    expect(read.code).toBe(0);
    expect(read.stderr).toMatch(/cut off while `apply` wrote it .*copy\.sqlite-wal, is not there/u);
    expect((await rig.run(['doctor', '--journal', copy])).stdout).toContain('its log is missing');
    const made = await rig.run(['backup', `${copy}.left`, '--journal', copy]);
    expect(made.code).toBe(0);
    expect(made.stderr).toContain('cut off');
    expect(await rig.run(['runs', '--journal', `${copy}.left`])).toMatchObject({ stderr: '' });

    copyFileSync(`${rig.journal}-wal`, `${copy}-wal`);
    expect(await rig.run(['runs', '--journal', copy])).toMatchObject({ code: 0, stderr: '' });
    expect((await rig.run(['apply', '--resume', '--journal', copy])).code).toBe(0);
    expect((await rig.run(['rollback', 'run-1', '--journal', copy])).code).toBe(0);
    expect(contentsOf(rig.sandbox.account)).toEqual(before);
  });

  test.each<[string, string[], readonly NodeJS.Signals[], number]>([
    ['its end', [], [], 0],
    ['Ctrl-C', [], ['SIGINT'], 4],
    ['a second signal', [], ['SIGINT', 'SIGTERM'], 4],
    ['a stop', ['--stop-after', '5'], [], 4],
    ['an error', ['--approve', 'f'.repeat(64)], [], 2],
  ])('is whole without a log after %s', async (_what, flags, signals, code) => {
    start();
    atWrite = {
      n: 8,
      see: () => {
        const pid = Journal.holder(rig.journal)?.pid;
        if (pid !== undefined) for (const signal of signals) process.kill(pid, signal);
      },
    };
    const ended = await rig.run(['apply', '--approve', rig.digest, ...flags]);
    expect(ended.code, ended.stderr).toBe(code);
    const copy = copyIn();
    copyFileSync(rig.journal, copy);
    const ofCopy = await rig.run(['runs', '--journal', copy, '--json']);
    expect(ofCopy).toMatchObject({ code: 0, stderr: '' });
    expect(ofCopy.stdout).toBe((await rig.run(['runs', '--json'])).stdout);
    const resumed = await rig.run([
      'apply',
      '--resume',
      '--approve',
      rig.digest,
      '--journal',
      copy,
    ]);
    expect([0, 2]).toContain(resumed.code);
    expect((await rig.run(['rollback', 'run-1', '--journal', copy])).code).toBe(0);
  });

  /** The test's own process answers as the platform: while this runs, the write waits. */
  function backUpNow(file: string): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(dirname(rig.journal), 'bin', 'clio-fields.js'), 'backup', file, '--json'],
      { encoding: 'utf8', env: { CLIO_FIELDS_JOURNAL: rig.journal } },
    );
    return { code: status, stdout, stderr };
  }
});
