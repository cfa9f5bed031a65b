import type { Flag } from '../../model/change.ts';
import { type Cluster, cluster } from '../../rules/clusters.ts';
import { addTo } from '../inventory/count-values.ts';

/** What like values there are among the flagged ones of one field. */
export interface FlagClusters {
  readonly definitionId: string;
  readonly fieldName: string;
  /** The biggest, at most five. */
  readonly clusters: readonly Cluster[];
  /** How many there are in all. */
  readonly total: number;
}

/**
 * The clusters among a plan's flagged values, by field in the order of the flags; fields without any are left out.
 * However many flags there are, memory stays bounded: what is over the limits below is not compared.
 */
export function clusterFlags(flags: Iterable<Flag>): readonly FlagClusters[] {
  return [...gather(flags).values()].flatMap(({ definitionId, fieldName, counts }) => {
    const clusters = cluster(counts, { strictness: 'medium' });
    if (clusters.length === 0) return [];
    return [
      { definitionId, fieldName, clusters: clusters.slice(0, MOST_SHOWN), total: clusters.length },
    ];
  });
}

const MOST_SHOWN = 5;
/** Different values kept of one field, and of all fields together. */
const MOST_DISTINCT = 5_000;
const MOST_DISTINCT_OF_ALL = 100_000;
/** Characters; what is longer is a note, not one of a few things. */
const LONGEST = 200;

interface Gathered {
  readonly definitionId: string;
  readonly fieldName: string;
  readonly counts: Map<string, number>;
}

function gather(flags: Iterable<Flag>): ReadonlyMap<string, Gathered> {
  const fields = new Map<string, Gathered>();
  let kept = 0;
  for (const { definitionId, fieldName, value } of flags) {
    if (value === '' || value.length > LONGEST) continue;
    const field = fields.get(definitionId) ?? { definitionId, fieldName, counts: new Map() };
    fields.set(definitionId, field);
    const before = field.counts.size;
    const limit = kept < MOST_DISTINCT_OF_ALL ? MOST_DISTINCT : before;
    addTo(field.counts, value, 1, limit);
    kept += field.counts.size - before;
  }
  return fields;
}
