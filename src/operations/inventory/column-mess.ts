import type { Definition } from '../../model/field.ts';
import type { MessKind } from '../../model/mess.ts';
import type { LikeTexts } from '../../model/summary.ts';
import { cluster } from '../../rules/clusters.ts';
import type { RuleName } from '../../rules/index.ts';
import { type Counts, mostFrequent } from './count-values.ts';
import { type Kind, likeliestKind } from './likeliest-kind.ts';

/** What no value shows alone, but the field as a whole. */
export interface ColumnMess {
  readonly looksLike: RuleName | null;
  /** By text; what is not listed has none. */
  readonly kinds: ReadonlyMap<string, readonly MessKind[]>;
  readonly clusters: { readonly total: number; readonly biggest: readonly LikeTexts[] };
}

/**
 * Judges a field's texts by each other: dates, amounts and numbers kept as text by the notation that most of them have,
 * other texts by their like. The most frequent texts count, up to the limits below, so that time stays bounded.
 */
export function columnMess(field: Definition, counts: Counts): ColumnMess {
  if (field.fieldType !== 'text_line' && field.fieldType !== 'text_area')
    return field.fieldType === 'picklist' ? likeTexts(counts) : NOTHING;
  const kind = counts.size === 0 ? null : likeliestKind(field, mostFrequent(counts, MOST_SHOWN));
  if (kind !== null) return otherNotations(kind, counts);
  // Of notes, no two are meant to be the same.
  return field.fieldType === 'text_area' ? NOTHING : likeTexts(counts);
}

const NOTHING: ColumnMess = {
  looksLike: null,
  kinds: new Map(),
  clusters: { total: 0, biggest: [] },
};

/** Texts that tell what a field really holds: seven rules read each of them. */
const MOST_SHOWN = 150;
/** Texts that are read as what the field really holds. */
const MOST_READ = 2_000;
/** Texts that are compared with each other, and the longest of them in characters. */
const MOST_COMPARED = 2_000;
const LONGEST_COMPARED = 200;
/** Clusters shown, and texts of each. */
const CLUSTERS_SHOWN = 3;
const MEMBERS_SHOWN = 6;

function otherNotations({ rule, column }: Kind, counts: Counts): ColumnMess {
  const kinds = new Map<string, readonly MessKind[]>();
  const notations = new Map<string, number>();
  const read = new Map<string, string>();
  for (const [text, count] of mostFrequent(counts, MOST_READ)) {
    const verdict = column.decide(text);
    if (verdict.outcome === 'flagged') {
      kinds.set(text, verdict.mess);
      continue;
    }
    const notation = notationOf(text);
    read.set(text, notation);
    notations.set(notation, (notations.get(notation) ?? 0) + count);
  }
  const [usual] = [...notations].toSorted(([, left], [, right]) => right - left).at(0) ?? [];
  for (const [text, notation] of read) if (notation !== usual) kinds.set(text, ['notation']);
  return { ...NOTHING, looksLike: rule, kinds };
}

/** How a text is written, whatever it says: `5/1/2019` and `12/31/2020` alike, `$1,200` and `$900` too. */
function notationOf(text: string): string {
  return text
    .trim()
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\d),(?=\d{3})/gu, '')
    .replace(/\d+/gu, (digits) => (digits.length > 3 ? 'Y' : '9'))
    .replace(/\p{L}+/gu, 'a');
}

function likeTexts(counts: Counts): ColumnMess {
  if (counts.size > MOST_COMPARED) return NOTHING;
  const comparable = [...counts].filter(([text]) => text.length <= LONGEST_COMPARED);
  const clusters = cluster(comparable, { strictness: 'medium' });
  const kinds = new Map<string, readonly MessKind[]>();
  for (const { canonical, members } of clusters) {
    for (const { value } of members) {
      const kind = unlikeness(value, canonical);
      if (kind !== null) kinds.set(value, [kind]);
    }
  }
  return {
    looksLike: null,
    kinds,
    clusters: {
      total: clusters.length,
      biggest: clusters
        .slice(0, CLUSTERS_SHOWN)
        .map(({ canonical, members }) => ({ canonical, members: members.slice(0, MEMBERS_SHOWN) })),
    },
  };
}

/** How a text differs from the one that it may mean; null where it is by spaces alone, which the rules say themselves. */
function unlikeness(text: string, canonical: string): MessKind | null {
  const [left, right] = [text, canonical].map((each) => each.replace(/[\s\p{Cf}]+/gu, ' ').trim());
  if (left === right) return null;
  return left?.toLowerCase() === right?.toLowerCase() ? 'capitals' : 'spellings';
}
