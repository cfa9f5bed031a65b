import { describe, expect, onTestFinished, test } from 'vitest';
import { makePlan } from '../../src/operations/plan/plan.ts';
import { verifyRun } from '../../src/operations/record/verify.ts';
import { openReview } from '../../src/operations/review/review.ts';
import { apply } from '../../src/operations/run/apply.ts';
import { type CanaryResult, type Limits, NO_LIMITS } from '../../src/operations/run/limits.ts';
import { ProblemStreak } from '../../src/operations/run/problem-streak.ts';
import { verificationAsText } from '../../src/report/verification.ts';
import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { contentsOf, crashAccount, MATTERS, RULES } from '../e2e/crash-rig.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

async function start(options: SandboxOptions = {}): Promise<Pipeline> {
  const pipeline = await Pipeline.start(crashAccount(), options);
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  return pipeline;
}

/** A platform that refuses the writes to matters that `isRefused` picks by their path. */
async function startRefusing(matters: number, isRefused: (path: string) => boolean) {
  let sent = 0;
  const through: typeof fetch = (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (init?.method !== 'PATCH' || !pathname.includes('/matters/')) return fetch(input, init);
    sent += 1;
    if (!isRefused(pathname)) return fetch(input, init);
    const error = { type: 'ArgumentError', message: 'refused' };
    return Promise.resolve(Response.json({ error }, { status: 422 }));
  };
  const pipeline = await Pipeline.start(crashAccount(matters), {}, through);
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  return { pipeline, sent: () => sent };
}

type Stage = { readonly account: Account };

function rowOf({ account }: Stage, recordId: number, definitionId: number): AccountRow {
  const row = account.records
    .find(({ id }) => id === recordId)
    ?.rows.find((each) => each.definitionId === definitionId);
  if (row === undefined) throw new Error('the stage has no such row');
  return row;
}

/** How many records differ from what they were. */
function touched({ account }: Stage): number {
  const before = contentsOf(crashAccount());
  const changed = Object.entries(contentsOf(account)).filter(
    ([key, value]) => before[key] !== value,
  );
  return new Set(changed.map(([key]) => key.split('/').at(0))).size;
}

const canary = (answer: 'yes' | 'no' | 'told') => {
  const heard: CanaryResult[] = [];
  const limits: Partial<Limits> = {
    canary: 3,
    askCanary: async (result) => {
      heard.push(result);
      return answer;
    },
  };
  return { heard, limits };
};

describe('a canary', () => {
  test('writes the first records, reads them again, and goes on after a yes', async () => {
    const pipeline = await start();
    const { heard, limits } = canary('yes');
    const { run, stopped } = await pipeline.apply(undefined, limits);
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
    // A move has two values.
    expect(heard).toMatchObject([{ records: 3, isGood: true, standing: { stands: 12, moved: 0 } }]);
  });

  test('stops where nobody can be asked, and a resume goes on without asking again', async () => {
    const pipeline = await start();
    const { heard, limits } = canary('told');
    const first = await pipeline.apply(undefined, limits);
    expect(first.stopped).toMatchObject({ kind: 'canary', result: { records: 3 } });
    expect(touched(pipeline.sandbox)).toBe(3);
    const { run, stopped } = await pipeline.apply(undefined, limits);
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3 });
    expect(heard).toHaveLength(1);
  });

  test('is asked about again after a no', async () => {
    const pipeline = await start();
    const { heard, limits } = canary('no');
    await pipeline.apply(undefined, limits);
    await pipeline.apply();
    expect(touched(pipeline.sandbox)).toBe(3);
    expect(heard).toHaveLength(1);
    expect(pipeline.journal.runs.list()[0]?.canary).toEqual({ records: 3, isPassed: true });
  });

  test('of a run that stopped before its canary was complete is completed by the resume', async () => {
    const pipeline = await start();
    const { heard, limits } = canary('told');
    const first = await pipeline.apply(2, limits);
    expect(first.stopped?.kind).toBe('stopAfter');
    const second = await pipeline.apply(undefined, { ...limits, canary: undefined });
    expect(second.stopped).toMatchObject({ kind: 'canary', result: { records: 3, isGood: true } });
    expect(touched(pipeline.sandbox)).toBe(3);
    expect(heard).toHaveLength(1);
  });

  test('sees what a fresh reading shows, not what the answers said', async () => {
    let isDue = false;
    const pipeline = await start({
      onRequest: ({ method }, account) => {
        if (method === 'PATCH') isDue = touched({ account }) === 2;
        // The reading after the canary's writes: somebody was quicker.
        if (method === 'GET' && isDue) rowOf({ account }, 1_002, 101).value = 'theirs';
      },
    });
    const { heard, limits } = canary('told');
    const { stopped } = await pipeline.apply(undefined, limits);
    expect(stopped?.kind).toBe('canary');
    expect(heard).toMatchObject([
      {
        isGood: false,
        standing: { moved: 1, notStanding: [{ recordId: '1002', state: 'moved', now: 'theirs' }] },
      },
    ]);
    expect(touched(pipeline.sandbox)).toBe(3);
  });

  test('cannot be given to a run that has written already', async () => {
    const pipeline = await start();
    await pipeline.apply(2);
    await expect(pipeline.apply(undefined, { canary: 3 })).rejects.toMatchObject({
      code: 'canary_too_late',
    });
    expect(touched(pipeline.sandbox)).toBe(2);
  });

  test('is there for a rollback too', async () => {
    const pipeline = await start();
    const { run } = await pipeline.apply();
    const { limits } = canary('told');
    const half = await pipeline.rollback(run.runId, { limits: { ...NO_LIMITS, ...limits } });
    expect(half.stopped?.kind).toBe('canary');
    expect(touched(pipeline.sandbox)).toBe(MATTERS - 3);
    const whole = await pipeline.rollback(run.runId);
    expect(whole.stopped).toBeNull();
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });
});

test.each([true, false])(
  'a stop after some records counts those that were written, where etags move on value writes: %s',
  async (moves) => {
    const pipeline = await start({ behaviour: { etagMovesOnValueWrite: moves } });
    const { run, stopped } = await pipeline.apply(20);
    expect(stopped?.kind).toBe('stopAfter');
    expect(run.counts.applied).toBe(60);
    expect(touched(pipeline.sandbox)).toBe(20);
  },
);

test('a fault of the program itself is told before the platform’s trouble of the same moment', async () => {
  const pipeline = await Pipeline.start(crashAccount(), {}, async (input, init) => {
    const isOne = init?.method === 'PATCH' && input instanceof URL;
    return isOne && input.href.includes('/matters/1001.json')
      ? new Response(null, { status: 307 })
      : fetch(input, init);
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const progress = {
    ...pipeline.executor.progress,
    report: ({ done }: { readonly done: number }) => {
      if (done > 0) throw new Error('a bug');
    },
  };
  const work = apply(
    { ...pipeline.executor, progress },
    {
      isResumed: true,
      limits: NO_LIMITS,
      approve: async ({ planId, digest }) =>
        pipeline.journal.plans.approve(planId, {
          digest,
          by: 'Pat Example',
          how: 'test',
          at: new Date().toISOString(),
        }),
    },
  );
  await expect(work).rejects.toThrow('a bug');
});

describe('a sign-in that does not see values', () => {
  test.each(['stripped', 'redacted'] as const)(
    'stops the run before the first write, names the permission, and lets it go on later: %s',
    async (access) => {
      const pipeline = await start();
      const { account, counters } = pipeline.sandbox;
      for (const record of account.records) record.access = access;
      const { stopped, run } = await pipeline.apply();
      expect(stopped).toMatchObject({
        kind: 'platform',
        error: { kind: 'signIn', hint: expect.stringContaining('"Custom fields"') },
      });
      expect(run.counts).toMatchObject({ pending: MATTERS * 3, noAccess: 0 });
      expect(counters.writes).toBe(0);
      for (const record of account.records) record.access = 'write';
      const whole = await pipeline.apply();
      expect(whole.run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
    },
  );

  test('of some records alone leaves those out and goes on, even where they come first', async () => {
    const pipeline = await start();
    for (const record of pipeline.sandbox.account.records.slice(0, 6)) record.access = 'stripped';
    const { stopped, run } = await pipeline.apply();
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: (MATTERS - 6) * 3, noAccess: 18, pending: 0 });
  });
});

describe('problems in a row', () => {
  test('stop the run before it gets to the rest, and a resume goes on', async () => {
    const pipeline = await start();
    for (let id = 1_003; id <= 1_010; id += 1) rowOf(pipeline.sandbox, id, 101).value = 'theirs';
    const { run, stopped } = await pipeline.apply(undefined, { stopAfterProblems: 4 });
    expect(stopped).toMatchObject({
      kind: 'problems',
      last: '"Field 101" was changed since',
    });
    expect(run.counts.pending).toBeGreaterThan(0);
    expect(touched(pipeline.sandbox)).toBeLessThan(MATTERS);
    const resumed = await pipeline.apply();
    expect(resumed.run.counts).toMatchObject({ conflict: 8, applied: MATTERS * 3 - 8, pending: 0 });
  });

  test('that others separate do not', async () => {
    const pipeline = await start();
    for (let id = 1_002; id <= 1_024; id += 2) rowOf(pipeline.sandbox, id, 101).value = 'theirs';
    const { stopped, run } = await pipeline.apply(undefined, { stopAfterProblems: 2 });
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ conflict: 12, pending: 0 });
  });

  test('of a platform that refuses every write stop the run long before a whole reading was sent', async () => {
    const { pipeline, sent } = await startRefusing(200, () => true);
    const { stopped, run } = await pipeline.apply(undefined, { stopAfterProblems: 10 });
    expect(stopped).toMatchObject({ kind: 'problems' });
    expect(run.counts.pending).toBeGreaterThan(400);
    // The first few records together, then the changes of these one by one.
    expect(sent()).toBeLessThanOrEqual(100);
  });

  test('of moves whose source must keep a value stop the run long before a whole reading was sent', async () => {
    const pipeline = await Pipeline.start({
      ...smallAccount(),
      definitions: [aDefinition(101, 'date', { required: true }), aDefinition(102, 'date')],
      records: Array.from({ length: 200 }, (_, at) =>
        aMatter(1_001 + at, { rows: [aRow(10_001 + at, 101, '2026-01-14')] }),
      ),
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(
      'version: 1\nfields:\n  - { match: Field 101, rule: date, into: Field 102, source: clear }\n',
    );
    const { stopped, run } = await pipeline.apply(undefined, { stopAfterProblems: 10 });
    expect(stopped).toMatchObject({ kind: 'problems' });
    expect(run.requests.writes).toBeLessThanOrEqual(50);
  });

  test('that are none once each change goes by itself do not', async () => {
    const refused = new Set<string>();
    const { pipeline, sent } = await startRefusing(120, (path) => {
      const isFirst = !refused.has(path);
      refused.add(path);
      return isFirst;
    });
    const { stopped, run } = await pipeline.apply(undefined, { stopAfterProblems: 10 });
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: 360, rejected: 0, pending: 0 });
    expect(sent()).toBe(480);
  });

  test('of a way to empty a field that Clio refuses are met by the first few records, and the rest goes the way that it takes', async () => {
    const matters = 120;
    const pipeline = await Pipeline.start(crashAccount(matters), {
      behaviour: { takesNull: false },
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(
      'version: 1\nfields:\n  - { match: Field 102, rule: currency, into: Field 103, source: clear }\n',
    );
    const { run } = await pipeline.apply(undefined, { stopAfterProblems: 10 });
    expect(run.counts).toMatchObject({ applied: matters, rejected: 0, pending: 0 });
    expect(run.requests.writes - matters).toBeLessThanOrEqual(50);
  });

  test('of a way to empty a field are met by the first few records where nothing stops a run for problems, too, and in its rollback', async () => {
    const matters = 120;
    const account = crashAccount(matters);
    const pipeline = await Pipeline.start(account, { behaviour: { takesNull: false } });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: matters * 3, rejected: 0, pending: 0 });
    expect(run.requests.writes - matters).toBeLessThanOrEqual(25);
    const { run: undone } = await pipeline.rollback(run.runId);
    expect(undone.counts).toMatchObject({ applied: matters * 3, rejected: 0, pending: 0 });
    expect(undone.requests.writes - matters).toBeLessThanOrEqual(25);
  });

  test('are counted in the order of the plan, in whatever order they are told', () => {
    const streak = new ProblemStreak(3);
    for (const place of [9, 1, 3, 8]) streak.add(place);
    expect(streak.isTooLong).toBe(false);
    streak.add(2);
    expect([streak.isTooLong, streak.longest]).toEqual([true, 3]);
    const never = new ProblemStreak(0);
    for (let place = 0; place < 100; place += 1) never.add(place);
    expect(never.isTooLong).toBe(false);
  });
});

describe('a pause', () => {
  test('holds back what has not left, stops the run, and lets it go on once it is over', async () => {
    let isPaused = false;
    let isOver = false;
    const ticks = new Set<() => void>();
    const pipeline = await start({
      onRequest: ({ method, url }) => {
        if (method !== 'PATCH' || !url.includes('/matters/')) return;
        if (isOver || touched(pipeline.sandbox) < 6) return;
        isPaused = true;
        for (const tick of ticks) tick();
      },
    });
    const limits: Partial<Limits> = {
      pause: { place: 'the switch', chosen: null, invitation: '', isSet: () => isPaused },
      everySecond: (callback) => {
        ticks.add(callback);
        return () => ticks.delete(callback);
      },
    };
    const { stopped, run } = await pipeline.apply(undefined, limits);
    expect(stopped).toEqual({ kind: 'paused', place: 'the switch' });
    expect(run.counts.pending).toBeGreaterThan(0);
    expect(touched(pipeline.sandbox)).toBeLessThan(MATTERS);
    expect(ticks.size).toBe(0);
    const writes = pipeline.sandbox.counters.writes;
    const again = await pipeline.apply(undefined, limits);
    expect(again.stopped?.kind).toBe('paused');
    expect(pipeline.sandbox.counters.writes).toBe(writes);
    isOver = true;
    isPaused = false;
    const whole = await pipeline.apply(undefined, limits);
    expect(whole.stopped).toBeNull();
    expect(whole.run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
  });
});

/** Pauses with the first answer that `strike` makes to a write of a record; `resume` ends the pause. */
async function startPaused(
  strike: () => Response | 'pass',
  options: SandboxOptions = {},
): Promise<{ pipeline: Pipeline; limits: Partial<Limits>; resume: () => void }> {
  let state: 'before' | 'struck' | 'paused' | 'over' = 'before';
  const ticks = new Set<() => void>();
  const pause = (): void => {
    state = 'paused';
    for (const tick of ticks) tick();
  };
  const pipeline = await Pipeline.start(crashAccount(1), options, async (input, init) => {
    const isRecord = input instanceof URL && input.href.includes('/matters/');
    if (state !== 'before' || init?.method !== 'PATCH' || !isRecord) {
      const answer = await fetch(input, init);
      if (state === 'struck') pause();
      return answer;
    }
    const struck = strike();
    state = 'struck';
    if (struck === 'pass') return fetch(input, init);
    if (struck.status === 429) pause();
    return struck;
  });
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  const limits: Partial<Limits> = {
    pause: { place: '', chosen: null, invitation: '', isSet: () => state === 'paused' },
    everySecond: (callback) => {
      ticks.add(callback);
      return () => ticks.delete(callback);
    },
  };
  return { pipeline, limits, resume: () => (state = 'over') };
}

describe('a pause that comes before what Clio did not do is sent again', () => {
  test.each([
    { what: 'refused together', status: 422 },
    { what: 'put off', status: 429 },
  ])('does not make somebody else’s hand the run’s own: $what', async ({ status }) => {
    const { pipeline, limits, resume } = await startPaused(
      () => new Response('{}', { status, headers: { 'retry-after': '0' } }),
    );
    const first = await pipeline.apply(undefined, limits);
    expect(first.stopped?.kind).toBe('paused');
    expect(first.run.counts.pending).toBe(3);
    rowOf(pipeline.sandbox, 1_001, 101).value = 'example text 0';
    resume();
    const { run } = await pipeline.apply(undefined, limits);
    expect(run.counts).toMatchObject({ alreadyThere: 1, applied: 2, pending: 0 });
    await pipeline.rollback(run.runId);
    expect(rowOf(pipeline.sandbox, 1_001, 101).value).toBe('example text 0');
  });

  test('does not make the half of a move that was done somebody else’s', async () => {
    const { pipeline, limits, resume } = await startPaused(() => 'pass', {
      behaviour: { writesAllOrNothing: false },
    });
    const { account } = pipeline.sandbox;
    const source = account.definitions.find(({ id }) => id === 102);
    if (source === undefined) throw new Error('the stage has no such field');
    source.required = true;
    const first = await pipeline.apply(undefined, limits);
    expect(first.stopped?.kind).toBe('paused');
    expect(rowOf(pipeline.sandbox, 1_001, 103).value).not.toBeNull();
    source.required = false;
    resume();
    const { run } = await pipeline.apply(undefined, limits);
    expect(run.counts).toMatchObject({ applied: 3, pending: 0 });
    await pipeline.rollback(run.runId);
    expect(contentsOf(account)).toEqual(contentsOf(crashAccount(1)));
  });
});

const isBeta = ({ option }: { readonly option: string }): boolean => option === 'Beta';

describe('a window of hours', () => {
  const NIGHT = { name: 'the night', timeZone: 'UTC', from: 19 * 60, to: 4 * 60, wholeDays: [] };

  /** A clock that goes on by `stepMs` with every tick: at once, or when the run begins to wait. */
  async function applyBetween(
    pipeline: Pipeline,
    from: string,
    stepMs: number,
    goesOn: 'atOnce' | 'whileItWaits' = 'whileItWaits',
  ) {
    let nowMs = Date.parse(from);
    const said: string[] = [];
    const waits: number[] = [];
    const execution = await apply(
      {
        ...pipeline.executor,
        now: () => new Date(nowMs),
        progress: {
          report: () => undefined,
          say: (sentence) => said.push(sentence),
          warn: (sentence) => said.push(sentence),
          wait: (_what, leftMs) => waits.push(leftMs),
        },
      },
      {
        isResumed: true,
        approve: async () => undefined,
        limits: {
          ...NO_LIMITS,
          window: NIGHT,
          everySecond: (callback) => {
            const timer = setInterval(() => {
              if (goesOn === 'atOnce' || waits.length > 0) nowMs += stepMs;
              callback();
            }, 5);
            return () => clearInterval(timer);
          },
        },
      },
    );
    return { ...execution, said, waits };
  }

  test('is waited for, with a countdown, and then the run goes on by definitions read anew', async () => {
    const pipeline = await start();
    const { stopped, run, said, waits } = await applyBetween(
      pipeline,
      '2026-01-14T18:00:00Z',
      10 * 60_000,
    );
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
    expect(said[0]).toMatch(
      /^Outside of the night\. Writing begins Wed 14 Jan, 19:00 \(UTC\): about \d+ requests are left, they are done about Wed 14 Jan, 19:00 \(UTC\)\. Ctrl-C/u,
    );
    expect(waits[0]).toBe(3_600_000);
    expect(waits.at(-1)).toBeLessThan(3_600_000);
    const definitions = pipeline.sandbox.log.filter(({ url }) =>
      url.includes('custom_fields.json'),
    );
    expect(definitions.length).toBeGreaterThanOrEqual(3);
  });

  test('that closes in the middle holds back what has not left, and waits for the next', async () => {
    const pipeline = await start({ latencyMs: 30, rateLimit: { perWindow: 8, windowMs: 300 } });
    const { stopped, run, waits } = await applyBetween(
      pipeline,
      '2026-01-14T03:00:00Z',
      // An hour of night is over in a tenth of a second.
      3 * 60_000,
      'atOnce',
    );
    expect(stopped).toBeNull();
    expect(run.counts).toMatchObject({ applied: MATTERS * 3, pending: 0 });
    expect(waits.length).toBeGreaterThan(0);
  });

  test('is waited for by the options that a run retires when all values are written, too', async () => {
    const options = [anOption(9001, 'Alpha'), anOption(9002, 'Beta')];
    const pipeline = await Pipeline.start({
      ...smallAccount(),
      definitions: [aDefinition(105, 'picklist', { options })],
      records: [aMatter(1_001, { rows: [aRow(1, 105, 9001)] })],
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan(
      'version: 1\nfields:\n  - { match: Field 105, rule: picklist, with: { merge: { Beta: [Alpha] } } }\n',
    );
    pipeline.sandbox.setFaults([{ kind: 'redirect', on: 'writes', at: [2] }]);
    const { run: half } = await pipeline.apply();
    expect(half.counts).toMatchObject({ applied: 1, pending: 0 });
    pipeline.sandbox.setFaults([]);
    const { run, waits } = await applyBetween(pipeline, '2026-01-14T18:00:00Z', 10 * 60_000);
    expect(run.status).toBe('completed');
    expect(waits[0]).toBe(3_600_000);
  });

  test.each([
    { what: 'gone meanwhile', status: 'applied' },
    { what: 'held by others', status: 'conflict' },
  ])(
    'is not waited for where the options that are left to be retired are $what',
    async ({ what, status }) => {
      const pipeline = await Pipeline.start(crashAccount(3));
      onTestFinished(async () => pipeline.close());
      await pipeline.plan(RULES);
      const { run } = await pipeline.apply();
      // The rollback's last write retires what the run added.
      pipeline.sandbox.setFaults([{ kind: 'redirect', on: 'writes', at: [8] }]);
      const { run: undone, stopped } = await pipeline.rollback(run.runId);
      expect(stopped?.kind).toBe('platform');
      expect(undone.counts).toMatchObject({ applied: 9, pending: 0 });
      pipeline.sandbox.setFaults([]);
      const { definitions, records } = pipeline.sandbox.account;
      const beta = definitions.flatMap(({ options }) => options).find(isBeta);
      if (beta === undefined) throw new Error('no option was added');
      if (what === 'gone meanwhile') beta.deletedAt = '2026-01-14T00:00:00Z';
      else records[0]?.rows.push(aRow(99, 105, beta.id));
      const { waits, said } = await applyBetween(pipeline, '2026-01-14T10:00:00Z', 10 * 60_000);
      expect(pipeline.journal.runs.optionOutcomes(undone.runId)).toMatchObject([{ status }]);
      expect(waits).toEqual([]);
      expect(said.join()).not.toContain('Outside of');
    },
  );

  test('is not waited for where nothing is left to be written', async () => {
    const pipeline = await Pipeline.start({
      ...smallAccount(),
      definitions: [aDefinition(101, 'text_line')],
      records: [1_001, 1_002].map((id) => aMatter(id, { rows: [aRow(id, 101, ' a  b ')] })),
    });
    onTestFinished(async () => pipeline.close());
    await pipeline.plan('version: 1\nfields:\n  - { match: Field 101, rule: text }\n');
    pipeline.sandbox.setFaults([{ kind: '422', on: 'writes', at: [2] }]);
    const half = await pipeline.apply(undefined, { canary: 2 });
    expect(half.stopped?.kind).toBe('canary');
    const { run, waits } = await applyBetween(pipeline, '2026-01-14T10:00:00Z', 10 * 60_000);
    expect(run.status).toBe('completed');
    expect(waits).toEqual([]);
  });

  test('ends its wait at once on a signal, with nothing written', async () => {
    const pipeline = await start();
    setTimeout(() => pipeline.stop.abort(), 50);
    const { stopped } = await applyBetween(pipeline, '2026-01-14T10:00:00Z', 1);
    expect(stopped).toEqual({ kind: 'asked' });
    expect(pipeline.sandbox.counters.writes).toBe(0);
  });
});

describe('verify', () => {
  test('reads again all that a run wrote, and says what moved and to what', async () => {
    const pipeline = await start();
    const { run } = await pipeline.apply();
    const { account, counters } = pipeline.sandbox;
    const before = counters.requests;
    const good = await verifyRun(pipeline.executor, run.runId);
    expect(counters.requests - before).toBe(2);
    expect(good.standing).toMatchObject({ stands: MATTERS * 4, moved: 0, unseen: 0 });
    expect(good.options.map(({ stands }) => stands)).toEqual([true]);
    rowOf(pipeline.sandbox, 1_005, 101).value = 'theirs';
    account.records.splice(
      account.records.findIndex(({ id }) => id === 1_006),
      1,
    );
    const { standing } = await verifyRun(pipeline.executor, run.runId);
    expect(standing).toMatchObject({ stands: MATTERS * 4 - 5, moved: 1, unseen: 4 });
    expect(standing.notStanding[0]).toMatchObject({
      recordId: '1005',
      fieldName: 'Field 101',
      wrote: 'example text 4',
      now: 'theirs',
      state: 'moved',
    });
    expect(standing.notStanding.filter(({ state }) => state === 'gone')).toHaveLength(4);
  });

  test('says of a run that was rolled back that nothing stands, and by whom', async () => {
    const pipeline = await start();
    const { run } = await pipeline.apply();
    const undone = await pipeline.rollback(run.runId);
    const verification = await verifyRun(pipeline.executor, run.runId);
    const { standing, options, rolledBackBy, isRolledBackWhole } = verification;
    expect(standing).toMatchObject({ stands: 0, moved: MATTERS * 4 });
    expect(options.map(({ stands }) => stands)).toEqual([false]);
    expect({ rolledBackBy, isRolledBackWhole }).toEqual({
      rolledBackBy: undone.run.runId,
      isRolledBackWhole: true,
    });
    const text = [
      ...verificationAsText(verification, { hasColor: false, columns: 80, isScreen: false }),
    ]
      .join('')
      .replaceAll(/\s+/gu, ' ');
    expect(text).toContain(`${undone.run.runId} has rolled it back in whole`);
    expect(text).not.toContain('Does not stand');
    const again = await verifyRun(pipeline.executor, undone.run.runId);
    expect(again.standing).toMatchObject({ stands: MATTERS * 4, moved: 0 });
  });
});

test('the limits of the last resume are the run’s from then on', async () => {
  const pipeline = await start();
  await pipeline.apply(1, { ratePerMinute: 10 });
  const { run } = await pipeline.apply(1, { ratePerMinute: 20, stopAfterProblems: 3 });
  expect(pipeline.journal.runs.find(run.runId).limits).toMatchObject({
    ratePerMinute: 20,
    stopAfterProblems: 3,
  });
});

async function startApproved(by: string, isTwoPerson = false) {
  const pipeline = await start();
  const { journal } = pipeline;
  const { planId } = makePlan(pipeline.executor, {
    rulesText: RULES.replace(/ {2}- \{ match: Field 104.*/u, ''),
    rulesFileName: 'rules.yaml',
    fields: [],
    records: [],
    by: 'Pat Planner',
    isTwoPerson,
  });
  const { digest } = journal.plans.find(planId);
  journal.plans.approve(planId, { digest, by, how: 'test', at: new Date().toISOString() });
  const request = { isResumed: false, limits: NO_LIMITS, approve: async () => undefined, planId };
  return { pipeline, request };
}

describe('an approved plan is refused all the same, before it writes', () => {
  test('where whoever planned it approved it, and two persons are asked for', async () => {
    const { pipeline, request } = await startApproved('Pat Planner');
    await expect(apply(pipeline.executor, { ...request, isTwoPerson: true })).rejects.toMatchObject(
      { code: 'second_person_needed' },
    );
    expect(pipeline.sandbox.counters.writes).toBe(0);
  });

  test('where a review has led to another plan since', async () => {
    const { pipeline, request } = await startApproved('Ann Example');
    const review = openReview(pipeline.executor, request.planId);
    review.decide(['change-1'], { kind: 'skip' }, 'Ann Example', 'web');
    review.finish();
    await expect(apply(pipeline.executor, request)).rejects.toMatchObject({
      code: 'plan_reviewed',
    });
    expect(pipeline.sandbox.counters.writes).toBe(0);
  });

  test('where it has more changes than are allowed, and not where it has as many', async () => {
    const { pipeline, request } = await startApproved('Ann Example');
    const most = MATTERS * 2;
    await expect(
      apply(pipeline.executor, { ...request, maxChanges: most - 1 }),
    ).rejects.toMatchObject({ code: 'too_many_changes' });
    expect(pipeline.sandbox.counters.writes).toBe(0);
    const half = { ...NO_LIMITS, stopAfter: 2 };
    await apply(pipeline.executor, { ...request, maxChanges: most, limits: half });
    await expect(
      apply(pipeline.executor, { ...request, isResumed: true, maxChanges: most - 1 }),
    ).rejects.toMatchObject({ code: 'too_many_changes' });
    expect(touched(pipeline.sandbox)).toBe(2);
  });
});

test('a plan that changes more than the allowed share of values is refused before it writes', async () => {
  const pipeline = await start();
  const request = { isResumed: false, limits: NO_LIMITS, approve: async () => undefined };
  await expect(apply(pipeline.executor, { ...request, maxPercent: 99.9 })).rejects.toMatchObject({
    code: 'too_many_changes',
    message: expect.stringContaining('changes 72 of the 72 values that its fields hold: 100 %'),
  });
  expect(pipeline.sandbox.counters.writes).toBe(0);
  const { stopped } = await apply(pipeline.executor, { ...request, maxPercent: 100 });
  expect(stopped).toBeNull();
});
