import { benchJournal } from './journal.ts';
import { benchPipeline } from './pipeline.ts';
import { record, type Section } from './results.ts';
import { benchRules } from './rules.ts';
import { benchStart } from './start.ts';

/**
 * Measures parts of the program and prints what they cost. Nothing is asserted: machines differ.
 *
 *     npm run bench                        all parts
 *     npm run bench -- rules               one part
 *     npm run bench -- --write             record the numbers in RESULTS.md as well
 */
const PARTS: Readonly<Record<string, () => Section[] | Promise<Section[]>>> = {
  rules: benchRules,
  pipeline: benchPipeline,
  journal: benchJournal,
  start: benchStart,
};

const args = process.argv.slice(2);
const unknown = args.filter((each) => each !== '--write' && PARTS[each] === undefined);
if (unknown.length > 0) {
  throw new Error(`no part is named ${unknown.join(', ')}: take ${Object.keys(PARTS).join(', ')}`);
}
const named = args.filter((each) => each !== '--write');
for (const [name, bench] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const sections = await bench();
  for (const { title, body } of sections) process.stdout.write(`## ${title}\n\n${body}\n\n`);
  if (args.includes('--write')) record(sections);
}
