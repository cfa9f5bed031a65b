import { describe, expect, onTestFinished, test } from 'vitest';
import { FailureStreak } from '../../src/operations/run/failure-streak.ts';
import { NO_LIMITS } from '../../src/operations/run/limits.ts';
import type { Account } from '../../src/sandbox/account.ts';
import type { FaultKind } from '../../src/sandbox/fault-spec.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { contentsOf, crashAccount, MATTERS, RULES } from '../e2e/crash-rig.ts';
import {
  aContact,
  aDefinition,
  aMatter,
  anOption,
  aRow,
  smallAccount,
} from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

async function start(options: SandboxOptions = {}): Promise<Pipeline> {
  const pipeline = await Pipeline.start(crashAccount(), options);
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  return pipeline;
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

function committed({ sandbox }: Pipeline): number {
  return sandbox.log.filter(
    ({ method, url, status, fault }) =>
      method === 'PATCH' && url.includes('/matters/') && status === 200 && fault === null,
  ).length;
}

describe('an outage of some seconds', () => {
  test.each<FaultKind>(['503', 'reset-before'])(
    'does not stop a run, and no record is written twice: %s',
    async (kind) => {
      // The picklist's options first, then the first readings' records, again and again.
      const pipeline = await start({
        faults: [{ kind, on: 'writes', at: [...range(1, 3), ...range(6, 17)] }],
      });
      const { run, stopped } = await pipeline.apply();
      expect(stopped).toBeNull();
      expect(run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
      expect(committed(pipeline)).toBe(MATTERS);
    },
  );

  test('that hits what was done already ends in each record written once', async () => {
    const pipeline = await start({
      faults: [{ kind: '500-after', on: 'writes', at: range(1, 20) }],
    });
    const { run, stopped } = await pipeline.apply();
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
  });
});

test('an outage of ten seconds is waited out, though a single record meets it', async () => {
  let beganAt: number | null = null;
  // Pauses take a hundredth of their time here, and so does the outage.
  const isDown = (): boolean => Date.now() - (beganAt ??= Date.now()) < 100;
  const pipeline = await Pipeline.start(crashAccount(1), {}, async (input, init) =>
    init?.method === 'PATCH' && input instanceof URL && input.href.includes('/matters/') && isDown()
      ? new Response('{}', { status: 503 })
      : fetch(input, init),
  );
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const { run, stopped } = await pipeline.apply();
  expect(stopped).toBeNull();
  expect(run.counts).toMatchObject({ applied: 3, pending: 0 });
});

/** A time in which some records are taken the second time only, and two of them once it is over. */
const brownOut = async () => {
  const failures = new Map<string, number>();
  const outage = { isOn: true };
  const pipeline = await Pipeline.start(crashAccount(), {}, async (input, init) => {
    const id = input instanceof URL ? (/matters\/(\d+)/u.exec(input.href)?.[1] ?? '') : '';
    const failed = failures.get(id) ?? 0;
    const isStruck = outage.isOn && (id <= '1002' || (id <= '1006' && failed === 0));
    if (init?.method !== 'PATCH' || id === '' || !isStruck) return fetch(input, init);
    failures.set(id, failed + 1);
    return new Response('{}', { status: 503 });
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  return { pipeline, outage };
};

describe('a longer outage', () => {
  test.each([
    { what: 'of all writes', at: range(1, 2_000) },
    { what: 'of the writes of records', at: range(2, 2_000) },
    { what: 'that begins in the middle of a batch', at: range(4, 2_000) },
  ])('$what stops the run with nothing given up, and a resume completes it', async ({ at }) => {
    const pipeline = await start({ faults: [{ kind: '503', on: 'writes', at }] });
    const { run, stopped } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ rejected: 0, conflict: 0 });
    expect(run.counts.pending).toBeGreaterThanOrEqual((MATTERS - 2) * 3);
    pipeline.sandbox.setFaults([]);
    const resumed = await pipeline.apply();
    expect(resumed.stopped).toBeNull();
    expect(resumed.run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
    expect(committed(pipeline)).toBe(MATTERS);
  });

  test('that meets a record which failed before and comes last stops the run too', async () => {
    let tries = 0;
    const pipeline = await Pipeline.start(crashAccount(), {}, async (input, init) => {
      const isTroubled =
        init?.method === 'PATCH' && input instanceof URL && input.href.includes('/matters/1003.');
      if (isTroubled) tries += 1;
      return isTroubled || (tries > 3 && tries < 100)
        ? new Response('{}', { status: 503 })
        : fetch(input, init);
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(RULES);
    const { run, stopped } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ applied: (MATTERS - 1) * 3, rejected: 0, pending: 3 });
  });

  test('after a time in which now and then a write failed stops the run with nothing given up, unless a person leaves what fails', async () => {
    const { pipeline, outage } = await brownOut();
    const { run, stopped } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ rejected: 0, applied: (MATTERS - 2) * 3, pending: 6 });
    outage.isOn = false;
    const resumed = await pipeline.apply();
    expect(resumed.stopped).toBeNull();
    expect(resumed.run.counts).toMatchObject({ rejected: 0, applied: MATTERS * 3, pending: 0 });
    const left = await (await brownOut()).pipeline.apply(undefined, { leavesFailing: true });
    expect(left.stopped).toBeNull();
    expect(left.run.counts).toMatchObject({ rejected: 6, applied: (MATTERS - 2) * 3 });
  });

  test('and a second one, when only those are left that met the first, stops the run with nothing given up', async () => {
    // The last four matters and their three tries; then, once the contacts are written, whatever comes.
    const first = range(MATTERS - 2, MATTERS + 9);
    const pipeline = await Pipeline.start(accountOfBoth(9), {
      faults: [{ kind: '503', on: 'writes', at: [...first, ...range(MATTERS + 19, 2_000)] }],
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(RULES_OF_BOTH, ['matter', 'contact']);
    const { run, stopped } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ rejected: 0, applied: (MATTERS - 4) * 3 + 9, pending: 12 });
    pipeline.sandbox.setFaults([]);
    const resumed = await pipeline.apply();
    expect(resumed.stopped).toBeNull();
    expect(resumed.run.counts).toMatchObject({ rejected: 0, applied: MATTERS * 3 + 9, pending: 0 });
  });

  test.each([
    { what: 'the only record', matters: 1 },
    { what: 'the last record alone', matters: MATTERS },
  ])(
    'that takes $what stops the run with nothing given up, and a resume completes it',
    async ({ matters }) => {
      let isDown = true;
      const last = `/matters/${1_000 + matters}.json`;
      const isLast = (input: unknown): boolean => input instanceof URL && input.href.includes(last);
      const pipeline = await Pipeline.start(crashAccount(matters), {}, async (input, init) =>
        isDown && init?.method === 'PATCH' && isLast(input)
          ? new Response('{}', { status: 503 })
          : fetch(input, init),
      );
      onTestFinished(async () => pipeline.close());
      await pipeline.plan(RULES);
      const { run, stopped } = await pipeline.apply();
      expect(stopped).toMatchObject({
        kind: 'platform',
        error: { kind: 'unavailable', hint: expect.stringContaining('--leave-failing') },
      });
      expect(run.counts).toMatchObject({ rejected: 0, pending: 3 });
      isDown = false;
      const resumed = await pipeline.apply();
      expect(resumed.stopped).toBeNull();
      expect(resumed.run.counts).toMatchObject({ rejected: 0, applied: matters * 3 });
    },
  );
});

/** Applied, and then without answers to writes of options. */
const startWithSwitch = async () => {
  const outage = { isOn: false };
  const pipeline = await Pipeline.start(crashAccount(2), {}, async (input, init) =>
    outage.isOn &&
    init?.method === 'PATCH' &&
    input instanceof URL &&
    input.href.includes('/custom_fields/')
      ? new Response('{}', { status: 503 })
      : fetch(input, init),
  );
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply();
  outage.isOn = true;
  return { pipeline, outage, runId: run.runId };
};

const isOffered = ({ sandbox }: Pipeline): boolean =>
  sandbox.account.definitions.some(({ options }) =>
    options.some(({ option, deletedAt }) => option === 'Beta' && deletedAt === null),
  );

describe('an outage that begins when only the retirement of options is left', () => {
  test('stops a rollback with nothing given up, and going on retires them', async () => {
    const { pipeline, outage, runId } = await startWithSwitch();
    const { run, stopped } = await pipeline.rollback(runId);
    expect(stopped).toMatchObject({
      kind: 'platform',
      error: { kind: 'unavailable', hint: expect.stringContaining('--leave-failing') },
    });
    expect(run).toMatchObject({ status: 'running', counts: { pending: 0, rejected: 0 } });
    expect([...pipeline.journal.runs.problems(run.runId)]).toEqual([]);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount(2)));
    expect(isOffered(pipeline)).toBe(true);
    outage.isOn = false;
    const whole = await pipeline.rollback(runId);
    expect(whole.run).toMatchObject({ runId: run.runId, status: 'completed' });
    expect(isOffered(pipeline)).toBe(false);
  });

  test('stops it again and again, until a person leaves them', async () => {
    const { pipeline, runId } = await startWithSwitch();
    await pipeline.rollback(runId);
    expect((await pipeline.rollback(runId)).stopped?.kind).toBe('platform');
    const limits = { ...NO_LIMITS, leavesFailing: true };
    const { run, stopped } = await pipeline.rollback(runId, { limits });
    expect(stopped).toBeNull();
    expect([...pipeline.journal.runs.problems(run.runId)]).toMatchObject([
      { status: 'rejected', reason: 'given up after 5 tries', recordId: null },
    ]);
  });
});

test('an outage that meets the options which a rollback brings back for their own sake stops it, until a person leaves them', async () => {
  const options = [anOption(9001, 'Alpha'), anOption(9002, 'Beta')];
  const outage = { isOn: false };
  const pipeline = await Pipeline.start(
    { ...smallAccount(), definitions: [aDefinition(105, 'picklist', { options })], records: [] },
    {},
    async (input, init) =>
      outage.isOn && init?.method === 'PATCH'
        ? new Response('{}', { status: 503 })
        : fetch(input, init),
  );
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(
    'version: 1\nfields:\n  - { match: Field 105, rule: picklist, with: { merge: { Beta: [Alpha] } } }\n',
  );
  const { run } = await pipeline.apply();
  outage.isOn = true;
  expect((await pipeline.rollback(run.runId)).stopped).toMatchObject({
    kind: 'platform',
    error: { hint: expect.stringContaining('--leave-failing') },
  });
  const limits = { ...NO_LIMITS, leavesFailing: true };
  const left = await pipeline.rollback(run.runId, { limits });
  expect(left.stopped).toBeNull();
  expect([...pipeline.journal.runs.problems(left.run.runId)]).toMatchObject([
    { status: 'rejected', reason: 'given up after 5 tries' },
  ]);
});

const startWith = async (
  failing: readonly number[],
  account: Account = accountOfBoth(),
): Promise<Pipeline> => {
  const fails = (url: string): boolean => failing.some((id) => url.includes(`/matters/${id}.json`));
  const pipeline = await Pipeline.start(account, {}, async (input, init) =>
    init?.method === 'PATCH' && input instanceof URL && fails(input.href)
      ? new Response('{}', { status: 500 })
      : fetch(input, init),
  );
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES_OF_BOTH, ['matter', 'contact']);
  return pipeline;
};

/** A field of contacts beside those of matters. */
const RULES_OF_BOTH = `${RULES}  - { match: Field 201, rule: text }\n`;

/** A firm with contacts too, which come after the matters. */
function accountOfBoth(contacts = 0, matters = MATTERS): Account {
  const account = crashAccount(matters);
  account.definitions.push(aDefinition(201, 'text_line', { parentType: 'Contact' }));
  for (let index = 0; index < contacts; index += 1)
    account.records.push(
      aContact(5_001 + index, { rows: [aRow(50_001 + index, 201, `  note  ${index} `)] }),
    );
  return account;
}
const reasons = ({ journal }: Pipeline, runId: string): Set<string | null> =>
  new Set([...journal.runs.problems(runId)].map(({ reason }) => reason));

describe('records whose writes alone keep failing', () => {
  test.each([{ failing: [1_001, 1_002] }, { failing: [1_003, 1_004, 1_011, 1_012, 1_015] }])(
    'are rejected with words, and the rest goes on: $failing',
    async ({ failing }) => {
      const pipeline = await startWith(failing);
      const { run, stopped } = await pipeline.apply();
      expect(stopped).toBeNull();
      const rejected = failing.length * 3;
      expect(run.counts).toMatchObject({ rejected, applied: MATTERS * 3 - rejected, pending: 0 });
      expect(reasons(pipeline, run.runId)).toEqual(
        new Set([
          'given up after 8 tries, while other records were written: Clio answered with status 500; the value stands as it was. Should a try that was not answered still be done, a rollback takes it back',
        ]),
      );
    },
  );

  test('and come last stop the run, for nothing shows that the platform works; a person can leave them', async () => {
    const pipeline = await startWith([1_023, 1_024]);
    const { run, stopped } = await pipeline.apply();
    expect(stopped).toMatchObject({
      kind: 'platform',
      error: { kind: 'unavailable', hint: expect.stringContaining('--leave-failing') },
    });
    expect(run.counts).toMatchObject({ applied: (MATTERS - 2) * 3, pending: 6 });
    const again = await pipeline.apply(undefined, { leavesFailing: true });
    expect(again.stopped).toBeNull();
    expect(again.run.counts).toMatchObject({ rejected: 6, pending: 0 });
  });

  test('and one that comes last stops the run as well, until a person leaves it', async () => {
    const pipeline = await startWith([1_024]);
    const { run, stopped } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ rejected: 0, pending: 3 });
    const again = await pipeline.apply(undefined, { leavesFailing: true });
    expect(again.stopped).toBeNull();
    expect(again.run.counts).toMatchObject({ rejected: 3, pending: 0 });
    expect(reasons(pipeline, run.runId)).toEqual(
      new Set([
        'given up after 8 tries: Clio answered with status 500; the value stands as it was. Should a try that was not answered still be done, a rollback takes it back',
      ]),
    );
  });

  test('and are as many as make a streak can be left too', async () => {
    const failing = range(1_012, 1_024);
    const pipeline = await startWith(failing);
    expect((await pipeline.apply()).stopped?.kind).toBe('platform');
    const again = await pipeline.apply(undefined, { leavesFailing: true });
    expect(again.stopped).toBeNull();
    expect(again.run.counts).toMatchObject({ rejected: failing.length * 3, pending: 0 });
  });

  test('and are the last matters do not keep the contacts waiting', async () => {
    const pipeline = await startWith([1_023, 1_024], accountOfBoth(9));
    const { run, stopped } = await pipeline.apply();
    // Between two of their failures nothing else was written: it may have been an outage, and another one now.
    expect(stopped?.kind).toBe('platform');
    expect(run.counts).toMatchObject({ rejected: 0, applied: (MATTERS - 2) * 3 + 9, pending: 6 });
  });

  test('and are many in a row do not hide that the platform works', async () => {
    const failing = range(1_001, 1_030);
    const pipeline = await startWith(failing, accountOfBoth(0, 40));
    const { run, stopped } = await pipeline.apply();
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ rejected: 90, applied: 30, pending: 0 });
  });
});

test('a move of which half is written before each failure is given up with what it left, and a rollback takes that back', async () => {
  const account = crashAccount();
  const behaviour = { writesAllOrNothing: false };
  const pipeline = await Pipeline.start(account, { behaviour }, async (input, init) => {
    const answer = await fetch(input, init);
    const isStruck = init?.method === 'PATCH' && input instanceof URL;
    return isStruck && input.href.includes('/matters/1004.json')
      ? new Response('{}', { status: 500 })
      : answer;
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  // What the move is to empty must hold a value: its other half is written first.
  const source = account.definitions.find(({ id }) => id === 102);
  if (source === undefined) throw new Error('the stage has no such field');
  source.required = true;
  const { run } = await pipeline.apply();
  const told = [...pipeline.journal.runs.problems(run.runId)].find(
    ({ changeId }) => changeId === 'matter:1004:103',
  );
  expect(told?.reason).toMatch(
    /^given up after 8 tries.*; a part of it was written all the same$/u,
  );
  source.required = false;
  await pipeline.rollback(run.runId);
  expect(contentsOf(account)).toEqual(contentsOf(crashAccount()));
});

test.each([
  { what: 'no value', shown: () => undefined },
  {
    what: 'one half of a move',
    shown: (rows: { custom_field: { id: number } }[]) =>
      rows.map((row) =>
        row.custom_field.id === 102 ? { id: 'text_line-1', custom_field: { id: 102 } } : row,
      ),
  },
])(
  'an answer that shows $what is no proof: the record is read, and written once',
  async ({ shown }) => {
    const pipeline = await Pipeline.start(crashAccount(3), {}, async (input, init) => {
      const answer = await fetch(input, init);
      if (init?.method !== 'PATCH' || !(input instanceof URL) || !input.href.includes('/matters/'))
        return answer;
      const { data } = (await answer.json()) as { data: { custom_field_values: [] } };
      return Response.json({
        data: { ...data, custom_field_values: shown(data.custom_field_values) },
      });
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 9, pending: 0 });
    expect(committed(pipeline)).toBe(3);
  },
);

test('an outage is met by few writes a round, however many records wait', async () => {
  const pipeline = await Pipeline.start(crashAccount(100), {
    faults: [{ kind: '503', on: 'writes', at: range(2, 2_000) }],
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const { run, stopped } = await pipeline.apply();
  expect(stopped?.kind).toBe('platform');
  expect(run.requests.writes).toBeLessThan(200);
});

test('of many changes of a record that are refused together, one alone is left out', async () => {
  const account = {
    ...crashAccount(0),
    definitions: range(201, 212).map((id) => aDefinition(id, 'text_line')),
  };
  account.records.push(
    aMatter(1_001, {
      rows: account.definitions.map(({ id }) => aRow(id + 1_000, id, ` text  ${id} `)),
    }),
  );
  const pipeline = await Pipeline.start(account, {}, async (input, init) =>
    typeof init?.body === 'string' && init.body.includes('text 201')
      ? new Response('{}', { status: 422 })
      : fetch(input, init),
  );
  onTestFinished(async () => pipeline.close());
  await pipeline.plan('version: 1\nfields: [{ match: Field *, rule: text }]\n');
  const { run } = await pipeline.apply();
  expect(run.counts).toMatchObject({ applied: 11, rejected: 1, pending: 0 });
  expect(reasons(pipeline, run.runId)).toEqual(
    new Set(['Clio refused it (422, no error type given)']),
  );
});

const isWrite = (input: unknown, method: string | undefined): boolean =>
  method === 'PATCH' && input instanceof URL && input.href.includes('/matters/');

describe('a create whose answer was lost, and which Clio does late', () => {
  const COPY = `version: 1
fields: [{ match: Field 102, rule: currency, into: Field 103 }]
`;
  /** Loses the first `lost` writes; the very first arrives all the same, right before the next one that is not lost. */
  async function startLate(lost: number, then: () => Response | null = () => null) {
    let writes = 0;
    const late: (() => Promise<Response>)[] = [];
    const account = crashAccount(2);
    // The second has no row for the target yet.
    account.records.shift();
    // Where the tag does not move, nothing but the create itself tells.
    const options = { behaviour: { etagMovesOnValueWrite: false } };
    const pipeline = await Pipeline.start(account, options, async (input, init) => {
      if (!isWrite(input, init?.method)) return fetch(input, init);
      writes += 1;
      if (writes === 1) late.push(async () => fetch(input, { ...init, signal: null }));
      if (writes <= lost) throw new TypeError('lost on the way');
      const answer = then();
      if (answer !== null) return answer;
      await late.pop()?.();
      return fetch(input, init);
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(COPY);
    return pipeline;
  }

  test.each([
    { when: 'within the run', lost: 1 },
    { when: 'once the run is resumed', lost: 6 },
  ])('$when is the run’s own, and a rollback takes it back', async ({ lost }) => {
    const pipeline = await startLate(lost);
    const before = contentsOf(pipeline.sandbox.account);
    const first = await pipeline.apply();
    expect(first.stopped?.kind).toBe(lost === 1 ? undefined : 'platform');
    const { run } = lost === 1 ? first : await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: 1, rejected: 0, pending: 0 });
    expect(contentsOf(pipeline.sandbox.account)).toMatchObject({ '1002/103': '2500' });
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(before);
  });

  test('or never, and which is then refused, is rejected in the platform’s words', async () => {
    const refusal = JSON.stringify({ error: { type: 'ArgumentError', message: 'x' } });
    const pipeline = await startLate(1, () => new Response(refusal, { status: 422 }));
    const { run } = await pipeline.apply();
    expect(reasons(pipeline, run.runId)).toEqual(
      new Set([
        expect.stringMatching(
          /^Clio refused it \(422, ArgumentError\); .+ a rollback takes it back$/u,
        ),
      ]),
    );
  });
});

test('a write that is done after a later try of it was forbidden is in doubt, and a rollback takes it back', async () => {
  let writes = 0;
  const late: (() => Promise<Response>)[] = [];
  const pipeline = await Pipeline.start(crashAccount(1), {}, async (input, init) => {
    if (!isWrite(input, init?.method)) return fetch(input, init);
    writes += 1;
    if (writes > 2) return fetch(input, init);
    if (writes === 2) return new Response('{}', { status: 403 });
    late.push(async () => fetch(input, { ...init, signal: null }));
    throw new TypeError('lost on the way');
  });
  onTestFinished(async () => pipeline.close());
  const before = contentsOf(pipeline.sandbox.account);
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply();
  expect(run.counts).toMatchObject({ applied: 0, noAccess: 3 });
  for (const reason of reasons(pipeline, run.runId))
    expect(reason).toContain('; whether it was written before is not known');
  await late.pop()?.();
  expect(contentsOf(pipeline.sandbox.account)).not.toEqual(before);
  const undone = await pipeline.rollback(run.runId);
  expect(undone.run.counts).toMatchObject({ applied: 3, conflict: 0 });
  expect(contentsOf(pipeline.sandbox.account)).toEqual(before);
});

test('where one write is sent elsewhere, what left beside it is journaled before the run ends', async () => {
  const pipeline = await Pipeline.start(crashAccount(), {}, async (input, init) => {
    const isOne = init?.method === 'PATCH' && input instanceof URL;
    if (isOne && input.href.includes('/matters/1002.json'))
      return new Response(null, { status: 307 });
    const answer = await fetch(input, init);
    if (isOne && input.href.includes('/matters/'))
      await new Promise((resolve) => setTimeout(resolve, 50));
    return answer;
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const { run, stopped } = await pipeline.apply();
  expect(stopped).toMatchObject({ kind: 'platform', error: { kind: 'unexpectedAnswer' } });
  expect(committed(pipeline)).toBeGreaterThan(0);
  expect(run.counts.applied).toBe(committed(pipeline) * 3);
});

test('a signal ends the pause after a failure', async () => {
  const pipeline = await start({
    faults: [{ kind: '503', on: 'writes', at: range(2, 2_000) }],
    onRequest: ({ method, url }) => {
      if (method === 'PATCH' && url.includes('/matters/')) pipeline.stop.abort();
    },
  });
  const { stopped, run } = await pipeline.apply();
  expect(stopped?.kind).toBe('asked');
  expect(run.counts.pending).toBe(MATTERS * 3);
});

function fail(streak: FailureStreak, times: number): void {
  for (let count = 0; count < times; count += 1) streak.add('status 503');
}

const rounds =
  (failures: number, hasOthers = true) =>
  (): void => {
    const streak = new FailureStreak();
    for (let round = 0; round < 6; round += 1) {
      fail(streak, failures);
      streak.endRound(hasOthers);
    }
  };

describe('a streak of failures', () => {
  test('grows the pauses round by round, until an answer comes', () => {
    const streak = new FailureStreak();
    const attempts = range(1, 3).map(() => {
      fail(streak, 2);
      return streak.endRound();
    });
    streak.end();
    fail(streak, 1);
    expect([...attempts, streak.endRound(), streak.endRound()]).toEqual([1, 2, 3, 1, 0]);
  });

  test('holds the rest of a round back, and tries again in the next', () => {
    const streak = new FailureStreak();
    fail(streak, 12);
    expect(streak.holdsBack).toBe(true);
    streak.endRound();
    expect(streak.holdsBack).toBe(false);
  });

  test('ends the run after six rounds of several records, but not for one record alone while others are left', () => {
    expect(rounds(2)).toThrow('12 writes in a row got no usable answer (the last one: status 503)');
    expect(rounds(1)).not.toThrow();
    expect(rounds(1, false)).toThrow('6 writes in a row got no usable answer');
  });
});
