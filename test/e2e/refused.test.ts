import { expect, onTestFinished, test } from 'vitest';
import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import type { FaultSpec } from '../../src/sandbox/fault-spec.ts';
import { anOption } from '../support/sandbox.ts';
import { CrashRig, type Doom, type Ended } from './crash-rig.ts';

async function start(): Promise<CrashRig> {
  // A 429 asks for longer than a test takes.
  const rig = await CrashRig.start({ faultRetryAfterSeconds: 120 });
  onTestFinished(async () => rig.close());
  rig.reset();
  return rig;
}

/** Write 1 is of the picklist's options, write 2 of a record; five records are written before the rest. */
const CASES: readonly { what: string; fault: FaultSpec; doom: Doom; end: Partial<Ended> }[] = [
  {
    what: 'a failed condition, by a crash before it is sent again',
    fault: { kind: '412', on: 'writes', at: [2] },
    doom: { failpoint: 'after refusal' },
    end: { signal: 'SIGKILL' },
  },
  {
    what: 'a refusal of its changes together, by a crash before they go apart',
    fault: { kind: '422', on: 'writes', at: [2] },
    doom: { failpoint: 'after refusal' },
    end: { signal: 'SIGKILL' },
  },
  {
    what: 'a 429, by a signal while it waits',
    fault: { kind: '429', on: 'writes', at: [2] },
    doom: { afterMs: 3_000, signal: 'SIGINT' },
    end: { code: 4 },
  },
  {
    what: 'the end of the sign-in',
    fault: { kind: '401', on: 'writes', at: [2] },
    doom: {},
    end: { code: 5 },
  },
];

test.each(CASES)(
  'what somebody else makes of a record that a run was stopped over, after $what, is theirs',
  async ({ fault, doom, end }) => {
    const rig = await start();
    rig.sandbox.setFaults([fault]);
    expect(await rig.run(['apply', '--approve', rig.digest, '--json'], doom)).toMatchObject(end);
    rig.sandbox.setFaults([]);
    const refused = refusedRecord(rig);
    rowOf(rig.sandbox.account, refused).value = plannedText(refused);

    const token = rig.sandbox.signIn();
    const resumed = await rig.run(['apply', '--resume', '--json'], { token });
    expect(resumed).toMatchObject({ code: 0 });
    expect(JSON.parse(resumed.stdout).counts).toMatchObject({ alreadyThere: 1, pending: 0 });
    await rig.run(['rollback', 'run-1', '--json'], { token });
    expect(rowOf(rig.sandbox.account, refused).value).toBe(plannedText(refused));
  },
);

test('an option that somebody else adds while a run is stopped over a 429 is theirs, and stays after its rollback', async () => {
  const rig = await start();
  rig.sandbox.setFaults([{ kind: '429', on: 'writes', at: [1] }]);
  const apply = ['apply', '--approve', rig.digest, '--json'];
  const stopped = await rig.run(apply, { afterMs: 3_000, signal: 'SIGINT' });
  expect(stopped).toMatchObject({ code: 4 });
  rig.sandbox.setFaults([]);
  const beta = anOption(9_500, 'Beta');
  rig.sandbox.account.definitions.find(({ id }) => id === 105)?.options.push(beta);

  expect(await rig.run(['apply', '--resume', '--json'])).toMatchObject({ code: 0 });
  const { optionChanges } = JSON.parse((await rig.run(['show', 'run-1', '--json'])).stdout);
  expect(optionChanges).toMatchObject([{ label: 'Beta', status: 'alreadyThere' }]);
  expect(await rig.run(['rollback', 'run-1', '--json'])).toMatchObject({ code: 0 });
  expect(beta.deletedAt).toBeNull();
});

/** The record whose write met the fault. */
function refusedRecord({ sandbox }: CrashRig): number {
  const met = sandbox.log.find(({ fault }) => fault !== null);
  return Number(/\/matters\/(?<id>\d+)/u.exec(met?.url ?? '')?.groups?.['id']);
}

function plannedText(recordId: number): string {
  return `example text ${recordId - 1_001}`;
}

function rowOf(account: Account, recordId: number): AccountRow {
  const row = account.records
    .find(({ id }) => id === recordId)
    ?.rows.find(({ definitionId }) => definitionId === 101);
  if (row === undefined) throw new Error('the stage has no such row');
  return row;
}
