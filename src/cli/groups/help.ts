import { Argument, type Command } from 'commander';
import { examples } from '../arguments.ts';
import type { Runner } from '../runner.ts';

/** Finding one's way: where one stands, the manual, and the Tab key. */
export function addHelp(program: Command, run: Runner): void {
  program.commandsGroup('Finding your way:');

  program
    .command('status')
    .description('where you stand, and the next step; without a request')
    .addHelpText(
      'after',
      `\nThe same as clio-fields without a command.\n${examples('status', 'status --json')}`,
    )
    .action(run(async () => (await import('../commands/status.ts')).status));

  program
    .command('completion')
    .description('print the script that completes commands, flags and ids with Tab')
    .addArgument(new Argument('<shell>', 'yours').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', `\n${INSTALLING}\n${examples('completion bash')}`)
    .action(run(async () => (await import('../commands/completion.ts')).completion, 'any'));

  program
    .command('man')
    .description('print the manual page')
    .addHelpText('after', examples('man | man -l -'))
    .action(run(async () => (await import('../commands/man.ts')).manOf(program), 'any'));

  program
    .command('complete', { hidden: true })
    .description('what could stand where the cursor is')
    .argument('[words...]', 'after the program’s name, as far as they are typed')
    .option('--new-word', 'the cursor stands after them', false)
    .action(run(async () => (await import('../commands/complete.ts')).completeFor(program), 'any'));

  program.helpCommand('help [command]', 'show help for a command');
}

const INSTALLING = `To make it last:
  bash        echo 'eval "$(clio-fields completion bash)"' >> ~/.bashrc
  zsh         echo 'eval "$(clio-fields completion zsh)"' >> ~/.zshrc
  fish        clio-fields completion fish \\
                > ~/.config/fish/completions/clio-fields.fish
  PowerShell  clio-fields completion powershell >> $PROFILE`;
