import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { contentsOf, crashAccount, CrashRig, RULES } from './crash-rig.ts';

async function start(matters?: number): Promise<CrashRig> {
  const rig = await CrashRig.start({}, { account: crashAccount(matters), rules: RULES });
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

test('killed in every step of a new journal, the next start brings it to the last version, and it is sound', async () => {
  const rig = await start();
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-migration-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const journal = ['--journal', join(folder, 'journal.sqlite')];
  let kills = 0;
  for (let step = 1; ; step += 1) {
    const first = await rig.run(['inventory', '--json', ...journal], {
      failpoint: `during migration@${step === 1 ? 1 : 2}`,
    });
    if (first.signal === null) break;
    kills += 1;
    // Again in the same step, from the version that the last kill left.
    const again = await rig.run(['inventory', '--json', ...journal], {
      failpoint: 'during migration@1',
    });
    expect(again.signal).toBe('SIGKILL');
    kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(2);
  const plan = await rig.run(['plan', '--json', ...journal]);
  expect(JSON.parse(plan.stdout)).toMatchObject({ digest: rig.digest });
  const doctor = await rig.run(['doctor', '--json', ...journal]);
  expect(doctor).toMatchObject({ code: 0 });
});

test('killed while it reads an inventory, the one before still stands, and the next is whole', async () => {
  const rig = await start(450);
  for (const place of ['during inventory', 'during inventory@2', 'during inventory@3']) {
    const killed = await rig.run(['inventory', '--json'], { failpoint: place });
    expect(killed.signal).toBe('SIGKILL');
    const planned = await rig.run(['plan', '--json']);
    expect(JSON.parse(planned.stdout)).toMatchObject({
      inventoryId: 'inventory-1',
      digest: rig.digest,
    });
  }
  const whole = await rig.run(['inventory', '--json']);
  expect(JSON.parse(whole.stdout)).toMatchObject({ records: { matter: 450 } });
  const planned = await rig.run(['plan', '--json']);
  expect(JSON.parse(planned.stdout)).toMatchObject({ digest: rig.digest });
});

test('killed while a rollback closes an unfinished run, it goes on and restores everything', async () => {
  const rig = await start();
  const before = contentsOf(rig.sandbox.account);
  const apply = ['apply', '--approve', rig.digest, '--json'];
  expect((await rig.run(apply, { failpoint: 'before outcome@9' })).signal).toBe('SIGKILL');
  rig.letTimePass();
  for (const place of ['while closing', 'after rollback plan', 'after intent@3']) {
    const killed = await rig.run(['rollback', 'run-1', '--resume', '--json'], { failpoint: place });
    expect(killed.signal).toBe('SIGKILL');
  }
  const undone = await rig.run(['rollback', 'run-1', '--resume', '--json']);
  expect(undone).toMatchObject({ code: 0 });
  expect(contentsOf(rig.sandbox.account)).toEqual(before);
});
