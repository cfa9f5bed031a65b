import { benchJournal } from './journal.ts';
import { benchCurve, benchPipeline, benchTenMillion } from './pipeline.ts';
import { record, type Section } from './results.ts';
import { benchGrowth, benchThroughput } from './rules.ts';
import { benchSideBySide } from './side-by-side.ts';
import { benchStart } from './start.ts';

/**
 * Measures parts of the program and prints what they cost. Nothing is asserted: machines differ.
 *
 *     npm run bench                        all parts
 *     npm run bench -- growth              one part
 *     npm run bench -- ten-million         a part that takes minutes, only where it is named
 *     npm run bench -- --write             record the numbers in RESULTS.md as well
 */
const PARTS: Readonly<Record<string, () => Section | Promise<Section>>> = {
  growth: benchGrowth,
  throughput: benchThroughput,
  side: benchSideBySide,
  pipeline: benchPipeline,
  curve: benchCurve,
  journal: benchJournal,
  start: benchStart,
};

/** Not among all parts: they take long. */
const LONG_PARTS: typeof PARTS = { 'ten-million': benchTenMillion };

const args = process.argv.slice(2);
const named = args.filter((each) => each !== '--write');
const all = { ...PARTS, ...LONG_PARTS };
const unknown = named.filter((each) => all[each] === undefined);
if (unknown.length > 0) {
  throw new Error(`no part is named ${unknown.join(', ')}: take ${Object.keys(all).join(', ')}`);
}
for (const [name, bench] of Object.entries(named.length === 0 ? PARTS : all)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const section = await bench();
  process.stdout.write(`## ${section.title}\n\n${section.body}\n\n`);
  if (args.includes('--write')) record(section);
}
