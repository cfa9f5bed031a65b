import { expect, test } from 'vitest';
import { counted } from '../src/counted.ts';

test.each([
  [0, '0 changes'],
  [1, '1 change'],
  [2, '2 changes'],
  [1_204, '1,204 changes'],
])('%i is counted in words that agree', (count, words) => {
  expect(counted(count, 'change')).toBe(words);
});
