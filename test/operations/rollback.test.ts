import { describe, expect, onTestFinished, test } from 'vitest';
import { countRowsNotKept } from '../../src/operations/record/rows-not-kept.ts';
import { verifyRun } from '../../src/operations/record/verify.ts';
import type { Execution } from '../../src/operations/run/execute.ts';
import { NO_LIMITS } from '../../src/operations/run/limits.ts';
import { verificationPage } from '../../src/report/html/verification.ts';
import { verificationAsText } from '../../src/report/verification.ts';
import type { Account } from '../../src/sandbox/account.ts';
import type { FaultKind } from '../../src/sandbox/fault-spec.ts';
import { contentsOf, crashAccount, MATTERS, RULES } from '../e2e/crash-rig.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

async function start(account: Account, restoresOptions = true): Promise<Pipeline> {
  const pipeline = await Pipeline.start(account, { behaviour: { restoresOptions } });
  onTestFinished(async () => pipeline.close());
  return pipeline;
}

const MERGE = `version: 1
fields:
  - { match: Field 105, rule: picklist, with: { merge: { Beta: [Alpha] }, map: { Old: Beta } } }
`;

/** Two options that become one, and one that was retired long ago but is still held. */
function mergeAccount(): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(105, 'picklist', {
        options: [
          anOption(9001, 'Alpha'),
          anOption(9002, 'Beta'),
          anOption(9003, 'Old', '2020-01-01T00:00:00Z'),
        ],
      }),
    ],
    records: [9001, 9002, 9003, 9001].map((value, index) =>
      aMatter(1_001 + index, { rows: [aRow(10_001 + index, 105, value)] }),
    ),
  };
}

/** What people see: which option each record holds, and which can be chosen. */
function seen({ definitions, records }: Account): { held: unknown[]; choice: unknown[] } {
  const options = definitions.flatMap((definition) => definition.options);
  const text = (value: unknown): unknown => options.find(({ id }) => id === value)?.option ?? value;
  return {
    held: records.flatMap(({ rows }) => rows.map(({ value }) => text(value))),
    choice: options
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ option }) => option)
      .toSorted(),
  };
}

test('a run writes as often as its plan said, where it opens options before the values and retires some after them too', async () => {
  const pipeline = await start(mergeAccount());
  await pipeline.plan(MERGE);
  const { run } = await pipeline.apply();
  const undone = await pipeline.rollback(run.runId);
  for (const { planId, requests } of [run, undone.run])
    expect(requests.writes, planId).toBe(pipeline.journal.plans.find(planId).needs.writes);
  expect(undone.run.requests.writes, '3 records, options opened, one of them retired').toBe(5);
});

test('a run that stops half way retires no option: the resume does, once no value needs it', async () => {
  const pipeline = await start(mergeAccount());
  const { account } = pipeline.sandbox;
  await pipeline.plan(MERGE);
  const { run, stopped } = await pipeline.apply(1);
  expect(stopped?.kind).toBe('stopAfter');
  expect(seen(account).choice).toEqual(['Alpha', 'Beta']);
  const { run: whole } = await pipeline.apply();
  expect(seen(account).choice).toEqual(['Beta']);
  expect([...pipeline.journal.runs.problems(run.runId)]).toEqual([]);
  expect(whole.counts).toMatchObject({ applied: 3, pending: 0 });
});

test('an option that no record held is retired without a value, and a rollback brings it back', async () => {
  const unheld = { ...mergeAccount(), records: [aMatter(1_001, { rows: [aRow(1, 105, 9002)] })] };
  const pipeline = await start(unheld);
  const { account } = pipeline.sandbox;
  await pipeline.plan(MERGE);
  const { run } = await pipeline.apply();
  expect(seen(account).choice).toEqual(['Beta']);
  await pipeline.rollback(run.runId);
  expect(seen(account)).toEqual({ held: ['Beta'], choice: ['Alpha', 'Beta'] });
});

describe.each([true, false])(
  'options, where the platform restores retired ones: %s',
  (restores) => {
    test('that a merge retired come back with their values, and the rollback can be undone', async () => {
      const pipeline = await start(mergeAccount(), restores);
      const { account } = pipeline.sandbox;
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const merged = seen(account);
      expect(merged).toEqual({ held: ['Beta', 'Beta', 'Beta', 'Beta'], choice: ['Beta'] });
      const undone = await pipeline.rollback(run.runId);
      expect(undone.run.counts).toMatchObject({ applied: 3, rejected: 0, conflict: 0 });
      expect(seen(account)).toEqual(seen(mergeAccount()));
      const again = await pipeline.rollback(undone.run.runId);
      expect(again.run.counts).toMatchObject({ applied: 3, rejected: 0, conflict: 0 });
      expect(seen(account)).toEqual(merged);
    });

    test('that come back as others of the same text are told, with the values that hold them', async () => {
      const pipeline = await start(mergeAccount(), restores);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const undone = await pipeline.rollback(run.runId);
      const { journal } = pipeline;
      const restored = journal.runs
        .optionOutcomes(undone.run.runId)
        .filter(({ change }) => change.action === 'restore');
      const ids = restored.map(({ change, optionId }) =>
        change.action === 'restore' && change.optionId !== optionId
          ? [change.optionId, optionId ?? '']
          : [],
      );
      expect(ids.map(({ length }) => length)).toEqual(restores ? [0, 0] : [2, 2]);
      for (const [index, { reason }] of restored.entries()) {
        const [from, to] = ids[index] ?? [];
        if (restores) expect(reason).toBeNull();
        else
          expect(reason).toContain(
            `stays retired (id ${from}): a new option of the same text (id ${to})`,
          );
      }
      const values = [...journal.runs.applied(undone.run.runId)].map(
        ({ outcome }) => outcome.reason,
      );
      expect(values).toHaveLength(3);
      const told = new Set(
        ids.map(
          ([from, to]) =>
            `"Field 105" holds a new option of the same text: id ${to} in place of ${from}`,
        ),
      );
      expect(new Set(values)).toEqual(restores ? new Set([null]) : told);
      expect((await verifyRun(pipeline.executor, undone.run.runId)).rowsNotKept).toBe(0);
    });

    test('that a rollback opened for its values and closed again stand as it left them', async () => {
      const pipeline = await start(mergeAccount(), restores);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const undone = await pipeline.rollback(run.runId);
      const { standing, options } = await verifyRun(pipeline.executor, undone.run.runId);
      expect(standing).toMatchObject({ stands: 3, moved: 0 });
      expect(options.map(({ change, stands }) => [change.label, change.action, stands])).toEqual([
        ['Alpha', 'restore', true],
        ['Old', 'retire', true],
      ]);
    });

    test('are called restored by a verification only where they themselves came back', async () => {
      const pipeline = await start(mergeAccount(), restores);
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const undone = await pipeline.rollback(run.runId);
      const view = await verifyRun(pipeline.executor, undone.run.runId);
      const alphas = pipeline.sandbox.account.definitions.flatMap(({ options }) =>
        options.filter(({ option }) => option === 'Alpha'),
      );
      const newest = String(alphas.at(-1)?.id);
      expect(alphas).toHaveLength(restores ? 1 : 2);
      const words = restores
        ? 'restored'
        : `did not come back: a new one of the same text (id ${newest}) takes its place`;
      const look = { hasColor: false, columns: 200, isScreen: false };
      expect([...verificationAsText(view, look)].join('')).toContain(
        `\nField 105: option "Alpha" ${words}, still so\n`,
      );
      expect([...verificationPage(view)].join('')).toContain(
        `<li>Field 105: <q>Alpha</q> ${words}, still so</li>`,
      );
      expect(view.options.map(({ replacedBy }) => replacedBy)).toEqual([
        restores ? null : newest,
        null,
      ]);
    });

    test('are not opened and closed again where a rollback finds nothing to restore', async () => {
      const pipeline = await start(mergeAccount(), restores);
      const { account, counters } = pipeline.sandbox;
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      await pipeline.rollback(run.runId);
      const restored = seen(account);
      const { writes } = counters;
      const again = await pipeline.rollback(run.runId);
      expect(counters.writes - writes).toBe(0);
      expect(again.stopped).toBeNull();
      // An option that was made anew has another id than the one that the run replaced: whoever holds it is left alone.
      const conflict = restores ? 0 : 1;
      expect(again.run.counts).toMatchObject({ alreadyThere: 3 - conflict, conflict, pending: 0 });
      expect(seen(account)).toEqual(restored);
    });

    test('that somebody restored since stay open, and are reported', async () => {
      const pipeline = await start(mergeAccount(), restores);
      const { account } = pipeline.sandbox;
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const old = account.definitions[0]?.options.find(({ option }) => option === 'Old');
      if (old === undefined) throw new Error('the stage has no such option');
      old.deletedAt = null;
      const undone = await pipeline.rollback(run.runId);
      expect(seen(account)).toMatchObject({ held: seen(mergeAccount()).held });
      expect(seen(account).choice).toEqual(['Alpha', 'Beta', 'Old']);
      expect([...pipeline.journal.runs.problems(undone.run.runId)]).toMatchObject([
        { status: 'conflict', reason: 'it was restored before this run came to it; it stays' },
      ]);
    });

    test('that a merge retired come back where only one record is rolled back', async () => {
      const pipeline = await start(mergeAccount(), restores);
      const { account } = pipeline.sandbox;
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      const { run: undone } = await pipeline.rollback(run.runId, { records: ['1001'] });
      expect(undone.counts).toMatchObject({ applied: 1, rejected: 0 });
      expect(seen(account).held).toEqual(['Alpha', 'Beta', 'Beta', 'Beta']);
    });

    test('that a merge retired come back over what somebody did since, where that is forced', async () => {
      const pipeline = await start(mergeAccount(), restores);
      const { account } = pipeline.sandbox;
      await pipeline.plan(MERGE);
      const { run } = await pipeline.apply();
      for (const row of account.records[0]?.rows ?? []) row.value = null;
      const undone = await pipeline.rollback(run.runId, { records: ['1001'], isForced: true });
      expect(undone.run.counts).toMatchObject({ applied: 1 });
      expect(seen(account).held).toEqual(['Alpha', 'Beta', 'Beta', 'Beta']);
    });
  },
);

test('values come back onto an option that somebody calls otherwise by now, and onto one of the same text in each picklist', async () => {
  const fields = [105, 106].map((id) =>
    aDefinition(id, 'picklist', {
      options: [anOption(id * 10, 'Alpha'), anOption(id * 10 + 1, 'Beta')],
    }),
  );
  const stage = (): Account => ({
    ...smallAccount(),
    definitions: fields.map((field) => ({
      ...field,
      options: field.options.map((option) => ({ ...option })),
    })),
    records: [aMatter(1_001, { rows: [aRow(1, 105, 1_050), aRow(2, 106, 1_060)] })],
  });
  const pipeline = await start(stage(), false);
  await pipeline.plan(`version: 1
fields:
  - { match: Field 105, rule: picklist, with: { map: { Alpha: Beta } } }
  - { match: Field 106, rule: picklist, with: { merge: { Beta: [Alpha] } } }
`);
  const { account } = pipeline.sandbox;
  const { run } = await pipeline.apply();
  const [named] = account.definitions[0]?.options ?? [];
  if (named === undefined) throw new Error('the stage has no such option');
  named.option = 'Alpha LLP';
  const undone = await pipeline.rollback(run.runId);
  expect(undone.run.counts).toMatchObject({ applied: 2, rejected: 0, conflict: 0 });
  expect(seen(account).held).toEqual(['Alpha LLP', 'Alpha']);
});

test('of a rollback that was forced brings back what it wrote over', async () => {
  const pipeline = await start(crashAccount(2));
  const { account } = pipeline.sandbox;
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply();
  const row = account.records[0]?.rows.find(({ definitionId }) => definitionId === 101);
  if (row === undefined) throw new Error('the stage has no such row');
  row.value = 'theirs';
  const forced = await pipeline.rollback(run.runId, { isForced: true });
  expect(contentsOf(account)).toEqual(contentsOf(crashAccount(2)));
  await pipeline.rollback(forced.run.runId);
  expect(row.value).toBe('theirs');
});

test('of a rollback that was forced stays forced, whichever command goes on with it', async () => {
  const pipeline = await start(crashAccount(4));
  const { account } = pipeline.sandbox;
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply();
  for (const { rows } of account.records)
    for (const row of rows) if (row.definitionId === 101) row.value = 'theirs';
  const limits = { ...NO_LIMITS, stopAfter: 1 };
  const half = await pipeline.rollback(run.runId, { isForced: true, limits });
  expect(half.stopped?.kind).toBe('stopAfter');
  const whole = await pipeline.apply();
  expect(whole.run.runId).toBe(half.run.runId);
  expect(contentsOf(account)).toEqual(contentsOf(crashAccount(4)));
});

describe('a part of a run', () => {
  test('that the run did not touch is refused by its name, whatever else is named', async () => {
    const pipeline = await start(crashAccount(4));
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply(2);
    for (const [only, code, named] of [
      [{ records: ['1001', '77', '1002'] }, 'unknown_record', 'the id 77'],
      [{ records: ['1001', '1004'], fields: ['101'] }, 'unknown_record', 'the id 1004'],
      [{ fields: ['Field 101', '104'] }, 'unchanged_field', 'the field "104"'],
    ] as const) {
      const refused = pipeline.rollback(run.runId, only);
      await expect(refused).rejects.toMatchObject({
        code,
        message: expect.stringContaining(named),
      });
    }
    expect(pipeline.journal.runs.find(run.runId).endedAt).toBeNull();
  });

  test('by field: only that comes back, and a move with both its halves', async () => {
    const pipeline = await start(crashAccount());
    const { account } = pipeline.sandbox;
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    const applied = contentsOf(account);
    const before = contentsOf(crashAccount());
    await pipeline.rollback(run.runId, { fields: ['Field 103'] });
    const left = contentsOf(account);
    const keys = new Set([...Object.keys(before), ...Object.keys(applied)]);
    for (const key of keys) {
      const isMoved = key.endsWith('/102') || key.endsWith('/103');
      expect([key, left[key]]).toEqual([key, isMoved ? before[key] : applied[key]]);
    }
    await pipeline.rollback(run.runId);
    expect(contentsOf(account)).toEqual(before);
  });

  test('leaves an option alone that the run added, and so has nothing to report of it', async () => {
    const pipeline = await start(crashAccount(3));
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    const undone = await pipeline.rollback(run.runId, { records: ['1001'] });
    expect(undone.run.counts).toMatchObject({ applied: 3, pending: 0 });
    expect(pipeline.journal.runs.optionOutcomes(undone.run.runId)).toEqual([]);
    expect(seen(pipeline.sandbox.account).choice).toEqual(['Alpha', 'Beta']);
  });

  test('that stopped is in the way of the next, unless that is told to go on', async () => {
    const pipeline = await start(crashAccount(3));
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    const limits = { ...NO_LIMITS, stopAfter: 1 };
    const half = await pipeline.rollback(run.runId, { limits });
    expect(half.run.counts.pending).toBe(6);
    await expect(pipeline.rollback(run.runId, { isResumed: false })).rejects.toMatchObject({
      code: 'unfinished_run',
    });
    expect(pipeline.journal.runs.find(half.run.runId).counts.pending).toBe(6);
  });

  test('that was applied, resumed and stopped again comes back whole', async () => {
    const pipeline = await start(crashAccount());
    const { account } = pipeline.sandbox;
    await pipeline.plan(RULES);
    await pipeline.apply(3);
    pipeline.sandbox.setFaults([{ kind: 'redirect', on: 'writes', at: [14] }]);
    const { run, stopped } = await pipeline.apply(11);
    expect(stopped?.kind).toBe('platform');
    pipeline.sandbox.setFaults([]);
    const undone = await pipeline.rollback(run.runId);
    expect(undone.stopped).toBeNull();
    expect(contentsOf(account)).toEqual(contentsOf(crashAccount()));
  });

  test.each([
    { name: 'a record', only: { records: ['99'] }, message: 'a record with the id 99' },
    { name: 'a field', only: { fields: ['Field 104'] }, message: 'the field "Field 104"' },
    {
      name: 'a field of a record',
      only: { records: ['1001'], fields: ['Field 101'] },
      message: 'none of these fields in these records',
    },
    { name: 'a field that is none', only: { fields: ['Nope'] }, message: 'named "Nope"' },
  ])(
    'that names $name where nothing was changed is refused, and does not end a run half way',
    async ({ only, message }) => {
      const account = crashAccount();
      account.records[0]?.rows.splice(0, 1, aRow(10_000, 101, 'well-formed'));
      const pipeline = await start(account);
      await pipeline.plan(RULES);
      const { run } = await pipeline.apply(20);
      const at = contentsOf(pipeline.sandbox.account);
      await expect(pipeline.rollback(run.runId, only)).rejects.toThrow(message);
      expect(contentsOf(pipeline.sandbox.account)).toEqual(at);
      expect(pipeline.journal.runs.unfinished()?.runId).toBe(run.runId);
      await pipeline.apply();
      await expect(pipeline.rollback(run.runId, only)).rejects.toThrow(message);
      expect(pipeline.journal.runs.list().map(({ runId }) => runId)).toEqual([run.runId]);
    },
  );

  test('of a rollback that stopped half way goes on where it was', async () => {
    const pipeline = await start(crashAccount());
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    pipeline.sandbox.setFaults([{ kind: 'redirect', on: 'writes', at: [40] }]);
    const half = await pipeline.rollback(run.runId);
    expect(half.stopped?.kind).toBe('platform');
    pipeline.sandbox.setFaults([]);
    const whole = await pipeline.rollback(run.runId);
    expect(whole.run.runId).toBe(half.run.runId);
    expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(crashAccount()));
  });
});

test('of a part leaves a column its evidence: the next plan guesses no more than the first', async () => {
  const dates = [
    '25/04/2010',
    '26/04/2010',
    '04/27/2010',
    '04/28/2010',
    '03/04/2011',
    'May 1, 2010',
  ];
  const pipeline = await start({
    ...smallAccount(),
    definitions: [aDefinition(101, 'text_line', { name: 'Arrest Date' })],
    records: dates.map((date, index) =>
      aMatter(1_001 + index, { rows: [aRow(10_001 + index, 101, date)] }),
    ),
  });
  const rules = 'version: 1\nlocale: en-US\nfields:\n  - { match: Arrest Date, rule: date }\n';
  const counts = { changed: 5, flagged: 1 };
  expect((await pipeline.plan(rules)).counts).toMatchObject(counts);
  const { run } = await pipeline.apply();
  expect((await pipeline.plan(rules)).counts).toMatchObject({ changed: 0, flagged: 1 });
  const { run: undone } = await pipeline.rollback(run.runId, { records: ['1006'] });
  expect((await pipeline.plan(rules)).counts).toMatchObject({ changed: 1, flagged: 1 });
  await pipeline.rollback(undone.runId);
  expect((await pipeline.plan(rules)).counts).toMatchObject({ changed: 0, flagged: 1 });
  await pipeline.rollback(run.runId);
  expect((await pipeline.plan(rules)).counts).toMatchObject(counts);
});

/** Applied on a platform that keeps no empty rows. */
async function startUndoing(through?: typeof fetch): Promise<Pipeline> {
  const behaviour = { nullRemovesRow: true };
  const pipeline = await Pipeline.start(crashAccount(), { behaviour }, through);
  onTestFinished(async () => pipeline.close());
  await pipeline.plan(RULES);
  await pipeline.apply();
  return pipeline;
}

function countLost({ journal }: Pipeline, { run }: Execution): number {
  return countRowsNotKept(journal, run);
}

describe('rows that a platform does not keep when they are emptied', () => {
  test.each<FaultKind>(['500-after', 'reset-after'])(
    'are counted once each, whether the answer came or was lost: %s',
    async (kind) => {
      const pipeline = await startUndoing();
      const { writes } = pipeline.sandbox.counters;
      const at = Array.from({ length: 9 }, (_, index) => writes + 1 + index);
      pipeline.sandbox.setFaults([{ kind, on: 'writes', at }]);
      const half = await pipeline.rollback('run-1', { limits: { ...NO_LIMITS, stopAfter: 5 } });
      expect(countLost(pipeline, half)).toBe(3);
      const undone = await pipeline.rollback('run-1');
      expect(undone.run.counts).toMatchObject({ applied: MATTERS * 3, rejected: 0 });
      expect(countLost(pipeline, undone)).toBe(MATTERS / 2);
    },
  );

  test('are counted where the rest of their change came to nothing, too', async () => {
    let isUndoing = false;
    // Half of the move back is lost on the way.
    const pipeline = await startUndoing(async (input, init) => {
      const isStruck =
        isUndoing &&
        init?.method === 'PATCH' &&
        input instanceof URL &&
        input.href.includes('/matters/1001.json');
      return fetch(input, isStruck ? { ...init, body: withoutValuesOf(102, init.body) } : init);
    });
    isUndoing = true;
    const undone = await pipeline.rollback('run-1');
    expect(undone.run.counts).toMatchObject({ applied: MATTERS * 3 - 1, rejected: 1 });
    expect(countLost(pipeline, undone)).toBe(MATTERS / 2);
  });
});

function withoutValuesOf(definitionId: number, body: unknown): string {
  if (typeof body !== 'string') throw new Error('a write without a text');
  const {
    data,
  }: { data: { custom_field_values: { custom_field?: { id: number }; id?: string }[] } } =
    JSON.parse(body);
  return JSON.stringify({
    data: {
      custom_field_values: data.custom_field_values.filter(
        ({ custom_field: field }) => field?.id !== definitionId,
      ),
    },
  });
}
