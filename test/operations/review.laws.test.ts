import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/change.ts';
import type { Ruling } from '../../src/model/decision.ts';
import { importRows } from '../../src/operations/review/import-rows.ts';
import type { ItemRuling } from '../../src/operations/review/item-ruling.ts';
import type { Review } from '../../src/operations/review/review.ts';
import { reviewRows } from '../../src/operations/review/rows.ts';
import { cellsOf } from '../../src/report/sheet/cells.ts';
import { csvOfRows, readCsvRows } from '../../src/report/sheet/csv-rows.ts';
import { openJournal } from '../journal/files.ts';
import { planOn, reviewOf } from './desk.ts';

/** What fits the items of the desk's plan, whichever of them it is about. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'change-1': ['E.D.N.Y.'],
  'change-2': ['A. B.', '=A B'],
  'change-4': ['17', '5000.5'],
  'flag-1': ['S.D.N.Y.', 'E.D.N.Y.'],
  'flag-2': ['7', '$8'],
  'flag-3': ['2019-04-03'],
  'flag-5': ['2019-05-01', '1 May 2019'],
};
const ACCEPTABLE = new Set(['change-1', 'change-2', 'change-3', 'change-4', 'flag-2', 'flag-4']);
const CLEARABLE = new Set(['change-2', 'change-4', 'flag-2', 'flag-3', 'flag-5']);
const ITEMS = [
  'change-1',
  'change-2',
  'change-3',
  'change-4',
  'flag-1',
  'flag-2',
  'flag-3',
  'flag-4',
  'flag-5',
];

const decided: fc.Arbitrary<readonly ItemRuling[]> = fc
  .tuple(...ITEMS.map((itemId) => fc.option(fc.constantFrom(...rulingsOf(itemId)))))
  .map((rulings) =>
    rulings.flatMap((ruling, at) => (ruling === null ? [] : [{ itemId: ITEMS[at] ?? '', ruling }])),
  );

function rulingsOf(itemId: string): readonly Ruling[] {
  return [
    { kind: 'skip' },
    { kind: 'later' },
    ...(ACCEPTABLE.has(itemId) ? [{ kind: 'accept' } as const] : []),
    ...(CLEARABLE.has(itemId) ? [{ kind: 'clear' } as const] : []),
    ...(VALUES[itemId] ?? []).map((value) => ({ kind: 'edit', value }) as const),
  ];
}

function newReview(): Review {
  const journal = openJournal();
  planOn(journal);
  return reviewOf(journal);
}

describe('whatever is decided', () => {
  it('leads to the same plan in any order, in one go or one by one, after other decisions, and by a file', () => {
    fc.assert(
      fc.property(decided, fc.array(fc.constantFrom(...ITEMS)), (rulings, wavering) => {
        const atOnce = newReview();
        atOnce.decideEach(rulings, 'Ann', 'web');
        const expected = atOnce.finish();

        const waverer = newReview();
        const isDecided = (itemId: string) => rulings.some((each) => each.itemId === itemId);
        for (const itemId of wavering.filter(isDecided))
          waverer.decide([itemId], { kind: 'skip' }, 'Bo', 'terminal');
        for (const { itemId, ruling } of rulings.toReversed())
          waverer.decide([itemId], ruling, 'Bo', 'terminal');
        expect(essence(waverer.finish())).toEqual(essence(expected));

        const byFile = newReview();
        const rows = [...reviewRows(atOnce, 'change'), ...reviewRows(atOnce, 'flag')];
        const text = [...csvOfRows(rows)].join('');
        importRows(byFile, {
          rows: readCsvRows(new TextEncoder().encode(text)),
          cellsOf: (row) => ({ ...cellsOf(row), decided: '' }),
          by: 'Cy',
          how: 'csv',
          isDryRun: false,
        });
        expect(essence(byFile.finish())).toEqual(essence(expected));
      }),
      { numRuns: 8 },
    );
  });

  it('is undone step by step to what it was', () => {
    fc.assert(
      fc.property(fc.array(decided, { maxLength: 4 }), (batches) => {
        const review = newReview();
        const before = batches.map((batch) => {
          const counts = review.counts();
          review.decideEach(batch, 'Ann', 'web');
          return counts;
        });
        for (const [at, counts] of [...before.entries()].toReversed()) {
          // Nothing decided is nothing to undo.
          if (batches[at]?.length !== 0) review.undo('Ann', 'web');
          expect(review.counts()).toEqual(counts);
        }
      }),
      { numRuns: 8 },
    );
  });
});

function essence({ digest, counts, needs, review }: Plan) {
  return { digest, counts, needs, decided: review?.counts };
}
