import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export interface Ended {
  /** Null where it had to be ended from outside. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Around {
  readonly folder: string;
  /** On top of nothing but PATH: what the tester has set must not decide. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Hears all that it has said on stderr so far, each time that it says more. */
  readonly onStderr?: (text: string) => void;
  /** Ctrl-C, as soon as what it said on stdout or stderr fits. */
  readonly interruptWhen?: RegExp;
  /** A command that starts the program, which is appended to it. */
  readonly through?: readonly string[];
  /** Aborted: the program is asked to stop, as by Ctrl-C. */
  readonly stop?: AbortSignal;
}

/** No command of a test takes this long; one that waits for something is ended. */
export const LONGEST_MS = 60_000;

/** A copy of the built program for each file of tests: a build meanwhile must not change what is tested. */
export const PROGRAM = mkdtempSync(join(tmpdir(), 'clio-fields-program-'));
for (const part of ['bin', 'dist', 'package.json'])
  cpSync(part, join(PROGRAM, part), { recursive: true });
symlinkSync(resolve('node_modules'), join(PROGRAM, 'node_modules'));
/** Nobody is signed in there: what the tester is signed in to must not decide. */
export const CONFIG = join(PROGRAM, 'config');
afterAll(() => rmSync(PROGRAM, { recursive: true, force: true }));

/** Runs the real program, as somebody in `folder` would, and hears all that it says. */
export function runBin(
  args: readonly string[],
  { folder, environment = {}, stdin = '', onStderr, interruptWhen, through = [], stop }: Around,
): Promise<Ended> {
  return new Promise((settle, reject) => {
    const [command = process.execPath, ...rest] = [
      ...through,
      process.execPath,
      join(PROGRAM, 'bin', 'clio-fields.js'),
      ...args,
    ];
    const child = spawn(command, rest, {
      cwd: folder,
      env: { PATH: process.env['PATH'], CLIO_FIELDS_CONFIG: CONFIG, ...environment },
      timeout: LONGEST_MS,
    });
    let stdout = '';
    let stderr = '';
    let isInterrupted = false;
    const interrupt = (said: string): void => {
      if (isInterrupted || interruptWhen?.test(said) !== true) return;
      isInterrupted = true;
      child.kill('SIGINT');
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      interrupt(stdout);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onStderr?.(stderr);
      interrupt(stderr);
    });
    child.on('error', reject);
    stop?.addEventListener('abort', () => child.kill('SIGINT'), { once: true });
    child.on('close', (code) => settle({ code, stdout, stderr }));
    // A program that has ended already reads no further.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}
