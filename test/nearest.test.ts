import { expect, test } from 'vitest';
import { didYouMean, nearest } from '../src/nearest.ts';

const FIELDS = ['Date of Loss', 'Date of Birth', 'Court', 'Notes'];

test.each([
  ['Date of Los', 'Date of Loss'],
  ['date of loss', 'Date of Loss'],
  ['Date  of Lsos', 'Date of Loss'],
  ['Dáte of Birth', 'Date of Birth'],
  ['Cuort', 'Court'],
  ['Retainer', null],
  ['C', null],
  ['', null],
])('%j is likely %j', (typed, meant) => {
  expect(nearest(typed, FIELDS)).toBe(meant);
});

test('nothing is said where nothing is near', () => {
  expect(didYouMean('Cuort', FIELDS)).toBe(' Did you mean "Court"?');
  expect(didYouMean('Retainer', FIELDS)).toBe('');
});
