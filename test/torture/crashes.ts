import { crashCycle, CrashRig, type Doom } from '../e2e/crash-rig.ts';
import { drawFrom } from './draw.ts';

export interface Crashes {
  readonly kills: number;
  readonly cycles: number;
  readonly seconds: number;
  readonly wrong: readonly string[];
}

/** Kills apply and rollback, at named places and at random, until so many kills are done. */
export async function killAtRandom(
  wanted: number,
  seed: number,
  say: (text: string) => void,
): Promise<Crashes> {
  const draw = drawFrom(seed);
  const rig = await CrashRig.start();
  const startedMs = Date.now();
  const wrong: string[] = [];
  let kills = 0;
  let cycles = 0;
  while (kills < wanted) {
    // Every other time the platform refuses what it would take a moment later.
    rig.sandbox.setFaults(
      cycles % 2 === 0 ? [] : [{ kind: '412', on: 'writes', probability: 0.2 }],
    );
    const done = await crashCycle(rig, { apply: dooms(draw), rollback: dooms(draw) });
    kills += done.kills;
    cycles += 1;
    wrong.push(...done.wrong);
    if (done.wrong.length > 0) say(`cycle ${cycles}: ${done.wrong.join('; ')}`);
  }
  await rig.close();
  return { kills, cycles, seconds: Math.round((Date.now() - startedMs) / 1_000), wrong };
}

const PLACES = [
  'before intent',
  'after intent',
  'after refusal',
  'before outcome',
  'after outcome',
];
const OTHERS = [
  'between batches',
  'before options',
  'after options intent',
  'after options answer',
  'before retirement',
  'before finish',
  'after rollback plan',
];

function dooms(draw: (below: number) => number): Doom[] {
  return Array.from({ length: 5 }, () => drawDoom(draw));
}

/** Where a command is killed next. */
export function drawDoom(draw: (below: number) => number): Doom {
  const kind = draw(4);
  if (kind === 0) return { afterMs: 100 + draw(500) };
  if (kind === 1) return { atWrite: 1 + draw(12) };
  if (kind === 2) return { failpoint: OTHERS[draw(OTHERS.length)] ?? 'before finish' };
  return { failpoint: `${PLACES[draw(PLACES.length)]}@${1 + draw(12)}` };
}
