import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runBin } from '../support/bin.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-help-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  ['help', 'Usage: clio-fields [options] [command]'],
  ['help --help', 'Usage: clio-fields [options] [command]'],
  ['help plan', 'Usage: clio-fields plan'],
  ['plan --help', 'Usage: clio-fields plan'],
  ['help review', 'Usage: clio-fields review'],
  ['review export --help', 'Usage: clio-fields review export'],
  ['help review export', 'Usage: clio-fields review export'],
])('`clio-fields %s` shows help and ends with 0', async (line, begins) => {
  const { code, stdout, stderr } = await runBin(line.split(' '), { folder: aFolder() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.startsWith(begins), stdout.slice(0, 80)).toBe(true);
});

test.each([
  ['help nope', 'There is no command "nope".'],
  ['help plna', 'Did you mean "plan"?'],
  ['nope', "unknown command 'nope'\n`clio-fields --help` lists the commands."],
])('`clio-fields %s` is answered in words, with 2', async (line, words) => {
  const { code, stdout, stderr } = await runBin(line.split(' '), { folder: aFolder() });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(words);
});

test.each([
  ['help --json', { help: expect.stringContaining('Usage: clio-fields') }],
  ['plan --help --json', { help: expect.stringContaining('Usage: clio-fields plan') }],
  ['--json --version', { version: expect.stringMatching(/^\d+\.\d+\.\d+$/u) }],
])('`clio-fields %s` is one JSON document, too', async (line, document) => {
  const { code, stdout, stderr } = await runBin(line.split(' '), { folder: aFolder() });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ formatVersion: 1, ...document });
});
