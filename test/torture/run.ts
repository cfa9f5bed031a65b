import { parseArgs } from 'node:util';
import { crashCycle, CrashRig, type Doom } from '../e2e/crash-rig.ts';
import { setup } from '../support/build.ts';

/** `npm run torture -- --kills 1000 --seed 1`: kills the real program again and again, and counts what went wrong. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const wanted = Number(values.kills);
let state = Number(values.seed);

const PLACES = ['before intent', 'after intent', 'before outcome', 'after outcome'];
const OTHERS = [
  'between batches',
  'before options',
  'after options intent',
  'after options answer',
  'before retirement',
  'before finish',
  'after rollback plan',
];

setup();
const rig = await CrashRig.start();
const startedMs = Date.now();
let kills = 0;
let cycles = 0;
const wrong: string[] = [];
while (kills < wanted) {
  const done = await crashCycle(rig, { apply: dooms(), rollback: dooms() });
  kills += done.kills;
  cycles += 1;
  wrong.push(...done.wrong);
  if (done.wrong.length > 0) process.stderr.write(`cycle ${cycles}: ${done.wrong.join('; ')}\n`);
}
await rig.close();
const seconds = Math.round((Date.now() - startedMs) / 1_000);
process.stdout.write(
  `${kills} kills in ${cycles} cycles of apply and rollback, ${seconds} s: ${wrong.length} laws broken\n`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;

function dooms(): Doom[] {
  return Array.from({ length: 5 }, () => {
    const kind = draw(4);
    if (kind === 0) return { afterMs: 100 + draw(500) };
    if (kind === 1) return { atWrite: 1 + draw(12) };
    if (kind === 2) return { failpoint: OTHERS[draw(OTHERS.length)] ?? 'before finish' };
    return { failpoint: `${PLACES[draw(PLACES.length)]}@${1 + draw(12)}` };
  });
}

/** A whole number below `below`; the same seed draws the same. */
function draw(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
