import type { Argument, Command, Option } from 'commander';

/** One thing that could stand where the cursor is. */
export interface Completion {
  readonly value: string;
  /** In a few words; empty where the value says it. */
  readonly description: string;
}

/** What could stand where the cursor is: words of this program, or any file. */
export type Completions = readonly Completion[] | 'files';

/** Words that the program's declaration alone cannot know, by what they stand for: `plan-id`, `field`, `profile`. */
export type KnownWords = (slot: string) => readonly Completion[];

/**
 * What could stand in the last of `words` (those after the program's name, the last one as far as it is typed),
 * by the program's own declaration: it cannot lag behind it.
 */
export function complete(
  program: Command,
  words: readonly string[],
  known: KnownWords,
): Completions {
  // bash parts `--format=html` into three words.
  const typed = words.filter((word, index) => word !== '=' || index === words.length - 1);
  const earlier = typed.slice(0, -1);
  const last = typed.at(-1) ?? '';
  const current = last === '=' ? '' : last;
  const { command, positions, open, isEnded } = walk(program, earlier);

  if (open !== null) return valuesOf(open, current, known);
  const [, flag, start] = /^(--[\w-]+)=(.*)$/su.exec(current) ?? [];
  if (flag !== undefined && start !== undefined) {
    const option = optionsOf(command).find(({ long }) => long === flag);
    if (option === undefined) return [];
    const values = valuesOf(option, start, known);
    if (values === 'files') return values;
    return values.map((each) => ({ ...each, value: `${flag}=${each.value}` }));
  }
  if (current.startsWith('-') && !isEnded) return startingWith(current, flagsOf(command, earlier));
  if (command === program) return startingWith(current, commandsOf(program));
  if (command.name() === 'help') return startingWith(current, commandsOf(program));
  const expected = command.registeredArguments;
  const argument = expected[positions] ?? (expected.at(-1)?.variadic ? expected.at(-1) : undefined);
  const values = argument === undefined ? [] : valuesOf(argument, current, known);
  // Below a command such as review stand others, in the place of its first argument.
  const below = positions === 0 ? startingWith(current, commandsOf(command)) : [];
  return values === 'files' ? values : [...below, ...values];
}

interface Walk {
  readonly command: Command;
  /** Arguments of the command that stand there already. */
  readonly positions: number;
  /** The option whose value comes next. */
  readonly open: Option | null;
  /** Whether `--` stands there: what follows is no flag. */
  readonly isEnded: boolean;
}

function walk(program: Command, words: readonly string[]): Walk {
  let command = program;
  let positions = 0;
  let open: Option | null = null;
  let isEnded = false;
  for (const word of words) {
    if (open !== null) open = null;
    else if (word === '--') isEnded = true;
    else if (word.startsWith('-') && !isEnded) {
      const option = optionsOf(command).find(({ long, short }) => word === long || word === short);
      open = option !== undefined && takesValue(option) ? option : null;
    } else {
      const below = positions === 0 ? commandNamed(command, word) : undefined;
      if (below !== undefined) command = below;
      else if (command !== program) positions += 1;
    }
  }
  return { command, positions, open, isEnded };
}

function commandNamed(program: Command, name: string): Command | undefined {
  return visibleCommands(program).find((each) => each.name() === name);
}

function visibleCommands(program: Command): readonly Command[] {
  return program.createHelp().visibleCommands(program);
}

function optionsOf(command: Command): readonly Option[] {
  const above = command.parent === null ? [] : optionsOf(command.parent);
  return [...command.options, ...above].filter(({ hidden }) => !hidden);
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

/** Flags that do not stand there yet; those that gather their values may stand there again. */
function flagsOf(command: Command, words: readonly string[]): Completion[] {
  const flags = optionsOf(command)
    .filter(({ long, defaultValue }) => Array.isArray(defaultValue) || !words.includes(long ?? ''))
    .map(({ long, description }) => ({ value: long ?? '', description }));
  return [...flags, { value: '--help', description: 'show help' }].filter(
    ({ value }, index, all) =>
      value !== '' && all.findIndex((each) => each.value === value) === index,
  );
}

function commandsOf(program: Command): Completion[] {
  return visibleCommands(program).map((command) => ({
    value: command.name(),
    description: command.description(),
  }));
}

function valuesOf(part: Option | Argument, current: string, known: KnownWords): Completions {
  if (part.argChoices !== undefined)
    return startingWith(
      current,
      part.argChoices.map((value) => ({ value, description: '' })),
    );
  const slot = slotOf(part);
  if (slot === 'file') return 'files';
  return startingWith(current, known(slot));
}

/** `file` of `--out <file>`, `plan-id` of `[plan-id]`; where the slot is any name or number, the flag's own name. */
function slotOf(part: Option | Argument): string {
  if (!('flags' in part)) return part.name();
  const slot = /[<[]([^>\]]+)[>\]]/u.exec(part.flags)?.[1] ?? '';
  return slot === 'name' || slot === 'id' || slot === 'id|name' ? part.name() : slot;
}

/** What begins as typed, capitals aside; a quotation mark in front is the shell's. */
function startingWith(current: string, all: readonly Completion[]): Completion[] {
  const start = current.replace(/^["']/u, '').replaceAll('\\ ', ' ').toLowerCase();
  return all.filter(({ value }) => value.toLowerCase().startsWith(start));
}
