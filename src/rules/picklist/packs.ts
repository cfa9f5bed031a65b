import type { PicklistOption } from '../../model/field.ts';
import { sexes, yesNo } from './packs/answers.ts';
import { caProvinces } from './packs/ca-provinces.ts';
import { countries } from './packs/countries.ts';
import { months } from './packs/months.ts';
import type { Pack } from './packs/pack.ts';
import { usCourts } from './packs/us-courts.ts';
import { usStates } from './packs/us-states.ts';

export const PACK_NAMES = [
  'us-states',
  'ca-provinces',
  'countries',
  'months',
  'us-courts',
  'yes-no',
  'sexes',
] as const;

export type PackName = (typeof PACK_NAMES)[number];

const PACKS = {
  'us-states': usStates,
  'ca-provinces': caProvinces,
  countries,
  months,
  'us-courts': usCourts,
  'yes-no': yesNo,
  sexes,
} satisfies Record<PackName, Pack>;

/** A pack at work on a field, with what its things are called there. */
export interface ActivePack {
  readonly title: string;
  readonly isAsked: boolean;
  /** How many of the live options the pack knows. */
  readonly known: number;
  /** The options that `text` names; empty where it names none of them. */
  readonly find: (text: string) => readonly PicklistOption[];
}

/** Packs that lists mix: a list of states and provinces is evidently both. */
const FAMILIES: readonly (readonly PackName[])[] = [
  ['us-states', 'ca-provinces'],
  ['countries'],
  ['months'],
  ['us-courts'],
  ['yes-no'],
  ['sexes'],
];
/** A list shows what it is by this many options that a pack knows, and this share of them. */
const ENOUGH_OPTIONS = 5;
const ENOUGH_SHARE = 0.8;
/** These lists are short by nature, and no other list has both. */
const PAIRS = new Set<PackName>(['yes-no', 'sexes']);

/**
 * The packs to use: those that the rules file names or, for `auto`, those whose things the options evidently are.
 * A list of states does not become one by guessing: nearly all of its options must be states.
 */
export function activatePacks(
  wanted: 'auto' | readonly PackName[],
  options: readonly PicklistOption[],
): readonly ActivePack[] {
  if (wanted !== 'auto') return wanted.map((name) => activate(PACKS[name], options, true));
  return FAMILIES.flatMap((family) => {
    const packs = family.map((name) => activate(PACKS[name], options, false));
    return isEvident(family, packs, options.length) ? packs.filter((pack) => pack.known > 1) : [];
  });
}

function isEvident(
  family: readonly PackName[],
  packs: readonly ActivePack[],
  options: number,
): boolean {
  const known = packs.reduce((sum, pack) => sum + pack.known, 0);
  if (family.some((name) => PAIRS.has(name))) return known === 2 && options <= 5;
  return known >= ENOUGH_OPTIONS && known >= options * ENOUGH_SHARE;
}

function activate(pack: Pack, options: readonly PicklistOption[], isAsked: boolean): ActivePack {
  const byThing = new Map<string, PicklistOption[]>();
  for (const option of options) {
    const thing = pack.read(option.label, true);
    if (thing !== null) byThing.set(thing, [...(byThing.get(thing) ?? []), option]);
  }
  return {
    title: pack.title,
    isAsked,
    known: byThing.size,
    find(text) {
      const thing = pack.read(text, isAsked);
      return thing === null ? [] : (byThing.get(thing) ?? []);
    },
  };
}
