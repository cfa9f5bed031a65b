import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted } from '../../counted.ts';
import { EXIT, type ExitCode } from '../../errors.ts';
import { Journal } from '../../journal/index.ts';
import { PARENT_TYPES } from '../../model/field.ts';
import { compareInventories } from '../../operations/inventory/compare.ts';
import { takeInventory } from '../../operations/inventory/inventory.ts';
import { makePlan } from '../../operations/plan/plan.ts';
import { planView } from '../../operations/record/views.ts';
import { apply } from '../../operations/run/apply.ts';
import type { Executor } from '../../operations/run/executor.ts';
import { NO_LIMITS } from '../../operations/run/limits.ts';
import { rollback } from '../../operations/run/rollback.ts';
import { openPlatform } from '../../platforms/index.ts';
import { reporterFor } from '../../report/index.ts';
import { number } from '../../report/text/page.ts';
import type { PlanView } from '../../report/types.ts';
import { makeFirm } from '../../sandbox/firm/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import type { Action, Context } from '../context.ts';
import { showProgress } from '../progress.ts';

interface Flags {
  readonly matters: number;
}

const SEED = 7;
const RULES_FILE = new URL('../../../fixtures/firm/rules.yaml', import.meta.url);
/** How much of the dry run is shown: enough to see what it looks like. */
const LINES_SHOWN = 40;

/** The whole pipeline on the embedded Clio, in a temporary journal that is gone afterwards. */
export const demo: Action<Flags> = async (context, { matters }) => {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-demo-'));
  const account = makeFirm({ seed: SEED, matters, contacts: Math.ceil(matters / 4) });
  const sandbox = await startSandbox(account, { seed: SEED });
  const journal = Journal.open(join(folder, 'journal.sqlite'), {
    access: 'write',
    command: 'demo',
    now: context.now,
  });
  try {
    return await new Demo(context, sandbox, journal).play();
  } finally {
    journal.close();
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

class Demo {
  readonly #context: Context;
  readonly #sandbox: Sandbox;
  readonly #executor: Executor;
  readonly #startedAtMs: number;

  constructor(context: Context, sandbox: Sandbox, journal: Journal) {
    const { now, stop } = context;
    const { baseUrl, token } = sandbox;
    this.#context = context;
    this.#sandbox = sandbox;
    this.#startedAtMs = now().getTime();
    this.#executor = {
      platform: openPlatform({
        name: 'clio',
        baseUrl,
        tokens: { current: async () => token, renew: async () => null },
        stop,
      }),
      journal,
      now,
      stop,
      progress: {
        report: () => undefined,
        say: () => undefined,
        warn: () => undefined,
        wait: () => undefined,
      },
    };
  }

  async play(): Promise<ExitCode> {
    const { journal, now } = this.#executor;
    const { account } = this.#sandbox;
    await this.#say(
      `A made-up firm on an embedded Clio: ${counted(account.records.length, 'record')}, ${counted(account.definitions.length, 'field')}, years of mess.`,
    );

    await this.#step('inventory', 'Read every definition and value, 200 records a request.');
    const before = await this.#inventory();
    await this.#say(
      `${before.inventoryId}: ${counted(before.records.matter, 'matter')} and ${counted(before.records.contact, 'contact')} in ${counted(before.requests, 'request')}.`,
    );

    await this.#step(
      'plan --dry-run',
      'Let the rules decide, without a request. This is what they would do:',
    );
    const plan = this.#plan();
    await this.#showDiff(planView(journal, plan));

    await this.#step(
      `approve ${plan.planId}`,
      'Nothing is written before a person has approved the plan by its digest.',
    );
    journal.plans.approve(plan.planId, {
      digest: plan.digest,
      by: 'demo',
      how: 'demo',
      at: now().toISOString(),
    });
    await this.#say(`Approved: ${plan.digest}`);

    const half = Math.ceil(plan.needs.writes / 2);
    await this.#step(
      `apply --stop-after ${half}`,
      'Write half of the records, then stop, as if the laptop had been closed.',
    );
    const first = await this.#apply(half);
    await this.#say(
      `${first.run.runId}: ${number(first.run.counts.applied)} applied, ${number(first.run.counts.pending)} pending.`,
    );

    await this.#step('apply --resume', 'Go on where the journal stands.');
    const { run } = await this.#apply();
    const { applied, alreadyThere, conflict, rejected, noAccess } = run.counts;
    await this.#say(
      `${run.status}: ${number(applied)} applied, ${number(alreadyThere)} already there, ${number(conflict)} in conflict, ${number(rejected)} rejected, ${number(noAccess)} without access.`,
    );
    await this.#say(
      `${counted(run.requests.writes, 'write')} and ${counted(run.requests.reads, 'read')}; at Clio’s 50 requests a minute that is about ${counted(plan.needs.minutes, 'minute')}.`,
    );

    await this.#step(
      'inventory, plan',
      'A second plan has nothing left to do, but for what could not be written.',
    );
    await this.#inventory();
    const second = this.#plan();
    await this.#say(`${counted(second.counts.changed, 'change')}.`);

    await this.#step(`rollback ${run.runId}`, 'Put everything back.');
    const undone = await rollback(this.#executor, {
      runId: run.runId,
      records: [],
      fields: [],
      isForced: false,
      isResumed: false,
      limits: NO_LIMITS,
      by: 'demo',
    });
    await this.#say(`${number(undone.run.counts.applied)} restored.`);

    await this.#step('inventory', 'Compare every value with the first inventory.');
    const after = await this.#inventory();
    const { values, differences } = compareInventories(
      journal,
      before.inventoryId,
      after.inventoryId,
    );
    const left = conflict + rejected + noAccess;
    const isRight = differences === 0 && second.counts.changed <= left && undone.stopped === null;
    const seconds = ((now().getTime() - this.#startedAtMs) / 1_000).toFixed(1);
    await this.#say(`${counted(values, 'value')} compared, ${number(differences)} differ.`);
    const result = {
      records: before.records.matter + before.records.contact,
      values,
      planned: plan.counts.changed,
      flagged: plan.counts.flagged,
      applied,
      notMade: left,
      changesInSecondPlan: second.counts.changed,
      restored: undone.run.counts.applied,
      differences,
      seconds: Number(seconds),
    };
    if (this.#context.output.isJson) await this.#context.output.json(result);
    await this.#say(
      `\n${isRight ? 'All is as it was' : 'SOMETHING IS NOT AS IT WAS'}: ${counted(applied, 'change')} made and undone in ${seconds} s.`,
    );
    return isRight ? EXIT.done : EXIT.failed;
  }

  async #inventory() {
    const progress = showProgress(this.#context);
    return takeInventory(
      { ...this.#executor, progress },
      { parents: PARENT_TYPES, fields: [], records: [], status: [] },
    ).finally(() => progress.end());
  }

  #plan() {
    return makePlan(this.#executor, {
      rulesText: readFileSync(RULES_FILE, 'utf8'),
      rulesFileName: 'fixtures/firm/rules.yaml',
      fields: [],
      records: [],
    });
  }

  async #apply(stopAfter?: number) {
    const progress = showProgress(this.#context);
    return apply(
      { ...this.#executor, progress },
      {
        isResumed: true,
        limits: { ...NO_LIMITS, stopAfter },
        approve: async () => undefined,
      },
    ).finally(() => progress.end());
  }

  async #step(command: string, why: string): Promise<void> {
    await this.#say(`\n$ clio-fields ${command}\n${why}`);
  }

  /** The counts by field, and enough of the diff to see what it looks like. */
  async #showDiff(view: PlanView): Promise<void> {
    const reporter = reporterFor('text', this.#context.stdoutLook);
    const summary = linesOf(reporter.plan(view, false));
    const whole = linesOf(reporter.plan(view, true));
    const head = whole.findIndex((line, at) => line !== summary[at]);
    const footer = summary.length - head;
    const diff = whole.slice(head, whole.length - footer);
    await this.#say([...summary.slice(0, head), ...diff.slice(0, LINES_SHOWN)].join('\n'));
    if (diff.length > LINES_SHOWN)
      await this.#say(`… and ${diff.length - LINES_SHOWN} more lines of changes and flags`);
    await this.#say(summary.slice(head).join('\n'));
  }

  async #say(text: string): Promise<void> {
    if (!this.#context.output.isJson) await this.#context.output.result([`${text}\n`]);
  }
}

function linesOf(pieces: Iterable<string>): string[] {
  return [...pieces].join('').trimEnd().split('\n');
}
