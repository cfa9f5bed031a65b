import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds `dist` once before the tests, where a source is newer: end-to-end tests run the real program. */
export function setup(): void {
  const built = 'dist/cli/index.js';
  const builtAtMs = existsSync(built) ? statSync(built).mtimeMs : 0;
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' });
  if (sources.every((source) => statSync(join('src', source)).mtimeMs < builtAtMs)) return;
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
