import { editDistance } from './picklist/distance.ts';

/** The names that somebody who wrote `name` may have meant: those that differ by few letters, nearest first. */
export function nearestNames(name: string, names: readonly string[]): string[] {
  const wanted = name.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  return [...new Set(names)]
    .map((each) => ({ each, distance: editDistance(wanted, each.toLowerCase(), limit) }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((left, right) => left.distance - right.distance)
    .map(({ each }) => each);
}
