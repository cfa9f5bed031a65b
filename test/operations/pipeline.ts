import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import type { Plan } from '../../src/model/change.ts';
import type { ParentType } from '../../src/model/field.ts';
import { takeInventory } from '../../src/operations/inventory/inventory.ts';
import { makePlan } from '../../src/operations/plan/plan.ts';
import { apply } from '../../src/operations/run/apply.ts';
import type { Execution } from '../../src/operations/run/execute.ts';
import type { Executor } from '../../src/operations/run/executor.ts';
import { type Limits, NO_LIMITS } from '../../src/operations/run/limits.ts';
import { rollback, type RollbackRequest } from '../../src/operations/run/rollback.ts';
import { SYSTEM_TIMING } from '../../src/platforms/clio/timing.ts';
import { openPlatform } from '../../src/platforms/index.ts';
import type { Account } from '../../src/sandbox/account.ts';
import type { SandboxOptions } from '../../src/sandbox/options.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';

/** The whole pipeline in this process, against a sandbox of its own; pauses take a hundredth of their time. */
export class Pipeline {
  readonly sandbox: Sandbox;
  readonly journal: Journal;
  /** What the operations said on the side. */
  readonly said: string[] = [];
  readonly executor: Executor;
  readonly stop: AbortController;
  /** How much of a wait, in milliseconds, the clock is to have gone on for. */
  aheadMs = 0;
  readonly #folder: string;

  /** `through`: what stands between the program and the sandbox. */
  static async start(
    account: Account,
    options: SandboxOptions = {},
    through: typeof fetch = fetch,
  ): Promise<Pipeline> {
    return new Pipeline(await startSandbox(account, { logLimit: 100_000, ...options }), through);
  }

  private constructor(sandbox: Sandbox, through: typeof fetch) {
    const now = (): Date => new Date(Date.now() + this.aheadMs);
    this.sandbox = sandbox;
    this.stop = new AbortController();
    this.#folder = mkdtempSync(join(tmpdir(), 'clio-fields-pipeline-'));
    this.journal = Journal.open(join(this.#folder, 'journal.sqlite'), {
      access: 'write',
      command: 'test',
      now,
    });
    const platform = openPlatform({
      name: 'clio',
      baseUrl: sandbox.baseUrl,
      tokens: { current: async () => sandbox.token, renew: async () => sandbox.token },
      stop: this.stop.signal,
      timeoutMs: 30_000,
      fetch: through,
      timing: {
        ...SYSTEM_TIMING,
        after: (delayMs, callback) => SYSTEM_TIMING.after(delayMs / 100, callback),
      },
    });
    this.executor = {
      platform,
      journal: this.journal,
      now,
      progress: {
        report: () => undefined,
        say: (sentence) => this.said.push(sentence),
        warn: (sentence) => this.said.push(sentence),
        wait: () => undefined,
      },
      stop: this.stop.signal,
    };
  }

  async plan(rulesText: string, parents: readonly ParentType[] = ['matter']): Promise<Plan> {
    await takeInventory(this.executor, {
      parents,
      fields: [],
      records: [],
      status: [],
    });
    return this.planOf(rulesText);
  }

  /** Of an inventory that stands in the journal; the newest where none is named. */
  planOf(rulesText: string, inventoryId?: string): Plan {
    return makePlan(this.executor, {
      inventoryId,
      rulesText,
      rulesFileName: 'rules.yaml',
      fields: [],
      records: [],
    });
  }

  /** Approves what is planned and runs it, or goes on. */
  async apply(stopAfter?: number, limits: Partial<Limits> = {}): Promise<Execution> {
    return apply(this.executor, {
      isResumed: true,
      limits: { ...NO_LIMITS, stopAfter, ...limits },
      approve: async (plan) => {
        this.journal.plans.approve(plan.planId, {
          digest: plan.digest,
          by: 'Pat Example',
          how: 'test',
          at: new Date().toISOString(),
        });
      },
    });
  }

  async rollback(
    runId: string,
    only: Partial<RollbackRequest & { readonly limits: Limits; readonly isResumed: boolean }> = {},
  ): Promise<Execution> {
    return rollback(this.executor, {
      runId,
      records: [],
      fields: [],
      isForced: false,
      by: 'Pat Example',
      isResumed: true,
      limits: NO_LIMITS,
      ...only,
    });
  }

  async close(): Promise<void> {
    this.journal.close();
    await this.sandbox.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
