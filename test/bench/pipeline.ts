import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '../../src/model/field.ts';
import { RULE_BY_TYPE } from '../../src/operations/inventory/summarize.ts';
import { setup } from '../support/build.ts';
import { type Cost, costOf } from './children.ts';
import {
  type LoopCost,
  type Loops,
  type Served,
  sum,
  timeJudging,
  timeParsing,
  timeReading,
  timeRules,
  timeWriting,
  withJournal,
} from './loops.ts';
import { seconds, thousands } from './measure.ts';
import { type Section, table } from './results.ts';

const FIELDS = 200;
/** So many matters give about a million values that are filled, and about two. */
const SIZES = [6050, 12_100];
/** About 1,000, 10,000, 100,000 and a million; ten million take minutes and are asked for by name. */
const CURVE = [6, 60, 605, 6050];
const TEN_MILLION = 60_500;
/** What the server may keep: room for a firm of ten million values. */
const SERVER_MIB = 16_384;
const FORMATS = ['csv', 'json', 'html', 'text'] as const;

/** Inventory, plan and dry run of the real program, each beside a plain loop that does only what cannot be left out; twice the records beside that. */
export async function benchPipeline(): Promise<Section> {
  const rows: (readonly (string | number)[])[] = [];
  for (const matters of SIZES) {
    const { values, steps } = await measureSize(matters);
    for (const { name, cost, loops, note } of steps) {
      rows.push([
        thousands(values),
        name,
        seconds(cost.wallMs),
        seconds(cost.cpuMs),
        cost.peakMiB.toFixed(0),
        ...loops.flatMap((loop) => [seconds(loop.cpuMs), ...against(cost, loop)]),
        note,
      ]);
    }
  }
  return {
    title: 'Pipeline: inventory, plan, dry run',
    body: [
      `A made-up firm with ${FIELDS} fields and 200 contacts, served without a limit by a process of its own, rules on every field.`,
      'The plain loop: for inventory it parses the same JSON answers; for plan it observes and decides the same values, from memory; for a diff it writes the same bytes, 64 KiB at a time.',
      'With input: the same loop, and what it works on fetched from the server, or read out of the journal; nobody can do with less.',
      'Wall seconds of inventory hold what the server takes to make the answers, and so do those of the loop that fetches; CPU is of the program alone, its start included.',
      '× CPU is the program against the CPU seconds of the loop, × wall what somebody waits for it against what the loop would take.',
      '',
      table(
        [
          'values',
          'step',
          'wall s',
          'CPU s',
          'peak MiB',
          'plain loop s',
          '× CPU',
          '× wall',
          'with input s',
          '× CPU',
          '× wall',
          'notes',
        ],
        rows,
      ),
    ].join('\n'),
  };
}

function against(cost: LoopCost, loop: LoopCost): readonly [cpu: string, wall: string] {
  return [
    `× ${(cost.cpuMs / loop.cpuMs).toFixed(1)}`,
    `× ${(cost.wallMs / loop.wallMs).toFixed(1)}`,
  ];
}

/** How the cost of each step grows with the values. */
export function benchCurve(): Promise<Section> {
  return measureCurve('Curve: 1,000 to 1,000,000 values', CURVE);
}

/** Takes minutes, and gigabytes for the server that makes the firm up. */
export function benchTenMillion(): Promise<Section> {
  return measureCurve('Curve: 10,000,000 values', [TEN_MILLION]);
}

async function measureCurve(title: string, sizes: readonly number[]): Promise<Section> {
  const rows: (readonly (string | number)[])[] = [];
  for (const matters of sizes) {
    const { values, steps, journalMiB } = await measureSize(matters, ['csv']);
    for (const { name, cost } of steps) {
      rows.push([
        thousands(values),
        name,
        seconds(cost.cpuMs),
        ((cost.cpuMs * 1000) / values).toFixed(1),
        cost.peakMiB.toFixed(0),
        journalMiB.toFixed(0),
      ]);
    }
  }
  return {
    title,
    body: [
      'As the pipeline. The start of the program, some 0.3 s, is in each, and weighs where there is little to do.',
      '',
      table(['values', 'step', 'CPU s', 'CPU µs a value', 'peak MiB', 'journal MiB'], rows),
    ].join('\n'),
  };
}

interface Step {
  readonly name: string;
  readonly cost: Cost;
  /** The plain loop alone, then with its input. */
  readonly loops: Loops;
  readonly note: string;
}

interface Measured {
  /** Those that are filled. */
  readonly values: number;
  readonly steps: readonly Step[];
  readonly journalMiB: number;
}

async function measureSize(
  matters: number,
  formats: readonly string[] = FORMATS,
): Promise<Measured> {
  setup();
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-bench-'));
  const server = fork('test/bench/serve.ts', [String(matters), String(FIELDS)], {
    execArgv: [...process.execArgv, `--max-old-space-size=${SERVER_MIB}`],
  });
  try {
    return await measureSteps(server, folder, formats);
  } finally {
    server.disconnect();
    rmSync(folder, { recursive: true });
  }
}

async function measureSteps(
  server: ChildProcess,
  folder: string,
  formats: readonly string[],
): Promise<Measured> {
  const { baseUrl, token } = await tellOf(server);
  const environment = {
    CLIO_ACCESS_TOKEN: token,
    CLIO_BASE_URL: baseUrl,
    CLIO_FIELDS_JOURNAL: 'journal.sqlite',
    CLIO_FIELDS_RULES: 'rules.yaml',
  };
  const step = (...args: string[]): Promise<Cost & { stdout: string }> => {
    process.stderr.write(`${args.join(' ')}\n`);
    return costOf(args, folder, environment);
  };

  const inventory = await step('inventory', '--json', '--quiet');
  server.send('which addresses?');
  const served = await tellOf(server);
  const summary: { fields: { filled: number }[] } = JSON.parse(inventory.stdout);
  const definitions = readDefinitions(folder);
  const parsing = await timeParsing(served);
  const itsWork = sum(parsing[1], timeJudging(folder, definitions));
  const steps: Step[] = [
    {
      name: 'inventory',
      cost: inventory,
      loops: parsing,
      note: `${served.urls.length} requests; with the rules over its different values ${seconds(itsWork.cpuMs)} s: ${against(inventory, itsWork).join(' CPU, ')} wall`,
    },
  ];
  const rulesText = rulesForAll(definitions);
  writeFileSync(join(folder, 'rules.yaml'), rulesText);
  const plan = await step('plan', '--quiet');
  const loops = timeRules(folder, rulesText, definitions);
  steps.push({ name: 'plan', cost: plan, loops, note: '' });
  const reading = timeReading(folder);
  for (const format of formats) {
    const file = `diff.${format}`;
    const cost = await step('show', 'plan-1', '--format', format, '--out', file, '--quiet');
    const bytes = readFileSync(join(folder, file));
    const writing = timeWriting(join(folder, 'plain'), bytes);
    const note = `${(bytes.length / 2 ** 20).toFixed(0)} MiB`;
    steps.push({
      name: `diff as ${format}`,
      cost,
      loops: [writing, sum(writing, reading)],
      note,
    });
  }
  return {
    values: summary.fields.reduce((total, { filled }) => total + filled, 0),
    steps,
    journalMiB: statSync(join(folder, 'journal.sqlite')).size / 2 ** 20,
  };
}

async function tellOf(server: ChildProcess): Promise<Served> {
  const [told]: Served[] = await once(server, 'message');
  if (told === undefined) throw new Error('the server said nothing');
  return told;
}

function readDefinitions(folder: string): Definition[] {
  return withJournal(folder, (journal) =>
    journal.inventories.definitions(journal.inventories.find().inventoryId),
  );
}

/** Text that holds amounts, dates or counts gets their rule; any other field the one of its type. */
function rulesForAll(definitions: readonly Definition[]): string {
  const entries = definitions
    .filter(({ deleted }) => !deleted)
    .map((field) => `  - { match: "${field.id}", rule: ${ruleFor(field)} }`);
  return `version: 1\nlocale: en-US\nfields:\n${entries.join('\n')}\n`;
}

function ruleFor({ name, fieldType }: Definition): string {
  if (name.startsWith('Extra Amount')) return 'currency';
  if (name.startsWith('Extra Date')) return 'date';
  return name.startsWith('Extra Count') ? 'numeric' : RULE_BY_TYPE[fieldType];
}
