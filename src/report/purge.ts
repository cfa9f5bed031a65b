import { Chalk } from 'chalk';
import { minuteOf } from '../minute-of.ts';
import type { Run } from '../model/run.ts';
import { table, wrap } from './table.ts';
import type { Look } from './types.ts';

/** What holds clients' values of before a date. */
export interface PurgeView {
  /** ISO 8601. */
  readonly before: string;
  readonly inventories: readonly { readonly inventoryId: string; readonly takenAt: string }[];
  readonly planIds: readonly string[];
  readonly runs: readonly Run[];
}

/** What would go, and what can then no longer be rolled back. */
export function* purgeAsText(view: PurgeView, look: Look): Iterable<string> {
  const { bold } = new Chalk({ level: look.hasColor ? 1 : 0 });
  const { before, inventories, planIds, runs } = view;
  if (isNothing(view)) {
    yield `Nothing in the journal holds clients' values of before ${dayOf(before)}.\n`;
    return;
  }
  yield `${bold(`Clients' values of before ${dayOf(before)}`)}\n`;
  yield* listed(
    'Inventories',
    inventories.map(({ inventoryId }) => inventoryId),
    look,
  );
  yield* listed('Plans', planIds, look);
  yield* listed(
    'Runs',
    runs.map(({ runId }) => runId),
    look,
  );
  yield '\n';
  for (const line of wrap(EVIDENCE_GOES, look.columns)) yield `${line}\n`;
  const lost = runs.filter(({ counts }) => counts.applied > 0);
  if (lost.length === 0) return;
  yield `\n${bold('Can then no longer be rolled back')}\n`;
  yield* table(
    [
      { title: 'Run', align: 'left' },
      { title: 'Of', align: 'left' },
      { title: 'Began', align: 'left' },
      { title: 'Applied', align: 'right' },
    ],
    lost.map(({ runId, planId, rollsBack, startedAt, counts }) => [
      runId,
      rollsBack === null ? planId : `undoes ${rollsBack}`,
      minuteOf(startedAt),
      counts.applied.toLocaleString('en-US'),
    ]),
    look.columns,
    bold,
  );
}

/** What a field held tells how its ambiguous values are to be read. */
const EVIDENCE_GOES =
  'What they showed of the order of day and month and of the decimal mark goes with them: a later plan could read by what is left a value that was flagged before. Set order (dates) and locale (amounts) in the rules file first.';

export function purgeAsJson(
  { before, inventories, planIds, runs }: PurgeView,
  isPurged: boolean,
): object {
  return {
    isPurged,
    before,
    inventoryIds: inventories.map(({ inventoryId }) => inventoryId),
    planIds,
    runIds: runs.map(({ runId }) => runId),
    noLongerRolledBack: runs
      .filter(({ counts }) => counts.applied > 0)
      .map(({ runId, planId, rollsBack, startedAt, counts }) => ({
        runId,
        planId,
        ...(rollsBack !== null && { rollsBack }),
        startedAt,
        applied: counts.applied,
      })),
  };
}

export function isNothing({ inventories, planIds, runs }: PurgeView): boolean {
  return inventories.length + planIds.length + runs.length === 0;
}

function* listed(name: string, ids: readonly string[], { columns }: Look): Iterable<string> {
  if (ids.length === 0) return;
  const indent = 2 + NAME_WIDTH;
  for (const [index, line] of wrap(ids.join(', '), columns - indent).entries())
    yield `${(index === 0 ? `  ${name}` : '').padEnd(indent)}${line}\n`;
}

const NAME_WIDTH = 13;

function dayOf(iso: string): string {
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : minuteOf(iso);
}
