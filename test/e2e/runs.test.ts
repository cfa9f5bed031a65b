import { writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { importing } from '../support/importing.ts';
import { aContact, aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { contentsOf, CrashRig, MATTERS, type Stage } from './crash-rig.ts';

async function start(options: SandboxOptions = {}, stage?: Stage): Promise<CrashRig> {
  const rig = await CrashRig.start(options, stage);
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

const pages = (count: number): number => Math.ceil(count / 200);

/** Definitions, 200 records a request, and one more; as many requests as records that change, one for each 200 of them, and two more. */
test.each([
  { matters: 450, contacts: 250 },
  { matters: 0, contacts: 3 },
])(
  'over $matters matters and $contacts contacts, inventory and apply stay within their bounds of requests',
  async ({ matters, contacts }) => {
    const account = wideAccount(matters, contacts);
    const rig = await start({}, { account, rules: WIDE_RULES });
    const inventory = rig.sandbox.counters.requests;
    expect(inventory).toBeLessThanOrEqual(1 + pages(matters + contacts) + 1);
    const ended = await rig.run(['apply', '--approve', rig.digest, '--json']);
    expect(ended).toMatchObject({ code: 0 });
    expect(reportOf(ended.stdout).counts).toMatchObject({
      applied: matters + contacts,
      pending: 0,
    });
    const asked = rig.sandbox.counters.requests - inventory;
    expect(asked).toBeLessThanOrEqual(matters + contacts + pages(matters + contacts) + 2);
  },
  60_000,
);

test('SIGINT in the middle ends with 4, loses nothing in flight, and a resume completes each record once', async () => {
  const rig = await start({ latencyMs: 30 });
  const from = rig.sandbox.counters.requests;
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--json'], {
    atWrite: 9,
    signal: 'SIGINT',
  });
  expect(stopped).toMatchObject({ code: 4, signal: null });
  const { status, counts } = reportOf(stopped.stdout);
  const written = rig.committed(from).size;
  expect(status).toBe('incomplete');
  expect(written).toBeLessThan(MATTERS);
  // Every change of a record that was written is journaled as applied: nothing is left in doubt.
  expect(counts.applied).toBe(changesOf(written, counts));
  await expectResumed(rig, from);
});

test.each([
  ['apply', (digest: string) => ['apply', '--approve', digest]],
  ['a resume', () => ['apply', '--resume']],
])(
  'a second SIGINT ends %s at once, with 4 and one JSON document that says how to go on',
  async (what, args) => {
    const rig = await start({ slowMs: 5_000 });
    if (what === 'a resume') await rig.run(['apply', '--approve', rig.digest, '--stop-after', '2']);
    rig.sandbox.setFaults([{ kind: 'slow', on: 'writes', probability: 1 }]);
    const stopped = await rig.run([...args(rig.digest), '--json'], {
      atWrite: 1,
      signal: 'SIGINT',
      isHasty: true,
    });
    expect(stopped).toMatchObject({ code: 4, signal: null });
    expect(JSON.parse(stopped.stdout)).toMatchObject({
      formatVersion: 1,
      error: { code: 'stopped', hint: expect.stringContaining('--resume') },
    });
    expect(stopped.stderr).toContain('clio-fields apply --resume');
    rig.sandbox.setFaults([]);
    const resumed = await rig.run(['apply', '--resume', '--json']);
    expect(resumed.code).toBe(0);
    expect(reportOf(resumed.stdout).counts).toMatchObject({ conflict: 0, rejected: 0, pending: 0 });
  },
);

test('a terminal that closes stops a run between requests: it ends by that signal, and a resume goes on', async () => {
  const rig = await start({ latencyMs: 30 });
  const from = rig.sandbox.counters.requests;
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--json'], {
    atWrite: 9,
    signal: 'SIGHUP',
    environment: importing(
      "Object.defineProperty(process.stdin, 'isTTY', { value: true, configurable: true })",
    ),
  });
  expect(stopped).toMatchObject({ code: null, signal: 'SIGHUP' });
  const { counts } = reportOf(stopped.stdout);
  expect(counts.applied).toBe(changesOf(rig.committed(from).size, counts));
  await expectResumed(rig, from);
});

test('a run without a terminal goes on where one closes, as nohup wants it', async () => {
  const rig = await start();
  const ended = await rig.run(['apply', '--approve', rig.digest, '--json'], {
    atWrite: 9,
    signal: 'SIGHUP',
  });
  expect(ended).toMatchObject({ code: 0, signal: null });
});

test('a platform that sends us elsewhere in the middle ends with 4, and a resume completes', async () => {
  const rig = await start();
  const from = rig.sandbox.counters.requests;
  rig.sandbox.setFaults([{ kind: 'redirect', on: 'writes', at: [9] }]);
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--json']);
  expect(stopped.code).toBe(4);
  expect(stopped.stderr).toContain('apply --resume');
  expect(reportOf(stopped.stdout).counts.pending).toBeGreaterThan(0);
  rig.sandbox.setFaults([]);
  await expectResumed(rig, from);
});

test('a sign-in that ends in the middle ends with 5, and a resume with a new token completes', async () => {
  const rig = await start();
  const from = rig.sandbox.counters.requests;
  rig.sandbox.setFaults([{ kind: '401', on: 'writes', at: [9] }]);
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--json']);
  expect(stopped.code).toBe(5);
  expect(reportOf(stopped.stdout).counts.pending).toBeGreaterThan(0);
  const again = await rig.run(['apply', '--resume', '--json']);
  expect(again.code).toBe(5);
  await expectResumed(rig, from, await newToken(rig));
});

test('a crash between batches does not make the requests of the run forgotten', async () => {
  const rig = await start();
  const writes = rig.sandbox.counters.writes;
  await rig.run(['apply', '--approve', rig.digest], { failpoint: 'between batches' });
  const asked = rig.sandbox.counters.writes - writes;
  expect(asked).toBeGreaterThan(MATTERS);
  const requestsOf = async () =>
    JSON.parse((await rig.run(['runs', '--json'])).stdout).runs[0].requests;
  expect(await requestsOf()).toMatchObject({ writes: asked, reads: 2 });
  await rig.run(['apply', '--resume']);
  expect(await requestsOf()).toMatchObject({ writes: asked, reads: 3 });
});

test('a rollback of many records that is stopped names one short command, which goes on with these and no others', async () => {
  const rig = await start();
  const before = contentsOf(rig.sandbox.account);
  await rig.run(['apply', '--approve', rig.digest]);
  const written = contentsOf(rig.sandbox.account);
  const ids = [1_001, 1_002, 1_003, 1_004, 1_005, 1_006, 1_007];
  const records = ids.flatMap((id) => ['--record', String(id)]);
  const stopped = await rig.run(['rollback', 'run-1', ...records, '--stop-after', '2']);
  expect(stopped.code).toBe(4);
  expect(stopped.stderr).toContain('`clio-fields apply --resume`');
  expect((await rig.run(['apply', '--resume'])).code).toBe(0);
  const isNamed = (key: string): boolean => ids.some((id) => key.startsWith(`${id}/`));
  const mixed = Object.keys(before).map((key) => [key, (isNamed(key) ? before : written)[key]]);
  expect(contentsOf(rig.sandbox.account)).toMatchObject(Object.fromEntries(mixed));
});

test('a run that was killed at its very end is completed by its rollback, one with work left is not', async () => {
  const rig = await start();
  for (const [failpoint, status] of [
    ['before finish', 'completed'],
    ['after outcome@9', 'incomplete'],
  ] as const) {
    rig.reset();
    await rig.run(['apply', '--approve', rig.digest], { failpoint });
    expect((await rig.run(['rollback', 'run-1'])).code).toBe(0);
    const { runs } = JSON.parse((await rig.run(['runs', '--json'])).stdout);
    expect(runs).toMatchObject([
      { runId: 'run-2', status: 'completed' },
      { runId: 'run-1', status },
    ]);
  }
});

test('status names the process that is at work on the journal, and does not say to resume its run', async () => {
  const rig = await start();
  const hour = new Date().getUTCHours();
  const closed = `${(hour + 3) % 24}:00-${(hour + 4) % 24}:00 UTC`;
  const underWay = rig.run(['apply', '--approve', rig.digest, '--window', closed]);
  await expect
    .poll(async () => statusOf(rig), { timeout: 10_000 })
    .toMatchObject({ unfinishedRun: { runId: 'run-1' } });
  expect(await statusOf(rig)).toMatchObject({
    writer: { command: 'apply', pid: expect.any(Number), since: expect.any(String) },
    unfinishedRun: { runId: 'run-1' },
    next: { command: 'status', because: expect.stringContaining('wait until `apply` has ended') },
  });
  expect((await rig.run(['status'])).stdout).toMatch(/^Under way +apply, process \d+ on /mu);
  expect((await rig.run(['runs'])).stdout).toMatch(/^run-1 .* incomplete /mu);
  writeFileSync(`${rig.journal}.pause`, '');
  expect(await underWay).toMatchObject({ code: 4 });
  expect(await statusOf(rig)).toMatchObject({ writer: null, next: { command: 'apply --resume' } });
});

async function statusOf(rig: CrashRig): Promise<object> {
  return JSON.parse((await rig.run(['status', '--json'])).stdout);
}

async function expectResumed(rig: CrashRig, from: number, token?: string): Promise<void> {
  const ended = await rig.run(['apply', '--resume', '--json'], {
    ...(token !== undefined && { token }),
  });
  expect(ended).toMatchObject({ code: 0 });
  const { status, counts } = reportOf(ended.stdout);
  expect(status).toBe('completed');
  expect(counts).toMatchObject({
    alreadyThere: 0,
    conflict: 0,
    rejected: 0,
    noAccess: 0,
    pending: 0,
  });
  const committed = rig.committed(from);
  expect(committed.size).toBe(MATTERS);
  expect([...committed.values()].every((count) => count === 1)).toBe(true);
}

/** The same number of changes in each record. */
function changesOf(records: number, counts: Readonly<Record<string, number>>): number {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (records * all) / MATTERS;
}

interface Report {
  readonly status: string;
  readonly counts: Readonly<Record<string, number>>;
}

function reportOf(stdout: string): Report {
  return JSON.parse(stdout);
}

async function newToken({ sandbox }: CrashRig): Promise<string> {
  const answer = await fetch(`${sandbox.baseUrl}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: sandbox.refreshToken,
      client_id: 'sandbox-app',
      client_secret: 'sandbox-secret',
    }),
  });
  const { access_token: token }: { access_token: string } = JSON.parse(await answer.text());
  return token;
}

const WIDE_RULES = `version: 1
fields:
  - { match: Field 101, rule: text }
  - { match: Field 201, rule: text }
`;

/** One value to change in each of so many matters and contacts. */
function wideAccount(matters: number, contacts: number): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(101, 'text_line'),
      aDefinition(201, 'text_line', { parentType: 'Contact' }),
    ],
    records: [
      ...Array.from({ length: matters }, (_, index) =>
        aMatter(1_001 + index, { rows: [aRow(10_001 + index, 101, ` example  ${index} `)] }),
      ),
      ...Array.from({ length: contacts }, (_, index) =>
        aContact(5_001 + index, { rows: [aRow(50_001 + index, 201, ` example  ${index} `)] }),
      ),
    ],
  };
}

test('--quiet leaves out progress and advice, and nothing of what was done or left undone', async () => {
  const rig = await start();
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--stop-after', '2', '--quiet']);
  expect(stopped).toMatchObject({
    code: 4,
    stdout: expect.stringMatching(/^run-1 of plan-1, .*: incomplete\n\d+ applied, \d+ pending\n/u),
    stderr: expect.stringMatching(
      /^Stopped after .*\nContinue with `clio-fields apply --resume`.*\n$/u,
    ),
  });
  const undone = await rig.run(['rollback', 'run-1', '--quiet']);
  expect(undone).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^run-1 was unfinished and ends here: .*\n$/u),
  });
});
