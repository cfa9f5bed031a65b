import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeInventory } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { definition, snapshots } from '../support/builders.ts';
import { journalIn } from '../support/journal.ts';

const RULES = `version: 1
fields:
  - match: "* of Loss"
    parent: matter
    rule: date
    with: { latest: 2030-12-31 }
  - match: Date of Loss
    parent: contact
    rule: text
  - match: 504
    parent: contact
    rule: text
  - match: Settlement (old)
    rule: currency
    into: Settlement
    existing: keep
`;
const LOSSES = ['2019-04-25', '4/25/2019', 'in spring', ''];
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clio-fields-explain-'));
  const journal = journalIn(folder);
  takeInventory(journal, {
    definitions: [
      definition({ id: '501', name: 'Date of Loss' }),
      definition({ id: '502', name: 'Settlement (old)' }),
      definition({ id: '503', name: 'Settlement', fieldType: 'currency' }),
      definition({ id: '504', name: 'Nickname', parentType: 'contact' }),
      definition({ id: '505', name: 'Case Notes' }),
      definition({ id: '506', name: 'Date of Loss', parentType: 'contact' }),
    ],
    records: snapshots(LOSSES.length, (index) => ({
      '501': LOSSES[index] === '' ? { state: 'absent' } : (LOSSES[index] ?? ''),
      '502': '$5,000',
    })),
  });
  journal.close();
  writeFileSync(join(folder, 'clio-fields.rules.yaml'), RULES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const explain = (field: string, ...args: readonly string[]) =>
  runBin(['plan', '--explain', field, ...args], { folder });

test('says which entry decides, by what, which names the field too, and what is in force from where', async () => {
  const { code, stdout } = await explain('501', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    field: { definitionId: '501', name: 'Date of Loss', parentType: 'matter' },
    decides: {
      rule: 'date',
      place: { line: 3, column: 5 },
      by: { kind: 'pattern', text: '* of Loss' },
      parent: 'matter',
    },
    others: [{ place: { line: 7 }, rule: 'text', why: 'it is only for contacts' }],
    locale: { value: 'en-US', from: 'default' },
    values: { unchanged: 1, changed: 1, flagged: 1, unread: 0, empty: 1 },
    examples: {
      unchanged: { before: '2019-04-25' },
      changed: { before: '4/25/2019', after: '2019-04-25' },
      flagged: { before: 'in spring' },
    },
  });
  const { options } = JSON.parse(stdout);
  expect(options).toContainEqual(
    expect.objectContaining({ name: 'latest', value: '2030-12-31', from: 'file' }),
  );
  expect(options).toContainEqual(
    expect.objectContaining({ name: 'order', value: 'infer', from: 'default', place: null }),
  );
});

test('shows the same to people within 80 columns, examples with before and after', async () => {
  const { code, stdout } = await explain('501');
  expect(code).toBe(0);
  expect(stdout).toContain('Decided by the entry at line 3, column 5');
  expect(stdout).toMatch(/^ {4}- 4\/25\/2019\n {4}\+ 2019-04-25$/mu);
  expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('says where the result of a move goes, and from which field another is filled', async () => {
  const moved = JSON.parse((await explain('Settlement (old)', '--json')).stdout);
  expect(moved.into).toEqual({
    definitionId: '503',
    fieldName: 'Settlement',
    fieldType: 'currency',
    source: 'keep',
    sourceFrom: 'default',
    existing: 'keep',
    existingFrom: 'file',
  });
  const filled = JSON.parse((await explain('Settlement', '--json')).stdout);
  expect(filled).toMatchObject({
    decides: null,
    filledFrom: [{ fieldName: 'Settlement (old)', rule: 'currency' }],
  });
});

test('says that a field which no entry names is left alone', async () => {
  const { code, stdout } = await explain('Case Notes');
  expect(code).toBe(0);
  expect(stdout).toContain('it is left alone');
});

test('says of a field that two entries name what must be corrected, and ends with 2', async () => {
  const file = join(folder, 'two.yaml');
  writeFileSync(file, `${RULES}  - match: Settlement (old)\n    rule: text\n`);
  const { code, stdout } = await explain('Settlement (old)', '--rules', file, '--json');
  expect(code).toBe(2);
  const { decides, problems } = JSON.parse(stdout);
  expect(decides.rule).toBe('currency');
  expect(problems).toContainEqual(
    expect.objectContaining({ line: 17, message: expect.stringContaining('two entries name') }),
  );
});

test('guesses what an unknown field may have been, and asks for the id where a name fits two', async () => {
  const unknown = await explain('Date of Los');
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
  expect(unknown.stderr).toContain('Did you mean "Date of Loss"?');
  const part = await explain('loss');
  expect(part.stderr).toContain('Did you mean "Date of Loss"?');
  const two = await explain('Date of Loss');
  expect(two.code).toBe(2);
  expect(two.stderr).toContain('501 (matter, text_line), 506 (contact, text_line)');
});

test('makes no plan', async () => {
  await explain('501');
  const { stderr } = await runBin(['show', 'plan-1'], { folder });
  expect(stderr).toContain('plan-1');
});
