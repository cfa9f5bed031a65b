import { expect, test } from 'vitest';
import type { ParentType } from '../../src/model/field.ts';
import type { Entry } from '../../src/web/entry.ts';
import { Matcher } from '../../src/web/matcher.ts';

function entryOf(fieldId: string, fieldName: string, parentType: ParentType): Entry {
  return {
    itemId: `change-${fieldId}`,
    recordId: '1001',
    label: 'x',
    group: {
      groupId: fieldId,
      kind: 'change',
      parentType,
      fieldId,
      fieldName,
      halves: [],
      from: null,
      into: null,
      suggestions: [],
      members: [],
      text: '',
    },
    reason: 'spaces',
    reasonId: 'spaces',
    held: null,
    decided: null,
  };
}

test('fields of matters and contacts that share a name are told apart, and no others', () => {
  const { facets } = new Matcher([
    entryOf('1', 'Notes', 'matter'),
    entryOf('2', 'Court', 'matter'),
    entryOf('3', 'Notes', 'contact'),
  ]).match({ text: '', states: [], kinds: [], fieldIds: [], reasons: [], groupId: null });
  expect(facets.fields.map(({ name }) => name)).toEqual([
    'Notes (matter)',
    'Court',
    'Notes (contact)',
  ]);
});
