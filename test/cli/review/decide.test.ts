import { describe, expect, it } from 'vitest';
import { decideOnTerminal } from '../../../src/cli/review/decide.ts';
import type { Prompt } from '../../../src/cli/review/prompt.ts';
import type { Review } from '../../../src/operations/review/review.ts';
import { openJournal } from '../../journal/files.ts';
import { desk, planOn, reviewOf } from '../../operations/desk.ts';
import { snapshot } from '../../support/builders.ts';

const LOOK = { hasColor: false, columns: 80, isScreen: false };

/** Somebody who presses these keys and types these lines, in this order, and stops when there are no more. */
async function sit(review: Review, answers: readonly string[]) {
  const left = [...answers];
  let text = '';
  const prompt: Prompt = {
    say: (words) => (text += words),
    line: async (question) => {
      text += question;
      return left.shift() ?? null;
    },
    key: async (question, keys) => {
      text += `${question}\n`;
      const key = left.shift() ?? null;
      if (key !== null && !keys.includes(key))
        throw new Error(`${key} is none of ${keys.join(' ')}`);
      return key;
    },
  };
  const ended = await decideOnTerminal({ review, prompt, look: LOOK, by: 'Ann Example' });
  return { ended, text, left };
}

describe('deciding on the terminal', () => {
  it('asks field by field, big groups first, and flags last, until all is decided', async () => {
    const { review, journal } = desk();
    // Court (2), Settlement, Client; then the flags: two courts, a settlement, two days of loss.
    const { ended, text, left } = await sit(review, [
      'y',
      'n',
      'y',
      'e',
      'S.D.N.Y.',
      '1',
      'y',
      '2',
      'l',
    ]);
    expect({ ended, left }).toEqual({ ended: 'decided', left: [] });
    expect(text).toContain('2 matters: 00001-Notreal, 00002-Notreal');
    expect(text).toContain('  - SDNY\n  + S.D.N.Y.\n');
    expect(review.counts()).toEqual({
      accepted: 4,
      edited: 3,
      cleared: 0,
      skipped: 1,
      later: 1,
      undecided: 0,
    });
    const written = [...journal.plans.changes(review.finish().planId)];
    expect(written.map(({ edits }) => edits[0].afterText)).toEqual([
      'S.D.N.Y.',
      'A B',
      'S.D.N.Y.',
      'S.D.N.Y.',
      '7',
      '2019-04-03',
      'S.D.N.Y.',
    ]);
  });

  it('takes a value away with c, and offers it only where the rules do not keep the value', async () => {
    const { review } = desk();
    const { text } = await sit(review, ['/', 'EDNYish', 'q']);
    expect(text).not.toContain('c clear');
    const may = await sit(review, ['/', 'May 2019', '?', 'c', 'q']);
    expect(may.text).toContain('  c   clear it: take the value away');
    expect(review.item('flag-5')?.decision?.ruling).toEqual({ kind: 'clear' });
  });

  it('goes on later where one stopped, and asks again what was left for later', async () => {
    const { review, journal } = desk();
    const first = await sit(review, ['l', 'q']);
    expect(first.ended).toBe('stopped');
    const { text } = await sit(reviewOf(journal), ['y']);
    expect(text).toContain('decided on 2026-01-05 by Ann Example: later');
    expect(reviewOf(journal).counts()).toMatchObject({ accepted: 2, later: 0 });
  });

  it('splits a group, goes to and fro, and takes the last decision back', async () => {
    const { review } = desk();
    const { text } = await sit(review, ['s', 'y', 'n', 'u', 'u', 'k', 'k', 'j', 'q']);
    expect(text).toContain('Took back 1 decision.');
    expect(text).toContain('This is the first one.');
    expect(review.counts().undecided).toBe(9);
  });

  it('decides the rest of a field at once, but for flags that need a choice', async () => {
    const { review } = desk();
    const { text } = await sit(review, ['a', 'd', 'd', 'a', 'n', 'a', 'q']);
    expect(text).toContain('1 of "Court (old)" accepted; 1 need a choice. u takes it back.');
    expect(review.counts()).toMatchObject({ accepted: 4, skipped: 3 });
  });

  it('says why a value cannot be, and asks again', async () => {
    const { review } = desk();
    const { text } = await sit(review, ['/', 'EDNYish', 'e', 'Nowhere', '2', 'q']);
    expect(text).toContain('no option fits');
    expect(text).toContain('    2  E.D.N.Y.');
    expect(review.item('flag-1')?.decision?.ruling).toEqual({ kind: 'edit', value: 'E.D.N.Y.' });
    const missing = await sit(review, ['/', 'no such words', '?', 'q']);
    expect(missing.text).toContain('Nothing open holds that.');
    expect(missing.text).toContain('  q   stop here; all that was decided is kept');
  });

  it('fits the terminal, and no value can paint it', async () => {
    const journal = openJournal();
    planOn(journal, {
      records: [
        snapshot({
          values: { '505': `\u001b[2J\u202e  ${'word '.repeat(60)}`, '501': 'x'.repeat(300) },
        }),
      ],
    });
    const { text } = await sit(reviewOf(journal), ['j', '?', 'j', 'q']);
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
    for (const line of text.split('\n')) expect(Array.from(line).length).toBeLessThanOrEqual(80);
  });
});
