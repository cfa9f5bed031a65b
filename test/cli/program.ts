import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.ts';

/** The program as it is declared; `write` hears its help. */
export function declaredProgram(write: (text: string) => void = () => undefined): Command {
  const stdout = Object.assign(Object.create(process.stdout), {
    isTTY: false,
    write: (text: string) => {
      write(text);
      return true;
    },
  });
  return buildProgram(
    {
      environment: {},
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

/** Every command that help lists, `help` itself aside. */
export function commandsOf(program: Command): readonly Command[] {
  return program
    .createHelp()
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help');
}
