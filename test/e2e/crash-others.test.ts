import { expect, onTestFinished, test } from 'vitest';
import type { AccountRow } from '../../src/sandbox/account.ts';
import type { Behaviour } from '../../src/sandbox/options.ts';
import { contentsOf, crashAccount, CrashRig, RULES } from './crash-rig.ts';

/** Killed when a write of the second record, the move among it, was answered and nothing of that is in the journal. */
async function startKilled(behaviour: Partial<Behaviour> = {}): Promise<CrashRig> {
  const account = crashAccount(2);
  const rig = await CrashRig.start({ behaviour }, { account, rules: RULES });
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

async function killedAt(rig: CrashRig, failpoint: string): Promise<void> {
  const killed = await rig.run(['apply', '--approve', rig.digest, '--json'], { failpoint });
  expect(killed.signal).toBe('SIGKILL');
}

function rowOf(rig: CrashRig, recordId: number, definitionId: number): AccountRow {
  const row = rig.sandbox.account.records
    .find(({ id }) => id === recordId)
    ?.rows.find((each) => each.definitionId === definitionId);
  if (row === undefined) throw new Error(`no row of ${definitionId} in ${recordId}`);
  return row;
}

test('the source that a run emptied before it was killed comes back, though somebody changed the target meanwhile', async () => {
  const rig = await startKilled();
  const before = contentsOf(rig.sandbox.account);
  await killedAt(rig, 'before outcome@1');
  const moved = rig.sandbox.account.records.filter(({ id }) => rowOf(rig, id, 102).value === null);
  // Both records were on their way; the platform had done one of them, or the other too.
  expect(moved.length).toBeGreaterThan(0);
  for (const { id } of moved) rowOf(rig, id, 103).value = 77;
  const resumed = await rig.run(['apply', '--resume', '--json']);
  expect(resumed.code).toBe(3);
  const { counts, problems } = JSON.parse(resumed.stdout);
  expect(counts).toMatchObject({ conflict: moved.length, pending: 0 });
  expect(problems[0].reason).toContain('; the rest of the change was written before');
  const undone = await rig.run(['rollback', 'run-1', '--json']);
  expect(undone.code).toBe(0);
  expect(contentsOf(rig.sandbox.account)).toEqual({
    ...before,
    ...Object.fromEntries(moved.map(({ id }) => [`${id}/103`, 77])),
  });
});

test('half a move that Clio did is undone with a run that was killed before it heard of it', async () => {
  const rig = await startKilled({ writesAllOrNothing: false });
  const source = rig.sandbox.account.definitions.find(({ id }) => id === 102);
  if (source === undefined) throw new Error('no such field');
  source.required = true;
  const before = contentsOf(rig.sandbox.account);
  await killedAt(rig, 'before outcome@1');
  source.required = false;
  rig.letTimePass();
  const undone = await rig.run(['rollback', 'run-1', '--json']);
  expect(undone.code).toBe(0);
  expect(contentsOf(rig.sandbox.account)).toEqual(before);
});

test('what a killed run sent and nobody answered is told by verify and by a dry run, and a digest from before does not pass', async () => {
  const rig = await startKilled();
  const before = contentsOf(rig.sandbox.account);
  await killedAt(rig, 'before outcome@1');
  const verified = await rig.run(['verify', 'run-1', '--json']);
  expect(verified.code).toBe(3);
  const { unanswered, counts } = JSON.parse(verified.stdout);
  expect(unanswered).toBeGreaterThan(0);
  expect(counts).toMatchObject({ stands: 0 });
  const dry = await rig.run(['rollback', 'run-1', '--dry-run', '--json']);
  expect(dry.stderr).toContain('sent and not answered');
  const { digest } = JSON.parse(dry.stdout);
  rig.letTimePass();
  const refused = await rig.run(['rollback', 'run-1', '--approve', digest, '--json']);
  expect(refused.code).toBe(2);
  const { error } = JSON.parse(refused.stdout);
  expect(error).toMatchObject({ code: 'digest_mismatch' });
  expect(error.message).toContain('run-1 stood half way');
  const [, known] = /digest: (\w+)/u.exec(error.hint) ?? [];
  const undone = await rig.run(['rollback', 'run-1', '--approve', known ?? '', '--json']);
  expect(undone.code).toBe(0);
  expect(contentsOf(rig.sandbox.account)).toEqual(before);
});
