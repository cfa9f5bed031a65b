import { soundOf } from './clusters/sound.ts';
import { fold, squash, tidy } from './fold.ts';
import { editDistance, likeness } from './picklist/distance.ts';
import { canMeanTheSame } from './picklist/guards.ts';
import { plainWords } from './picklist/spelling.ts';

/** How like the values of a cluster are, from strict to lax. */
const METHODS = ['spelling', 'fingerprint', 'ngrams', 'edits', 'sound'] as const;

/**
 * What brought a cluster's values together, the loosest of them: `spelling`, the same letters and digits;
 * `fingerprint`, the same words in any order; `ngrams`, the same pairs of letters; `edits`, a letter or two apart;
 * `sound`, alike when spoken.
 */
export type Method = (typeof METHODS)[number];

/** `strict` takes the first two methods, `medium` the first four, `lax` all. */
export type Strictness = 'strict' | 'medium' | 'lax';

export interface ClusterMember {
  readonly value: string;
  readonly count: number;
}

/** Values that may mean the same: a proposal for a person to accept, never a decision. */
export interface Cluster {
  /** The most frequent spelling, and of equally frequent ones the best written. */
  readonly canonical: string;
  readonly method: Method;
  /** How many values in all, each as often as it stands there. */
  readonly count: number;
  /** Most frequent first; the canonical one is among them. */
  readonly members: readonly ClusterMember[];
}

const LAST_METHOD: Readonly<Record<Strictness, number>> = { strict: 2, medium: 4, lax: 5 };

/**
 * Groups like values of a column, each given once with its count. Values that differ in a number,
 * a roman numeral or a negation never meet. The order of the values does not matter.
 * Time grows with their number, not with its square.
 */
export function cluster(
  values: Iterable<readonly [value: string, count: number]>,
  { strictness }: { readonly strictness: Strictness },
): readonly Cluster[] {
  const members = rank([...values].map(([value, count]) => ({ value, count })));
  const methods = METHODS.slice(0, LAST_METHOD[strictness]);
  const groups = methods.reduce(join, members.map(loneGroup));
  return groups
    .filter((group) => group.members.length > 1)
    .map(toCluster)
    .toSorted(byCount);
}

/** A group on its way: its leader, the best of its values, is what others are compared with. */
interface Group {
  readonly text: string;
  readonly words: readonly string[];
  readonly squashed: string;
  readonly letters: number;
  readonly members: ClusterMember[];
  method: Method;
}

/** Characters; longer values are grouped by spelling only. */
const LONGEST_COMPARED = 120;
/** Letters; shorter ones are told apart by every letter. */
const SHORTEST_COMPARED = 5;

function loneGroup(member: ClusterMember): Group {
  const folded = fold(member.value);
  const words = plainWords(folded);
  const squashed = squash(folded);
  return {
    text: words.join(' '),
    words,
    squashed,
    letters: lettersOf(squashed),
    members: [member],
    method: 'spelling',
  };
}

type KeyMethod = Exclude<Method, 'edits'>;

/** Which letters a text has, a bit each: two texts far apart in this are far apart in edits. */
function lettersOf(squashed: string): number {
  let letters = 0;
  for (let at = 0; at < squashed.length; at += 1) letters |= 1 << (squashed.charCodeAt(at) & 31);
  return letters;
}

/** Joins the groups that a method holds to be alike; those before it stay together. */
function join(groups: readonly Group[], method: Method): readonly Group[] {
  return method === 'edits' ? joinNear(groups) : joinByKey(groups, method);
}

function joinByKey(groups: readonly Group[], method: KeyMethod): readonly Group[] {
  const leaders: Group[] = [];
  const byKey = new Map<string, Group[]>();
  for (const group of groups) {
    const key = keyOf(group, method);
    const sharing = key === null ? [] : (byKey.get(key) ?? []);
    const leader = sharing.find((other) => isAllowed(other, group, method));
    if (leader === undefined) {
      leaders.push(group);
      if (key !== null && sharing.length < MOST_COMPARED) byKey.set(key, [...sharing, group]);
    } else absorb(leader, group, method);
  }
  return leaders;
}

const KEYS: Readonly<Record<KeyMethod, (group: Group) => string | null>> = {
  spelling: ({ squashed }) => squashed,
  fingerprint: ({ words }) => [...new Set(words)].toSorted().join(' '),
  ngrams: ({ squashed }) => (squashed.length < SHORTEST_COMPARED ? null : pairsOf(squashed)),
  sound: ({ words }) => soundKey(words),
};

/** Null where a text has too little, or far too much, to be compared in that way. */
function keyOf(group: Group, method: KeyMethod): string | null {
  const isComparable = method === 'spelling' || group.text.length <= LONGEST_COMPARED;
  return isComparable && group.squashed !== '' ? KEYS[method](group) : null;
}

function pairsOf(squashed: string): string {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < squashed.length; at += 1) pairs.add(squashed.slice(at, at + 2));
  return [...pairs].toSorted().join('');
}

/** Null where too little is heard to tell words apart. */
function soundKey(words: readonly string[]): string | null {
  if (words.join('').length < SHORTEST_COMPARED) return null;
  const sounds = words.map(soundOf);
  return sounds.join('').length < 3 ? null : sounds.toSorted().join(' ');
}

/** Words that sound alike must look somewhat alike, too. */
const LEAST_LIKENESS = 0.5;

function isAllowed(leader: Group, group: Group, method: Method): boolean {
  if (method === 'spelling') return true;
  if (!canMeanTheSame(leader.words, group.words)) return false;
  if (method !== 'sound') return true;
  return !differInShortWord(leader, group) && likeness(leader.text, group.text, LEAST_LIKENESS) > 0;
}

/** Letters; a letter more or less makes another word of so short a one, rather than a slip. */
const LONGEST_SHORT_WORD = 4;

/**
 * Whether each of two texts has a short word that the other lacks: initials and abbreviations are what tells
 * two courts or two people apart ("S.D.N.Y." and "E.D.N.Y.", "Mary A." and "Mary B.").
 */
function differInShortWord(left: Group, right: Group): boolean {
  return hasShortWordOfItsOwn(left, right) && hasShortWordOfItsOwn(right, left);
}

function hasShortWordOfItsOwn({ words }: Group, other: Group): boolean {
  return words.some((word) => word.length <= LONGEST_SHORT_WORD && !other.words.includes(word));
}

/** Leaders that a value is compared with in each block, most frequent first. */
const MOST_COMPARED = 20;
/** Letters at the beginning and at the end that make a block; a slip seldom hits both. */
const BLOCK_LETTERS = 4;

/** Each group joins the nearest more frequent one that is a letter or two away. */
function joinNear(groups: readonly Group[]): readonly Group[] {
  const leaders: Group[] = [];
  const blocks = new Map<string, Group[]>();
  for (const group of groups) {
    const keys = blocksOf(group);
    const near = nearest(
      group,
      keys.flatMap((key) => blocks.get(key) ?? []),
    );
    if (near !== null) {
      absorb(near, group, 'edits');
      continue;
    }
    leaders.push(group);
    for (const key of keys) {
      const block = blocks.get(key);
      if (block === undefined) blocks.set(key, [group]);
      else if (block.length < MOST_COMPARED) block.push(group);
    }
  }
  return leaders;
}

/** A block holds texts with the same numbers and about the same length that begin or end alike. */
function blocksOf({ text, squashed }: Group): readonly string[] {
  if (squashed.length < SHORTEST_COMPARED || text.length > LONGEST_COMPARED) return [];
  const numbers = (text.match(/\p{Nd}+/gu) ?? []).join(' ');
  return [
    `<${squashed.slice(0, BLOCK_LETTERS)}|${numbers}`,
    `>${squashed.slice(-BLOCK_LETTERS)}|${numbers}`,
  ];
}

function nearest(group: Group, leaders: readonly Group[]): Group | null {
  let best: Group | null = null;
  let least = limitFor(group.squashed) + 1;
  for (const leader of leaders) {
    if (least === 1) break;
    if (bitsOf(leader.letters ^ group.letters) > 2 * (least - 1)) continue;
    const distance = editDistance(leader.squashed, group.squashed, least - 1);
    if (distance >= least || differInShortWord(leader, group)) continue;
    if (canMeanTheSame(leader.words, group.words)) {
      best = leader;
      least = distance;
    }
  }
  return best;
}

function bitsOf(number: number): number {
  let count = 0;
  for (let rest = number; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

/** One slip in a short text, two in one of ten letters, three in a long one. */
function limitFor(squashed: string): number {
  if (squashed.length < 10) return 1;
  return squashed.length < 20 ? 2 : 3;
}

function absorb(leader: Group, group: Group, method: Method): void {
  leader.members.push(...group.members);
  const loosest = Math.max(
    METHODS.indexOf(leader.method),
    METHODS.indexOf(group.method),
    METHODS.indexOf(method),
  );
  leader.method = METHODS[loosest] ?? method;
}

function toCluster({ members, method }: Group): Cluster {
  const ranked = rank(members);
  return {
    canonical: ranked[0]?.value ?? '',
    method,
    count: ranked.reduce((sum, { count }) => sum + count, 0),
    members: ranked,
  };
}

function byCount(left: Cluster, right: Cluster): number {
  return right.count - left.count || byCodeUnits(left.canonical, right.canonical);
}

/** Most frequent first, then best written, then in the order of code units: the same on every machine. */
function rank(members: readonly ClusterMember[]): readonly ClusterMember[] {
  return members
    .map((member) => ({ member, points: polish(member.value) }))
    .toSorted(
      (left, right) =>
        right.member.count - left.member.count ||
        right.points - left.points ||
        byCodeUnits(left.member.value, right.member.value),
    )
    .map(({ member }) => member);
}

/** Points for tidy spacing, for capitals and small letters both, and for a capital first. */
function polish(value: string): number {
  const isMixed = value !== value.toUpperCase() && value !== value.toLowerCase();
  return Number(tidy(value) === value) + Number(isMixed) + Number(/^[\p{Lu}\p{Nd}]/u.test(value));
}

function byCodeUnits(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
