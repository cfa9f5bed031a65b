import { describe, expect, it } from 'vitest';
import { table, wrap } from '../../src/report/table.ts';

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

const withSamples = (width: number): string[] =>
  [
    ...table(
      [
        { title: 'Field', align: 'left', isElastic: true, narrowest: 16 },
        { title: 'Samples', align: 'left', isElastic: true, givesFirst: true },
      ],
      [['Statute of Limitations', 'on or about the 3rd of March']],
      width,
      String,
    ),
  ]
    .join('')
    .split('\n');

describe('a table', () => {
  const columns = [
    { title: 'Field', align: 'left', isElastic: true },
    { title: 'Rule', align: 'left' },
    { title: 'Changed', align: 'right' },
  ] as const;
  const rows = [
    ['Statute of Limitations', 'date', '1,204'],
    ['all', '', '5'],
  ];
  const lines = (width: number): string[] =>
    [...table(columns, rows, width, (title) => title)].join('').split('\n');

  it('gives way in its elastic columns', () => {
    expect(lines(35)[1]).toBe('Statute of Limitati…  date    1,204');
  });

  it('shortens what can best be spared before a name, and neither beyond its narrowest', () => {
    expect(withSamples(40)[1]).toBe('Statute of Limitations  on or about the…');
    expect(withSamples(36)[1]).toBe('Statute of Limitations  on or about…');
    expect(withSamples(30)[1]).toBe('Statute of Limi…  on or about…');
    expect(withSamples(29)[0]).toBe('Statute of Limitations');
  });

  it('is never wider than the window: where it does not fit, a row is a block', () => {
    expect(lines(24)).toEqual([
      'Statute of Limitations',
      '  Rule date, Changed',
      '  1,204',
      'all',
      '  Changed 5',
      '',
    ]);
  });
});
