import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Journal } from '../../src/journal/index.ts';
import { takeInventory } from '../journal/stock.ts';
import { FIELDS, RECORDS, RULES } from '../operations/desk.ts';
import { type Ended, runBin } from '../support/bin.ts';

/** A firm read already, and a person who has no account at hand: a review needs none. */
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clio-fields-review-'));
  const journal = Journal.open(join(folder, 'journal.sqlite'), {
    access: 'write',
    command: 'test',
    now: () => new Date(),
  });
  takeInventory(journal, { records: RECORDS, definitions: FIELDS });
  journal.close();
  writeFileSync(join(folder, 'clio-fields.rules.yaml'), RULES);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]): Promise<Ended> {
  const environment = { CLIO_FIELDS_JOURNAL: 'journal.sqlite', USER: 'pat', HOME: folder };
  return runBin(args, { folder, environment });
}

async function json(...args: string[]) {
  const { code, stdout } = await run(...args, '--json');
  return { code, ...JSON.parse(stdout) };
}

test('a plan is decided in a workbook, and what comes of it is the plan that is approved', async () => {
  const plan = await json('plan', '--two-person', '--by', 'Pat Planner');
  expect(plan).toMatchObject({
    code: 0,
    planId: 'plan-1',
    isTwoPerson: true,
    madeBy: 'Pat Planner',
  });

  const exported = await run('review', 'export', 'changes.xlsx', '--prefill', 'accept');
  expect(exported).toMatchObject({ code: 0, stderr: '' });
  expect(exported.stdout).toContain('Wrote the 9 changes and flags of plan-1');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.readFile(join(folder, 'changes.xlsx'));
  const changes = workbook.getWorksheet('Changes');
  const flags = workbook.getWorksheet('Flags');
  if (changes === undefined || flags === undefined) throw new Error('a sheet is missing');
  changes.getCell('E3').value = 'skip';
  flags.getCell('E2').value = 'edit';
  flags.getCell('F2').value = 'Nowhere';
  await workbook.xlsx.writeFile(join(folder, 'changes.xlsx'));
  expect(await json('review', 'import', 'changes.xlsx', '--by', 'Ann Example')).toMatchObject({
    code: 2,
    error: {
      code: 'sheet_damaged',
      message: expect.stringContaining(
        'sheet Flags, cell F2: 00003-Notreal, Court (old): no option',
      ),
    },
  });
  flags.getCell('F2').value = 'E.D.N.Y.';
  await workbook.xlsx.writeFile(join(folder, 'changes.xlsx'));
  expect(await json('review', 'import', 'changes.xlsx', '--dry-run')).toMatchObject({
    code: 0,
    isDryRun: true,
    counts: { undecided: 9 },
  });
  expect(await json('review', 'import', 'changes.xlsx', '--by', 'Ann Example')).toMatchObject({
    code: 0,
    decided: { accept: 3, skip: 1, edit: 1, clear: 0, later: 0 },
  });

  const unreviewed = await json('approve', 'plan-1', '--digest', plan.digest);
  expect(unreviewed).toMatchObject({ code: 2, error: { code: 'review_unfinished' } });
  const finished = await json('review', 'finish');
  expect(finished).toMatchObject({
    code: 0,
    planId: 'plan-2',
    reviewOf: 'plan-1',
    counts: { changed: 4 },
    editors: ['Ann Example'],
  });
  for (const [planId, by, code] of [
    ['plan-1', 'Bo', 'plan_reviewed'],
    ['plan-2', 'pat planner', 'second_person_needed'],
    ['plan-2', 'Ann Example', 'second_person_needed'],
  ] as const) {
    const digest = planId === 'plan-1' ? plan.digest : finished.digest;
    const refused = await json('approve', planId, '--digest', digest, '--by', by);
    expect(refused).toMatchObject({ code: 2, error: { code } });
  }
  const approved = await json('approve', 'plan-2', '--digest', finished.digest, '--by', 'Bo');
  expect(approved).toMatchObject({ code: 0, approval: { by: 'Bo' } });

  const shown = await run('show', 'plan-1');
  expect(shown.stdout).toContain('its review led to plan-2');
  expect(shown.stdout).toMatch(/decided on \d{4}-\d\d-\d\d by Ann Example: skip/u);
  const asJson = await json('show', 'plan-1');
  expect(asJson.reviewedAs).toBe('plan-2');
  expect(asJson.flags[0].decision).toMatchObject({ ruling: { kind: 'edit', value: 'E.D.N.Y.' } });
});

test('a page and a table of a plan name what was decided of each row, and by whom', async () => {
  const page = await run('show', 'plan-1', '--format', 'html');
  expect(page.stdout).toMatch(/decided on \d{4}-\d\d-\d\d by Ann Example: skip<\/small>/u);
  expect(page.stdout).toMatch(/by Ann Example: edit to E\.D\.N\.Y\.<\/small>/u);
  expect(page.stdout).toContain('plan-2: that is the plan to approve and apply');

  const rows = await csvOf('plan-1');
  const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/u);
  const decided = { 'decided by': 'Ann Example', 'decided on': day, 'review of': '' };
  expect(rows).toContainEqual(
    expect.objectContaining({ kind: 'change', decision: 'skip', 'decided value': '', ...decided }),
  );
  expect(rows).toContainEqual(
    expect.objectContaining({
      kind: 'flag',
      decision: 'edit',
      'decided value': 'E.D.N.Y.',
      ...decided,
    }),
  );
  expect(rows.filter(({ decision }) => decision === '')).toHaveLength(4);
});

test('a reviewed plan says of which plan it is the review, by whom, and what was left out', async () => {
  const page = await run('show', 'plan-2', '--format', 'html');
  expect(page.stdout).toContain('of plan-1, by Ann Example (5 decisions)');
  expect(page.stdout).toContain(
    'at the review of plan-1: 3 accepted, 1 edited, 1 skipped, 4 undecided. The 5 that were not chosen stay as they are.',
  );
  const { stdout } = await run('show', 'plan-2');
  expect(stdout).toContain('decided at the review by Ann Example (5 decisions)');
  expect((await json('show', 'plan-2')).reviewers).toMatchObject([
    { by: 'Ann Example', decisions: 5 },
  ]);
  for (const row of await csvOf('plan-2')) expect(row['review of']).toBe('plan-1');
});

/** The rows of `show PLAN-ID --format csv`. */
async function csvOf(planId: string): Promise<Record<string, string>[]> {
  const { stdout } = await run('show', planId, '--format', 'csv');
  return parseCsv<Record<string, string>>(stdout, { columns: true });
}

test('what was skipped stays skipped in later plans, and a check for changes passes over it', async () => {
  writeFileSync(
    join(folder, 'client.yaml'),
    'version: 1\nfields:\n  - { match: Client, rule: text }\n',
  );
  const rules = ['--rules', 'client.yaml'];
  const plan = await json('plan', '--expect-no-changes', ...rules);
  expect(plan).toMatchObject({
    code: 0,
    counts: { changed: 1 },
    decided: { changes: { skip: 1 } },
  });
  const { stdout } = await run('plan', ...rules);
  expect(stdout).toContain('decided already: 1 change (1 skipped)');
  expect((await run('plan', ...rules, '--out', 'client.html')).code).toBe(0);
  expect(readFileSync(join(folder, 'client.html'), 'utf8')).toMatch(
    /Record by record.*by Ann Example: skip<\/small>/su,
  );
  expect((await json('plan', '--expect-no-changes')).code).toBe(3);
});

test('a CSV does the same as a workbook, and the last decision can be taken back', async () => {
  expect((await json('review', 'export', 'changes.csv', 'plan-1')).code).toBe(0);
  const text = readFileSync(join(folder, 'changes.csv'), 'utf8');
  writeFileSync(join(folder, 'changes.csv'), text.replace(/,accept,(?=,)/u, ',later,'));
  expect(await json('review', 'import', 'changes.csv')).toMatchObject({
    code: 0,
    decided: { later: 1 },
    asBefore: 4,
    blank: 4,
  });
  const filledIn = readFileSync(join(folder, 'changes.csv'), 'utf8');
  const again = ['review', 'export', 'changes.csv', 'plan-1'] as const;
  expect(await json(...again)).toMatchObject({ code: 2, error: { code: 'sheet_exists' } });
  expect(readFileSync(join(folder, 'changes.csv'), 'utf8'), 'nobody’s work is lost').toBe(filledIn);
  expect((await json(...again, '--force')).code).toBe(0);
  expect(await json('review', 'undo', 'plan-1')).toMatchObject({ code: 0, undone: ['change-1'] });
  const finished = await json('review', 'finish', 'plan-1', '--rest', 'skip');
  // The same as plan-2, of which others are newer by now: apply takes the newest.
  expect(finished).toMatchObject({ planId: 'plan-5', decided: { later: 0, accepted: 3 } });
});

test.each([
  [['review'], 'no_terminal'],
  [['review', 'plan-99'], 'no_terminal'],
  [['review', 'export', 'changes.doc'], 'sheet_format'],
  [['review', 'export', 'none/changes.csv'], 'out_file'],
  [['review', 'export', 'changes.csv', 'plan-99'], 'unknown_plan'],
  [['review', 'import', 'none.xlsx'], 'sheet_missing'],
  [['review', 'import', 'clio-fields.rules.yaml'], 'sheet_format'],
  [['review', 'import', 'broken.xlsx'], 'sheet_unreadable'],
  [['review', 'import', 'broken.csv'], 'sheet_unreadable'],
  [['review', 'finish', 'plan-99'], 'unknown_plan'],
  [['review', 'finish', '--rest', 'maybe'], 'usage'],
] as const)('%j is refused', async (args, code) => {
  writeFileSync(join(folder, 'broken.xlsx'), 'no workbook');
  writeFileSync(join(folder, 'broken.csv'), 'a,b\n1,2\n');
  expect(await json(...args)).toMatchObject({ code: 2, error: { code } });
});
