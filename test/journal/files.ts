import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { Connection } from '../../src/journal/connection.ts';
import { Journal, type JournalOptions } from '../../src/journal/index.ts';
import { NOON } from './stock.ts';

/** Journals of tests: real files, gone when the test is over. */

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function newPath(): string {
  return join(newFolder(), 'journal.sqlite');
}

export function openJournal(
  path: string = newPath(),
  options: Partial<JournalOptions> = {},
): Journal {
  const journal = Journal.open(path, {
    access: 'write',
    command: 'clio-fields test',
    now: () => new Date(NOON),
    ...options,
  });
  onTestFinished(() => journal.close());
  return journal;
}

/** Somebody else's hand in the file. */
export function tamper(path: string, sql: string): void {
  const connection = new Connection(path);
  connection.exec(sql);
  connection.close();
}

export function errorOf(work: () => unknown): UserError {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

type WriterTask = 'hold' | 'inventory' | 'plan' | 'run' | 'begin';

/** Another process that works on the journal at `path`. `said`: its lines so far; resolves when it has said the first. */
export async function startWriter(
  path: string,
  task: WriterTask,
): Promise<{
  readonly pid: number;
  readonly said: readonly string[];
  readonly kill: () => Promise<void>;
}> {
  const script = fileURLToPath(new URL('./writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, path, task], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const said: string[] = [];
  lines.on('line', (line) => said.push(line));
  const ended = endOf(child);
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise<void>((resolve, reject) => {
    lines.once('line', () => resolve());
    child.once('exit', () => reject(new Error('the writer ended before it said anything')));
  });
  return {
    pid: child.pid ?? 0,
    said,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Resolves when the process is gone and all that it said is read. */
async function endOf(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
}
