import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, openJournal, tamper } from '../journal/files.ts';
import { beginRun, changesOf, makePlan, NOON } from '../journal/stock.ts';
import { runBin } from '../support/bin.ts';
import { outcome } from '../support/builders.ts';

/** A folder whose journal, in its usual place, holds one finished run. */
function folderWithRun(): { readonly folder: string; readonly journal: string } {
  const folder = newFolder();
  const journal = join(folder, '.clio-fields', 'journal.sqlite');
  const open = openJournal(journal);
  const changes = changesOf(3);
  const runId = beginRun(open, makePlan(open, { changes }));
  open.runs.settle(
    runId,
    changes.map((each) => outcome(each)),
  );
  open.runs.finish(runId, { status: 'completed', endedAt: NOON });
  open.close();
  return { folder, journal };
}

test('audit certifies a run on stdout, in a file, and against a hash that was noted', async () => {
  const { folder } = folderWithRun();
  const text = await runBin(['audit'], { folder });
  expect(text).toMatchObject({ code: 0, stderr: '' });
  expect(text.stdout).toContain('The record holds');
  expect(Math.max(...text.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);

  const file = await runBin(['audit', 'run-1', '--out', 'c.html', '--json'], { folder });
  expect(JSON.parse(file.stdout)).toMatchObject({ formatVersion: 1 });
  expect(readFileSync(join(folder, 'c.html'), 'utf8')).toContain('Certificate of run-1');
  expect((statSync(join(folder, 'c.html')).mode & 0o777).toString(8)).toBe('600');

  const { chain } = JSON.parse((await runBin(['audit', '--json'], { folder })).stdout);
  const again = await runBin(['audit', '--expect', chain.head], { folder });
  expect(again.code).toBe(0);
  const other = await runBin(['audit', '--expect', '0'.repeat(64)], { folder });
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('no entry of it has the expected hash');
});

test('audit of a journal that somebody changed ends with 2, says where, and still is one document', async () => {
  const { folder, journal } = folderWithRun();
  tamper(journal, `UPDATE outcomes SET status = 'conflict' WHERE change_key = 2`);
  const json = await runBin(['audit', 'run-1', '--json'], { folder });
  expect(json.code).toBe(2);
  expect(JSON.parse(json.stdout).chain).toEqual({
    holds: false,
    entries: 6,
    brokenAt: 4,
    about: 'an outcome of run-1',
    reason: 'an entry, or what it speaks of, was changed',
  });
  const text = await runBin(['audit', 'run-1'], { folder });
  expect(text.code).toBe(2);
  expect(text.stdout).toContain('does NOT hold');
  expect(text.stderr).toContain('at entry 4 of 6 (an outcome of run-1)');
});

test('a certificate has no CSV form, and says where the changes are as CSV', async () => {
  const { folder } = folderWithRun();
  const asked = await runBin(['audit', '--format', 'csv'], { folder });
  expect(asked.code).toBe(2);
  expect(asked.stderr).toContain('Allowed choices are text, json, html.');
  const ended = await runBin(['audit', '--out', 'certificate.csv'], { folder });
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('A certificate is a document and has no CSV form.');
  expect(ended.stderr).toContain('clio-fields show run-1 --format csv');
});

test.each([
  [['audit', 'run-9'], 'unknown_run'],
  [['audit', '--expect', 'abc'], 'hash'],
])('%j is refused', async (args, code) => {
  const { folder } = folderWithRun();
  const ended = await runBin([...args, '--json'], { folder });
  expect(ended.code).toBe(2);
  expect(JSON.parse(ended.stdout).error.code).toBe(code);
});

test.each([
  ['a plan', `UPDATE plans SET summary = 'no JSON'`],
  ['an inventory', `UPDATE inventories SET scope = 'no JSON'`],
])('what somebody wrote over of %s is told in words', async (_what, sql) => {
  const { folder, journal } = folderWithRun();
  tamper(journal, sql);
  for (const args of [['audit'], ['status'], ['backup', 'copy.sqlite']]) {
    const ended = await runBin([...args, '--json'], { folder });
    expect([args, ended.code]).toEqual([args, 2]);
    expect(JSON.parse(ended.stdout).error.code, ended.stdout).toBe('journal_damaged');
  }
});
