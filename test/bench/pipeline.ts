import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import type { Definition } from '../../src/model/field.ts';
import { RULE_BY_TYPE } from '../../src/operations/summarize.ts';
import { assignRules } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.ts';
import { setup } from '../support/build.ts';
import { type Cost, costOf } from './children.ts';
import { seconds, thousands, timed } from './measure.ts';
import { type Section, table } from './results.ts';

const FIELDS = 200;
/** So many matters give about 200,000, and about a million, values that are filled. */
const SIZES = [1080, 5400];

/** Inventory, plan and dry run of the real program, each beside a plain loop that does only what cannot be left out. */
export async function benchPipeline(): Promise<Section> {
  setup();
  const rows: (readonly (string | number)[])[] = [];
  for (const matters of SIZES) rows.push(...(await measureSize(matters)));
  return {
    title: 'Pipeline: inventory, plan, dry run',
    body: [
      `A made-up firm with ${FIELDS} fields, served without a limit by the process that measures, rules on every field.`,
      'The plain loop for inventory parses the same JSON answers, for plan observes and decides the same values, for a diff writes the same bytes, 64 KiB at a time.',
      'Wall seconds of inventory hold what the server takes to make the answers; CPU is of the program alone.',
      '',
      table(
        ['values', 'step', 'wall s', 'CPU s', 'peak MiB', 'plain loop s', 'CPU ÷ loop', 'notes'],
        rows,
      ),
    ].join('\n'),
  };
}

async function measureSize(matters: number): Promise<(string | number)[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-bench-'));
  const account = makeFirm({ seed: 1, matters, contacts: 200, fields: FIELDS });
  const sandbox = await startSandbox(account, { logLimit: 10_000 });
  try {
    return await measureSteps(sandbox, folder);
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureSteps(sandbox: Sandbox, folder: string): Promise<(string | number)[][]> {
  const environment = {
    CLIO_ACCESS_TOKEN: sandbox.token,
    CLIO_BASE_URL: sandbox.baseUrl,
    CLIO_FIELDS_JOURNAL: 'journal.sqlite',
    CLIO_FIELDS_RULES: 'rules.yaml',
  };
  const step = (...args: string[]): Promise<Cost & { stdout: string }> => {
    process.stderr.write(`${args.join(' ')}\n`);
    return costOf(args, folder, environment);
  };

  const inventory = await step('inventory', '--json', '--quiet');
  const requests = sandbox.counters.requests;
  const urls = sandbox.log.map(({ url }) => url);
  const summary: { fields: { filled: number }[] } = JSON.parse(inventory.stdout);
  const values = summary.fields.reduce((sum, { filled }) => sum + filled, 0);
  const parsing = await timeParsing(sandbox, urls);

  const definitions = readDefinitions(folder);
  const rulesText = rulesForAll(definitions);
  writeFileSync(join(folder, 'rules.yaml'), rulesText);
  const plan = await step('plan', '--quiet');
  const deciding = timeRules(folder, rulesText, definitions);

  const row = (name: string, cost: Cost, loopMs: number, note: string): (string | number)[] => [
    thousands(values),
    name,
    seconds(cost.wallMs),
    seconds(cost.cpuMs),
    cost.peakMiB.toFixed(0),
    seconds(loopMs),
    (cost.cpuMs / loopMs).toFixed(1),
    note,
  ];
  const rows = [
    row('inventory', inventory, parsing, `${requests} requests`),
    row('plan', plan, deciding, ''),
  ];
  for (const format of ['csv', 'json', 'html', 'text']) {
    const file = `diff.${format}`;
    const shown = await step('show', 'plan-1', '--format', format, '--out', file, '--quiet');
    const bytes = readFileSync(join(folder, file));
    const writing = timeWriting(join(folder, 'plain'), bytes);
    rows.push(
      row(`diff as ${format}`, shown, writing, `${(bytes.length / 2 ** 20).toFixed(0)} MiB`),
    );
  }
  return rows;
}

/** The same answers, fetched first, then parsed. */
async function timeParsing({ baseUrl, token }: Sandbox, urls: readonly string[]): Promise<number> {
  let total = 0;
  for (const url of urls) {
    const answer = await fetch(`${baseUrl}${url}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    total += timed(() => void JSON.parse(text));
  }
  return total;
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

function timeRules(folder: string, rulesText: string, definitions: readonly Definition[]): number {
  const assignments = assignRules(parseRulesFile(rulesText, 'rules.yaml'), definitions);
  const contents = new Map<string, string[]>(assignments.map(({ source }) => [source.id, []]));
  withJournal(folder, (journal) => {
    for (const { values } of journal.inventories.records(journal.inventories.find().inventoryId)) {
      for (const [id, value] of values)
        if (value.state === 'value') contents.get(id)?.push(value.content);
    }
  });
  return timed(() => {
    for (const { source, column } of assignments) {
      const all = contents.get(source.id) ?? [];
      for (const content of all) column.observe(content);
      for (const content of all) column.decide(content);
    }
  });
}

function timeWriting(file: string, bytes: Uint8Array): number {
  const descriptor = openSync(file, 'w');
  const time = timed(() => {
    for (let at = 0; at < bytes.length; at += 65_536)
      writeSync(descriptor, bytes.subarray(at, at + 65_536));
  });
  closeSync(descriptor);
  return time;
}

function withJournal<Result>(folder: string, work: (journal: Journal) => Result): Result {
  const journal = Journal.open(join(folder, 'journal.sqlite'), {
    access: 'read',
    command: 'bench',
    now: () => new Date(),
  });
  try {
    return work(journal);
  } finally {
    journal.close();
  }
}
