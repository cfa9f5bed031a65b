import { expect, it } from 'vitest';
import { charactersOf } from '../../src/report/characters.ts';

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

it('parts a text where Unicode does, whichever code unit stands in it', () => {
  const wrong: string[] = [];
  for (let unit = 0; unit <= 0xff_ff; unit += 1) {
    const text = `e${String.fromCharCode(unit)}${String.fromCharCode(unit)}o`;
    const segments = Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
    if (Array.from(charactersOf(text)).join('|') !== segments.join('|')) wrong.push(text);
  }
  expect(wrong).toEqual([]);
});

it('keeps a letter with its accents and an emoji with its parts whole', () => {
  expect(charactersOf('e\u0301a')).toEqual(['e\u0301', 'a']);
  expect(charactersOf('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}!')).toHaveLength(2);
});
