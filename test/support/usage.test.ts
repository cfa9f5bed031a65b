import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const run = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', `test/${name}/run.ts`, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });

describe('npm run', () => {
  it.each(['torture', 'bench', 'accuracy'])('%s tells how it is used when asked', (name) => {
    const { stdout, stderr, status } = run(name, '--help');
    expect(stdout).toMatch(new RegExp(`^npm run ${name} -- `));
    expect([stderr, status]).toEqual(['', 0]);
  });

  it.each([
    ['torture', ['--nope'], /^Unknown option '--nope'/],
    ['torture', ['--fault', 'nothing'], /^no fault is named nothing/],
    ['accuracy', ['--worst', 'many'], /^--worst wants a whole number, not "many"/],
  ])('%s answers %j with its usage, and neither a stack trace nor no work', (name, args, said) => {
    const { stdout, stderr, status } = run(name, ...args);
    expect(stderr).toMatch(said);
    expect(stderr).toContain(`\nnpm run ${name} -- `);
    expect(stderr).not.toContain('    at ');
    expect([stdout, status]).toEqual(['', 2]);
  });
});
