import { expect, test } from 'vitest';
import { packRecord, unpackRecord } from '../../src/journal/record-text.ts';
import type { RecordSnapshot, Value } from '../../src/model/field.ts';

const VALUES = new Map<string, Value>([
  ['501', { state: 'value', valueId: 'text_line-1', content: '0' }],
  ['502', { state: 'value', valueId: 'text_line-2', content: '' }],
  ['503', { state: 'value', valueId: '0', content: '"\\\n\u2028\ud800é😀' }],
  ['504', { state: 'blank', valueId: 'text_line-4' }],
  ['505', { state: 'absent' }],
  ['506', { state: 'unread' }],
]);

const RECORDS: readonly (readonly [what: string, record: RecordSnapshot])[] = [
  ['a record of all states', recordOf(VALUES)],
  ['a record without values', recordOf(new Map())],
  [
    'a record without a tag, of which rows were hidden',
    { ...recordOf(VALUES), etag: null, unlisted: 'unread' },
  ],
];

test.each(RECORDS)('%s comes back from the journal as it was', (_, record) => {
  expect(unpackRecord('matter', '7', packRecord(record))).toEqual(record);
});

test.each(RECORDS)('%s of a journal from before is read as well', (_, record) => {
  const { label, etag, unlisted, values } = record;
  const nested = [...values].map(([id, value]) => [id, ...placesBefore(value)]);
  const text = JSON.stringify([label, etag, unlisted, nested]);
  expect(unpackRecord('matter', '7', text)).toEqual(record);
});

function recordOf(values: ReadonlyMap<string, Value>): RecordSnapshot {
  return {
    parentType: 'matter',
    recordId: '7',
    label: '00007-Seed',
    etag: '"a"',
    unlisted: 'absent',
    values,
  };
}

function placesBefore(value: Value): (string | 0)[] {
  switch (value.state) {
    case 'value':
      return [value.valueId, value.content];
    case 'blank':
      return [value.valueId];
    case 'unread':
      return [0];
    case 'absent':
      return [];
  }
}
