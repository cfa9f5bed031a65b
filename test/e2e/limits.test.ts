import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { runBin } from '../support/bin.ts';
import { CrashRig, MATTERS } from './crash-rig.ts';

async function start(options: SandboxOptions = {}): Promise<CrashRig> {
  const rig = await CrashRig.start(options);
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

test('a canary survives SIGKILL: the resume completes it and stops with 4, and the next goes on', async () => {
  const rig = await start();
  const from = rig.sandbox.counters.requests;
  const killed = await rig.run(['apply', '--approve', rig.digest, '--canary', '4'], { atWrite: 3 });
  expect(killed.signal).toBe('SIGKILL');
  const canary = await rig.run(['apply', '--resume', '--json']);
  expect(canary.code).toBe(4);
  expect(canary.stderr).toContain('the first 4 records are written and read again');
  expect(canary.stderr).toContain('Continue with `clio-fields apply --resume`.');
  expect(JSON.parse(canary.stdout)).toMatchObject({
    status: 'incomplete',
    canary: { records: 4, isPassed: true },
    stopped: { reason: 'canary' },
  });
  expect(rig.committed(from).size).toBe(4);
  const bound = await rig.run(['apply', '--resume', '--max-changes', '1']);
  expect(bound.code).toBe(2);
  expect(bound.stderr).toContain('more than the 1 that --max-changes allows');
  expect(rig.committed(from).size).toBe(4);
  const ended = await rig.run(['apply', '--resume', '--json']);
  expect(ended.code).toBe(0);
  const certificate = JSON.parse((await rig.run(['audit', '--json'])).stdout);
  expect(certificate).toMatchObject({
    chain: { holds: true },
    canary: { records: 4, how: 'told', entry: expect.any(Number) },
  });
  expect([...rig.committed(from).values()]).toEqual(Array.from({ length: MATTERS }, () => 1));
  const verified = await rig.run(['verify', 'run-1', '--json']);
  expect(verified.code).toBe(0);
  expect(JSON.parse(verified.stdout)).toMatchObject({
    counts: { stands: MATTERS * 4, moved: 0, unseen: 0 },
  });
});

test('a pause file stops a run that somebody else started with 4, and none starts while it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-pause-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pauseFile = join(folder, 'pause');
  const rig = await start({ latencyMs: 400 });
  const from = rig.sandbox.counters.requests;
  const slowly = ['--rate', '120', '--pause-file', pauseFile];
  const running = rig.run(['apply', '--approve', rig.digest, ...slowly]);
  while (rig.committed(from).size < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  writeFileSync(pauseFile, '');
  const stopped = await running;
  expect(stopped.code).toBe(4);
  expect(stopped.stderr).toContain(`create the file ${pauseFile}`);
  expect(stopped.stderr).toContain(`the file ${pauseFile} asks for a pause`);
  const written = rig.committed(from).size;
  expect(written).toBeLessThan(MATTERS / 2);
  const kept = await rig.run(['apply', '--resume']);
  expect(kept.code).toBe(4);
  expect(kept.stderr).toContain(
    `run-1 goes on as it began: at most 120 requests a minute, the pause file ${pauseFile}.`,
  );
  expect(rig.committed(from).size).toBe(written);
  rmSync(pauseFile);
  const ended = await rig.run(['apply', '--resume', '--rate', '6000']);
  expect(ended.code).toBe(0);
  expect(ended.stderr).not.toContain('120 requests a minute');
  expect(rig.committed(from).size).toBe(MATTERS);
});

test('a sign-in that sees no values ends with 5 before the first write, and says which permission is missing', async () => {
  const rig = await start();
  const { account, counters } = rig.sandbox;
  for (const record of account.records) record.access = 'stripped';
  const writes = counters.writes;
  const ended = await rig.run(['apply', '--approve', rig.digest, '--json']);
  expect(ended.code).toBe(5);
  expect(ended.stderr).toContain('Tick the permission "Custom fields"');
  expect(JSON.parse(ended.stdout)).toMatchObject({
    counts: { applied: 0, noAccess: 0, pending: MATTERS * 3 },
    coverage: [{ parentType: 'matter', read: MATTERS, total: MATTERS }, { parentType: 'contact' }],
    stopped: { reason: 'platform' },
  });
  expect(counters.writes).toBe(writes);
  const doctor = await rig.run(['doctor']);
  expect(doctor.code).toBe(5);
  expect(doctor.stdout.replaceAll(/\s+/gu, ' ')).toContain(
    `${MATTERS} of the first ${MATTERS} of ${MATTERS} come back without their values`,
  );
  for (const record of account.records.slice(1)) record.access = 'write';
  // One record that is out of sight is no missing permission.
  expect((await rig.run(['doctor'])).code).toBe(3);
  for (const record of account.records) record.access = 'write';
  expect((await rig.run(['apply', '--resume'])).code).toBe(0);
});

test('a window that is closed is waited for with a word, and SIGINT ends the wait at once with 4', async () => {
  const rig = await start();
  const hour = new Date().getUTCHours();
  const closed = `${(hour + 3) % 24}:00-${(hour + 4) % 24}:00 UTC`;
  const before = rig.sandbox.counters.writes;
  const startedAtMs = Date.now();
  const stopped = await rig.run(['apply', '--approve', rig.digest, '--window', closed, '--json'], {
    afterMs: 2_500,
    signal: 'SIGINT',
  });
  expect(Date.now() - startedAtMs).toBeLessThan(10_000);
  expect(stopped.code).toBe(4);
  expect(stopped.stderr).toContain('Outside of');
  expect(stopped.stderr).toContain('(UTC), in 2:');
  expect(rig.sandbox.counters.writes).toBe(before);
  expect(JSON.parse(stopped.stdout)).toMatchObject({ stopped: { reason: 'asked' } });
  const doom = { afterMs: 2_500, signal: 'SIGINT' } as const;
  const kept = await rig.run(['apply', '--resume'], doom);
  expect(kept).toMatchObject({ code: 4, stderr: expect.stringContaining('Outside of') });
  expect(rig.sandbox.counters.writes).toBe(before);
  const open = `${hour}:00-${(hour + 2) % 24}:00 UTC`;
  const ended = await rig.run(['apply', '--resume', '--window', open]);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toContain('Within');
  const undone = await rig.run(['rollback', 'run-1', '--window', closed], doom);
  expect(undone.code).toBe(4);
  const lifted = await rig.run(['rollback', 'run-1', '--resume', '--window', 'any']);
  expect(lifted.code).toBe(0);
});

test('a window that is none is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-window-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const wrong = ['25:00-04:00', '19:00', '19:00-19:00', '19:00-04:00 Mars/Olympus', 'peak'];
  const ended = await Promise.all(
    wrong.map(async (window) => runBin(['apply', '--window', window], { folder })),
  );
  for (const { code, stderr } of ended) {
    expect(code).toBe(2);
    expect(stderr).toContain('--window');
  }
});

test('a digest that is given holds for a plan that is approved already, and on a resume', async () => {
  const rig = await start();
  const from = rig.sandbox.counters.requests;
  const other = 'f'.repeat(64);
  await rig.run(['approve', 'plan-1', '--digest', rig.digest, '--by', 'Ann Example']);
  const refused = await rig.run(['apply', '--approve', other]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`The digest "${other}" is not that of plan-1.`);
  expect(rig.committed(from).size).toBe(0);
  await rig.run(['apply', '--approve', rig.digest, '--stop-after', '2']);
  expect((await rig.run(['apply', '--resume', '--approve', other])).code).toBe(2);
  expect(rig.committed(from).size).toBe(2);
  expect((await rig.run(['apply', '--resume', '--approve', rig.digest])).code).toBe(0);
});

test('a second person is asked for on a resume, too', async () => {
  const rig = await start();
  await rig.run(['apply', '--approve', rig.digest, '--stop-after', '2']);
  const refused = await rig.run(['apply', '--resume', '--two-person']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('plan-1 needs a second person');
});
