import type { Command } from 'commander';
import { examples } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** The sign-in, and what it can see. */
export function addAccount(program: Command, run: Runner): void {
  program.commandsGroup('The account:');

  program
    .command('doctor')
    .description('check the sign-in, its permissions, what can be read, and the journal')
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(run(async () => (await import('../commands/doctor.ts')).doctor));
}
