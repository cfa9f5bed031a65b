import { seededRandom } from '../random.ts';

/** Seeded chance: integer arithmetic only, so the same numbers on every machine. */
export class Dice {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;

  /** One stream for each combination of seeds, so that a record does not hang on how many others there are. */
  constructor(...seeds: readonly number[]) {
    this.next = seededRandom(seeds.reduce(mix, 0x9e3779b9));
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[Math.floor(this.next() * items.length)] ?? items[0];
  }
}

/** The finaliser of MurmurHash3 (public domain, Austin Appleby). */
function mix(state: number, seed: number): number {
  let mixed = Math.imul(state ^ seed, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
