import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';

/** The program as it is declared; `write` hears its help, on a terminal where `columns` says how wide it is. */
export function declaredProgram(
  write: (text: string) => void = () => undefined,
  columns?: number,
): Command {
  const stdout = Object.assign(Object.create(process.stdout), {
    isTTY: columns !== undefined,
    columns,
    write: (text: string) => {
      write(text);
      return true;
    },
  });
  return buildProgram(
    {
      environment: { NO_COLOR: '1' },
      folder: '.',
      stdin: process.stdin,
      stdout,
      stderr: process.stderr,
      now: () => new Date(),
      stop: new AbortController().signal,
    },
    () => undefined,
  );
}

/** Every command that help lists, `help` itself aside, and those below each. */
export function commandsOf(parent: Command): readonly Command[] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => [command, ...commandsOf(command)]);
}

/** What is typed behind the program's name to call it. */
export function wordsOf(command: Command): string[] {
  const { parent } = command;
  return parent === null ? [] : [...wordsOf(parent), command.name()];
}
