import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { smallAccount, startTestSandbox } from '../support/sandbox.ts';

type Run = (...args: readonly string[]) => Promise<Ended>;

/** Runs a command with --json in a folder of its own, with a sign-in that lacks some permissions. */
async function start(behaviour: NonNullable<SandboxOptions['behaviour']>): Promise<Run> {
  return runAgainst(await startTestSandbox(smallAccount(), { behaviour }));
}

function runAgainst(sandbox: Sandbox): Run {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-one-kind-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const environment = {
    CLIO_BASE_URL: sandbox.baseUrl,
    CLIO_ACCESS_TOKEN: sandbox.token,
    CLIO_FIELDS_JOURNAL: join(folder, 'journal.sqlite'),
  };
  return (...args) => runBin([...args, '--json'], { folder, environment });
}

test.each([
  { permission: 'contactsPermission', refused: 'contact', other: 'matter' },
  { permission: 'mattersPermission', refused: 'matter', other: 'contact' },
])(
  'a sign-in without $permission is told by inventory and doctor how to go on without, and that way works',
  async ({ permission, refused, other }) => {
    const run = await start({ [permission]: 'none' });
    const wayOn = `To go on without ${refused}s: clio-fields inventory --parent ${other}.`;

    const all = await run('inventory');
    expect(all.code).toBe(5);
    expect(JSON.parse(all.stdout).error.hint).toContain(wayOn);

    const doctor = await run('doctor');
    expect(doctor.code).toBe(5);
    const { findings } = JSON.parse(doctor.stdout);
    expect(findings).toContainEqual(
      expect.objectContaining({ what: `${refused}s`, hint: expect.stringContaining(wayOn) }),
    );

    expect((await run('inventory', '--parent', other)).code).toBe(0);
    const alone = await run('inventory', '--parent', refused);
    expect(alone.code).toBe(5);
    expect(alone.stdout).not.toContain('To go on without');
  },
);

test.each([
  { refused: 'contact', other: 'matter' },
  { refused: 'matter', other: 'contact' },
])(
  'a sign-in that lost the permission for $refused records is told by inventory --since how to go on without',
  async ({ refused, other }) => {
    const sandbox = await startTestSandbox(smallAccount());
    const run = runAgainst(sandbox);
    expect((await run('inventory')).code).toBe(0);
    const begun = sandbox.log.length;
    expect((await run('inventory', '--since', 'last')).code).toBe(0);
    const place = sandbox.log
      .slice(begun)
      .findIndex(({ url }) => url.includes(`/${refused}s.json`));
    sandbox.setFaults([{ kind: '403', on: 'reads', at: [sandbox.counters.reads + place + 1] }]);
    const { code, stdout } = await run('inventory', '--since', 'last');
    expect(code).toBe(5);
    expect(JSON.parse(stdout).error.hint).toContain(
      `To go on without ${refused}s: clio-fields inventory --parent ${other}.`,
    );
  },
);

test('a sign-in that may read neither matters nor contacts is not sent from one to the other by doctor', async () => {
  const run = await start({ contactsPermission: 'none', mattersPermission: 'none' });
  const { code, stdout } = await run('doctor');
  expect(code).toBe(5);
  expect(stdout).not.toContain('To go on without');
});

test('an inventory of another firm in the same journal is told of, with both hosts', async () => {
  const [first, second] = [
    await startTestSandbox(smallAccount()),
    await startTestSandbox(smallAccount()),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-two-firms-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const take = (sandbox: Sandbox) =>
    runBin(['inventory', '--quiet'], {
      folder,
      environment: { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token },
    });
  expect((await take(first)).stderr).toBe('');
  expect((await take(first)).stderr).toBe('');
  const { code, stderr } = await take(second);
  expect(code).toBe(0);
  for (const part of ['inventory-3', 'inventory-2', first.baseUrl, second.baseUrl, '--journal'])
    expect(stderr).toContain(part);
});
