import { assert, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mark, marks, withoutLongSame } from '../../src/report/marks.ts';
import { visible } from '../../src/report/visible.ts';

describe('what differs between two values', () => {
  test.each([
    ['12 Main St.', '12 Main Street', '12 Main St[.]', '12 Main St[reet]'],
    ['smith v. jones', 'Smith v. Jones', '[s]mith v. [j]ones', '[S]mith v. [J]ones'],
    ['a  b', 'a b', 'a[··]b', 'a[·]b'],
    ['Kings County ', 'Kings County', 'Kings County[·]', 'Kings County'],
    ['Zo\u0065\u0301', 'Zo\u00e9', 'Zo[e\u0301]', 'Zo[\u00e9]'],
    ['👩‍⚖️ judge', '👨‍⚖️ judge', '[👩‍⚖️] judge', '[👨‍⚖️] judge'],
    ['😀 file', '😁 file', '[😀] file', '[😁] file'],
    ['SDNY', 'U.S. District Court', '[SDNY]', '[U.S. District Court]'],
    ['same', 'same', 'same', 'same'],
    ['', 'new', '', '[new]'],
  ])('%j and %j', (before, after, shownBefore, shownAfter) => {
    const found = marks(before, after);
    expect([bracketed(found.before), bracketed(found.after)]).toEqual([shownBefore, shownAfter]);
  });

  test('a long note with one slip shows the slip', () => {
    const [head, tail] = ['x'.repeat(900), 'y'.repeat(900)];
    const found = marks(`${head} teh ${tail}`, `${head} the ${tail}`);
    const shown = bracketed([...withoutLongSame(found.before)]);
    expect(shown).toMatch(/^… 8\d\d characters the same … x+ t\[eh\] y+ … 8\d\d characters/u);
    expect(shown.length).toBeLessThan(300);
  });

  test('many slips in a long note are each marked, and nothing else', () => {
    const sentences = Array.from({ length: 40 }, (_, index) => `Sentence ${index} of the note.`);
    const found = marks(sentences.join('  '), sentences.join(' '));
    expect(new Set(others(found.before))).toEqual(new Set(['··']));
    expect(new Set(others(found.after))).toEqual(new Set(['·']));
  });

  test('nothing is lost, added or moved, whatever the values', () => {
    const text = string({ unit: 'grapheme', maxLength: 60 });
    assert(
      property(text, text, (before, after) => {
        const found = marks(before, after);
        expect(undotted(plain(found.before))).toBe(undotted(visible(before)));
        expect(undotted(plain(found.after))).toBe(undotted(visible(after)));
        const same = (all: readonly Mark[]): string => plain(all.filter(({ isSame }) => isSame));
        expect(same(found.before)).toBe(same(found.after));
      }),
    );
  });
});

function bracketed(all: readonly Mark[]): string {
  return all.map(({ text, isSame }) => (isSame || text === '' ? text : `[${text}]`)).join('');
}

/** A space that differs is shown as a dot. */
function undotted(all: string): string {
  return all.replaceAll('·', ' ');
}

function others(all: readonly Mark[]): string[] {
  return all.filter(({ isSame }) => !isSame).map(({ text }) => text);
}

function plain(all: readonly Mark[]): string {
  return all.map(({ text }) => text).join('');
}

test('what joins the parts of one emoji is seen as that emoji; the same between letters is shown', () => {
  const judge = '\u{1f469}\u200d\u2696\ufe0f';
  const hands = '\u{1f9d1}\u{1f3fd}\u200d\u{1f91d}\u200d\u{1f9d1}\u{1f3fb}';
  expect(visible(`${judge} & ${hands}`)).toBe(`${judge} & ${hands}`);
  expect(visible('a\u200db')).toBe('a\\u{200d}b');
  expect(visible('\u{1f469}\u200d b')).toBe('\u{1f469}\\u{200d} b');
});
