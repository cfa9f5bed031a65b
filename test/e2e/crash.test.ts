import { afterAll, beforeAll, expect, test } from 'vitest';
import { crashCycle, CrashRig, type Doom } from './crash-rig.ts';

let rig: CrashRig;
beforeAll(async () => {
  rig = await CrashRig.start();
});
afterAll(async () => rig.close());

const CASES: readonly { apply: Doom; rollback: Doom }[] = [
  { apply: { failpoint: 'before intent@3' }, rollback: { failpoint: 'after intent@4' } },
  { apply: { failpoint: 'after intent@5' }, rollback: { failpoint: 'before outcome@2' } },
  { apply: { failpoint: 'before outcome@7' }, rollback: { failpoint: 'after outcome@9' } },
  { apply: { failpoint: 'after outcome@6' }, rollback: { failpoint: 'between batches' } },
  { apply: { failpoint: 'between batches' }, rollback: { failpoint: 'after rollback plan' } },
  { apply: { failpoint: 'before options' }, rollback: { failpoint: 'before options' } },
  { apply: { failpoint: 'after options intent' }, rollback: { failpoint: 'after options intent' } },
  { apply: { failpoint: 'after options answer' }, rollback: { failpoint: 'after options answer' } },
  { apply: { failpoint: 'before retirement' }, rollback: { failpoint: 'before retirement' } },
  { apply: { failpoint: 'before finish' }, rollback: { failpoint: 'before finish' } },
  { apply: { atWrite: 1 }, rollback: { atWrite: 1 } },
  { apply: { atWrite: 9 }, rollback: { atWrite: 25 } },
];

test.each(CASES)(
  'killed in apply at $apply and in rollback at $rollback, all is done once and undone',
  async ({ apply, rollback }) => {
    const { kills, wrong } = await crashCycle(rig, { apply: [apply], rollback: [rollback] });
    expect(wrong).toEqual([]);
    expect(kills).toBe(2);
  },
);
