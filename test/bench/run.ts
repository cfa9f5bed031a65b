import { readArguments, refuse } from '../support/usage.ts';
import { benchJournal } from './journal.ts';
import { benchCurve, benchPipeline, benchTenMillion } from './pipeline.ts';
import { record, type Section } from './results.ts';
import { benchGrowth, benchThroughput } from './rules.ts';
import { benchSideBySide } from './side-by-side.ts';
import { benchStart } from './start.ts';

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

const all = { ...PARTS, ...LONG_PARTS };

const USAGE = `npm run bench -- [PART ...] [--write]

Measures parts of the program and prints what they cost. Nothing is asserted:
machines differ. Without a part it measures all of them but the long ones.

  ${Object.keys(PARTS).join(', ')}
  ${Object.keys(LONG_PARTS).join(', ')} (takes minutes)

  --write  record the numbers in RESULTS.md as well
`;

const { values, positionals: named } = readArguments(USAGE, {
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
for (const name of named) if (!Object.hasOwn(all, name)) refuse(`no part is named ${name}`, USAGE);
for (const [name, bench] of Object.entries(named.length === 0 ? PARTS : all)) {
  if (named.length > 0 && !named.includes(name)) continue;
  const section = await bench();
  process.stdout.write(`## ${section.title}\n\n${section.body}\n\n`);
  if (values.write) record(section);
}
