import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What a child process cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of all its threads. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

/** Tells at its end what the process has used, in a file that the environment names. */
const TELL_USAGE = `data:text/javascript,${encodeURIComponent(
  'import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.BENCH_USAGE,JSON.stringify(process.resourceUsage())))',
)}`;

/** Runs the real program in `folder`. Rejects where it does not end with 0. */
export async function costOf(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Cost & { readonly stdout: string }> {
  const usageFile = join(folder, 'usage.json');
  const start = performance.now();
  const { code, stdout, stderr } = await run(
    ['--import', TELL_USAGE, resolve('bin/clio-fields.js'), ...args],
    folder,
    { ...environment, BENCH_USAGE: usageFile },
  );
  const wallMs = performance.now() - start;
  if (code !== 0) throw new Error(`clio-fields ${args.join(' ')} ended with ${code}: ${stderr}`);
  const usage: NodeJS.ResourceUsage = JSON.parse(readFileSync(usageFile, 'utf8'));
  return {
    wallMs,
    cpuMs: (usage.userCPUTime + usage.systemCPUTime) / 1000,
    peakMiB: usage.maxRSS / 1024,
    stdout,
  };
}

/** Runs Node with `args`, as somebody in `folder` would. */
export function run(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => settle({ code, stdout, stderr }));
  });
}
