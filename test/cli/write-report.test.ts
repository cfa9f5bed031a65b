import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isStream, writeReport } from '../../src/cli/write-report.ts';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-report-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function* broken(): Iterable<string> {
  yield 'x'.repeat(1_000_000);
  throw new Error('no more');
}

test('a report is readable by its writer alone, whatever others left in the folder', () => {
  const folder = aFolder();
  const file = join(folder, 'plan.html');
  const other = join(folder, 'other.txt');
  writeFileSync(other, 'of somebody else');
  symlinkSync(other, `${file}.partial`);
  symlinkSync(other, `${file}.${process.pid}.partial`);
  writeFileSync(file, 'old');
  chmodSync(file, 0o666);
  writeReport(file, ['new']);
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(lstatSync(file).isFile()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(other, 'utf8')).toBe('of somebody else');
});

test('a report that could not be made whole leaves what was there', () => {
  const folder = aFolder();
  const file = join(folder, 'plan.html');
  writeFileSync(file, 'old');
  expect(() => writeReport(file, broken())).toThrow('no more');
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['plan.html']);
});

test.runIf(process.platform !== 'win32')(
  'a report goes into a pipe or a device, and does not take its place',
  async () => {
    const pipe = join(aFolder(), 'plan.html');
    execFileSync('sh', ['-c', `mkfifo '${pipe}'`]);
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'inherit'] });
    let read = '';
    reader.stdout.setEncoding('utf8').on('data', (chunk: string) => (read += chunk));
    writeReport(pipe, ['one ', 'two']);
    await once(reader, 'close');
    expect(read).toBe('one two');
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(['/dev/stdout', '/dev/fd/63', '/dev/null'].map(isStream)).toEqual([true, true, true]);
  },
);

test('a reader of a pipe that goes away has seen what it wanted', () => {
  const pipe = join(aFolder(), 'pipe');
  execFileSync('sh', ['-c', `mkfifo '${pipe}'`]);
  const reader = spawn('head', ['-c', '1', pipe], { stdio: 'ignore' });
  onTestFinished(() => void reader.kill());
  const content = Array.from({ length: 100 }, () => 'x'.repeat(100_000));
  expect(() => writeReport(pipe, content)).not.toThrow();
});
