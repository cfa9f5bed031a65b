import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Journal } from '../../src/journal/index.ts';
import { setup } from '../support/build.ts';
import { run } from './children.ts';
import { median, milliseconds } from './measure.ts';
import { type Section, table } from './results.ts';

const ROUNDS = 10;

/** How long the program takes to say the least that it can say. */
export async function benchStart(): Promise<Section> {
  setup();
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-bench-'));
  Journal.open(join(folder, 'journal.sqlite'), {
    access: 'write',
    command: 'bench',
    now: () => new Date(),
  }).close();
  const bin = resolve('bin/clio-fields.js');
  const commands: Readonly<Record<string, readonly string[]>> = {
    'node alone, an empty script': ['--eval', '0'],
    'clio-fields --help': [bin, '--help'],
    'clio-fields --version': [bin, '--version'],
    'clio-fields alone, an empty journal': [bin],
    'clio-fields runs, an empty journal': [bin, 'runs'],
  };
  const rows: string[][] = [];
  for (const [name, args] of Object.entries(commands)) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now();
      const { code, stderr } = await run(args, folder, { CLIO_FIELDS_JOURNAL: 'journal.sqlite' });
      times.push(performance.now() - start);
      if (code !== 0) throw new Error(`${name} ended with ${code}: ${stderr}`);
    }
    rows.push([name, milliseconds(median(times)), milliseconds(Math.min(...times))]);
  }
  rmSync(folder, { recursive: true });
  return { title: 'Start', body: table(['command', `median of ${ROUNDS}`, 'fastest'], rows) };
}
