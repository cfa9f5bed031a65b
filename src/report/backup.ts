import { minuteOf } from '../minute-of.ts';
import type { ChainState } from '../model/certificate.ts';
import type { Plan } from '../model/change.ts';
import type { Run } from '../model/run.ts';
import { verdictOf } from './certificate/sections.ts';
import { number, Page } from './text/page.ts';
import type { Look } from './types.ts';

/** What a backup of the journal holds. */
export interface BackupView {
  readonly file: string;
  readonly bytes: number;
  /** Newest first, each list. */
  readonly inventories: readonly { readonly inventoryId: string; readonly takenAt: string }[];
  readonly plans: readonly Plan[];
  readonly runs: readonly Run[];
  readonly chain: ChainState;
}

/** How much of what is in it, the newest of each, and the hash by which it is compared. */
export function* backupAsText(view: BackupView, look: Look): Iterable<string> {
  const page = new Page(look);
  const { inventories, plans, runs, chain } = view;
  const rows: readonly [string, string][] = [
    ['Inventories', heldOf(inventories, ({ inventoryId, takenAt }) => [inventoryId, takenAt])],
    ['Plans', heldOf(plans, ({ planId, createdAt }) => [planId, createdAt])],
    ['Runs', heldOf(runs, (run) => [runWords(run), run.startedAt])],
    ...recordRows(chain),
  ];
  for (const [name, words] of rows)
    yield* page.hanging(page.paint.dim(`  ${name.padEnd(NAME_WIDTH)}`), NAME_WIDTH + 2, words);
}

/** A hash beside a name fills a line of 80 characters. */
const NAME_WIDTH = 13;

export function backupAsJson({ file, bytes, inventories, plans, runs, chain }: BackupView): object {
  const inventory = inventories[0];
  const plan = plans[0];
  const run = runs[0];
  return {
    file,
    bytes,
    inventories: {
      count: inventories.length,
      newest:
        inventory === undefined
          ? null
          : { inventoryId: inventory.inventoryId, takenAt: inventory.takenAt },
    },
    plans: {
      count: plans.length,
      newest:
        plan === undefined
          ? null
          : { planId: plan.planId, digest: plan.digest, createdAt: plan.createdAt },
    },
    runs: {
      count: runs.length,
      newest:
        run === undefined
          ? null
          : {
              runId: run.runId,
              planId: run.planId,
              startedAt: run.startedAt,
              status: run.status === 'completed' ? 'completed' : 'incomplete',
              counts: run.counts,
            },
    },
    chain,
  };
}

/** `312 MB`, in thousands, as file managers count. */
export function sizeOf(bytes: number): string {
  if (bytes < 1_000_000) return `${number(Math.ceil(bytes / 1_000))} kB`;
  const megabytes = bytes / 1_000_000;
  return `${megabytes < 10 ? megabytes.toFixed(1) : number(Math.round(megabytes))} MB`;
}

function heldOf<Item>(
  items: readonly Item[],
  told: (item: Item) => readonly [name: string, at: string],
): string {
  const [newest] = items;
  if (newest === undefined) return 'none';
  const [name, at] = told(newest);
  return `${number(items.length)}, the newest ${name}, of ${minuteOf(at)}`;
}

function runWords({ runId, counts }: Run): string {
  const pending = counts.pending === 0 ? '' : `, ${number(counts.pending)} pending`;
  return `${runId} (${number(counts.applied)} applied${pending})`;
}

function recordRows(chain: ChainState): [string, string][] {
  if (chain.entries === 0) return [];
  const record: [string, string] = ['Record', verdictOf({ chain, expectation: null })];
  return chain.holds ? [record, ['Last hash', chain.head]] : [record];
}
