import { describe, expect, it } from 'vitest';
import { inShort, inShortBeside } from '../../src/report/in-short.ts';
import { reporterFor } from '../../src/report/index.ts';
import type { Look, PlanView } from '../../src/report/types.ts';
import { change, flag, plan } from '../support/builders.ts';

const SENTENCES = Array.from({ length: 200 }, (_, index) => `Sentence ${index} of the note.`);
const NOTE = SENTENCES.join(' ');

describe('a long value on a screen', () => {
  it('is cut in its middle, and says how much is left out', () => {
    const shown = inShort(NOTE);
    expect(shown).toMatch(/^Sentence 0 .+ … 4,\d{3} more characters … .+ 199 of the note\.$/u);
    expect(shown.length).toBeLessThan(420);
    expect(inShort('12 Main Street ')).toBe('12 Main Street·');
  });

  it('is cut around what tells it from another, wherever that stands', () => {
    const other = NOTE.replace('Sentence 100 ', 'Sentence one hundred ');
    expect(inShortBeside(NOTE, other)).toContain('Sentence 100 of the note.');
    expect(inShortBeside(NOTE, other).length).toBeLessThan(300);
  });

  it('says how many more differences there are than it has room for', () => {
    const shown = inShortBeside(SENTENCES.join('  '), NOTE);
    expect(shown).toMatch(/ … 1\d\d more differences in \d,\d{3} characters$/u);
    expect(shown.length).toBeLessThan(800);
  });
});

describe('a diff with long values', () => {
  const view: PlanView = {
    plan: plan({ counts: { unchanged: 0, changed: 2, flagged: 1, unread: 0 } }),
    approval: null,
    coverage: [],
    changes: () => [
      change({ before: SENTENCES.join('  '), after: NOTE }),
      change({ before: { state: 'absent' }, after: NOTE }),
    ],
    flags: () => [flag({ value: NOTE, suggestions: [NOTE.replace('Sentence 100 ', 'S. 100 ')] })],
    optionChanges: () => [],
  };
  const textFor = (look: Partial<Look>): string =>
    [
      ...reporterFor('text', { hasColor: false, columns: 80, isScreen: false, ...look }).plan(
        view,
        true,
      ),
    ].join('');

  it('fits on a screen', () => {
    expect(textFor({ isScreen: true }).length).toBeLessThan(5_000);
    expect(textFor({ isScreen: true, hasColor: true }).length).toBeLessThan(8_000);
  });

  it('has all of them in a file', () => {
    const told = textFor({}).replaceAll(/\s+/gu, ' ');
    expect(told.split(NOTE).length - 1).toBe(3);
  });
});
