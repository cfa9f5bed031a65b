import { expect, test } from 'vitest';
import { fold } from '../../src/cli/fold.ts';

const SENTENCE =
  'Nothing was written. Run `clio-fields inventory --since last` and then `clio-fields plan` again.\n  indented, as it stands, however long the line may be';

test('a terminal gets lines that fit, and commands whole', () => {
  expect(fold(SENTENCE, { isTTY: true, columns: 50 }).split('\n')).toEqual([
    'Nothing was written. Run',
    '`clio-fields inventory --since last` and then',
    '`clio-fields plan` again.',
    '  indented, as it stands, however long the line may be',
  ]);
});

test('an address that is longer than a line stays whole', () => {
  const address = `https://app.clio.com/oauth/authorize?${'state=x&'.repeat(20)}`;
  expect(fold(`Open ${address} in a browser`, { isTTY: true, columns: 60 })).toContain(address);
});

test('a pipe, and a terminal of a width that nobody knows, get every line whole', () => {
  expect(fold(SENTENCE, {})).toBe(SENTENCE);
  expect(fold(SENTENCE, { isTTY: true, columns: 0 })).toBe(SENTENCE);
});
