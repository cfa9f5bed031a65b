import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { editDistance } from '../../src/rules/picklist/distance.ts';

/** The definition, cell by cell. */
function byDefinition(left: string, right: string): number {
  const table: number[][] = [];
  const cell = (row: number, at: number) => table[row]?.[at] ?? 0;
  for (let row = 0; row <= left.length; row += 1) {
    table[row] = [];
    for (let at = 0; at <= right.length; at += 1) {
      const exchange = cell(row - 1, at - 1) + (left[row - 1] === right[at - 1] ? 0 : 1);
      const isSwap =
        row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1];
      table[row]?.push(
        row === 0 || at === 0
          ? row + at
          : Math.min(
              cell(row - 1, at) + 1,
              cell(row, at - 1) + 1,
              exchange,
              isSwap ? cell(row - 2, at - 2) + 1 : Infinity,
            ),
      );
    }
  }
  return cell(left.length, right.length);
}

it('the distance is that of its definition, or one more than the limit', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'é'), maxLength: 45 });
  fc.assert(
    fc.property(text, text, fc.integer({ min: 0, max: 50 }), (left, right, limit) => {
      const expected = Math.min(byDefinition(left, right), limit + 1);
      expect(editDistance(left, right, limit)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

it('letters of one call are not seen by the next', () => {
  expect(editDistance('abcdef', 'uvwxyz', 9)).toBe(6);
  expect(editDistance('ghijkl', 'abcdef', 9)).toBe(6);
});
