import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HAS_TERMINALS, runOnTerminal } from '../support/terminal.ts';
import { contentsOf, crashAccount, CrashRig, RULES } from './crash-rig.ts';

/** A plan for some matters. */
async function prepare(): Promise<CrashRig> {
  const rig = await CrashRig.start({}, { account: crashAccount(4), rules: RULES });
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

/** A run, one of whose values holds something else by now. */
async function start(...flags: readonly string[]): Promise<CrashRig> {
  const rig = await prepare();
  await rig.run(['apply', '--approve', rig.digest, ...flags]);
  const row = rig.sandbox.account.records[0]?.rows.find(({ definitionId }) => definitionId === 101);
  if (row === undefined) throw new Error('the stage has no such row');
  row.value = 'theirs';
  return rig;
}

async function digestOf(rig: CrashRig, ...flags: readonly string[]): Promise<string> {
  const { stdout } = await rig.run(['rollback', 'run-1', '--dry-run', '--json', ...flags]);
  return JSON.parse(stdout).digest;
}

async function runsOf(rig: CrashRig): Promise<unknown> {
  return JSON.parse((await rig.run(['runs', '--json'])).stdout).runs;
}

const WITH_FORCE = ['rollback', 'run-1', '--force'];

test('a script that forces a rollback is asked nothing', async () => {
  const rig = await start();
  expect(await rig.run(WITH_FORCE)).toMatchObject({ code: 0 });
  expect(contentsOf(rig.sandbox.account)).toEqual(contentsOf(crashAccount(4)));
});

test('a rollback of another digest than the given one is refused, a forced one by that of a plain one too', async () => {
  const rig = await start('--stop-after', '3');
  const plain = await digestOf(rig);
  const forced = await digestOf(rig, '--force');
  const applied = contentsOf(rig.sandbox.account);
  for (const [flags, digest] of [
    [[], forced],
    [['--force'], plain],
    [['--force', '--record', '1001'], forced],
    [['--force', '--resume'], 'abc'],
  ] as const) {
    const refused = await rig.run(['rollback', 'run-1', ...flags, '--approve', digest, '--json']);
    expect(refused.code).toBe(2);
    expect(JSON.parse(refused.stdout).error.code).toBe('digest_mismatch');
  }
  expect(contentsOf(rig.sandbox.account)).toEqual(applied);
  expect(await runsOf(rig), 'nor is the run ended').toMatchObject([
    { runId: 'run-1', endedAt: null },
  ]);
  expect(await rig.run([...WITH_FORCE, '--approve', forced])).toMatchObject({ code: 0 });
  expect(contentsOf(rig.sandbox.account)).toEqual(contentsOf(crashAccount(4)));
});

test('a digest is held against a forced rollback that is resumed, too', async () => {
  const rig = await start();
  const digest = await digestOf(rig, '--force');
  const go = async (...flags: readonly string[]) =>
    (await rig.run([...WITH_FORCE, '--approve', ...flags])).code;
  expect(await go(digest, '--stop-after', '1')).toBe(4);
  expect(await go('abc', '--resume')).toBe(2);
  expect(await go(digest, '--resume')).toBe(0);
  expect(contentsOf(rig.sandbox.account)).toEqual(contentsOf(crashAccount(4)));
});

test('a digest that no longer fits, since what was sent is known, writes nothing', async () => {
  const rig = await prepare();
  await rig.run(['apply', '--approve', rig.digest], { atWrite: 3 });
  rig.letTimePass();
  const digest = await digestOf(rig, '--force');
  const applied = contentsOf(rig.sandbox.account);
  const refused = await rig.run([...WITH_FORCE, '--approve', digest]);
  expect(refused.code).toBe(2);
  expect(contentsOf(rig.sandbox.account)).toEqual(applied);
  const again = await digestOf(rig, '--force');
  expect(await rig.run([...WITH_FORCE, '--approve', again])).toMatchObject({ code: 0 });
});

describe.runIf(HAS_TERMINALS)('a forced rollback on a terminal', () => {
  const when = /Type yes to restore: /u;
  const onTerminal = (rig: CrashRig, args: readonly string[], deeds: readonly object[]) =>
    runOnTerminal(args, {
      folder: dirname(rig.journal),
      environment: {
        CLIO_BASE_URL: rig.sandbox.baseUrl,
        CLIO_ACCESS_TOKEN: rig.sandbox.token,
        CLIO_FIELDS_JOURNAL: rig.journal,
      },
      deeds: deeds.map((deed) => ({ when, ...deed })),
    });

  test('tells what it writes over and asks; without a yes nothing is written, and no run is ended', async () => {
    const rig = await start('--stop-after', '3');
    const applied = contentsOf(rig.sandbox.account);
    const requests = rig.sandbox.counters.requests;
    for (const [deed, code] of [
      [{ keys: '\u0003' }, 4],
      [{ signal: 'SIGTERM' }, 4],
      [{ keys: '\u0004' }, 2],
      [{ keys: 'no\r' }, 2],
    ] as const) {
      const ended = await onTerminal(rig, WITH_FORCE, [deed]);
      expect(ended.screen).toContain('--force writes over whatever was put into these 9 values');
      expect(ended.screen).toMatch(/^Field 101\s+Rule rollback, Unchanged 0,\s+Changed 3,/mu);
      expect(ended.screen).toContain('run-1 was not rolled back. Nothing was written.');
      expect(ended.code).toBe(code);
    }
    expect(rig.sandbox.counters.requests).toBe(requests);
    expect(contentsOf(rig.sandbox.account)).toEqual(applied);
    expect(await rig.run(['apply', '--resume', '--json'])).toMatchObject({ code: 0 });
    const restored = await onTerminal(rig, WITH_FORCE, [{ keys: 'yes\r' }]);
    expect(restored.code).toBe(0);
    expect(contentsOf(rig.sandbox.account)).toEqual(contentsOf(crashAccount(4)));
  });

  test('asks no second time on a resume, nor where the yes or the digest stands on the line', async () => {
    const rig = await start();
    const half = [...WITH_FORCE, '--stop-after', '1'];
    const ended = await onTerminal(rig, half, [{ keys: 'yes\r' }]);
    expect(ended.code).toBe(4);
    const resumed = await onTerminal(rig, [...WITH_FORCE, '--resume'], []);
    expect(resumed.screen).not.toMatch(when);
    expect(resumed.code).toBe(0);
    for (const flags of [['--yes'], ['--approve', await digestOf(rig, '--force')]]) {
      const { screen, code } = await onTerminal(rig, [...WITH_FORCE, ...flags], []);
      expect(screen).not.toMatch(when);
      expect(code).toBe(0);
    }
  });

  test('a plain one asks nothing', async () => {
    const rig = await start();
    const ended = await onTerminal(rig, ['rollback', 'run-1'], []);
    expect(ended.screen).not.toMatch(/Type yes/u);
    expect(ended.code).toBe(3);
  });
});
