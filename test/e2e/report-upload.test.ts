import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Failpoint } from '../../src/failpoints.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { newFolder, openJournal } from '../journal/files.ts';
import { beginRun, changesOf, makePlan, NOON } from '../journal/stock.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { outcome } from '../support/builders.ts';
import { aMatter, smallAccount, startTestSandbox, type TestSandbox } from '../support/sandbox.ts';

interface Scene {
  readonly sandbox: TestSandbox;
  /** Moves the sandbox's time. */
  readonly clock: { aheadMs: number };
  readonly folder: string;
  readonly run: (args: readonly string[], failpoint?: Failpoint) => Promise<Ended>;
}

/** A run over matters 1001 to 1010 that is done, ready to be reported on. */
async function start(options: SandboxOptions = {}): Promise<Scene> {
  const clock = { aheadMs: 0 };
  const changes = changesOf(10);
  const records = changes.map(({ recordId }) => aMatter(Number(recordId)));
  const sandbox = await startTestSandbox(smallAccount({ records }), {
    now: () => Date.now() + clock.aheadMs,
    ...options,
  });
  const folder = newFolder();
  const journal = openJournal(join(folder, '.clio-fields', 'journal.sqlite'));
  const runId = beginRun(journal, makePlan(journal, { changes, origin: sandbox.baseUrl }));
  journal.runs.settle(
    runId,
    changes.map((each) => outcome(each)),
  );
  journal.runs.finish(runId, { status: 'completed', endedAt: NOON });
  journal.close();
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const run: Scene['run'] = (args, failpoint) =>
    runBin(args, {
      folder,
      environment: {
        ...environment,
        ...(failpoint !== undefined && { CLIO_FIELDS_FAILPOINT: failpoint }),
      },
    });
  return { sandbox, clock, folder, run };
}

/** What a process that was killed ends with. */
const KILLED = { code: null, stdout: '' };

const upload = (recordId: number, ...more: string[]): string[] => [
  'report',
  'run-1',
  '--upload',
  '--record',
  String(recordId),
  '--json',
  ...more,
];

/** The documents of one matter: whole, by name; and how many bytes each version that is whole has. */
function documentsOf({ documents }: TestSandbox, matterId: number) {
  const all = documents.filter(({ parentId }) => parentId === matterId);
  return {
    registered: all.length,
    whole: all.filter(({ version }) => version.fullyUploaded).length,
    versions: all.reduce((sum, { formerVersions }) => sum + formerVersions.length + 1, 0),
    text: all.map(({ version }) => Buffer.from(version.content ?? []).toString()).join(''),
  };
}

/** The day after the run, for what is to be gone. */
const PURGED_BEFORE = '2026-01-06';

const STEPS: readonly Failpoint[] = [
  'before registration',
  'after registration',
  'before put',
  'after put',
  'before completion',
  'after completion',
];

test('killed at any step of an upload, the same command finishes it, and no document is made twice', async () => {
  const { run, sandbox } = await start();
  for (const [index, failpoint] of STEPS.entries()) {
    const matterId = 1_001 + index;
    const killed = await run(upload(matterId), failpoint);
    expect(killed, failpoint).toMatchObject(KILLED);
    const ended = await run(upload(matterId));
    expect(ended, failpoint).toMatchObject({ code: 0 });
    expect(JSON.parse(ended.stdout), failpoint).toMatchObject({
      isResumed: true,
      isNewVersion: false,
    });
    expect(documentsOf(sandbox, matterId), failpoint).toMatchObject({
      registered: 1,
      whole: 1,
      versions: 1,
      text: expect.stringContaining('Certificate of run-1'),
    });
  }
  const { stdout } = await run(['audit', 'run-1', '--json']);
  const { filed, chain } = JSON.parse(stdout);
  expect(filed).toHaveLength(STEPS.length);
  expect(chain.holds).toBe(true);
});

test('an upload that was cut short is named with the command that finishes it, until it is whole', async () => {
  const { run, sandbox } = await start();
  const diff = upload(1_002, '--what', 'diff', '--format', 'csv', '--all-records');
  expect(await run(upload(1_001), 'after registration')).toMatchObject(KILLED);
  expect(await run(diff, 'before put')).toMatchObject(KILLED);
  const commands = [
    'report run-1 --upload --record 1001 --parent matter',
    'report run-1 --upload --record 1002 --parent matter --what diff --format csv --all-records',
  ];
  for (const [command, words] of [
    ['status', 'certificate of run-1 (html) for matter 1001, begun'],
    ['audit', 'certificate (html) for matter 1001, begun by'],
  ] as const) {
    const { stdout } = await run([command]);
    const said = stdout.replace(/\s+/gu, ' ');
    expect(said).toContain(words);
    for (const each of commands) expect(said).toContain(`clio-fields ${each}`);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const { unfinishedUploads } = JSON.parse((await run([command, '--json'])).stdout);
    expect(unfinishedUploads).toMatchObject(commands.map((each) => ({ command: each })));
  }
  for (const each of commands) expect((await run([...each.split(' '), '--json'])).code).toBe(0);
  for (const matterId of [1_001, 1_002]) {
    const documents = documentsOf(sandbox, matterId);
    expect(documents).toMatchObject({ registered: 1, whole: 1, versions: 1 });
    expect(documents.text).not.toContain('Not filed');
  }
  for (const command of ['status', 'audit'])
    expect(JSON.parse((await run([command, '--json'])).stdout).unfinishedUploads).toEqual([]);
});

test('of an upload whose values were purged meanwhile it is said that nothing finishes it', async () => {
  const { run } = await start();
  expect(await run(upload(1_001, '--what', 'diff'), 'before put')).toMatchObject(KILLED);
  expect(await run(upload(1_001), 'before put')).toMatchObject(KILLED);
  expect((await run(['purge', '--before', PURGED_BEFORE, '--yes'])).code).toBe(0);
  const { stdout } = await run(['status']);
  expect(stdout.replace(/\s+/gu, ' ')).toContain('it cannot be any more, as the values');
  const { unfinishedUploads } = JSON.parse((await run(['audit', '--json'])).stdout);
  const certificate = 'report run-1 --upload --record 1001 --parent matter';
  expect(unfinishedUploads).toMatchObject([{ command: null }, { command: certificate }]);
  expect((await run([...certificate.split(' '), '--json'])).code).toBe(0);
});

test('a second upload of the same becomes a newer version of the document, however the first was killed', async () => {
  const { run, sandbox } = await start();
  for (const failpoint of ['after registration', 'after put'] as const) {
    const matterId = failpoint === 'after put' ? 1_001 : 1_002;
    expect((await run(upload(matterId))).code).toBe(0);
    expect(await run(upload(matterId), failpoint)).toMatchObject(KILLED);
    const ended = await run(upload(matterId));
    expect(ended.code).toBe(0);
    expect(documentsOf(sandbox, matterId)).toMatchObject({ registered: 1, whole: 1, versions: 2 });
  }
});

test.each([
  [{ putUrlOnRead: 'same' as const }, 2],
  [{ putUrlOnRead: 'renewed' as const }, 1],
])('an address that ended meanwhile is replaced (%j)', async (behaviour, versions) => {
  const { run, sandbox, clock } = await start({ behaviour });
  expect(await run(upload(1_001), 'before put')).toMatchObject(KILLED);
  clock.aheadMs += 3_600_000;
  expect((await run(upload(1_001))).code).toBe(0);
  expect(documentsOf(sandbox, 1_001)).toMatchObject({ registered: 1, whole: 1, versions });
});

test.each([
  [{}, 1],
  [{ listsUncompletedDocuments: false }, 2],
])('a registration whose answer is lost is looked for (%j)', async (behaviour, registered) => {
  const { run, sandbox } = await start({ behaviour });
  sandbox.setFaults([{ kind: 'reset-after', on: 'writes', at: [nextWrite(sandbox)] }]);
  const ended = await run(upload(1_001));
  expect(ended).toMatchObject({ code: 0 });
  expect(documentsOf(sandbox, 1_001)).toMatchObject({ registered, whole: 1 });
});

test('a completion whose answer is lost is looked up, not taken for failed', async () => {
  const { run, sandbox } = await start();
  sandbox.setFaults([{ kind: 'reset-after', on: 'writes', at: [nextWrite(sandbox) + 1] }]);
  expect((await run(upload(1_001))).code).toBe(0);
  expect(documentsOf(sandbox, 1_001)).toMatchObject({ registered: 1, whole: 1, versions: 1 });
});

test('what ends an upload in the middle says how to go on, and the same command does', async () => {
  const { run, sandbox } = await start();
  sandbox.setFaults([{ kind: '410', on: 'writes', at: [nextWrite(sandbox)] }]);
  const ended = await run(upload(1_001));
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout).error.hint).toContain('Run the same command again');
  expect((await run(upload(1_001))).code).toBe(0);
  expect(documentsOf(sandbox, 1_001)).toMatchObject({ registered: 1, whole: 1 });
});

test('a diff holds the changes of its record alone, unless all are asked for', async () => {
  const { run, sandbox } = await start();
  const one = await run(upload(1_001, '--what', 'diff', '--format', 'csv'));
  expect(one.code).toBe(0);
  expect(one.stderr).toContain('of this matter alone');
  const { text } = documentsOf(sandbox, 1_001);
  expect(text).toContain(',1001,');
  expect(text).not.toContain(',1002,');
  for (const format of ['html', 'json', 'text']) {
    expect((await run(upload(1_003, '--what', 'diff', '--format', format))).code).toBe(0);
  }
  const others = documentsOf(sandbox, 1_003).text;
  expect(others).toContain('matter 1003');
  for (const { recordId } of changesOf(10)) {
    if (recordId === '1003') continue;
    expect(others).not.toContain(`"${recordId}"`);
    expect(others).not.toContain(`matter ${recordId}`);
  }
  const all = await run(upload(1_002, '--what', 'diff', '--format', 'csv', '--all-records'));
  expect(all.stderr).toContain('other clients too');
  expect(documentsOf(sandbox, 1_002).text).toContain(',1003,');
  const foreign = await run(upload(9, '--what', 'diff'));
  expect(foreign.code).toBe(2);
  expect(JSON.parse(foreign.stdout).error.code).toBe('unknown_record');
});

test('a record that is not there, or that may not be written, gets nothing, and it is said why', async () => {
  const { run, sandbox } = await start();
  const gone = await run(upload(99));
  expect(gone.code).toBe(2);
  expect(JSON.parse(gone.stdout).error.code).toBe('unknown_record');
  const matter = sandbox.account.records.find(({ id }) => id === 1_003);
  if (matter !== undefined) matter.access = 'read';
  const closed = await run(upload(1_003));
  expect(closed.code).toBe(5);
  expect(JSON.parse(closed.stdout).error).toMatchObject({
    code: 'upload_forbidden',
    hint: expect.stringContaining('"Documents"'),
  });
  expect(sandbox.documents).toHaveLength(0);
});

test('an app without the permission for documents is told which to tick', async () => {
  const { run } = await start({ behaviour: { documentsPermission: false } });
  const ended = await run(upload(1_001));
  expect(ended.code).toBe(5);
  expect(JSON.parse(ended.stdout).error.hint).toContain('"Documents" (read and write)');
});

test('a document whose bytes Clio does not find at once is asked about until it does', async () => {
  const { run, sandbox } = await start({ behaviour: { uploadTimeouts: 2 } });
  const ended = await run(upload(1_001));
  expect(ended.code).toBe(0);
  expect(sandbox.documents.map(({ version }) => version.fullyUploaded)).toEqual([true]);
  const puts = sandbox.log.filter(({ method }) => method === 'PUT');
  expect(puts).toHaveLength(1);
});

/** The number of the next write, as faults count them. */
function nextWrite({ log }: TestSandbox): number {
  const writes = log.filter(({ method, url }) => method !== 'GET' && url.startsWith('/api/'));
  return writes.length + 1;
}

test('without --upload the same report is a file for this user alone', async () => {
  const { run, folder } = await start();
  const named = await run(['report', 'run-1']);
  expect(named.code).toBe(0);
  const file = join(folder, 'clio-fields-run-1-certificate.html');
  expect(named.stdout).toContain(file);
  expect(readFileSync(file, 'utf8')).toContain('Certificate of run-1');
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  const diff = await run([
    'report',
    'run-1',
    '--what',
    'diff',
    '--record',
    '1001',
    '--out',
    'd.csv',
  ]);
  expect(diff.code).toBe(0);
  const text = readFileSync(join(folder, 'd.csv'), 'utf8');
  expect(text).toContain(',1001,');
  expect(text).not.toContain(',1002,');
});

test.each([
  [['--upload'], 'usage'],
  [['--upload', '--record', '1001', '--out', 'x'], 'usage'],
  [['--format', 'csv'], 'no_csv'],
  [['--upload', '--record', '1001', '--format', 'csv'], 'no_csv'],
  [['--upload', '--record', 'Smith'], 'usage'],
])('report run-1 %j is refused', async (flags, code) => {
  const { run } = await start();
  const ended = await run(['report', 'run-1', ...flags, '--json']);
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout).error.code).toBe(code);
});
