import type { Command } from 'commander';
import type { ExitCode } from '../errors.ts';
import type { Action, Context, ProfileUse, Surroundings } from './context.ts';

/** Makes commander's handler of a command; its module, and the settings, are loaded when it runs, so that `--help` answers at once. */
export type Runner = <Flags>(
  load: () => Promise<Action<Flags>>,
  profileUse?: ProfileUse,
) => (...parts: unknown[]) => Promise<void>;

/** `onEnd` hears the exit code of the command that ran. */
export function makeRunner(surroundings: Surroundings, onEnd: (code: ExitCode) => void): Runner {
  return <Flags>(load: () => Promise<Action<Flags>>, profileUse: ProfileUse = 'stored') =>
    async (...parts) => {
      const command = parts.at(-1) as Command;
      const values = parts.slice(0, -2) as string[];
      const [action, { makeContext }] = await Promise.all([load(), import('./context.ts')]);
      const context = await makeContext(surroundings, command, profileUse);
      // What a command was given before the name of one below it holds for that one, too.
      const flags = command.optsWithGlobals<Flags & object>();
      const work = (shared: Context): Promise<ExitCode> | ExitCode =>
        action(shared, flags, ...values);
      onEnd(
        await (context.settings.sharedLimit === null ? work(context) : shareLimit(context, work)),
      );
    };
}

/** Runs a command whose requests wait their turn together with those of other programs. */
async function shareLimit(
  context: Context,
  work: (context: Context) => Promise<ExitCode> | ExitCode,
): Promise<ExitCode> {
  const { openSharedGates } = await import('./shared-gates.ts');
  const gates = openSharedGates(context);
  try {
    return await work({ ...context, openGate: gates.open });
  } finally {
    await gates.close();
  }
}
