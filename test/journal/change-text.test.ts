import { expect, test } from 'vitest';
import { packChange, unpackChange } from '../../src/journal/change-text.ts';
import type { Change } from '../../src/model/change.ts';
import { ABSENT, BLANK } from '../../src/model/field.ts';
import { change, move } from '../support/builders.ts';

const CHANGES: readonly (readonly [what: string, change: Change])[] = [
  ['an update', change({ before: 'sdny', after: 'SDNY' })],
  ['an empty text', change({ before: '', after: '0' })],
  ['a clearing to blank', change({ before: 'n/a', after: BLANK })],
  ['a clearing to absent', change({ before: 'n/a', after: ABSENT })],
  ['a creation', change({ before: ABSENT, after: 'SDNY' })],
  ['a blank row that is filled', change({ before: BLANK, after: 'SDNY' })],
  [
    'an option whose text people see',
    change({ before: '9001', after: '9002', beforeText: 'sdny' }),
  ],
  ['an option that the plan adds', change({ after: { state: 'newOption', label: 'EDNY' } })],
  ['a move', move()],
  [
    'guards',
    {
      ...change(),
      guards: [
        { definitionId: '502', fieldName: 'Court', expected: { state: 'value', content: 'x' } },
        { definitionId: '503', fieldName: 'Judge', expected: BLANK },
        { definitionId: '504', fieldName: 'Room', expected: ABSENT },
      ],
    },
  ],
  ['texts that JSON escapes', change({ recordLabel: '"\\\n\u2028\ud800', after: '\u0000é😀' })],
];

test.each(CHANGES)('%s comes back from the journal as it was', (_, each) => {
  expect(unpackChange(packChange(each))).toEqual(each);
});

test.each(CHANGES)('%s of a journal from before is read as well', (_, each) => {
  expect(unpackChange(JSON.stringify(each))).toEqual(each);
});
