import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PicklistOption } from '../../src/model/field.ts';
import { fold, squash } from '../../src/rules/fold.ts';
import { UNCHANGED } from '../../src/rules/types.ts';
import { columnOf, type Field } from './picklist-column.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from(" aZé1?-+.'&/,;()_‑ßςİﬁＡЙ"),
      '\u0301',
      '\ud800',
      '\u200b',
      '\0',
    ),
    maxLength: 30,
  }),
);

const words = fc.constantFrom(
  'Open',
  'open',
  'OPEN.',
  'Closed',
  'Cash',
  'Cash & Surety',
  'Sample & Doe LLP',
  'Doe, Jane',
  'Jane Doe',
  'Judge Jane Doe',
  'Texas',
  'TX',
  'Ohio',
  'Utah',
  'Iowa',
  'Maine',
  'LA',
  'Phase II',
  'Phase I',
  '1.5',
  '7',
  '08',
  '100 Civil',
  '200 Criminal',
  'Ohio Supreme Court',
  'Supreme Court of Ohio',
  'n/a',
  'S.D.N.Y.',
  'Korea',
);
const label = fc.oneof({ weight: 3, arbitrary: words }, anyText);

const lists: fc.Arbitrary<PicklistOption[]> = fc
  .array(fc.tuple(label, fc.boolean()), { maxLength: 12 })
  .map((labels) =>
    labels.map(([text, retired], at) => ({
      id: `${at + 1}`,
      label: text,
      retired: retired && at > 2,
    })),
  );

const field: fc.Arbitrary<Field> = fc
  .tuple(
    lists,
    fc.dictionary(label, label, { maxKeys: 4, noNullPrototype: true }),
    fc.dictionary(label, fc.array(label, { maxLength: 3 }), { maxKeys: 3, noNullPrototype: true }),
    fc.constantFrom('flag', 'add-option'),
    fc.constantFrom('auto', ['us-states', 'countries', 'us-courts']),
    fc.tuple(fc.array(words, { maxLength: 3 }), fc.boolean()),
  )
  .map(([all, map, merge, unknown, abbreviations, [names, isOwn]]) => ({
    options: all,
    // Labels of the list itself as keys and targets make the chains that must come to rest.
    with: {
      map: Object.fromEntries([
        ...Object.entries(map),
        ...all.slice(0, 3).map(({ label: from }, at) => [from, all[at + 1]?.label ?? from]),
      ]),
      merge,
      unknown,
      abbreviations,
    },
    name: names.join(' '),
    isOwn,
  }));

const column = fc.tuple(field, fc.array(label, { maxLength: 6 }));

describe('laws of the picklist rule', () => {
  it('never throws, and never names an option that is not live', () => {
    fc.assert(
      fc.property(column, label, ([each, seen], value) => {
        const verdict = columnOf(each, seen).decide(value);
        if (verdict.outcome !== 'changed') return;
        const option = each.options.find(({ id }) => id === verdict.after);
        expect(option?.retired).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves its own result unchanged', () => {
    fc.assert(
      fc.property(column, label, ([each, seen], value) => {
        const verdict = columnOf(each, seen).decide(value);
        if (verdict.outcome !== 'changed') return;
        expect(columnOf({ ...each, isOwn: true }).decide(verdict.after)).toBe(UNCHANGED);
      }),
      { numRuns: 3000 },
    );
  });

  it("leads an option's text to the same option, or to a person where another has it too", () => {
    fc.assert(
      fc.property(column, label, ([each, seen], value) => {
        const verdict = columnOf({ ...each, isOwn: false }, seen).decide(value);
        if (verdict.outcome !== 'changed') return;
        const text = each.options.find(({ id }) => id === verdict.after)?.label ?? '';
        const isTwin = each.options.filter((option) => option.label === text).length > 1;
        const again = columnOf({ ...each, isOwn: false }, seen).decide(text);
        if (!isTwin) expect(again).toMatchObject({ outcome: 'changed', after: verdict.after });
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same verdict whatever the order of what it saw, and however often it is asked', () => {
    fc.assert(
      fc.property(column, label, ([each, seen], value) => {
        const first = columnOf(each, seen);
        const verdict = first.decide(value);
        expect(first.decide(value)).toEqual(verdict);
        expect(columnOf(each, seen.toReversed()).decide(value)).toEqual(verdict);
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['letters', 'a'],
    ['spaces', ' '],
    ['commas', 'a,'],
    ['brackets', '(('],
    ['apostrophes', "a'"],
    ['digits and spaces', '1 '],
    ['marks', 'a\u0301'],
    ['lone surrogates', '\ud800'],
    ['control characters', '\0\u0007'],
    ['words', 'cash '],
  ])('decides a line of 100 kB of %s', (_, unit) => {
    const line = unit.repeat(100_000 / unit.length);
    const options = [{ id: '1', label: 'Cash', retired: false }];
    for (const unknown of ['flag', 'add-option'])
      expect(columnOf({ options, with: { unknown } }, [line]).decide(line).outcome).toBe('flagged');
  });
});

describe('laws of folding', () => {
  it('folded once is folded for good', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = fold(text);
        expect(fold(folded)).toBe(folded);
        expect(squash(squash(folded))).toBe(squash(folded));
      }),
      { numRuns: 3000 },
    );
  });

  it('does not hear capitals, accents of Latin letters, or spaces at the ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('abcxyz 12')) }), (text) => {
        const accented = text.replaceAll('a', 'á').replaceAll('c', 'ç');
        expect(fold(`  ${accented.toUpperCase()}\t`)).toBe(fold(text));
      }),
    );
  });
});
