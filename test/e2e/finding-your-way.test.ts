import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SHELLS } from '../../src/cli/completion/shells.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runBin } from '../support/bin.ts';

test('clio-fields alone says where one stands and the next step, from nothing to done', async () => {
  const { folder, environment } = await begin();
  const next = async () => {
    const { code, stdout } = await runBin(['--json'], { folder, environment });
    expect(code).toBe(0);
    return JSON.parse(stdout).next.command as string;
  };
  const run = async (...args: string[]) => {
    const ended = await runBin(args, { folder, environment });
    expect(ended, args.join(' ')).toMatchObject({ code: 0 });
    return ended.stdout;
  };
  const bare = await runBin([], { folder });
  expect(bare.stdout).toMatch(/Next +clio-fields setup\n +nobody is signed in/u);

  expect(await next()).toBe('inventory');
  await run('inventory');
  expect(await next()).toBe('init');
  await run('init');
  expect(await next()).toBe('plan --dry-run');
  const { digest } = JSON.parse(await run('plan', '--json'));
  expect(await next()).toBe('review plan-1');
  const { stdout } = await runBin([], { folder, environment });
  expect(stdout).toMatch(/plan-1 waits for review: \d+ changes, \d+ flags/u);
  await run('approve', 'plan-1', '--digest', digest);
  expect(await next()).toBe('apply plan-1');
  const stopped = await runBin(['apply', '--stop-after', '1'], { folder, environment });
  expect(stopped.code).toBe(4);
  expect(await next()).toBe('apply --resume');
  await run('apply', '--resume');
  expect(await next()).toBe('verify run-1');
  await run('inventory');
  expect(await next()).toBe('plan --dry-run');
});

test('init names the rules file for the next step, and with --quiet gives no advice', async () => {
  const { folder, environment } = await begin();
  await runBin(['inventory'], { folder, environment });
  const named = await runBin(['init', '--rules', 'smith.yaml'], { folder, environment });
  expect(named.stderr).toMatch(/clio-fields plan --dry-run --rules smith\.yaml\n$/u);
  const quiet = await runBin(['init', '--quiet'], { folder, environment });
  expect(quiet).toMatchObject({ code: 0, stderr: '' });
  expect(quiet.stdout).toMatch(
    /^Wrote .*clio-fields\.rules\.yaml, proposed from inventory-1\.\n$/u,
  );
});

test('whoami and status say the same of the environment’s token: it is no profile’s', async () => {
  const { folder, environment } = await begin();
  const said = async (command: string) =>
    JSON.parse((await runBin([command, '--json'], { folder, environment })).stdout);
  expect((await said('whoami')).profile).toBeNull();
  expect((await said('status')).signIn).toMatchObject({ from: 'environment', profile: null });
});

test('a slip of the keys is answered with what was likely meant', async () => {
  const { folder, environment } = await begin();
  await runBin(['inventory'], { folder, environment });
  const said = async (...args: string[]) => (await runBin(args, { folder, environment })).stderr;
  expect(await said('inventroy')).toContain('Did you mean inventory?');
  expect(await said('bogus')).not.toContain('Did you mean');
  expect(await said('plan', '--dryrun')).toContain('Did you mean --dry-run?');
  expect(await said('clusters', 'court (odl)')).toContain('Did you mean "Court (old)"?');
  expect(await said('try', 'dat', 'x')).toContain('Did you mean "date"?');
  expect(await said('show', 'plan7')).toContain('Did you mean "plan-7"?');
});

test('the Tab key completes in every shell of this machine', async () => {
  const { folder, environment } = await begin();
  await runBin(['inventory'], { folder, environment });
  const wrapper = join(folder, 'clio-fields');
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/clio-fields.js')}" "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  const tried = Object.entries(ASKED).filter(([shell]) => {
    const { error } = spawnSync(shell, ['-c', 'exit 0']);
    return error === undefined;
  });
  expect(tried.map(([shell]) => shell)).toContain('bash');
  for (const [shell, asked] of tried) {
    const { script } = SHELLS[shell as keyof typeof ASKED];
    const { stdout, stderr } = spawnSync(
      shell,
      ['-c', `${asked.before}\n${script}\n${asked.after}`],
      {
        cwd: folder,
        encoding: 'utf8',
        env: { ...environment, HOME: folder, PATH: `${folder}:${process.env['PATH'] ?? ''}` },
      },
    );
    expect({ shell, stdout: stdout.split('\n').filter((line) => line !== ''), stderr }).toEqual({
      shell,
      stdout: asked.expected,
      stderr: '',
    });
  }
});

/** What each shell is asked without a keyboard, and what its list must be. */
const ASKED = {
  bash: {
    before: '',
    after: `ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _clio_fields; printf '%s\\n' "\${COMPREPLY[@]}"; }
ask clio-fields inv
ask clio-fields plan --format = h
ask clio-fields show i
ask clio-fields clusters 'Date of Los'
ask clio-fields init --rules clio-f`,
    expected: ['inventory', 'html', 'inventory-1', 'Date\\ of\\ Loss', 'clio-fields'],
  },
  zsh: {
    before: `compdef() { }
_describe() { print -l -- "\${(@P)argv[-1]}" }
_files() { print -- files }`,
    after: `ask() { words=("$@"); CURRENT=$#; _clio_fields }
ask clio-fields inv
ask clio-fields plan --format h
ask clio-fields clusters 'Date\\ of\\ Los'
ask clio-fields init --rules clio-f`,
    expected: [
      'inventory:read every definition and value, 200 records a request, and store them',
      'html',
      'Date of Loss:matter, text_line',
      'files',
    ],
  },
  fish: {
    before: '',
    after: `complete -C 'clio-fields whoam'
complete -C 'clio-fields plan --format h'
complete -C 'clio-fields clusters "Date of Los'
complete -C 'clio-fields init --rules clio-f'`,
    expected: [
      'whoami\twho is signed in, to which firm, and until when',
      'html',
      'Date of Loss\tmatter, text_line',
      'clio-fields',
    ],
  },
} as const;

async function begin() {
  const sandbox = await startSandbox(makeFirm({ seed: 1, matters: 40, contacts: 10 }));
  onTestFinished(() => sandbox.close());
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-way-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    environment: {
      CLIO_BASE_URL: sandbox.baseUrl,
      CLIO_ACCESS_TOKEN: sandbox.token,
      HOME: folder,
    },
  };
}
