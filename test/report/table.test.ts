import { describe, expect, it } from 'vitest';
import { wrap } from '../../src/report/table.ts';

describe('a text in lines', () => {
  it('is broken at spaces', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
  });

  it('begins a word that no line is long enough for where it stands', () => {
    expect(wrap('- abcdefghijkl', 10)).toEqual(['- abcdefgh', 'ijkl']);
    expect(wrap('at the end abcdefghijkl', 10)).toEqual(['at the end', 'abcdefghij', 'kl']);
  });

  it('never cuts a character in two', () => {
    expect(wrap('- 😀😀😀😀😀', 4)).toEqual(['- 😀😀', '😀😀😀']);
  });
});
