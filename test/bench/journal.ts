import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import type { Change } from '../../src/model/change.ts';
import { beginRun, makePlan } from '../journal/stock.ts';
import { setup } from '../support/build.ts';
import { change, intent, outcome } from '../support/builders.ts';
import { median, milliseconds, thousands, timed } from './measure.ts';
import { type Section, table } from './results.ts';

const RECORDS = 5000;
const FIELDS = 200;
/** PATCHes that are journaled one by one, as an apply does; the others before them in one go. */
const PATCHES = 2000;
/** Lines of a terminal: the first page. */
const PAGE_LINES = 24;

/** What the journal adds to each write, and how soon a run of a million changes goes on and is shown. */
export async function benchJournal(): Promise<Section> {
  setup();
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-bench-'));
  try {
    const clio = await startStranger();
    const small = fillSmallRun(join(folder, 'small.sqlite'));
    process.stderr.write(`journal: a run of ${thousands(RECORDS * FIELDS)} changes\n`);
    fillBigRun(join(folder, 'journal.sqlite'), clio.origin);
    const rows = [
      ['intent and outcome of a PATCH of 1 change, durable: median', median(small)],
      ['the same: slowest of a hundred', percentile(small, 0.99)],
      ['apply --resume: to its first request', await untilRequest(clio, folder)],
      ['runs: to its end', await untilLine(folder, ['runs'])],
      ['runs --json: to its end', await untilLine(folder, ['runs', '--json'])],
      [
        `show run-1: to its line ${PAGE_LINES}`,
        await untilLine(folder, ['show', 'run-1'], PAGE_LINES),
      ],
      [
        `show plan-1: to its line ${PAGE_LINES}`,
        await untilLine(folder, ['show', 'plan-1'], PAGE_LINES),
      ],
    ] as const;
    clio.close();
    return {
      title: 'Journal',
      body: [
        `In ${tmpdir()}. The small run: ${thousands(PATCHES)} changes, one a record, each with the commit of its intent and that of its outcome.`,
        `The big one: ${thousands(RECORDS * FIELDS)} changes of ${thousands(RECORDS)} records, all but those of the last 100 settled; each time is that of the real program, from its start.`,
        '',
        table(
          ['what', 'time'],
          rows.map(([what, time]) => [what, milliseconds(time)]),
        ),
      ].join('\n'),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fillSmallRun(path: string): number[] {
  const journal = open(path);
  const runId = beginRun(journal, makePlan(journal, { changes: changesOf(PATCHES, 1) }));
  const times: number[] = [];
  for (;;) {
    const records = journal.runs.nextRecords(runId, 200);
    if (records.length === 0) break;
    for (const { changes } of records) {
      times.push(
        timed(() => {
          journal.runs.beginChanges(
            runId,
            changes.map((each) => intent(each.change)),
          );
          journal.runs.settle(
            runId,
            changes.map((each) => outcome(each.change)),
          );
        }),
      );
    }
  }
  journal.close();
  return times;
}

function fillBigRun(path: string, origin: string): void {
  const journal = open(path);
  const plan = makePlan(journal, { changes: changesOf(RECORDS, FIELDS), origin });
  const runId = beginRun(journal, plan);
  for (let record = 0; record < RECORDS - 100; record += 100) {
    const changes = journal.runs.nextRecords(runId, 100).flatMap((each) => each.changes);
    journal.runs.settle(
      runId,
      changes.map((each) => outcome(each.change)),
    );
  }
  journal.close();
}

function* changesOf(records: number, fields: number): Iterable<Change> {
  for (let record = 0; record < records; record += 1) {
    for (let field = 0; field < fields; field += 1)
      yield change({ recordId: String(1001 + record), definitionId: String(501 + field) });
  }
}

interface Stranger {
  readonly origin: string;
  /** Resolves with the time, as `performance.now` tells it, at which the next request came. */
  readonly nextRequest: () => Promise<number>;
  readonly close: () => void;
}

/** A server that knows nobody: it only notes when a request comes. */
async function startStranger(): Promise<Stranger> {
  const server = createServer((_, response) => {
    server.emit('asked', performance.now());
    response.writeHead(401, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    nextRequest: async () => {
      const [at] = await once(server, 'asked');
      return Number(at);
    },
    close: () => server.close(),
  };
}

async function untilRequest(clio: Stranger, folder: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const asked = clio.nextRequest();
    const start = performance.now();
    const child = launch(folder, ['apply', '--resume', '--quiet'], clio.origin);
    times.push((await asked) - start);
    await once(child, 'close');
  }
  return median(times);
}

/** To the `lines`-th line of stdout; to the end where undefined. */
async function untilLine(folder: string, args: readonly string[], lines?: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) times.push(await lineTime(folder, args, lines));
  return median(times);
}

async function lineTime(
  folder: string,
  args: readonly string[],
  lines = Infinity,
): Promise<number> {
  const start = performance.now();
  const child = launch(folder, args, 'http://127.0.0.1:1');
  let seen = 0;
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    seen += String(chunk).split('\n').length - 1;
    if (seen >= lines) break;
  }
  const time = performance.now() - start;
  child.kill();
  return time;
}

function launch(folder: string, args: readonly string[], origin: string) {
  return spawn(process.execPath, [resolve('bin/clio-fields.js'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      PATH: process.env['PATH'],
      CLIO_ACCESS_TOKEN: 'nobody',
      CLIO_BASE_URL: origin,
      CLIO_FIELDS_JOURNAL: 'journal.sqlite',
    },
  });
}

function percentile(times: readonly number[], share: number): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length * share)] ?? 0;
}

function open(path: string): Journal {
  return Journal.open(path, { access: 'write', command: 'bench', now: () => new Date() });
}
