import type { Argument, Command, Option } from 'commander';
import { EXIT } from '../../errors.ts';
import { describeOption } from '../help.ts';
import { bold, item, paragraph, plain, section, verbatim } from './roff.ts';

/** The manual page, in roff, of everything that the program declares. */
export function manPage(program: Command): string {
  const name = program.name();
  const help = program.createHelp();
  const commands = help.visibleCommands(program).filter((command) => command.name() !== 'help');
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${program.version() ?? ''}" "User Commands"`,
    '.nh',
    '.ad l',
    section('NAME', `${plain(name)} \\- ${plain(firstLower(program.description()))}`),
    section(
      'SYNOPSIS',
      `${bold(name)} [${plain('options')}] [${plain('command')}]`,
      '.br',
      `${bold(`${name} help`)} ${plain('command')}`,
    ),
    section(
      'DESCRIPTION',
      paragraph(
        'Values are read from Clio Manage (inventory), rules decide what each should be, the differences are a plan, a person approves the plan, and apply carries it out, each write journaled first. Rollback restores what a run changed, and only that.',
      ),
      paragraph(
        'Without a command, it says where you stand and what to do next. Nothing is written to Clio before a plan was approved by its digest.',
      ),
    ),
    section('OPTIONS', ...help.visibleOptions(program).map(optionItem)),
    section('COMMANDS', ...commands.flatMap((command) => commandParts(command))),
    section('ENVIRONMENT', ...variables(program)),
    section('EXIT STATUS', ...EXIT_WORDS.map(([code, words]) => item(bold(String(code)), words))),
    section('FILES', ...FILES.map(([file, words]) => item(bold(file), words))),
    '',
  ].join('\n');
}

/** A command and those below it: `review`, `review export`. */
function commandParts(command: Command, above = ''): string[] {
  const name = `${above}${command.name()}`;
  return [
    commandPart(command, name),
    ...command.commands.flatMap((below) => commandParts(below, `${name} `)),
  ];
}

function commandPart(command: Command, name: string): string {
  const { prose, examples } = afterwords(command);
  const usage = command.registeredArguments.map(argumentTerm).join(' ');
  const described = command.registeredArguments.filter(({ description }) => description !== '');
  return [
    `.SS ${bold(name)}${usage === '' ? '' : ` ${usage}`}`,
    plain(sentence(command.description())),
    ...described.map((argument) => item(argumentTerm(argument), describeArgument(argument))),
    ...command.options.filter(({ hidden }) => !hidden).map(optionItem),
    ...prose,
    ...(examples.length === 0 ? [] : [verbatim(examples)]),
  ].join('\n');
}

function optionItem(option: Option): string {
  const [flags = '', slot = ''] = option.flags.split(/ (?=[<[])/u);
  const term = flags.split(', ').map(bold).join(', ');
  return item(slot === '' ? term : `${term} ${italic(slot)}`, describeOption(option));
}

function argumentTerm(argument: Argument): string {
  const name = italic(`<${argument.name()}>`) + (argument.variadic ? plain(' ...') : '');
  return argument.required ? name : `[${name}]`;
}

function describeArgument({ description, argChoices }: Argument): string {
  return argChoices === undefined ? description : `${description} (${argChoices.join(', ')})`;
}

function italic(slot: string): string {
  return `\\fI${plain(slot.replace(/[<>[\]]/gu, ''))}\\fP`;
}

/** What the help of a command says below its flags: prose, and lines to copy. */
function afterwords(command: Command): { prose: string[]; examples: string[] } {
  const pieces: string[] = [];
  const output = command.configureOutput();
  command.configureOutput({ ...output, writeOut: (piece) => void pieces.push(piece) });
  command.outputHelp();
  command.configureOutput(output);
  // The first piece is the flags, which stand above already.
  const blocks = pieces
    .slice(1)
    .join('')
    .split(/\n{2,}/u)
    .map((block) => block.replace(/^\n+|\s+$/gu, ''));
  const examples = blocks
    .filter((block) => block.startsWith('Examples:'))
    .flatMap((block) => block.split('\n').slice(1));
  const prose = blocks
    .filter((block) => block !== '' && !block.startsWith('Examples:'))
    .flatMap(proseOf);
  return { prose, examples: examples.map((line) => line.trim()) };
}

/** A block of help: sentences flow, and what is indented stands as it is, to be copied. */
function proseOf(block: string): string[] {
  const runs: { isVerbatim: boolean; lines: string[] }[] = [];
  for (const line of block.split('\n')) {
    const isVerbatim = line.startsWith('  ');
    const last = runs.at(-1);
    if (last?.isVerbatim === isVerbatim) last.lines.push(line.replace(/^ {2}/u, ''));
    else runs.push({ isVerbatim, lines: [line.replace(/^ {2}/u, '')] });
  }
  return runs.map(({ isVerbatim, lines }) =>
    isVerbatim ? verbatim(lines) : paragraph(lines.join(' ').replaceAll('`', '')),
  );
}

/** Those that options name in brackets, and those that stand for no option. */
function variables(program: Command): string[] {
  const named = program.options.flatMap(({ long, description }) => {
    const variable = /\(([A-Z][A-Z_]+)\)/u.exec(description)?.[1];
    return variable === undefined ? [] : [[variable, `The same as ${long ?? ''}.`] as const];
  });
  return [...OTHER_VARIABLES, ...named].map(([variable, words]) => item(bold(variable), words));
}

const OTHER_VARIABLES = [
  ['CLIO_ACCESS_TOKEN', 'An access token of Clio. It beats what login stored.'],
  ['CLIO_CLIENT_ID', 'The key of your Clio app, for login.'],
  ['CLIO_CLIENT_SECRET', 'The secret of your Clio app, for login.'],
  [
    'CLIO_FIELDS_PASSPHRASE',
    'Encrypts the values of clients in the journal; the same is needed to read them.',
  ],
  ['CLIO_FIELDS_CONFIG', 'The folder that keeps the sign-ins.'],
  ['CLIO_FIELDS_NETWORK_JOURNAL', 'Where it is allow, a journal may stand on a network drive.'],
  [
    'HTTPS_PROXY',
    'The proxy through which Clio is reached, such as http://proxy.example.com:8080.',
  ],
  ['NO_PROXY', 'Hosts that are reached without it.'],
] as const;

const EXIT_WORDS = [
  [EXIT.done, 'Done, nothing is left over.'],
  [
    EXIT.failed,
    'Failed for a reason outside the input: the network, the platform, the disk, a bug.',
  ],
  [EXIT.wrongInput, 'The input is wrong: usage, rules file, unknown id, plan not approved.'],
  [EXIT.leftOver, 'Done, but some changes could not be made; each is listed with its reason.'],
  [EXIT.stopped, 'Stopped with work left, or another process is in the way.'],
  [EXIT.notSignedIn, 'Not signed in, or the sign-in lacks a permission.'],
] as const;

const FILES = [
  [
    '.clio-fields/journal.sqlite',
    'The journal, in the working folder: what was read, planned, approved and done.',
  ],
  ['clio-fields.rules.yaml', 'The rules file, in the working folder.'],
] as const;

function firstLower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1).replace(/\.$/u, '')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
