import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../../src/errors.ts';
import { extendMap } from '../../src/rules/extend-map.ts';

const ENTRY = ['fields', 1];
const ADDITIONS = new Map([
  ['north crt', 'North Court'],
  ['No. 7: #1', 'North Court'],
]);

/** The second entry's `with`, in the ways that people write it; around it what must stay to the letter. */
const ENTRIES = {
  'no with at all': '  - match: Court\n    rule: picklist\n',
  'a with without a map':
    '  - match: Court\n    rule: picklist\n    with:\n        unknown: add-option   # new ones are welcome\n',
  'a map of lines':
    '  - match: Court\n    rule: picklist\n    with:\n      map:\n        "S. Ct": South Court  # as the clerk writes\n        # more to come\n      unknown:   flag\n',
  'a map in braces':
    '  - { match: Court, rule:   picklist, with: { map: { "S. Ct": South Court }, unknown: flag } }\n',
  'a map in braces over several lines, with a comma at the end':
    '  - match: Court\n    rule: picklist\n    with: {\n      map: {\n        S Ct: South Court, # one\n      },\n    }\n',
  'an empty map': '  - match: Court\n    rule: picklist\n    with: { map: {} }\n',
  'an entry in braces without with': '  - {match: Court, rule: picklist}\n',
  'a list that is not set in': '- match: Court\n  rule: picklist\n  with:\n    map:\n      a: b\n',
  'a text of several lines at the end':
    '  - rule: picklist\n    with:\n      map:\n        S Ct: |-\n          South\n          Court\n    match: Court\n',
};
const HEAD = (indent: string) =>
  `# Rules of the firm\nversion:   1\n\n\nfields:   # all of them\n${indent}- {match: Notes,   rule: text}   # tidy only\n\n`;
const TAIL = (indent: string) =>
  `\n${indent}# the last one\n${indent}- match:   'Fee'\n${indent}  rule: currency\n\n# end\n`;

describe('extending a map', () => {
  test.each(Object.entries(ENTRIES))(
    'puts the keys in and leaves all else to the letter: %s',
    (_, entry) => {
      const indent = entry.startsWith(' ') ? '  ' : '';
      for (const text of [
        HEAD(indent) + entry + TAIL(indent),
        HEAD(indent) + entry,
        (HEAD(indent) + entry).trimEnd(),
      ]) {
        const extended = extendMap(text, ENTRY, ADDITIONS);
        const before = parse(text).fields[1];
        expect(parse(extended).fields[1]).toEqual({
          ...before,
          with: { ...before.with, map: { ...before.with?.map, ...Object.fromEntries(ADDITIONS) } },
        });
        expect(isPutInto(text, extended)).toBe(true);
      }
    },
  );

  test('keeps the line ends of a file that was written on Windows', () => {
    const text = (HEAD('  ') + ENTRIES['a map of lines'] + TAIL('  ')).replaceAll('\n', '\r\n');
    const extended = extendMap(text, ENTRY, ADDITIONS);
    expect(extended.replaceAll('\r\n', '')).not.toContain('\n');
    expect(isPutInto(text, extended)).toBe(true);
  });

  test('refuses where entries share the map by an anchor', () => {
    const shared = `version: 1\nfields:\n  - match: Venue\n    rule: picklist\n    with: &same\n      map: { a: A }\n  - match: Court\n    rule: picklist\n    with: *same\n`;
    const owner = ['fields', 0];
    expect(() => extendMap(shared, owner, ADDITIONS)).toThrow(UserError);
    expect(() => extendMap(shared, ENTRY, ADDITIONS)).toThrow(UserError);
  });

  test.each(Object.entries(ENTRIES))(
    'keeps a no-break space at the end of a value: %s',
    (_, entry) => {
      const added = new Map([['north\u00a0', 'North\u00a0']]);
      const extended = extendMap(HEAD(entry.startsWith(' ') ? '  ' : '') + entry, ENTRY, added);
      expect(parse(extended).fields[1].with.map).toMatchObject(Object.fromEntries(added));
    },
  );

  test('whatever the values are, they are read back as they were', () => {
    const values = fc.array(
      fc.tuple(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 12 }),
      ),
      { minLength: 1, maxLength: 4 },
    );
    const entries = fc.constantFrom(
      ENTRIES['no with at all'],
      ENTRIES['an empty map'],
      ENTRIES['an entry in braces without with'],
    );
    fc.assert(
      fc.property(values, entries, (pairs, entry) => {
        const added = new Map(pairs.filter(([key]) => key !== '__proto__'));
        fc.pre(added.size > 0);
        const extended = extendMap(HEAD('  ') + entry + TAIL('  '), ENTRY, added);
        expect(parse(extended).fields[1].with.map).toEqual(Object.fromEntries(added));
      }),
      { numRuns: 60 },
    );
  });
});

/** Whether the longer text is the shorter with one piece put in (and a line end before it, where there was none). */
function isPutInto(text: string, extended: string): boolean {
  let at = 0;
  while (at < text.length && text[at] === extended[at]) at += 1;
  return extended.endsWith(text.slice(at));
}
