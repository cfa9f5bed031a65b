import { describe, expect, onTestFinished, test } from 'vitest';
import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import type { RequestNote, SandboxOptions } from '../../src/sandbox/options.ts';
import { contentsOf, crashAccount, MATTERS, RULES } from '../e2e/crash-rig.ts';
import { aDefinition, aMatter, anOption, aRow } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

/** Other people at work: what they do when the n-th write arrives, before it is looked at. */
type Act = (account: Account) => void;

interface Stage {
  readonly pipeline: Pipeline;
  /** From now on; writes are counted from 1, a picklist's options among them. */
  readonly atWrite: (number: number, act: Act) => void;
}

async function start(options: SandboxOptions = {}): Promise<Stage> {
  const acts = new Map<number, Act>();
  let writes = 0;
  const onRequest = ({ method }: RequestNote, account: Account): void => {
    if (method !== 'PATCH') return;
    writes += 1;
    acts.get(writes)?.(account);
  };
  const pipeline = await Pipeline.start(crashAccount(), { ...options, onRequest });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  return { pipeline, atWrite: (number, act) => void acts.set(number, act) };
}

function rowOf(account: Account, recordId: number, definitionId: number): AccountRow {
  const row = account.records
    .find(({ id }) => id === recordId)
    ?.rows.find((each) => each.definitionId === definitionId);
  if (row === undefined) throw new Error('the stage has no such row');
  return row;
}

function held(pipeline: Pipeline, recordId: number, definitionId: number): AccountRow['value'] {
  return rowOf(pipeline.sandbox.account, recordId, definitionId).value;
}

const hold =
  (recordId: number, definitionId: number, value: AccountRow['value']): Act =>
  (account) => {
    rowOf(account, recordId, definitionId).value = value;
  };

function definition(account: Account, id: number) {
  const found = account.definitions.find((each) => each.id === id);
  if (found === undefined) throw new Error('the stage has no such definition');
  return found;
}

function problemsOf({ journal }: Pipeline, runId: string): string[] {
  return [...journal.runs.problems(runId)].map(
    ({ changeId, status, reason }) => `${changeId} ${status}: ${reason}`,
  );
}

describe.each([true, false])(
  'while a run writes, where etags move on value writes: %s',
  (moves) => {
    const options = { behaviour: { etagMovesOnValueWrite: moves } };

    test('an edit of a record that is written later stays, and is a conflict', async () => {
      const { pipeline, atWrite } = await start(options);
      atWrite(2, hold(1_010, 101, 'theirs'));
      const { run } = await pipeline.apply();
      expect(held(pipeline, 1_010, 101)).toBe('theirs');
      expect(problemsOf(pipeline, run.runId)).toEqual([
        'matter:1010:101 conflict: "Field 101" was changed since',
      ]);
    });

    test('a value that somebody clears stays cleared, and one that somebody puts into the target of a move stays with its source', async () => {
      const { pipeline, atWrite } = await start(options);
      atWrite(2, (account) => {
        rowOf(account, 1_012, 101).value = null;
        rowOf(account, 1_013, 103).value = '7';
      });
      const { run } = await pipeline.apply();
      expect(held(pipeline, 1_012, 101)).toBeNull();
      expect(held(pipeline, 1_013, 103)).toBe('7');
      expect(held(pipeline, 1_013, 102)).toBe('$13,500.00');
      expect(problemsOf(pipeline, run.runId)).toEqual([
        'matter:1012:101 conflict: "Field 101" was changed since',
        'matter:1013:103 conflict: "Field 103" was changed since',
      ]);
    });

    test('a record that is deleted is reported, and the rest goes on', async () => {
      const { pipeline, atWrite } = await start(options);
      atWrite(2, ({ records }) => {
        records.splice(
          records.findIndex(({ id }) => id === 1_014),
          1,
        );
      });
      const { run, stopped } = await pipeline.apply();
      expect(stopped).toBeNull();
      expect(run.counts).toMatchObject({ noAccess: 3, applied: MATTERS * 3 - 3, pending: 0 });
      const told = problemsOf(pipeline, run.runId);
      expect(told).toHaveLength(3);
      expect(told.every((line) => /^matter:1014:\d+ noAccess: \S/u.test(line))).toBe(true);
    });
  },
);

test.each([
  { what: 'that Clio asks for', aheadMs: 30_000, alreadyThere: 0, at: 12, from: 1_021 },
  {
    what: 'that a clock set back makes look short',
    aheadMs: -3_600_000,
    alreadyThere: 0,
    at: 12,
    from: 1_021,
  },
  {
    what: 'after a beginning that taught nothing',
    aheadMs: 30_000,
    alreadyThere: 10,
    at: 1,
    from: 1_011,
  },
])(
  'where etags do not move, an edit during a wait $what stays',
  async ({ aheadMs, alreadyThere, at, from }) => {
    const { pipeline, atWrite } = await start({
      behaviour: { etagMovesOnValueWrite: false },
      faults: [{ kind: '429', on: 'writes', at: [at] }],
    });
    pipeline.planOf('version: 1\nfields: [{ match: Field 101, rule: text }]');
    const { account } = pipeline.sandbox;
    for (let index = 0; index < alreadyThere; index += 1)
      hold(1_001 + index, 101, `example text ${index}`)(account);
    const ids = [0, 1, 2, 3].map((index) => from + index);
    atWrite(at, () => {
      for (const id of ids) hold(id, 101, 'theirs')(account);
      pipeline.aheadMs = aheadMs;
    });
    const { run } = await pipeline.apply();
    expect(run.requests.throttled).toBe(1);
    expect(ids.map((id) => held(pipeline, id, 101))).toEqual(ids.map(() => 'theirs'));
    const applied = MATTERS - ids.length - alreadyThere;
    expect(run.counts).toMatchObject({ alreadyThere, conflict: ids.length, applied });
  },
);

test('an edit between the reading and the write is seen by the etag, and stays', async () => {
  const { pipeline, atWrite } = await start();
  // Whichever record it is, the first write after the options is for a record of the first reading.
  atWrite(2, (account) => {
    for (const id of [1_001, 1_002, 1_003, 1_004, 1_005]) hold(id, 101, 'theirs')(account);
  });
  const { run } = await pipeline.apply();
  expect(run.counts.conflict).toBe(5);
  for (const id of [1_001, 1_002, 1_003, 1_004, 1_005])
    expect(held(pipeline, id, 101)).toBe('theirs');
});

test('a value that somebody makes the planned one just before the write is theirs, and stays when the run is rolled back', async () => {
  const { pipeline, atWrite } = await start();
  const ids = [1_001, 1_002, 1_003, 1_004, 1_005];
  atWrite(2, (account) => {
    for (const [index, id] of ids.entries()) hold(id, 101, `example text ${index}`)(account);
  });
  const { run } = await pipeline.apply();
  expect(run.counts).toMatchObject({ alreadyThere: 5, conflict: 0, pending: 0 });
  await pipeline.rollback(run.runId);
  expect(ids.map((id) => held(pipeline, id, 101))).toEqual(
    ids.map((_, index) => `example text ${index}`),
  );
});

describe('definitions that change between plan and apply', () => {
  test.each([
    {
      what: 'an option that is renamed',
      act: (account: Account) => {
        for (const option of definition(account, 105).options) option.option = 'Omega';
      },
      reason: 'its option is no longer called "Alpha"',
    },
    {
      what: 'an option that is retired',
      act: (account: Account) => {
        for (const option of definition(account, 105).options)
          option.deletedAt = '2026-01-05T11:00:00Z';
      },
      reason: 'its option "Alpha" was retired since',
    },
  ])('$what is not written', async ({ act, reason }) => {
    const { pipeline } = await start();
    act(pipeline.sandbox.account);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ rejected: MATTERS / 3, pending: 0 });
    for (const problem of problemsOf(pipeline, run.runId)) expect(problem).toContain(reason);
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('a target that is deleted is not written, and its source is not cleared', async () => {
    const { pipeline } = await start();
    definition(pipeline.sandbox.account, 103).deleted = true;
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ rejected: MATTERS, applied: MATTERS * 2, pending: 0 });
    expect(held(pipeline, 1_001, 102)).toBe('$1,500.00');
    for (const problem of problemsOf(pipeline, run.runId))
      expect(problem).toContain(
        'rejected: the field "Field 103" was deleted on the platform since',
      );
  });

  test('a picklist that is deleted gets neither options nor values', async () => {
    const { pipeline } = await start();
    definition(pipeline.sandbox.account, 105).deleted = true;
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ rejected: MATTERS, applied: MATTERS * 2, pending: 0 });
    const [first] = problemsOf(pipeline, run.runId);
    expect(first).toContain('conflict: the field "Field 105" was deleted on the platform since');
  });
});

const late = (account: Account): void => {
  const { options } = definition(account, 105);
  const [known] = options;
  if (known === undefined) throw new Error('the stage has no option');
  options.unshift({ ...known, id: 9_100, option: 'Beta' });
};
const heldOptions = (pipeline: Pipeline): Set<unknown> =>
  new Set(
    pipeline.sandbox.account.records.flatMap(({ rows }) =>
      rows.filter(({ definitionId }) => definitionId === 105).map(({ value }) => value),
    ),
  );

const beta = (pipeline: Pipeline) => {
  const option = definition(pipeline.sandbox.account, 105).options.find(
    ({ option: text }) => text === 'Beta',
  );
  if (option === undefined) throw new Error('the stage has no such option');
  return option;
};

test('an option whose answer was lost at the end of a run is the run’s own once it is resumed', async () => {
  let isDown = false;
  const pipeline = await Pipeline.start(crashAccount(3), {}, async (input, init) => {
    const isOptions = input instanceof URL && input.href.includes('/custom_fields');
    const answer = isOptions && isDown ? null : await fetch(input, init);
    if (init?.method === 'PATCH' && isOptions) isDown = true;
    if (answer === null || (isOptions && isDown)) throw new TypeError('lost on the way');
    return answer;
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const first = await pipeline.apply();
  expect(first.stopped?.kind).toBe('platform');
  isDown = false;
  const { account } = pipeline.sandbox;
  expect(definition(account, 105).options.map(({ option }) => option)).toEqual(['Alpha', 'Beta']);
  const { run } = await pipeline.apply();
  expect(pipeline.journal.runs.optionOutcomes(run.runId)).toMatchObject([{ status: 'applied' }]);
  await pipeline.rollback(run.runId);
  expect(beta(pipeline).deletedAt).not.toBeNull();
});

describe('an option that a rollback is about to retire', () => {
  test('stays where somebody else has put a value on it since, and is reported', async () => {
    const { pipeline } = await start();
    const { run } = await pipeline.apply();
    const { account } = pipeline.sandbox;
    account.records.push(aMatter(2_001, { rows: [aRow(20_001, 105, beta(pipeline).id)] }));
    const undone = await pipeline.rollback(run.runId);
    expect(undone.stopped).toBeNull();
    expect(undone.run.counts).toMatchObject({ conflict: 0, pending: 0 });
    expect(problemsOf(pipeline, undone.run.runId)).toEqual([
      expect.stringContaining(
        'conflict: 1 matter holds it that this run did not put there (such as 00002001-Example); it stays',
      ),
    ]);
    expect(beta(pipeline).deletedAt).toBeNull();
    rowOf(account, 2_001, 105).value = null;
    const again = await pipeline.rollback(run.runId);
    expect(problemsOf(pipeline, again.run.runId)).toEqual([]);
    expect(beta(pipeline).deletedAt).not.toBeNull();
  });

  test('goes with one request more, where nobody holds it', async () => {
    const { pipeline } = await start();
    const { run } = await pipeline.apply();
    await pipeline.rollback(run.runId);
    const asked = pipeline.sandbox.log.filter(({ url }) => url.includes('custom_field_values%5B'));
    const plain = pipeline.sandbox.log.filter(({ url }) =>
      url.includes('custom_field_values[105]'),
    );
    expect(asked.length + plain.length).toBe(1);
    expect(beta(pipeline).deletedAt).not.toBeNull();
  });

  test('goes where the rollback is forced', async () => {
    const { pipeline } = await start();
    const { run } = await pipeline.apply();
    const { account } = pipeline.sandbox;
    account.records.push(aMatter(2_001, { rows: [aRow(20_001, 105, beta(pipeline).id)] }));
    await pipeline.rollback(run.runId, { isForced: true });
    expect(beta(pipeline).deletedAt).not.toBeNull();
  });
});

test('a token of another firm, whose fields are others, writes nothing and begins no run', async () => {
  const { pipeline } = await start();
  const { definitions } = pipeline.sandbox.account;
  definitions.splice(0, definitions.length, aDefinition(901, 'text_line'));
  await expect(pipeline.apply()).rejects.toMatchObject({ code: 'other_account' });
  expect(pipeline.journal.runs.list()).toEqual([]);
  expect(pipeline.sandbox.counters.writes).toBe(0);
});

describe('an option that is added twice', () => {
  test('by somebody else, before the run, is used as it is and left alone by the rollback', async () => {
    const { pipeline } = await start();
    late(pipeline.sandbox.account);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3 });
    expect(definition(pipeline.sandbox.account, 105).options).toHaveLength(2);
    expect(pipeline.journal.runs.optionOutcomes(run.runId)).toMatchObject([
      { status: 'alreadyThere', reason: 'it was added meanwhile: that one is used' },
    ]);
    await pipeline.rollback(run.runId);
    expect(definition(pipeline.sandbox.account, 105).options[0]?.deletedAt).toBeNull();
  });

  test('late, by a request whose answer was lost, is not added again', async () => {
    const { pipeline, atWrite } = await start({ faults: [{ kind: '500', on: 'writes', at: [1] }] });
    atWrite(2, late);
    const { run, stopped } = await pipeline.apply();
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3 });
    expect(definition(pipeline.sandbox.account, 105).options).toHaveLength(2);
    expect(pipeline.journal.runs.optionOutcomes(run.runId)).toMatchObject([
      { status: 'applied', reason: null, optionId: '9100' },
    ]);
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('by such a request and by somebody else is used once, and journaled as such', async () => {
    const { pipeline, atWrite } = await start({ faults: [{ kind: '500', on: 'writes', at: [1] }] });
    atWrite(2, (account) => {
      late(account);
      definition(account, 105).options.push(anOption(9_101, 'Beta'));
    });
    const { run, stopped } = await pipeline.apply();
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3 });
    expect(heldOptions(pipeline).size).toBe(2);
    expect(pipeline.journal.runs.optionOutcomes(run.runId)).toMatchObject([
      { status: 'applied', reason: 'the platform now has it twice: the first is used' },
    ]);
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('after the run took the first does not change which one it uses', async () => {
    const { pipeline } = await start();
    await pipeline.apply(7);
    late(pipeline.sandbox.account);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3 });
    expect(heldOptions(pipeline).has(9_100)).toBe(false);
  });
});
