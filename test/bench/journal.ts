import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import { beginRun, makePlan } from '../journal/stock.ts';
import { change, intent, outcome } from '../support/builders.ts';
import { median, milliseconds, thousands, timed } from './measure.ts';
import { type Section, table } from './results.ts';

const CHANGES = 200_000;
const SETTLED = 2000;

/** What the journal adds to each write, and how soon a big run goes on. */
export function benchJournal(): Section {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-bench-'));
  const path = join(folder, 'journal.sqlite');
  try {
    const { runId, times } = fillRun(path);
    let reopened: Journal | undefined;
    const resuming = timed(() => {
      reopened = open(path);
      reopened.runs.unfinished();
      reopened.runs.nextRecords(runId, 200);
    });
    const listing = timed(() => reopened?.runs.list());
    reopened?.close();
    return {
      title: 'Journal',
      body: [
        `In ${tmpdir()}, a run of ${thousands(CHANGES)} changes, one a record, ${thousands(SETTLED)} of them settled before it is opened again.`,
        '',
        table(
          ['what', 'time'],
          [
            ['intent and outcome of one PATCH, durable: median', milliseconds(median(times))],
            ['the same: slowest of a hundred', milliseconds(percentile(times, 0.99))],
            ['open, find the unfinished run, its next 200 records', milliseconds(resuming)],
            ['list of runs', milliseconds(listing)],
          ],
        ),
      ].join('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fillRun(path: string): { runId: string; times: number[] } {
  const journal = open(path);
  const runId = beginRun(journal, makePlan(journal, { changes: manyChanges() }));
  const times: number[] = [];
  while (times.length < SETTLED) {
    for (const { changes } of journal.runs.nextRecords(runId, 200)) {
      for (const { change: each } of changes) {
        times.push(
          timed(() => {
            journal.runs.beginChanges(runId, [intent(each)]);
            journal.runs.settle(runId, [outcome(each)]);
          }),
        );
      }
    }
  }
  journal.close();
  return { runId, times };
}

function* manyChanges() {
  for (let index = 0; index < CHANGES; index += 1) yield change({ recordId: String(1001 + index) });
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * share)] ?? 0;
}

function open(path: string): Journal {
  return Journal.open(path, { access: 'write', command: 'bench', now: () => new Date() });
}
