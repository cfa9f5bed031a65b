import { describe, expect, onTestFinished, test } from 'vitest';
import type { OptionChange, Plan } from '../../src/model/change.ts';
import type { Ruling } from '../../src/model/decision.ts';
import { Watch } from '../../src/operations/account/watch.ts';
import { openReview } from '../../src/operations/review/review.ts';
import { explainField } from '../../src/operations/rules/explain.ts';
import type { Account, AccountOption } from '../../src/sandbox/account.ts';
import type { Behaviour } from '../../src/sandbox/options.ts';
import { contentsOf } from '../e2e/crash-rig.ts';
import { aDefinition, aMatter, anOption, aRow, smallAccount } from '../support/sandbox.ts';
import { Pipeline } from './pipeline.ts';

const RULES = `version: 1
fields:
  - match: Field 104
    rule: picklist
    into: Field 105
    with: { unknown: add-option, map: { ltd: Delta } }
`;

/** Texts for a picklist that has one of them: "Beta" in two spellings, and one that the rules file sends to a name of its own. */
function account(): Account {
  return {
    ...smallAccount(),
    definitions: [
      aDefinition(104, 'text_line'),
      aDefinition(105, 'picklist', {
        options: [anOption(9001, 'Alpha'), anOption(9002, 'Omega', '2020-01-01T00:00:00Z')],
      }),
    ],
    records: ['Alpha', 'Beta', 'beta', 'Beta', 'ltd', 'Omega'].map((text, index) =>
      aMatter(1_001 + index, { rows: [aRow(10_001 + index, 104, text)] }),
    ),
  };
}

async function start(behaviour: Partial<Behaviour> = {}): Promise<Pipeline> {
  const pipeline = await Pipeline.start(account(), { behaviour });
  onTestFinished(async () => pipeline.close());
  return pipeline;
}

/** Applied and rolled back: the options that the run added stand retired. */
async function startRolledBack(behaviour: Partial<Behaviour> = {}): Promise<Pipeline> {
  const pipeline = await start(behaviour);
  await pipeline.plan(RULES);
  const { run } = await pipeline.apply();
  await pipeline.rollback(run.runId);
  return pipeline;
}

function optionsOf({ sandbox }: Pipeline): AccountOption[] {
  return sandbox.account.definitions.flatMap(({ options }) => options);
}

function optionNamed(pipeline: Pipeline, text: string): AccountOption {
  const found = optionsOf(pipeline).findLast(({ option }) => option === text);
  if (found === undefined) throw new Error(`no option ${text}`);
  return found;
}

function offered(pipeline: Pipeline): string[] {
  return optionsOf(pipeline)
    .filter(({ deletedAt }) => deletedAt === null)
    .map(({ option }) => option)
    .toSorted();
}

/** What the picklist of each matter shows. */
function shown(pipeline: Pipeline): unknown[] {
  return pipeline.sandbox.account.records.map(({ rows }) => {
    const value = rows.find(({ definitionId }) => definitionId === 105)?.value;
    return optionsOf(pipeline).find(({ id }) => id === value)?.option ?? null;
  });
}

function openings({ journal }: Pipeline, { planId }: Plan): (readonly [string, string])[] {
  return [...journal.plans.optionChanges(planId)].map(({ action, label }) => [action, label]);
}

function flagReasons({ journal }: Pipeline, { planId }: Plan): string[] {
  return [...journal.plans.flags(planId)].map(({ value, reason }) => `${value}: ${reason}`);
}

const OMEGA =
  'Omega: the option "Omega" is retired: bring it back in Clio, or let the rules file map the value to another option';

describe.each([true, false, 'ignored'] as const)(
  'options that a rollback retired, where the platform restores retired ones: %s',
  (restoresOptions) => {
    test('come back with the values that need them, time and again', async () => {
      const pipeline = await start({ restoresOptions });
      const first = await pipeline.plan(RULES);
      expect(openings(pipeline, first)).toEqual([
        ['add', 'Beta'],
        ['add', 'Delta'],
      ]);
      const plans = [first];
      for (const round of [1, 2, 3]) {
        const { run } = await pipeline.apply();
        expect(run.counts, `round ${round}`).toMatchObject({
          applied: 5,
          rejected: 0,
          conflict: 0,
        });
        expect(shown(pipeline)).toEqual(['Alpha', 'Beta', 'Beta', 'Beta', 'Delta', null]);
        expect(offered(pipeline)).toEqual(['Alpha', 'Beta', 'Delta']);
        const after = await pipeline.plan(RULES);
        expect([after.counts.changed, openings(pipeline, after)]).toEqual([0, []]);
        const undone = await pipeline.rollback(run.runId);
        expect(undone.run.counts).toMatchObject({ applied: 5, rejected: 0, conflict: 0 });
        expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(account()));
        expect(offered(pipeline)).toEqual(['Alpha']);
        const again = await pipeline.plan(RULES);
        expect(openings(pipeline, again)).toEqual([
          ['restore', 'Beta'],
          ['restore', 'Delta'],
        ]);
        expect(again.counts).toEqual(first.counts);
        expect(flagReasons(pipeline, again)).toEqual([OMEGA]);
        plans.push(again);
      }
      const made = optionsOf(pipeline).filter(({ id }) => ![9001, 9002].includes(id));
      expect(made).toHaveLength(restoresOptions === true ? 2 : 6);
      expect(plans[1]?.digest, 'what is restored is part of what is approved').not.toBe(
        first.digest,
      );
    });

    test('come back though the answer to it is lost', async () => {
      const pipeline = await startRolledBack({ restoresOptions });
      await pipeline.plan(RULES);
      pipeline.sandbox.setFaults([{ kind: 'reset-after', on: 'writes', at: [1] }]);
      const { run } = await pipeline.apply();
      expect(run.counts).toMatchObject({ applied: 5, rejected: 0 });
      expect(offered(pipeline)).toEqual(['Alpha', 'Beta', 'Delta']);
      await pipeline.rollback(run.runId);
      expect(contentsOf(pipeline.sandbox.account)).toEqual(contentsOf(account()));
      expect(offered(pipeline)).toEqual(['Alpha']);
    });
  },
);

describe('a plan after a rollback', () => {
  test('says of each value and option that it is restored, and the same of the same inventory', async () => {
    const pipeline = await startRolledBack();
    const plan = await pipeline.plan(RULES);
    expect(pipeline.planOf(RULES).digest).toBe(plan.digest);
    const [restored] = [...pipeline.journal.plans.optionChanges(plan.planId)];
    expect(restored).toMatchObject({
      changeId: `option:105:restore:${optionNamed(pipeline, 'Beta').id}`,
      reason: 'a rollback retired it, and values need it again',
    } satisfies Partial<OptionChange>);
    const reasons = [...pipeline.journal.plans.changes(plan.planId)].map(({ reason }) => reason);
    expect(reasons).toEqual([
      'from "Alpha" in "Field 104": the option "Alpha", to the letter',
      'from "Beta" in "Field 104": the option "Beta", to the letter; that option is restored',
      'from "beta" in "Field 104": the option "Beta", but for capitals and spaces; that option is restored',
      'from "Beta" in "Field 104": the option "Beta", to the letter; that option is restored',
      'from "ltd" in "Field 104": the rules file maps it to "Delta"; that option is restored',
    ]);
    const { values } = explainField(pipeline.journal, {
      field: 'Field 104',
      inventoryId: undefined,
      rules: { text: RULES, fileName: 'rules.yaml' },
    });
    expect(values).toMatchObject({ changed: 5, flagged: 1 });
    // An older inventory of before the rollback knows nothing of it.
    expect(openings(pipeline, pipeline.planOf(RULES, 'inventory-1'))).toEqual([
      ['add', 'Beta'],
      ['add', 'Delta'],
    ]);
  });

  test('is foreseen by a watch, before another inventory is taken', async () => {
    const pipeline = await startRolledBack();
    const watch = new Watch({
      platform: pipeline.executor.platform,
      rules: { text: RULES, fileName: 'rules.yaml' },
      withJournal: (work) => work(pipeline.journal),
      now: () => new Date(),
    });
    const [matter] = pipeline.sandbox.account.records;
    const text = matter?.rows.find(({ definitionId }) => definitionId === 104);
    if (matter === undefined || text === undefined) throw new Error('the stage has no such row');
    text.value = 'beta';
    matter.updatedAt = new Date().toISOString();
    const { changes, flags } = await watch.look();
    expect(flags).toEqual([]);
    expect(changes).toMatchObject([
      {
        recordId: '1001',
        reason: expect.stringContaining(
          '"Beta", but for capitals and spaces; that option is restored',
        ),
      },
    ]);
  });

  test('restores nothing where the rules do not add options', async () => {
    const pipeline = await startRolledBack();
    const plan = await pipeline.plan(RULES.replace('unknown: add-option, map: { ltd: Delta }', ''));
    expect(openings(pipeline, plan)).toEqual([]);
    expect(flagReasons(pipeline, plan)).toContain(OMEGA.replaceAll('Omega', 'Beta'));
  });

  test('takes the option of the same text that somebody added meanwhile', async () => {
    const pipeline = await startRolledBack();
    const theirs = anOption(9_900, 'BETA');
    pipeline.sandbox.account.definitions[1]?.options.push(theirs);
    const plan = await pipeline.plan(RULES);
    expect(openings(pipeline, plan)).toEqual([['restore', 'Delta']]);
    await pipeline.apply();
    expect(shown(pipeline)).toEqual(['Alpha', 'BETA', 'BETA', 'BETA', 'Delta', null]);
  });

  test('leaves an option to a person where somebody opened and retired it since', async () => {
    const pipeline = await startRolledBack();
    const beta = optionNamed(pipeline, 'Beta');
    const { deletedAt } = beta;
    beta.deletedAt = null;
    await pipeline.plan(RULES);
    beta.deletedAt = deletedAt;
    const plan = await pipeline.plan(RULES);
    expect(openings(pipeline, plan)).toEqual([['restore', 'Delta']]);
    expect(flagReasons(pipeline, plan)).toContain(OMEGA.replaceAll('Omega', 'Beta'));
  });

  test('leaves an option to a person that somebody retired before the rollback could', async () => {
    const pipeline = await start();
    await pipeline.plan(RULES);
    const { run } = await pipeline.apply();
    optionNamed(pipeline, 'Beta').deletedAt = '2026-01-01T00:00:00Z';
    await pipeline.rollback(run.runId);
    const plan = await pipeline.plan(RULES);
    expect(openings(pipeline, plan)).toEqual([['restore', 'Delta']]);
    expect(flagReasons(pipeline, plan)).toContain(OMEGA.replaceAll('Omega', 'Beta'));
  });

  test('does not give values to an option that somebody called otherwise before the run', async () => {
    const pipeline = await startRolledBack();
    await pipeline.plan(RULES);
    optionNamed(pipeline, 'Beta').option = 'Gamma';
    const { run } = await pipeline.apply();
    expect(shown(pipeline)).toEqual(['Alpha', null, null, null, 'Delta', null]);
    expect(offered(pipeline)).toEqual(['Alpha', 'Delta']);
    const reasons = new Set(
      [...pipeline.journal.runs.problems(run.runId)].map(({ reason }) => reason),
    );
    expect(reasons).toEqual(
      new Set(['it was renamed to "Gamma" since', 'its option "Beta" could not be restored']),
    );
  });

  test('leaves an option to a person that somebody called otherwise since the rollback', async () => {
    const pipeline = await startRolledBack();
    optionNamed(pipeline, 'Beta').option = 'Zeta';
    optionNamed(pipeline, 'Delta').option = 'Beta';
    const plan = await pipeline.plan(RULES);
    expect(openings(pipeline, plan)).toEqual([['add', 'Delta']]);
    expect(flagReasons(pipeline, plan)).toContain(OMEGA.replaceAll('Omega', 'Beta'));
  });

  test('flags a value that stands on the retired option itself', async () => {
    const pipeline = await startRolledBack();
    const [matter] = pipeline.sandbox.account.records;
    matter?.rows.push(aRow(20_001, 105, optionNamed(pipeline, 'Beta').id));
    const plan = await pipeline.plan(
      'version: 1\nfields:\n  - { match: Field 105, rule: picklist, with: { unknown: add-option } }\n',
    );
    expect(openings(pipeline, plan)).toEqual([]);
    expect(flagReasons(pipeline, plan)).toEqual([OMEGA.replaceAll('Omega', 'Beta')]);
  });

  test('is reviewed with the options that its accepted values need, and no others', async () => {
    const pipeline = await startRolledBack();
    const plan = await pipeline.plan(RULES);
    const review = openReview(pipeline.executor, plan.planId);
    const decide = (itemId: string, ruling: Ruling): void =>
      review.decide([itemId], ruling, 'Ann Example', 'terminal');
    decide('change-5', { kind: 'accept' });
    expect(openings(pipeline, review.finish())).toEqual([['restore', 'Delta']]);
    decide('change-1', { kind: 'edit', value: 'Beta' });
    expect(openings(pipeline, review.finish())).toEqual([
      ['restore', 'Beta'],
      ['restore', 'Delta'],
    ]);
  });
});
