import { describe, expect, onTestFinished, test } from 'vitest';
import type { Account } from '../../src/sandbox/account.ts';
import type { Behaviour } from '../../src/sandbox/options.ts';
import { openJournal } from '../journal/files.ts';
import { definition, snapshot } from '../support/builders.ts';
import { aDefinition, aMatter, aRow, smallAccount } from '../support/sandbox.ts';
import { itemAbout, planOn, reviewOf } from './desk.ts';
import { Pipeline } from './pipeline.ts';

/** Each way in which Clio may end the lines that it keeps, and the line end that its text areas then hold. */
const WAYS: readonly { readonly lineEnds: Behaviour['lineEnds']; readonly held: string }[] = [
  { lineEnds: 'asSent', held: '\n' },
  { lineEnds: 'asSent', held: '\r\n' },
  { lineEnds: 'lf', held: '\n' },
  { lineEnds: 'crlf', held: '\r\n' },
];

const RULES = `version: 1
locale: en-US
fields:
  - { match: Notes, rule: text, with: { replace: { Dft: Defendant } } }
  - { match: Old notes, rule: text, into: New notes, source: clear }
  - { match: Address, rule: text, with: { lineBreaks: comma } }
  - { match: Mail, rule: email }
  - { match: Web, rule: url }
  - { match: Phone, rule: phone }
`;

/** By definition id, with `|` for a line end. */
const TEXTS: Readonly<Record<number, readonly string[]>> = {
  101: ['Tidy|on two lines', 'Two  spaces|below||', 'Dft called||||twice', '|One line|'],
  102: ['Old|and tidy', 'Old|and  untidy', 'One line', 'The same|in both'],
  103: ['', '', '', 'The same|in both'],
  104: ['1 Sample St|Exampleville', '2 Sample St', '3 Sample St||Exampleville', '4 Sample St|'],
  105: ['a@Example.com', 'a@example.com|', 'a@example.com|b@example.com', ' a@example.com'],
  106: ['www.example.com|', 'https://example.com', 'example.com|example.org', 'www.example.com'],
  107: ['212-555-0123|', '+12125550123', '212-555-0123|212-555-0124', '(212) 555-0123'],
};

function stage(held: string): Account {
  return smallAccount({
    definitions: [
      aDefinition(101, 'text_area', { name: 'Notes' }),
      aDefinition(102, 'text_area', { name: 'Old notes' }),
      aDefinition(103, 'text_area', { name: 'New notes' }),
      aDefinition(104, 'text_line', { name: 'Address' }),
      aDefinition(105, 'text_area', { name: 'Mail' }),
      aDefinition(106, 'text_area', { name: 'Web' }),
      aDefinition(107, 'text_area', { name: 'Phone' }),
    ],
    records: [0, 1, 2, 3].map((at) =>
      aMatter(1_001 + at, {
        rows: Object.entries(TEXTS).flatMap(([id, texts]) => {
          const text = texts[at] ?? '';
          const row = 10_000 + at * 1_000 + Number(id);
          return text === '' ? [] : [aRow(row, Number(id), text.replaceAll('|', held))];
        }),
      }),
    ),
  });
}

/** One matter whose fields hold the same text with other line ends. */
function twice(target: string, source = 'Two\nlines'): Account {
  return smallAccount({
    definitions: [
      aDefinition(102, 'text_area', { name: 'Old notes' }),
      aDefinition(103, 'text_area', { name: 'New notes' }),
    ],
    records: [aMatter(1_001, { rows: [aRow(10_001, 102, source), aRow(10_002, 103, target)] })],
  });
}

function textsOf({ records }: Account, definitionId: number): unknown[] {
  return records.map(
    ({ rows }) => rows.find((row) => row.definitionId === definitionId)?.value ?? null,
  );
}

describe('line ends of text areas', () => {
  test.each(WAYS)(
    'are kept where Clio writes them $lineEnds and holds $held: nothing is rejected, and nothing left to do',
    async ({ lineEnds, held }) => {
      const pipeline = await Pipeline.start(stage(held), { behaviour: { lineEnds } });
      onTestFinished(async () => pipeline.close());
      const { account } = pipeline.sandbox;
      const planned = await pipeline.plan(RULES);

      const { run } = await pipeline.apply();
      expect(run.counts).toMatchObject({ applied: planned.counts.changed, rejected: 0 });
      const kept = (texts: readonly string[]) => texts.map((text) => text.replaceAll('|', held));
      expect(textsOf(account, 101)).toEqual(
        kept(['Tidy|on two lines', 'Two spaces|below', 'Defendant called||twice', 'One line']),
      );
      expect(textsOf(account, 103)).toEqual(
        kept(['Old|and tidy', 'Old|and untidy', 'One line', 'The same|in both']),
      );

      const again = await pipeline.plan(RULES);
      expect(again.counts.changed).toBe(0);
      await pipeline.rollback(run.runId);
      for (const [id, texts] of Object.entries(TEXTS))
        expect(textsOf(account, Number(id)).map((text) => text ?? '')).toEqual(kept(texts));
    },
  );

  test('alone are no reason to change a text, whichever they are and however mixed; with another reason one plan puts all in order', async () => {
    const ENDS = ['\r', '\n', '\r\n'];
    const mixes = ENDS.flatMap((first) => ENDS.map((second) => [first, second] as const));
    const texts = [
      ...mixes.map(([first, second]) => `Line one${first}line two${second}line three`),
      ...mixes.map(([first, second]) => `Line  one${first}line two${second}line three`),
      ...mixes.map(([first, second]) => `Line one${first}line two${second}line\u2028three`),
      ...mixes.map(([first, second]) => `Line one${first}line two${second}line\u0085three`),
    ];
    const account = smallAccount({
      definitions: [aDefinition(101, 'text_area', { name: 'Notes' })],
      records: texts.map((text, at) =>
        aMatter(1_001 + at, { rows: [aRow(10_001 + at, 101, text)] }),
      ),
    });
    const pipeline = await Pipeline.start(account);
    onTestFinished(async () => pipeline.close());
    const rules = 'version: 1\nfields: [{ match: Notes, rule: text }]\n';
    const plan = await pipeline.plan(rules);
    const counted = { unchanged: 9, changed: 18, flagged: 9 };
    expect(plan.counts).toMatchObject(counted);
    await pipeline.apply();
    const after = textsOf(pipeline.sandbox.account, 101);
    expect(after.slice(0, 9)).toEqual(texts.slice(0, 9));
    for (const [index, [first, second]] of mixes.entries()) {
      const end = [first, second].includes('\r\n') ? '\r\n' : '\n';
      expect(after[9 + index]).toBe(['Line one', 'line two', 'line three'].join(end));
      expect(after[18 + index]).toBe(['Line one', 'line two', 'line', 'three'].join(end));
    }
    expect((await pipeline.plan(rules)).counts).toMatchObject({ unchanged: 27, changed: 0 });
  });

  test.each([
    ['Two\r\nlines', 'Two\r\nlines'],
    ['Two\rlines', 'Two\rlines'],
    ['Two\r\nmixed\nlines', 'Two\r\nmixed\nlines', 'Two\nmixed\nlines'],
    ['Two\r\nother\r\nlines', 'Two\r\nlines'],
    ['Other', 'Two\nlines'],
  ])(
    'of a moved text become those of the field that holds %j',
    async (target, after, source?: string) => {
      const pipeline = await Pipeline.start(twice(target, source));
      onTestFinished(async () => pipeline.close());
      const plan = await pipeline.plan(`version: 1
fields: [{ match: Old notes, rule: text, into: New notes, source: clear, existing: overwrite }]
`);
      expect(plan.counts).toMatchObject({ changed: 1, flagged: 0 });
      const { run } = await pipeline.apply();
      expect(run.counts.applied).toBe(1);
      expect(textsOf(pipeline.sandbox.account, 102)).toEqual([null]);
      expect(textsOf(pipeline.sandbox.account, 103)).toEqual([after]);
    },
  );

  test('do not make another text of what the target of a move holds already', async () => {
    const pipeline = await Pipeline.start(twice('Two\r\nlines'));
    onTestFinished(async () => pipeline.close());
    const plan = await pipeline.plan(`version: 1
fields: [{ match: Old notes, rule: text, into: New notes }]
`);
    expect(plan.counts).toMatchObject({ unchanged: 1, changed: 0, flagged: 0 });
  });

  test('of a typed text become those of the value that it replaces', () => {
    const journal = openJournal();
    planOn(journal, {
      records: [snapshot({ recordId: '1001', values: { '502': 'Two\r\nlines  ' } })],
      definitions: [definition({ id: '502', name: 'Notes', fieldType: 'text_area' })],
      rulesText: 'version: 1\nfields: [{ match: Notes, rule: text }]\n',
    });
    const review = reviewOf(journal);
    const item = itemAbout(review, '1001', 'Notes');
    review.decide([item], { kind: 'edit', value: 'Three\nother\nlines' }, 'Ann Example', 'web');
    const { planId } = review.finish();
    const [change] = journal.plans.changes(planId);
    expect(change?.edits[0].after).toEqual({
      state: 'value',
      content: 'Three\r\nother\r\nlines',
    });
  });
});
