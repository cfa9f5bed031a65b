import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG, LONGEST_MS, PROGRAM } from './bin.ts';

/** What a person does once the screen fits: types these keys, or sends the program a signal. */
export interface Deed {
  readonly when: RegExp;
  readonly keys?: string;
  readonly signal?: NodeJS.Signals;
}

/** Whether this machine has util-linux's `script`, which runs a program on a terminal of its own. */
export const HAS_TERMINALS =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Runs the real program on a terminal, one deed after the other, each about what came on the screen since the one before. */
export function runOnTerminal(
  args: readonly string[],
  {
    folder,
    environment,
    deeds,
  }: {
    readonly folder: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly deeds: readonly Deed[];
  },
): Promise<{ readonly code: number | null; readonly screen: string }> {
  return new Promise((settle, reject) => {
    const program = [process.execPath, join(PROGRAM, 'bin', 'clio-fields.js'), ...args];
    const command = `echo $$ > pid; exec ${program.map((word) => `'${word}'`).join(' ')}`;
    const child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        SHELL: '/bin/sh',
        TERM: 'xterm',
        NO_COLOR: '1',
        CLIO_FIELDS_CONFIG: CONFIG,
        ...environment,
      },
      timeout: LONGEST_MS,
    });
    const left = [...deeds];
    let screen = '';
    let seen = 0;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      screen += text;
      const [deed] = left;
      if (deed === undefined || !deed.when.test(screen.slice(seen))) return;
      left.shift();
      seen = screen.length;
      if (deed.keys !== undefined) child.stdin.write(deed.keys);
      if (deed.signal !== undefined)
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), deed.signal);
    });
    child.on('error', reject);
    child.on('close', (code) => settle({ code, screen: screen.replaceAll('\r', '') }));
  });
}
