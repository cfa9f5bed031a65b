import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { findStatus } from '../../src/operations/account/status.ts';
import { problemsView } from '../../src/operations/record/views.ts';
import { NO_LIMITS } from '../../src/operations/run/limits.ts';
import { resumeCommand } from '../../src/operations/run/resume-command.ts';
import type { Account, AccountRow } from '../../src/sandbox/account.ts';
import { FAULTS, type FaultKind } from '../../src/sandbox/fault-spec.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { contentsOf, crashAccount, MATTERS, RULES } from '../e2e/crash-rig.ts';
import { aMatter, aRow } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

async function start(options: SandboxOptions = {}, account = crashAccount()): Promise<Pipeline> {
  const pipeline = await Pipeline.start(account, options);
  onTestFinished(async () => pipeline.close());
  return pipeline;
}

const held = (
  account: Account,
  recordId: number,
  definitionId: number,
): AccountRow['value'] | undefined =>
  account.records
    .find(({ id }) => id === recordId)
    ?.rows.find((row) => row.definitionId === definitionId)?.value;

function edit(account: Account, recordId: number, definitionId: number, value: string): void {
  const row = account.records
    .find(({ id }) => id === recordId)
    ?.rows.find((each) => each.definitionId === definitionId);
  if (row === undefined) throw new Error('the stage has no such row');
  row.value = value;
}

/** A run that the platform's trouble stops goes on, as a person would make it. */
async function applyToTheEnd(pipeline: Pipeline) {
  for (let tries = 0; ; tries += 1) {
    const execution = await pipeline.apply();
    if (execution.stopped === null || tries === 20) return execution;
  }
}

/** Faults that end the whole job, and waits until a time of day, which do not fit a clock that runs faster. */
const ELSEWHERE: readonly FaultKind[] = [
  '401-for-good',
  '401',
  '410',
  'redirect',
  'foreign-link',
  '429-date',
  '429-body',
  '429-base64',
];
const kinds = (Object.keys(FAULTS) as FaultKind[]).filter((kind) => !ELSEWHERE.includes(kind));

/** A tenth of the writes; half of the reads, of which there are few. */
const struck = kinds.flatMap((kind) => [
  { kind, on: 'writes', probability: 0.1 } as const,
  ...(['403', '404', '422'].includes(kind)
    ? []
    : [{ kind, on: 'reads', probability: 0.5 } as const]),
]);

describe('faults', () => {
  test.each(struck)(
    '$kind on $probability of the $on loses nothing and hides nothing',
    async (fault) => {
      const pipeline = await start({ slowMs: 400, seed: 7, faultRetryAfterSeconds: 0 });
      if (fault.on === 'reads') pipeline.sandbox.setFaults([fault]);
      await pipeline.plan(RULES);
      pipeline.sandbox.setFaults([fault]);
      const { run, stopped } = await applyToTheEnd(pipeline);
      expect(stopped).toBeNull();
      expect(run.counts.pending).toBe(0);
      for (const { change, outcome } of pipeline.journal.runs.changes(run.runId)) {
        const { edits, recordId } = change;
        if (outcome?.status !== 'applied') continue;
        for (const { definitionId, content } of outcome.written.map(
          ({ definitionId: id, after }) => ({
            definitionId: id,
            content: after.state === 'value' ? after.content : null,
          }),
        )) {
          const stands =
            held(pipeline.sandbox.account, Number(recordId), Number(definitionId)) ?? null;
          expect(stands === null ? null : String(stands)).toBe(content);
        }
        expect(edits.length).toBe(outcome.written.length);
      }
      pipeline.sandbox.setFaults([]);
      const before = contentsOf(crashAccount());
      const undone = await pipeline.rollback(run.runId);
      expect(undone.stopped).toBeNull();
      expect(contentsOf(pipeline.sandbox.account)).toEqual(before);
    },
  );

  test('a picklist that shows another option than the planned one is told by that option’s text', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    pipeline.sandbox.setFaults([{ kind: 'altered', on: 'writes', probability: 1 }]);
    const { run } = await pipeline.apply();
    const labels = pipeline.sandbox.account.definitions.flatMap(({ options }) =>
      options.map(({ option }) => option),
    );
    const shown = [...problemsView(pipeline.journal, run)].flatMap(({ fieldName, shows }) =>
      fieldName === 'Field 105' && shows !== null ? [shows] : [],
    );
    expect(shown).not.toEqual([]);
    for (const text of shown) expect(labels).toContain(text);
  });

  test('a platform that keeps failing stops the run instead of being asked on', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    pipeline.sandbox.setFaults([{ kind: '503', on: 'writes', probability: 1 }]);
    const { stopped, run } = await pipeline.apply();
    expect(stopped?.kind).toBe('platform');
    expect(run.counts.applied).toBe(0);
  });
});

const REQUIRED =
  'Clio refused it (422, ArgumentError): a value for the field "Field 102" is required';

describe.each([true, false])('a platform that writes all or nothing: %s', (writesAllOrNothing) => {
  test('and refuses one half of a move leaves nothing that a rollback does not undo', async () => {
    const pipeline = await start({ behaviour: { writesAllOrNothing } });
    await pipeline.plan(RULES);
    const source = pipeline.sandbox.account.definitions.find(({ id }) => id === 102);
    if (source === undefined) throw new Error('the stage has no such field');
    source.required = true;
    const { run } = await pipeline.apply();
    expect(run.counts).toMatchObject({ applied: MATTERS * 2, alreadyThere: 0, rejected: MATTERS });
    const reasons = new Set(
      [...pipeline.journal.runs.problems(run.runId)].map(({ reason }) => reason),
    );
    expect(reasons).toEqual(
      new Set([
        writesAllOrNothing ? REQUIRED : `${REQUIRED}; a part of it was written all the same`,
      ]),
    );
    expect(held(pipeline.sandbox.account, 1_001, 102)).toBe('$1,500.00');
    const undone = await pipeline.rollback(run.runId);
    expect(undone.run.counts).toMatchObject({ conflict: 0, pending: 0 });
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });
});

describe.each([true, false])('other people, where etags move on value writes: %s', (moves) => {
  const options = { behaviour: { etagMovesOnValueWrite: moves } };

  test('what was edited between inventory and apply stays', async () => {
    const pipeline = await start(options);
    await pipeline.plan(RULES);
    edit(pipeline.sandbox.account, 1_003, 101, 'theirs');
    const { run } = await pipeline.apply();
    expect(run.counts.conflict).toBe(1);
    expect(held(pipeline.sandbox.account, 1_003, 101)).toBe('theirs');
  });

  test('what was edited between apply and rollback stays, unless it is forced', async () => {
    const pipeline = await start(options);
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    edit(pipeline.sandbox.account, 1_003, 101, 'theirs');
    const undone = await pipeline.rollback(run.runId);
    expect(undone.run.counts.conflict).toBe(1);
    expect(held(pipeline.sandbox.account, 1_003, 101)).toBe('theirs');
    await pipeline.rollback(run.runId, { isForced: true });
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('a record that is hidden or locked meanwhile is reported, and the rest goes on', async () => {
    const pipeline = await start(options);
    await pipeline.plan(RULES);
    for (const record of pipeline.sandbox.account.records) {
      if (record.id === 1_003) record.access = 'none';
      if (record.id === 1_004) record.access = 'read';
    }
    const { run } = await pipeline.apply();
    expect(run.counts.noAccess).toBe(6);
    expect(run.counts.pending).toBe(0);
  });
});

test('apply asks for each changed record once, and three times more at most', async () => {
  const pipeline = await start();
  const plan = await pipeline.plan(RULES);
  const before = pipeline.sandbox.counters.requests;
  await pipeline.apply();
  // One more for the picklist that gets an option.
  expect(pipeline.sandbox.counters.requests - before).toBeLessThanOrEqual(MATTERS + 1 + 3 + 1);
  expect(plan.counts.changed).toBeGreaterThan(0);
});

test('a plan that a run wrote after is no next step, unless it is approved already', async () => {
  const pipeline = await start();
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply(3);
  const nextStep = () =>
    findStatus(pipeline.journal, { isSignedIn: true, hasRules: true, writer: null }).next;
  await pipeline.rollback(run.runId, { records: ['1001'] });
  const { planId, digest } = await pipeline.plan(RULES);
  expect(nextStep().command).toBe(`review ${planId}`);
  const { run: rest } = await pipeline.rollback(run.runId);
  expect(nextStep()).toEqual({
    command: 'inventory',
    because: `${rest.runId} wrote after ${planId} was made: read again to plan anew`,
  });
  const at = new Date().toISOString();
  pipeline.journal.plans.approve(planId, { digest, by: 'Pat Example', how: 'test', at });
  expect(nextStep().command).toBe(`apply ${planId}`);
});

describe('rollback', () => {
  test('of a part, then of the rest, then of the rollback itself', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    const applied = contentsOf(pipeline.sandbox.account);
    const nextStep = () =>
      findStatus(pipeline.journal, { isSignedIn: true, hasRules: true, writer: null }).next.because;
    await pipeline.rollback(run.runId, { records: ['1001', '1002'] });
    expect(nextStep()).toContain('run-1 was rolled back in part');
    expect(held(pipeline.sandbox.account, 1_001, 101)).toBe('  example  text 0 ');
    expect(held(pipeline.sandbox.account, 1_003, 101)).toBe('example text 2');
    const whole = await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
    expect(nextStep()).toContain('run-1 was rolled back:');
    const again = await pipeline.rollback(whole.run.runId);
    expect(again.stopped).toBeNull();
    expect(held(pipeline.sandbox.account, 1_003, 101)).toBe(applied['1003/101']);
  });

  test('of a run that was stopped half way ends it, says so, and restores what it did', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    const { run, stopped } = await pipeline.apply(7);
    expect(stopped?.kind).toBe('stopAfter');
    const slip = pipeline.rollback(run.runId, { fields: ['Feild 101'] });
    await expect(slip).rejects.toMatchObject({ code: 'unknown_field' });
    expect(pipeline.said.join('\n')).not.toContain('ends here');
    expect(pipeline.journal.runs.unfinished()?.runId).toBe(run.runId);
    await pipeline.rollback(run.runId, { records: ['1001'] });
    expect(pipeline.said.join('\n')).toContain(
      `run-1 was unfinished and ends here: ${run.counts.pending} changes were not made`,
    );
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('that is resumed restores no more than is named, and keeps the scope it began with', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    await pipeline.rollback(run.runId, { limits: { ...NO_LIMITS, stopAfter: 1 } });
    const halfWay = contentsOf(pipeline.sandbox.account);
    for (const other of [{ records: ['1002'] }, { fields: ['101'] }, { isForced: true }]) {
      await expect(pipeline.rollback(run.runId, other)).rejects.toMatchObject({
        code: 'other_scope',
      });
    }
    expect(contentsOf(pipeline.sandbox.account)).toEqual(halfWay);
    await pipeline.rollback(run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test('goes on after the run that it undoes was purged', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    const before = new Date();
    const { run: part } = await pipeline.rollback(run.runId, {
      limits: { ...NO_LIMITS, stopAfter: 1 },
    });
    pipeline.journal.purge({ before });
    expect(resumeCommand(pipeline.journal, part)).toBe('rollback run-1 --resume');
    expect((await pipeline.rollback(run.runId)).stopped).toBeNull();
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });

  test.each([
    {
      only: { records: ['1001', '1002'] },
      named: '--record 1001 --record 1002',
      of: '6 of the 72',
    },
    { only: { fields: ['Field 101'] }, named: '--field 101', of: '24 of the 72' },
    {
      only: { records: ['1001', '1002'], fields: ['105'], isForced: true },
      named: '--record 1001 --record 1002 --field 105 --force',
      of: '2 of the 72',
    },
  ])(
    'of a part ($named) that is unfinished does not pass for one of the whole',
    async ({ only, named, of }) => {
      const pipeline = await start();
      await pipeline.plan(RULES);
      const { run } = await pipeline.apply();
      const part = await pipeline.rollback(run.runId, {
        ...only,
        limits: { ...NO_LIMITS, stopAfter: 1 },
      });
      const command = `rollback run-1 ${named} --resume`;
      expect(resumeCommand(pipeline.journal, part.run)).toBe(command);
      await expect(pipeline.rollback(run.runId)).rejects.toMatchObject({
        code: 'other_scope',
        message: expect.stringContaining(`restores only ${of} changes that are named now`),
        hint: expect.stringContaining(`\`clio-fields ${command}\``),
      });
      expect((await pipeline.rollback(run.runId, only)).stopped).toBeNull();
      expect((await pipeline.rollback(run.runId)).stopped).toBeNull();
      expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
    },
  );

  test('after any plan is the identity, and a second plan is empty', async () => {
    const cell = fc.option(
      fc.constantFrom('  a  b ', 'plain', '$1,200', '12.50', 'Alpha', 'alpha', 'Gamma', null),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('keep', 'clear'),
        fc.boolean(),
        fc.boolean(),
        async (rows, source, etagMovesOnValueWrite, restoresOptions) => {
          const account: Account = { ...crashAccount(), records: [] };
          for (const [index, cells] of rows.entries()) {
            account.records.push(
              aMatter(1_001 + index, {
                rows: cells.flatMap((value, column) =>
                  value === undefined
                    ? []
                    : [aRow(10_000 + index * 10 + column, [101, 102, 104][column] ?? 101, value)],
                ),
              }),
            );
          }
          const before = contentsOf(account);
          const pipeline = await Pipeline.start(account, {
            behaviour: { etagMovesOnValueWrite, restoresOptions },
          });
          try {
            const rules = RULES.replace('source: clear', `source: ${source}`);
            await pipeline.plan(rules);
            const { run } = await pipeline.apply();
            const applied = contentsOf(account);
            expect((await pipeline.plan(rules)).counts.changed).toBe(0);
            expect((await pipeline.apply()).run.counts.applied).toBe(0);
            expect(contentsOf(account)).toEqual(applied);
            await pipeline.rollback(run.runId);
            expect(contentsOf(account)).toEqual(before);
          } finally {
            await pipeline.close();
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
