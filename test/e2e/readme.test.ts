import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { buildProgram } from '../../src/cli/program.ts';
import { RULE_NAMES, rules } from '../../src/rules/index.ts';
import { makeFirm } from '../../src/sandbox/firm/index.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { runBin } from '../support/bin.ts';

const README = readFileSync('README.md', 'utf8');
const PROGRAM = buildProgram(
  {
    environment: {},
    folder: '.',
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    now: () => new Date(),
    stop: new AbortController().signal,
  },
  () => undefined,
);

test.each(consoleSessions())(
  '`$command` prints what the README shows',
  async ({ command, prints }) => {
    const { stdout, stderr } = await runBin(wordsOf(command).slice(1), { folder: aFolder() });
    expect({ stdout, stderr }).toEqual({ stdout: prints, stderr: '' });
  },
);

test('the first hour goes as the README tells it', async () => {
  const sandbox = await startSandbox(makeFirm({ seed: 1, matters: 60, contacts: 20 }));
  onTestFinished(() => sandbox.close());
  const folder = aFolder();
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const before = JSON.stringify(valuesOf(sandbox.account));
  const afterwards = new Map<string, boolean>();
  for (const command of commandsIn(section('A first hour'), 'doctor')) {
    let words = wordsOf(command).slice(1);
    if (words.includes('DIGEST')) {
      const planId = words.find((word) => word.startsWith('plan-')) ?? '';
      const shown = await runBin(['show', planId, '--json'], { folder });
      const { digest } = z.object({ digest: z.string() }).parse(JSON.parse(shown.stdout));
      words = words.map((word) => (word === 'DIGEST' ? digest : word));
    }
    const { code, stdout, stderr } = await runBin(words, { folder, environment });
    expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: expect.any(String) });
    expect(`${stdout}${stderr}`, command).not.toBe('');
    afterwards.set(command, JSON.stringify(valuesOf(sandbox.account)) === before);
  }
  expect(afterwards.get('clio-fields apply'), 'apply changes the account').toBe(false);
  expect(afterwards.get('clio-fields rollback run-1'), 'rollback puts it back').toBe(true);
});

test('every command that the README writes is one, with flags that it takes', () => {
  const wrong = allCommands().flatMap((line) => {
    const [name = '', ...words] = wordsOf(line).slice(1);
    const command = PROGRAM.commands.find((each) => each.name() === name);
    const flags = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0]);
    if (command === undefined) return name === 'COMMAND' || name.startsWith('-') ? [] : [line];
    return flags.every((flag) => flagsOf(command).includes(flag ?? '')) ? [] : [line];
  });
  expect(wrong).toEqual([]);
});

test('every flag that the README names is one', () => {
  const known = new Set(PROGRAM.commands.flatMap(flagsOf));
  const named = README.split('\n')
    .filter((line) => !/\bnpm\b/u.test(line))
    .flatMap((line) => line.match(/(?<![\w-])--[a-z][a-z-]*/gu) ?? []);
  expect([...new Set(named)].filter((flag) => !known.has(flag))).toEqual([]);
});

test('every command and every flag that all commands take stands in the README', () => {
  const text = section('Commands');
  const commands = visibleCommands().map((command) => command.name());
  expect(commands.filter((name) => !text.includes(`| \`${name}`))).toEqual([]);
  const flags = PROGRAM.options
    .map(({ long }) => long ?? '')
    .filter((long) => long !== '--version');
  expect(flags.filter((flag) => !README.includes(flag))).toEqual([]);
});

test('every command’s help says what each flag does, and shows an example', async () => {
  const helps = await Promise.all(
    visibleCommands().map(async (command) => ({
      command,
      ...(await runBin([command.name(), '--help'], { folder: aFolder() })),
    })),
  );
  for (const { command, code, stdout } of helps) {
    expect({ name: command.name(), code }).toEqual({ name: command.name(), code: 0 });
    expect(stdout).toContain(`Examples:\n  clio-fields ${command.name()}`);
    for (const { long, description } of command.options) {
      expect(description, `${command.name()} ${long}`).not.toBe('');
      expect(stdout).toContain(long);
    }
  }
});

test('every option of every rule stands in the README’s section on the rule', () => {
  const missing = RULE_NAMES.flatMap((name) => {
    const schema = z.toJSONSchema(rules[name].options, { io: 'input', unrepresentable: 'any' });
    const text = findSection(name) ?? '';
    return ['', ...Object.keys(schema.properties ?? {})]
      .filter((option) => (option === '' ? text === '' : !text.includes(`\`${option}\``)))
      .map((option) => `${name} ${option}`.trim());
  });
  expect(missing).toEqual([]);
});

function section(heading: string): string {
  const found = findSection(heading);
  if (found === undefined) throw new Error(`the README has no section "${heading}"`);
  return found;
}

/** What stands below a heading, its subsections included. */
function findSection(heading: string): string | undefined {
  const at = new RegExp(`^(#+) ${heading}$`, 'mu').exec(README);
  if (at === null) return undefined;
  const rest = README.slice(at.index + at[0].length);
  const next = new RegExp(`^#{1,${at[1]?.length ?? 1}} `, 'mu').exec(rest);
  return next === null ? rest : rest.slice(0, next.index);
}

/** The fenced blocks of a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gmsu)].flatMap(([, of, body = '']) =>
    of === language ? [body] : [],
  );
}

function consoleSessions(): { command: string; prints: string }[] {
  return blocks(README, 'console').flatMap((block) =>
    block
      .split(/^\$ /mu)
      .filter((part) => part.startsWith('clio-fields '))
      .map((part) => {
        const end = part.indexOf('\n');
        return { command: part.slice(0, end), prints: part.slice(end + 1) };
      }),
  );
}

/** The commands of the block in which `first` is the first command. */
function commandsIn(text: string, first: string): string[] {
  const lists = blocks(text, 'sh').map((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/u, ''))
      .filter((line) => line.startsWith('clio-fields ')),
  );
  const found = lists.find(([line]) => line === `clio-fields ${first}`);
  if (found === undefined) throw new Error(`no block begins with clio-fields ${first}`);
  return found;
}

/** In blocks and in running text. */
/** What help lists: the shells' own way in is not for people. */
function visibleCommands(): readonly Command[] {
  return PROGRAM.createHelp()
    .visibleCommands(PROGRAM)
    .filter((command) => command.name() !== 'help');
}

function allCommands(): string[] {
  const lines = ['sh', 'console'].flatMap((language) =>
    blocks(README, language).flatMap((block) => block.split('\n')),
  );
  const inText = [...README.matchAll(/`(clio-fields [^`\n]+)`/gu)].map(
    ([, command = '']) => command,
  );
  return [...lines.map((line) => line.replace(/^\$ |\s+#.*$/gu, '')), ...inText].filter((line) =>
    line.startsWith('clio-fields '),
  );
}

/** As a shell takes a line apart: at spaces outside quotes, and without the quotes. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/gu) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/gu, '$1$2'));
}

/** Those of the commands below it, too: `review export --prefill`. */
function flagsOf(command: Command): string[] {
  const own = [command, ...command.commands].flatMap(({ options }) => options);
  return [...own, ...PROGRAM.options].map(({ long }) => long ?? '').concat('--help');
}

function valuesOf({ records }: ReturnType<typeof makeFirm>): unknown {
  return records.map(({ id, rows }) => [
    id,
    rows
      .map(({ definitionId, value }) => [definitionId, value] as const)
      .toSorted(([one], [other]) => one - other),
  ]);
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
