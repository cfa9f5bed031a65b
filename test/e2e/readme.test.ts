import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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

test('a dry run looks as the README shows it', async () => {
  const firm = await aFirm();
  const rulesFlag = `--rules "${resolve('fixtures/firm/rules.yaml')}"`;
  await play('clio-fields inventory', firm);
  const { stdout } = await play(`clio-fields plan --dry-run ${rulesFlag}`, firm);
  const [picture = ''] = blocks(section('What it looks like'), 'text');
  const pieces = picture.split(/^…\n/mu).slice(1, -1);
  expect(pieces).not.toEqual([]);
  for (const piece of pieces) expect(stdout).toContain(`\n${piece}`);
});

test('the first hour goes as the README tells it', { timeout: 120_000 }, async () => {
  const firm = await aFirm();
  const before = JSON.stringify(valuesOf(firm.account));
  const isAsBefore = new Map<string, boolean>();
  for (const command of commandsIn('A first hour')) {
    if (command.startsWith('clio-fields sandbox')) continue;
    await play(command, firm);
    isAsBefore.set(command, JSON.stringify(valuesOf(firm.account)) === before);
  }
  expect(isAsBefore.get('clio-fields apply'), 'apply changes the account').toBe(false);
  expect(isAsBefore.get('clio-fields rollback run-1'), 'rollback puts it back').toBe(true);
  expect(readdirSync(firm.folder)).toEqual(
    expect.arrayContaining(['inventory.html', 'plan.html', 'decisions.csv', 'certificate.html']),
  );
});

test(
  'the brakes, the months after and the record go as the README tells them',
  { timeout: 120_000 },
  async () => {
    const firm = await aFirm();
    for (const command of ['inventory', 'init', 'plan', 'approve plan-1 --digest DIGEST'])
      await play(`clio-fields ${command}`, firm);
    // The canary is looked at by a person, and so are the first records.
    const stops = ['--canary', '--stop-after'];
    for (const command of commandsIn('Careful running').filter(
      (each) => !each.includes('--shared-limit'),
    ))
      await play(command, firm, stops.some((flag) => command.includes(flag)) ? 4 : 0);
    for (const heading of ['Month after month', 'The record'])
      for (const command of commandsIn(heading)) await play(command, firm);
    expect(firm.documents.length, 'the report is in the client’s file').toBe(1);
  },
);

test('every command that the README writes is one, with flags that it takes', () => {
  const wrong = allCommands().flatMap((line) => {
    const words = wordsOf(line).slice(1);
    const [name = ''] = words;
    const command = commandOf(words);
    const flags = words.filter((word) => word.startsWith('--')).map((word) => word.split('=')[0]);
    if (command === undefined) return name === 'COMMAND' || name.startsWith('-') ? [] : [line];
    return flags.every((flag) => flagsOf(command).includes(flag ?? '')) ? [] : [line];
  });
  expect(wrong).toEqual([]);
});

test('every flag that the README names is one', () => {
  const known = new Set(everyCommand().flatMap(flagsOf));
  const named = README.split('\n')
    .filter((line) => !/\bnpm\b/u.test(line))
    .flatMap((line) => line.match(/(?<![\w-])--[a-z][a-z-]*/gu) ?? []);
  expect([...new Set(named)].filter((flag) => !known.has(flag))).toEqual([]);
});

test('every command has an example in the README, and every flag that all commands take stands there', () => {
  const written = new Set(
    blocks(section('Commands'), 'sh')
      .flatMap((block) => block.split('\n'))
      .map((line) => commandOf(wordsOf(line).slice(1))),
  );
  expect(
    everyCommand()
      .filter((command) => !written.has(command))
      .map((command) => command.name()),
  ).toEqual([]);
  const flags = PROGRAM.options
    .map(({ long }) => long ?? '')
    .filter((long) => long !== '--version');
  expect(flags.filter((flag) => !section('Settings').includes(flag))).toEqual([]);
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

/** The program's commands in the blocks of a section, in their order. */
function commandsIn(heading: string): string[] {
  return blocks(section(heading), 'sh').flatMap((block) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/u, ''))
      .filter((line) => line.startsWith('clio-fields ')),
  );
}

/** In blocks and in running text. */
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

/** What help lists: the shells' own way in is not for people. */
function visibleCommands(): readonly Command[] {
  return PROGRAM.createHelp()
    .visibleCommands(PROGRAM)
    .filter((command) => command.name() !== 'help');
}

/** The commands that help lists, and those below them. */
function everyCommand(): Command[] {
  return visibleCommands().flatMap((command) => [command, ...command.commands]);
}

/** Which command the words behind the program's name call; undefined for none. */
function commandOf([name, below]: readonly string[]): Command | undefined {
  const command = PROGRAM.commands.find((each) => each.name() === name);
  return command?.commands.find((each) => each.name() === below) ?? command;
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

/** A small made-up firm, served; and an empty folder to work in. */
async function aFirm() {
  const sandbox = await startSandbox(makeFirm({ seed: 1, matters: 60, contacts: 20 }));
  onTestFinished(() => sandbox.close());
  const environment = { CLIO_BASE_URL: sandbox.baseUrl, CLIO_ACCESS_TOKEN: sandbox.token };
  const { account, documents } = sandbox;
  return { account, documents, folder: aFolder(), environment };
}

type Firm = Awaited<ReturnType<typeof aFirm>>;

/** Runs a command as it stands in the README, with what stands there for something to fill in. */
async function play(command: string, firm: Firm, ends = 0) {
  const words: string[] = [];
  for (const word of wordsOf(command).slice(1)) words.push(await filledIn(word, words, firm));
  const ended = await runBin(words, firm);
  expect({ command, code: ended.code, stderr: ended.stderr }).toEqual({
    command,
    code: ends,
    stderr: expect.any(String),
  });
  return ended;
}

async function filledIn(word: string, before: readonly string[], firm: Firm): Promise<string> {
  switch (word) {
    case 'DIGEST': {
      const planId = before.find((each) => each.startsWith('plan-')) ?? '';
      const { stdout } = await runBin(['show', planId, '--json'], firm);
      return z.object({ digest: z.string() }).parse(JSON.parse(stdout)).digest;
    }
    case 'HASH': {
      const { stdout } = await runBin(['audit', '--format', 'text'], firm);
      return /Last hash +(\w{64})/u.exec(stdout)?.[1] ?? '';
    }
    case '1001':
      return String(firm.account.records[0]?.id);
    default:
      return word;
  }
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clio-fields-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
