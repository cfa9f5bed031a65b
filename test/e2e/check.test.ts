import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { takeInventory } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { definition, picklist, snapshots } from '../support/builders.ts';
import { journalIn } from '../support/journal.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clio-fields-check-'));
  const journal = journalIn(folder);
  takeInventory(journal, {
    definitions: [
      definition({ id: '501', name: 'Court (old)' }),
      picklist(['Northern Bench'], { id: '502', name: 'Court' }),
      definition({ id: '503', name: 'Amount', fieldType: 'date' }),
      definition({ id: '504', name: 'Fee, agreed' }),
      definition({ id: '505', name: 'Notes' }),
      definition({ id: '506', name: 'Notes', parentType: 'contact' }),
    ],
    records: snapshots(3, () => ({ '501': ' northern bench' })),
  });
  journal.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(entries: string, ...args: readonly string[]) {
  const file = join(folder, 'shared.yaml');
  writeFileSync(file, `version: 1\nfields:\n${entries}`);
  return runBin([...args, '--rules', file], { folder });
}

test('lists all that does not fit this firm, with line and column and as data, and ends with 2', async () => {
  const entries = `  - match: Court (old)
    rule: picklist
    into: Court
    with: { map: { NB: Northern Bench, SB: Southern Bench } }
  - match: Amount
    rule: currency
  - match: Judge
    rule: text
`;
  const { code, stdout } = await run(entries, 'check', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    formatVersion: 1,
    entries: 3,
    decided: 1,
    findings: [
      {
        level: 'error',
        kind: 'options',
        line: 6,
        message: expect.stringContaining('"Southern Bench"'),
      },
      { level: 'error', kind: 'type', line: 8, message: expect.stringContaining('cannot read') },
      { level: 'error', kind: 'type', line: 8, message: expect.stringContaining('cannot write') },
      { level: 'error', kind: 'noField', line: 9, column: 5, message: 'unknown field "Judge"' },
    ],
  });
  const forPeople = await run(entries, 'check');
  expect(forPeople.stdout.replaceAll('\n', ' ')).toContain('shared.yaml:9:5: error: unknown field');
  expect((await run(entries, 'plan')).code).toBe(2);
});

test('passes an optional entry over where the firm has no such field, and a plan does so too', async () => {
  const entries = `  - match: Judge
    optional: true
    rule: text
  - match: Court (old)
    optional: true
    rule: text
`;
  const { code, stdout } = await run(entries, 'check', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    findings: [{ level: 'note', kind: 'passedOver', line: 3 }],
    leftAlone: ['Court', 'Amount', 'Fee, agreed', 'Notes', 'Notes'].map((name) => ({ name })),
  });
  const planned = await run(entries, 'plan', '--json');
  expect(planned.code).toBe(0);
  expect(JSON.parse(planned.stdout).counts.changed).toBe(3);
});

test('warns of a field named by its id, which no other firm has, and ends with 3', async () => {
  const { code, stdout } = await run('  - match: 501\n    rule: text\n', 'check', '--json');
  expect(code).toBe(3);
  expect(JSON.parse(stdout).findings).toEqual([
    {
      level: 'warning',
      kind: 'id',
      line: 3,
      column: 5,
      message: '501 is the id of "Court (old)", which no other account has; match its name',
    },
  ]);
});

test('warns of moves that leave a required field empty, which Clio is likely to refuse, and so does the plan', async () => {
  const other = mkdtempSync(join(tmpdir(), 'clio-fields-check-'));
  onTestFinished(() => rmSync(other, { recursive: true, force: true }));
  const journal = journalIn(other);
  const [required, target] = [
    { id: '601', name: 'Old', required: true },
    { id: '602', name: 'New' },
  ];
  takeInventory(journal, {
    definitions: [definition(required), definition(target)],
    records: snapshots(3, () => ({ '601': 'a' })),
  });
  journal.close();
  const told = async (source: 'keep' | 'clear', ...args: readonly string[]) => {
    const rules = `version: 1\nfields:\n  - { match: Old, rule: text, into: New, source: ${source} }\n`;
    writeFileSync(join(other, 'clio-fields.rules.yaml'), rules);
    return runBin(args, { folder: other });
  };
  const { code, stdout } = await told('clear', 'check');
  expect(code).toBe(3);
  expect(stdout.replaceAll(/\s+/gu, ' ')).toMatch(
    /:3:42: warning: "Old" is required, and Clio leaves no required field empty: .* 1 place may ask for what Clio refuses\./u,
  );
  expect((await told('keep', 'check')).code).toBe(0);
  const doubts = /Old: it is required, and Clio leaves no required field empty/u;
  expect((await told('clear', 'plan')).stdout.replaceAll(/\s+/gu, ' ')).toMatch(doubts);
  expect((await told('keep', 'plan')).stdout.replaceAll(/\s+/gu, ' ')).not.toMatch(doubts);
});

test('an optional entry of a type that does not fit is still an error: somebody must look', async () => {
  const entries = '  - match: Amount\n    optional: true\n    rule: currency\n';
  expect((await run(entries, 'check')).code).toBe(2);
});

test('refuses a move into a field whose own value is moved on, for one of the two would be lost, and so does a plan', async () => {
  const entries = `  - match: Court (old)
    rule: text
    into: Fee, agreed
    source: clear
  - match: Fee, agreed
    rule: text
    into: Court (old)
`;
  const { code, stdout } = await run(entries, 'check', '--json');
  expect(code).toBe(2);
  expect(JSON.parse(stdout).findings).toMatchObject([
    {
      kind: 'chain',
      line: 5,
      column: 5,
      message: expect.stringMatching(
        /^"Court \(old\)" cannot go into "Fee, agreed" in the same plan in which "Fee, agreed" goes into "Court \(old\)" \(.*:7:5\): take this entry out, plan and apply; then put it back/u,
      ),
    },
    { kind: 'chain', line: 9, column: 5 },
  ]);
  const planned = await run(entries, 'plan');
  expect(planned.code).toBe(2);
  expect(planned.stderr).toContain('cannot go into "Fee, agreed"');
});

test('skips a field that is named outright, whatever pattern of another entry fits it, and says so', async () => {
  const all = '  - { match: C*ld), rule: text }\n';
  const skip = '  - { match: [Court (old), 504], rule: skip }\n';
  for (const entries of [all + skip, skip + all]) {
    const { counts } = JSON.parse((await run(entries, 'plan', '--json')).stdout);
    expect(counts).toEqual({ unchanged: 3, changed: 0, flagged: 0, unread: 0 });
    const { stdout } = await run(entries, 'plan', '--explain', 'Court (old)', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      decides: { rule: 'skip' },
      others: [{ rule: 'text', why: expect.stringContaining('beats a pattern') }],
    });
  }
  const byName = skip.replace('rule: skip', 'rule: text');
  const byPattern = '  - { match: Court (*, rule: skip }\n';
  for (const entries of [all + byName, all + byPattern])
    expect((await run(entries, 'plan')).stderr).toContain('two entries name "Court (old)"');
});

test('names the fields that are left alone so that none is taken for another', async () => {
  const { stdout } = await run('  - { match: Court, rule: picklist }\n', 'check');
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
    'Left alone: Court (old), Amount, "Fee, agreed", Notes (matter), Notes (contact) ',
  );
});

test('leads to the other kind of record where a field is looked for among the wrong one', async () => {
  const { stdout } = await run(
    '  - { match: Court (old), parent: contact, rule: text }\n',
    'check',
  );
  expect(stdout.replaceAll(/\s+/gu, ' ')).toContain(
    'unknown field "Court (old)" among contacts: it is a field of matters',
  );
});

test('a rules file in UTF-16 is read as what it says, as Notepad writes it and in the order of other machines', async () => {
  const file = join(folder, 'notepad.yaml');
  const text = '\uFEFFversion: 1\r\nfields:\r\n  - { match: Fällig, rule: text }\r\n';
  const little = Buffer.from(text, 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16()]) {
    writeFileSync(file, bytes);
    const { stdout, code } = await runBin(['check', '--rules', file], { folder });
    expect(stdout).toContain('notepad.yaml:3:7: error: unknown field "Fällig"');
    expect(code).toBe(2);
  }
});
