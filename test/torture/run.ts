import { wrap } from '../../src/report/table.ts';
import { setup } from '../support/build.ts';
import { readArguments, refuse, wholeNumber } from '../support/usage.ts';
import { killAtRandom } from './crashes.ts';
import { FAULT_CASES, faultCycle } from './fault-matrix.ts';
import { mixedCycle } from './mixed.ts';
import { othersCycle } from './others.ts';

const FAULT_KINDS = [...new Set(FAULT_CASES.map(({ kind }) => kind))];

const USAGE = `npm run torture -- [--kills N] [--mixed N] [--records N] [--seed N] [--fault KIND]

Kills the real program again and again, and plays every fault at a tenth of the
requests; counts what went wrong. 0 leaves a part out.

  --kills <n>    how often the program is killed (1000)
  --mixed <n>    cycles of kills and faults at once, with other people at work
                 between (100)
  --records <n>  records of the firm at which the faults are played (1000)
  --seed <n>     another seed draws other moments (1)
  --fault <kind> play only this one (repeat for more):
                 ${wrap(FAULT_KINDS.join(' '), 60).join(`\n${' '.repeat(17)}`)}
`;
const { values } = readArguments(USAGE, {
  options: {
    kills: { type: 'string', default: '1000' },
    records: { type: 'string', default: '1000' },
    mixed: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    fault: { type: 'string', multiple: true, default: [] },
  },
});
const seed = wholeNumber('seed', values.seed, USAGE);
const kills = wholeNumber('kills', values.kills, USAGE);
const records = wholeNumber('records', values.records, USAGE);
const mixed = wholeNumber('mixed', values.mixed, USAGE);
for (const kind of values.fault) {
  if (!FAULT_KINDS.some((each) => each === kind)) refuse(`no fault is named ${kind}`, USAGE);
}

setup();
const wrong = [
  ...(kills > 0 ? await playCrashes() : []),
  ...(await playMixed()),
  ...(records > 0 ? [...(await playOthers()), ...(await playFaults())] : []),
];
process.stdout.write(`${wrong.length} laws broken\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function playCrashes(): Promise<readonly string[]> {
  const done = await killAtRandom(kills, seed, (text) => process.stderr.write(`${text}\n`));
  process.stdout.write(
    `${done.kills} kills in ${done.cycles} cycles of apply and rollback, ${done.seconds} s\n`,
  );
  return done.wrong;
}

async function playMixed(): Promise<readonly string[]> {
  const broken: string[] = [];
  let killed = 0;
  let edits = 0;
  for (let cycle = 0; cycle < mixed; cycle += 1) {
    const done = await mixedCycle(seed * 1_000 + cycle);
    killed += done.kills;
    edits += done.edits;
    broken.push(...done.wrong);
    for (const text of done.wrong.slice(0, 5)) process.stderr.write(`  ${text}\n`);
  }
  if (mixed > 0)
    process.stdout.write(
      `${mixed} cycles of all at once: ${killed} kills, ${edits} edits by others, ${broken.length} laws broken\n`,
    );
  return broken;
}

async function playOthers(): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const etagMoves of [true, false]) {
    const {
      edits,
      applied,
      conflicts,
      wrong: found,
    } = await othersCycle({
      records,
      seed,
      etagMoves,
    });
    process.stdout.write(
      `others at work, etags ${etagMoves ? 'move' : 'do not move'}: ${edits} edits, ${applied} applied, ${conflicts} conflicts, ${found.length} laws broken\n`,
    );
    for (const text of found.slice(0, 5)) process.stderr.write(`  ${text}\n`);
    broken.push(...found);
  }
  return broken;
}

async function playFaults(): Promise<readonly string[]> {
  const cases = FAULT_CASES.filter(
    ({ kind }) => values.fault.length === 0 || values.fault.includes(kind),
  );
  const broken: string[] = [];
  for (const each of cases) {
    const startedMs = Date.now();
    const {
      changes,
      applied,
      reported,
      stops,
      faults,
      wrong: found,
    } = await faultCycle(each, { records, seed });
    const seconds = Math.round((Date.now() - startedMs) / 1_000);
    process.stdout.write(
      `${each.kind} on ${each.on}: ${faults} faults, ${applied} of ${changes} applied, ${reported} reported, ${stops} stops, ${found.length} laws broken, ${seconds} s\n`,
    );
    for (const text of found.slice(0, 5)) process.stderr.write(`  ${text}\n`);
    broken.push(...found);
  }
  return broken;
}
