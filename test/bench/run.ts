import { benchJournal } from './journal.ts';
import { benchPipeline } from './pipeline.ts';
import { record, type Section } from './results.ts';
import { benchGrowth, benchThroughput } from './rules.ts';
import { benchSideBySide } from './side-by-side.ts';
import { benchStart } from './start.ts';

/**
 * Measures parts of the program and prints what they cost. Nothing is asserted: machines differ.
 *
 *     npm run bench                        all parts
 *     npm run bench -- growth              one part
 *     npm run bench -- --write             record the numbers in RESULTS.md as well
 */
const PARTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  growth: benchGrowth,
  throughput: benchThroughput,
  side: benchSideBySide,
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
  const section = await bench();
  process.stdout.write(`## ${section.title}\n\n${section.body}\n\n`);
  if (args.includes('--write')) record(section);
}
