import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import type { Definition } from '../../src/model/field.ts';
import { RULE_BY_TYPE } from '../../src/operations/inventory/summarize.ts';
import { assignRules } from '../../src/rules/assign.ts';
import { parseRulesFile } from '../../src/rules/file.ts';
import { ruleNamed } from '../../src/rules/index.ts';

/** What a loop took that does only what cannot be left out. */
export interface LoopCost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** The plain loop alone, then with its input. */
export type Loops = readonly [bare: LoopCost, withInput: LoopCost];

/** A server of a made-up firm, and what it was asked for. */
export interface Served {
  readonly baseUrl: string;
  readonly token: string;
  /** What has been asked for, paths and queries. */
  readonly urls: readonly string[];
}

/** The same answers: parsed, and fetched and parsed. */
export async function timeParsing({ baseUrl, token, urls }: Served): Promise<Loops> {
  let parsing: LoopCost = { wallMs: 0, cpuMs: 0 };
  const end = startClocks();
  for (const url of urls) {
    const answer = await fetch(`${baseUrl}${url}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    parsing = sum(
      parsing,
      loopCostOf(() => void JSON.parse(text)),
    );
  }
  return [parsing, end()];
}

function loopCostOf(work: () => void): LoopCost {
  const end = startClocks();
  work();
  return end();
}

function startClocks(): () => LoopCost {
  const startMs = performance.now();
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return { wallMs: performance.now() - startMs, cpuMs: (user + system) / 1000 };
  };
}

export function sum(...costs: readonly LoopCost[]): LoopCost {
  return {
    wallMs: costs.reduce((total, { wallMs }) => total + wallMs, 0),
    cpuMs: costs.reduce((total, { cpuMs }) => total + cpuMs, 0),
  };
}

/** What any diff has to read: the plan's changes and flags. */
export function timeReading(folder: string): LoopCost {
  return withJournal(folder, ({ plans }) =>
    loopCostOf(() => {
      for (const part of plans.changes('plan-1')) void part;
      for (const part of plans.flags('plan-1')) void part;
    }),
  );
}

/** The same values through the same rules: from memory, and with the two readings of the journal that a plan needs. */
export function timeRules(
  folder: string,
  rulesText: string,
  definitions: readonly Definition[],
): Loops {
  const assignments = assignRules(parseRulesFile(rulesText, 'rules.yaml'), definitions);
  const contents = new Map<string, string[]>(assignments.map(({ source }) => [source.id, []]));
  const reading = withJournal(folder, ({ inventories }) =>
    loopCostOf(() => {
      for (const { values } of inventories.records(inventories.find().inventoryId)) {
        for (const [id, value] of values)
          if (value.state === 'value') contents.get(id)?.push(value.content);
      }
    }),
  );
  const deciding = loopCostOf(() => {
    for (const { source, column } of assignments) {
      const all = contents.get(source.id) ?? [];
      for (const content of all) column.observe(content);
      for (const content of all) column.decide(content);
    }
  });
  return [deciding, sum(deciding, reading, reading)];
}

/** The rule of each field's type over the field's different values, once each: what an inventory says of them, nobody can know without. */
export function timeJudging(folder: string, definitions: readonly Definition[]): LoopCost {
  const contents = new Map(definitions.map(({ id }) => [id, new Set<string>()]));
  withJournal(folder, ({ inventories }) => {
    for (const { values } of inventories.records(inventories.find().inventoryId)) {
      for (const [id, value] of values)
        if (value.state === 'value') contents.get(id)?.add(value.content);
    }
  });
  const columns = definitions.map((definition) => {
    const rule = ruleNamed(RULE_BY_TYPE[definition.fieldType]);
    const setting = { locale: 'en-US', source: definition, target: definition };
    return { definition, column: rule.column(rule.options.parse({}), setting) };
  });
  return loopCostOf(() => {
    for (const { definition, column } of columns)
      for (const content of contents.get(definition.id) ?? []) column.decide(content);
  });
}

export function timeWriting(file: string, bytes: Uint8Array): LoopCost {
  const descriptor = openSync(file, 'w');
  const time = loopCostOf(() => {
    for (let at = 0; at < bytes.length; at += 65_536)
      writeSync(descriptor, bytes.subarray(at, at + 65_536));
  });
  closeSync(descriptor);
  return time;
}

export function withJournal<Result>(folder: string, work: (journal: Journal) => Result): Result {
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
