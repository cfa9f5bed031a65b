import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, type Strictness } from '../../src/rules/clusters.ts';

type Counts = Readonly<Record<string, number>>;

/** Each cluster as "method: canonical < others". */
function groupsOf(counts: Counts, strictness: Strictness): string[] {
  return cluster(Object.entries(counts), { strictness }).map(({ method, members }) => {
    const [first, ...others] = members.map(({ value }) => value);
    return `${method}: ${first} < ${others.join(', ')}`;
  });
}

describe('clusters of like values', () => {
  it.each<[string, Counts, Strictness, string[]]>([
    [
      'capitals and punctuation',
      { 'Sample, Inc.': 4, 'SAMPLE INC': 1 },
      'strict',
      ['spelling: Sample, Inc. < SAMPLE INC'],
    ],
    [
      'words in another order',
      { 'Doe Jane': 1, 'Jane Doe': 3 },
      'strict',
      ['fingerprint: Jane Doe < Doe Jane'],
    ],
    ['a slip of the pen', { Plaintiff: 9, Plantiff: 1 }, 'strict', []],
    [
      'a slip of the pen, less strictly',
      { Plaintiff: 9, Plantiff: 1 },
      'medium',
      ['edits: Plaintiff < Plantiff'],
    ],
    [
      'pairs of letters',
      { mississippi: 2, missippi: 1 },
      'medium',
      ['ngrams: mississippi < missippi'],
    ],
    ['two names that sound alike', { Philips: 2, Fillips: 1 }, 'medium', []],
    [
      'two names that sound alike, at the laxest',
      { Philips: 2, Fillips: 1 },
      'lax',
      ['sound: Philips < Fillips'],
    ],
    ['other numbers', { '22 CV 1001': 1, '23 CV 1001': 1 }, 'lax', []],
    ['other roman numerals', { 'Phase II': 1, 'Phase III': 1 }, 'lax', []],
    ['opposites', { secured: 3, unsecured: 3, 'Lessor Doe': 1, 'Lessee Doe': 1 }, 'lax', []],
    ['north and south', { 'North Carolina': 2, 'South Carolina': 1 }, 'lax', []],
    [
      'other initials and abbreviations',
      {
        'Bench of Examples, S.D.X.Y.': 2,
        'Bench of Examples, E.D.X.Y.': 1,
        'Mary A. Sample': 1,
        'Mary B. Sample': 1,
      },
      'lax',
      [],
    ],
    ['short codes', { PLC: 2, PLLC: 1, LLC: 1 }, 'lax', []],
    ['nothing at all', {}, 'lax', []],
  ])('%s', (_, counts, strictness, expected) => {
    expect(groupsOf(counts, strictness)).toEqual(expected);
  });

  it('propose the most frequent spelling, and of equally frequent ones the best written', () => {
    const [first] = cluster(
      [
        ['JANE DOE', 2],
        [' Jane Doe', 2],
        ['Jane Doe', 2],
        ['jane doe', 2],
      ],
      { strictness: 'strict' },
    );
    expect(first).toMatchObject({ canonical: 'Jane Doe', count: 8, method: 'spelling' });
  });

  it('come with the largest first', () => {
    const counts = { a1: 1, A1: 1, b1: 5, B1: 2 };
    expect(groupsOf(counts, 'strict')).toEqual(['spelling: b1 < B1', 'spelling: A1 < a1']);
  });
});

describe('laws of clusters', () => {
  const values = fc.uniqueArray(
    fc.tuple(
      fc.oneof(
        fc.string({ unit: fc.constantFrom(...Array.from('abAB 12.,')), maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 12 }),
      ),
      fc.integer({ min: 1, max: 9 }),
    ),
    { selector: ([value]) => value, maxLength: 30 },
  );
  const strictness = fc.constantFrom<Strictness>('strict', 'medium', 'lax');

  it('a value is in one cluster at most, with its own count, and the order of the values does not matter', () => {
    fc.assert(
      fc.property(values, strictness, (each, how) => {
        const clusters = cluster(each, { strictness: how });
        expect(cluster(each.toReversed(), { strictness: how })).toEqual(clusters);
        const members = clusters.flatMap((group) => group.members);
        expect(new Set(members.map(({ value }) => value)).size).toBe(members.length);
        for (const { value, count } of members) expect(each).toContainEqual([value, count]);
      }),
      { numRuns: 1000 },
    );
  });

  it('a cluster has two members or more, the canonical one first', () => {
    fc.assert(
      fc.property(values, strictness, (each, how) => {
        for (const { canonical, members, count } of cluster(each, { strictness: how })) {
          expect(members.length).toBeGreaterThan(1);
          expect(members[0]?.value).toBe(canonical);
          expect(members.reduce((sum, member) => sum + member.count, 0)).toBe(count);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
