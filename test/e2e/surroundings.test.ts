import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeInventory } from '../journal/stock.ts';
import { type Ended, runBin } from '../support/bin.ts';
import { importing } from '../support/importing.ts';
import { journalIn } from '../support/journal.ts';
import { HAS_TERMINALS, runOnTerminal } from '../support/terminal.ts';

const DELETED =
  "import { rmdirSync } from 'node:fs'; const here = process.cwd(); process.chdir(here); rmdirSync(here);";

test('a folder that was deleted meanwhile is named, and help needs none', async () => {
  const said = await runWithoutFolder('try', 'date', '2020-01-01');
  expect(said).toMatchObject({ code: 2, stdout: '' });
  expect(said.stderr).toBe(
    'error: The folder that you are in is no longer there.\nChange into another one, then run the command again.\n',
  );
  const told = await runWithoutFolder('status', '--json');
  expect(told).toMatchObject({ code: 2, stderr: '' });
  expect(JSON.parse(told.stdout)).toMatchObject({ error: { code: 'no_folder' } });
  expect(await runWithoutFolder('--help')).toMatchObject({ code: 0, stderr: '' });
});

test.runIf(HAS_TERMINALS)(
  'only a terminal that can draw, and that may, is painted on',
  async () => {
    expect(await paints({}, 'nope')).toBe(true);
    expect(await paints({ NO_COLOR: '1' }, 'nope')).toBe(false);
    expect(await paints({}, 'nope', '--no-color')).toBe(false);
    expect(await paints({ TERM: 'dumb' }, 'nope')).toBe(false);
  },
);

test('a Node.js that is too old is told so in a sentence, before anything else is read', async () => {
  const old = importing(
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.8' } })",
  );
  const said = await runBin(['status'], { folder: aFolder(), environment: old });
  expect(said).toMatchObject({ code: 1, stdout: '' });
  expect(said.stderr).toMatch(
    /^error: clio-fields needs Node.js 20.19 or newer; this is 18.20.8.\n.*\n$/u,
  );
  const told = await runBin(['status', '--json'], { folder: aFolder(), environment: old });
  expect(told).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(told.stdout)).toMatchObject({ error: { code: 'node_too_old' } });
});

test('a journal that this Node.js cannot open, for it was installed with another, says what to do', async () => {
  const folder = aFolder();
  writeFileSync(join(folder, 'journal.sqlite'), '');
  const other = importing(
    "process.dlopen = () => { throw Object.assign(new Error('NODE_MODULE_VERSION'), { code: 'ERR_DLOPEN_FAILED' }); }",
  );
  const said = await runBin(['runs', '--journal', 'journal.sqlite'], {
    folder,
    environment: other,
  });
  expect(said).toMatchObject({ code: 1, stdout: '' });
  expect(said.stderr).toMatch(
    /is not installed for this Node.js, v\d.*\nRun `npm rebuild better-sqlite3` in \//u,
  );
});

test.runIf(process.platform !== 'win32')(
  'a named pipe that nobody may write into is refused at once, and rules come in by /dev/stdin',
  async () => {
    const folder = aFolder();
    const journal = journalIn(folder);
    takeInventory(journal);
    journal.close();
    execFileSync('sh', ['-c', `mkfifo '${join(folder, 'pipe.csv')}'`]);
    writeFileSync(join(folder, 'rules.yaml'), 'version: 1\nfields: []\n# from a program\n');
    for (const args of [
      ['check', '--rules', 'pipe.csv'],
      ['review', 'import', 'pipe.csv'],
      ['sandbox', '--csv', 'pipe.csv'],
    ]) {
      const refused = await runBin(args, { folder });
      expect(refused.code, args.join(' ')).toBe(2);
      expect(refused.stderr).toMatch(/pipe\.csv is a named pipe.*\n.*\/dev\/stdin/u);
    }
    const piped = await runBin(['check', '--rules', '/dev/stdin', '--json'], {
      folder,
      through: ['sh', '-c', 'sed "s/fields/feilds/" rules.yaml | "$0" "$@"'],
    });
    expect(JSON.parse(piped.stdout)).toMatchObject({
      error: { code: 'rules_file', message: expect.stringContaining('unknown key "feilds"') },
    });
  },
);

test('a full disk behind stdout is told, and ends with 1', async () => {
  // Only Linux has such a disk at hand.
  if (!existsSync('/dev/full')) return;
  const full = importing(
    "import { closeSync, openSync } from 'node:fs'; closeSync(1); openSync('/dev/full', 'w');",
  );
  for (const args of [
    ['try', 'date', '2020-01-01'],
    ['try', 'date', '2020-01-01', '--json'],
    ['--help'],
  ]) {
    const said = await runBin(args, { folder: aFolder(), environment: full });
    expect(said.code, args.join(' ')).toBe(1);
    expect(said.stderr).toMatch(
      /^error: The result could not be written .*no space left.*\n.*\n$/u,
    );
  }
});

function runWithoutFolder(...args: string[]): Promise<Ended> {
  return runBin(args, { folder: aFolder(), environment: importing(DELETED) });
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-around-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a variable that was likely meant for the program and is none is named, with the one that was meant', async () => {
  const known = [...readFileSync('README.md', 'utf8').matchAll(/\bCLIO_[A-Z_]+\b/gu)];
  const values = { CLIO_REGION: 'eu', CLIO_BASE_URL: 'https://eu.app.clio.com' };
  const all = Object.fromEntries(known.map(([name]) => [name, 'default']));
  const good = await runBin(['try', 'date', '2020-01-01'], {
    folder: aFolder(),
    environment: { ...all, ...values, CLIO_FIELDS_SHARED_LIMIT: 'redis://127.0.0.1' },
  });
  expect(good.stderr).not.toContain('is no variable');
  const slips = { CLIO_FIELD_JOURNAL: 'a', CLIO_FIELDS_QUIET: '1', CLIO_ACOUNT: '2' };
  const said = await runBin(['try', 'date', '2020-01-01'], {
    folder: aFolder(),
    environment: slips,
  });
  expect(said.code).toBe(0);
  expect(said.stderr).toBe(
    'CLIO_FIELD_JOURNAL is no variable of clio-fields. Did you mean CLIO_FIELDS_JOURNAL?\n' +
      'CLIO_FIELDS_QUIET is no variable of clio-fields.\n',
  );
});

/** Whether a wrong command is answered with more than plain text. */
async function paints(environment: Record<string, string>, ...args: string[]): Promise<boolean> {
  const { screen } = await runOnTerminal(args, {
    folder: aFolder(),
    environment: { NO_COLOR: '', ...environment },
    deeds: [],
  });
  expect(screen).toContain("unknown command 'nope'");
  return screen.includes('\u001b');
}
